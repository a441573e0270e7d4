"""Errors: what happened, why, and what to try; each with a code that `colead explain` tells more about.

ColeadError
├── WrongUse            exit 2: the call or its input is off
│   ├── SpecError       the spec cannot be read as text
│   ├── DateError       a date is malformed or past
│   └── SettingsError   a file under .colead/ is malformed
├── RepositoryError     exit 3: the repository cannot be read
├── LimitReached        exit 3: reading on would take more than this machine should give
└── StoreError          exit 3: Colead's own cache cannot be read or written
"""

from __future__ import annotations


class ColeadError(Exception):
    """An error that a person can act on.

    `code` is one of `colead.codes`; `what` says what happened with the value
    by `!r`; `why` what was expected or what was not done; `hint` the next step.
    """

    exit_code = 3

    def __init__(self, code: str, what: str, *, why: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.code, self.what, self.why, self.hint = code, what, why, hint


class WrongUse(ColeadError):
    """The call or its input is off; nothing was read."""

    exit_code = 2


class SpecError(WrongUse):
    """The spec cannot be read as text."""


class DateError(WrongUse):
    """A date is malformed or lies in the past."""


class SettingsError(WrongUse):
    """A file under `.colead/` is malformed."""


class RepositoryError(ColeadError):
    """The repository cannot be read."""


class LimitReached(ColeadError):
    """Reading on would take more memory, time or output than the limits allow."""


class StoreError(ColeadError):
    """Colead's own cache cannot be read or written."""
