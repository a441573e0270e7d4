"""Brief: one idea on its way from problem to outcome; here its text, the spec, and what it leaves open.

Pure: readers turn Markdown into `Spec`; this word finds the three questions'
answers, the five lights and the hoped-for date in it.
"""

from colead.spec.dated import names_date
from colead.spec.five import lights
from colead.spec.hoped import Hoped, hoped, hoped_ahead, hoped_for
from colead.spec.parts import Answer, Light, Said, Section, Sentence, Space, Spec, without_comments
from colead.spec.three import answers
from colead.spec.told import known_told, problem_told
from colead.spec.wording import space_of_heading, tells_goals

__all__ = [
    "Answer",
    "Hoped",
    "Light",
    "Said",
    "Section",
    "Sentence",
    "Space",
    "Spec",
    "answers",
    "hoped",
    "hoped_ahead",
    "hoped_for",
    "known_told",
    "lights",
    "names_date",
    "problem_told",
    "space_of_heading",
    "tells_goals",
    "without_comments",
]
