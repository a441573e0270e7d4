"""Question: something the brief leaves unclear, with the side that owes the answer."""

from colead.question.broke import questions
from colead.question.meeting import MOST, for_meeting
from colead.question.parts import Question, Side

__all__ = ["MOST", "Question", "Side", "for_meeting", "questions"]
