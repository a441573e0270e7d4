"""Served: what can keep the shared page from being served."""

from __future__ import annotations

from colead.codes.code import Code

FAULTS = (
    Code(
        "E90",
        "The web app is not installed",
        "A package that the shared page needs is missing.",
        "The command line needs none of them, so they are an extra.",
        "Write: pip install 'colead[web]'.",
    ),
    Code(
        "E91",
        "Nobody has this address",
        "No person who may sign in has the address that was given.",
        "Only people who were invited and joined can sign in.",
        "Write the address as it was given when joining.",
    ),
    Code(
        "E92",
        "Nothing can listen there",
        "The wished address or port is taken, not this machine's, or not allowed.",
        "The pages need a port of their own.",
        "Name another --host or --port, or leave --port out.",
    ),
    Code(
        "E93",
        "The shared page did not answer",
        "No server was named, it could not be reached, or it did not know the token.",
        "`colead today` asks your own server with a token of yours, and keeps nothing.",
        "Set COLEAD_SERVER to its address and COLEAD_TOKEN to a token made there under your name.",
    ),
    Code(
        "E95",
        "Nothing was backed up",
        "The backup could not be written, or what was written could not be read back.",
        "A backup that nobody tried is none: it is read back at once, and every row counted.",
        "Name a file that is not there yet, on a disk with room.",
    ),
    Code(
        "E96",
        "The backup was not restored",
        "The file is no backup, is damaged, was made of the other database, or the place is not empty.",
        "What is there already is never overwritten.",
        "Write: colead serve --restore FILE --data DIR, with a folder that is empty or not there.",
    ),
    Code(
        "E97",
        "Nothing can be kept",
        "The disk of the data folder is full, or closed to writing.",
        "What was kept there before is as it was; a change is kept whole or not at all.",
        "Make room, or let Colead write there, then start it again; or name another folder with --data.",
    ),
)
