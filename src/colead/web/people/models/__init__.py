"""Models of people: a person, and everything by which they come in or are kept out."""

from colead.web.people.models.factor import Factor, SpareCode
from colead.web.people.models.letter import Letter
from colead.web.people.models.link import Link
from colead.web.people.models.person import Identity, Person, digest
from colead.web.people.models.token import Scope, Token
from colead.web.people.models.tries import Tries
from colead.web.people.models.visit import Visit

__all__ = [
    "Factor",
    "Identity",
    "Letter",
    "Link",
    "Person",
    "Scope",
    "SpareCode",
    "Token",
    "Tries",
    "Visit",
    "digest",
]
