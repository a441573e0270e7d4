"""What goes wrong when a picture is asked for."""

from __future__ import annotations

from colead.codes.code import Code

FAULTS = (
    Code(
        "E55",
        "No name of a picture",
        "The file that --picture names ends neither in .svg nor in .png.",
        "The end of the name says what is written; a picture in the wrong form opens nowhere.",
        "Write a name like map.svg.",
    ),
    Code(
        "E56",
        "Nothing to draw",
        "A picture was asked for where nothing can be shown: too little is known, or files were asked for.",
        "An empty picture would look as if all were well.",
        "Leave --picture out; the text says why nothing is shown.",
    ),
    Code(
        "E57",
        "PNG needs one more package",
        "A PNG was asked for, and resvg_py, which paints it, is not installed.",
        "SVG needs nothing, so that the package is optional: it comes with the extra `charts`.",
        "pip install 'colead[charts]', or name a file that ends in .svg.",
    ),
)
