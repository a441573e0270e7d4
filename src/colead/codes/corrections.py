"""What goes wrong when a reading is corrected."""

from __future__ import annotations

from colead.codes.code import Code

FAULTS = (
    Code(
        "E15",
        "Not in this reading",
        "--wrong names nothing that the reading shows, --missing names no part and no file here, or more "
        "than one thing is called so.",
        "A correction is kept for the whole team, so it is not guessed what was meant.",
        "Write a name as the reading shows it, a path, or the id of its evidence, like T01-2.",
    ),
    Code(
        "E16",
        "The corrections file could not be added to",
        "The entry could not be put at the end of .colead/corrections.yml with all of it read as before.",
        "What people wrote there is never changed.",
        "Paste the entry by hand, below corrections: in that file.",
    ),
)
