"""What goes wrong when issues or incidents are read."""

from __future__ import annotations

from colead.codes.code import Code

_EXPORTS = "docs/guides/issues-and-incidents.md tells how to export them from each tracker."

FAULTS = (
    Code(
        "E60",
        "An export cannot be opened",
        "A file that --issues, --incidents or .colead/imports.yml names is not there or may not be read.",
        "In .colead/imports.yml only files below the repository's root are read, and no link is followed.",
        "Look at the name. A file, or a folder of files, can be given.",
    ),
    Code(
        "E61",
        "An export is too large",
        "A file of issues or incidents is larger than 64 MB.",
        "A file is read as a whole on every look; one of that size usually carries whole discussions.",
        "Export fewer fields (titles and labels are what matters most), a shorter time, or several files.",
    ),
    Code(
        "E62",
        "An export is not understood",
        "A file of issues or incidents is no text, no CSV or no JSON, from the line that is named.",
        "What breaks off in the middle would be counted as if it were all there is.",
        f"Export it again, in UTF-8. {_EXPORTS}",
    ),
    Code(
        "E63",
        "An export without the columns that are needed",
        "A list of issues needs a number and a title; a list of incidents a title and the day it began.",
        "Other columns are used where they are there, and none is guessed.",
        f"Name the columns in the first line, as in number,title,labels,state,created,closed. {_EXPORTS}",
    ),
)
