"""Decisions: a question with its options, the call for concerns, the choice, what would make it wrong."""

from colead.web.decisions.models.call import Call, Raised
from colead.web.decisions.models.choice import Choice, Kept, Withdrawal
from colead.web.decisions.models.decision import Decision, Decisions, Option, Space, Stale, Wording
from colead.web.decisions.models.doubt import Doubt
from colead.web.decisions.models.proposal import Proposal

__all__ = [
    "Call",
    "Choice",
    "Decision",
    "Decisions",
    "Doubt",
    "Kept",
    "Option",
    "Proposal",
    "Raised",
    "Space",
    "Stale",
    "Withdrawal",
    "Wording",
]
