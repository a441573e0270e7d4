"""Touch: a component or file that the brief will probably change, with a probability and the reason."""

from colead.touch.asked import telling
from colead.touch.born import Birth, likeliest
from colead.touch.closely import closely
from colead.touch.parts import FileTouch, Index, Once, Touch, Touches
from colead.touch.ranking import Postings
from colead.touch.requirements import PartTouch, RequirementTouch, together
from colead.touch.told import rank
from colead.touch.tried import Tried, tried

__all__ = [
    "Birth",
    "FileTouch",
    "Index",
    "Once",
    "PartTouch",
    "Postings",
    "RequirementTouch",
    "Touch",
    "Touches",
    "Tried",
    "closely",
    "likeliest",
    "rank",
    "telling",
    "together",
    "tried",
]
