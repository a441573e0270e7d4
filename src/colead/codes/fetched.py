"""Fetched: what can keep a repository from being fetched from its address."""

from __future__ import annotations

from colead.codes.code import Code

FAULTS = (
    Code(
        "E70",
        "Not an address to fetch from",
        "The address has a form that is not fetched from, or a password in it.",
        "Colead fetches from https://host/path, ssh://git@host/path and git@host:path only.",
        "Write it as your forge shows it under Clone; give a token beside it, not in it.",
    ),
    Code(
        "E71",
        "Not a host of the open internet",
        "The name leads to an address inside a private network, or to this machine.",
        "Who may add an address could otherwise make Colead knock at doors that are closed to them.",
        "Whoever runs the installation names hosts of their own in COLEAD_REACH.",
    ),
    Code(
        "E72",
        "The host could not be reached",
        "No machine of that name is known, or it does not answer.",
        "What was fetched before is still read; Colead tries again by itself, later and later.",
        "Look at the spelling, and whether the host can be reached from where Colead runs.",
    ),
    Code(
        "E73",
        "Not let in",
        "The host answers, and does not give this repository to Colead.",
        "It is private, or it is not there: a host says the same of both.",
        "Give the key that is shown read access there, or give a token that may read.",
    ),
    Code(
        "E74",
        "Too large",
        "The repository, or all of them together, would take more disk than the installation gives.",
        "Fetching is stopped before the disk is full; what was fetched before is still there.",
        "Whoever runs the installation may raise COLEAD_LARGEST or COLEAD_DISK, or take repositories out.",
    ),
    Code(
        "E75",
        "What was sent is not a sound history",
        "The objects that came fail git's own checks, or the host broke off in the middle.",
        "Nothing of them is kept; what was fetched before is still read.",
        "Run git fsck on a clone of it.",
    ),
    Code(
        "E76",
        "The host shows another key",
        "The key by which an ssh host proves who it is differs from the one it showed first.",
        "It was set up anew, or somebody stands in between.",
        "Ask who runs the host; if the new key is right, take the repository out and connect it again.",
    ),
    Code(
        "E77",
        "Already being fetched",
        "Another process is still writing to the same clone.",
        "Two at once would spoil it.",
        "Wait a few minutes; Colead tries again by itself.",
    ),
)
