"""Outlook: the parts and files of a repository that are likeliest to need fixes in the next quarter,
and how often such a list was right there.
"""

from colead.outlook.parts import SCHEMA, Outlook, Place, Record, Season
from colead.outlook.past import Then, quarters
from colead.outlook.record import record
from colead.outlook.told import Asked, outlook

__all__ = [
    "SCHEMA",
    "Asked",
    "Outlook",
    "Place",
    "Record",
    "Season",
    "Then",
    "outlook",
    "quarters",
    "record",
]
