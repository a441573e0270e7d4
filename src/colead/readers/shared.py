"""Shared: asks a shared page of one's own, with a token, for what a program may know."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from colead.errors import WrongUse

PATIENCE = 20.0  # seconds
LARGEST = 4 << 20  # bytes of an answer


class _Stays(HTTPRedirectHandler):
    """A token goes to the named server alone."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def asked(server: str, token: str, path: str) -> Any:
    """The JSON at this path of the server; WrongUse E93 where there is none."""
    told = urlsplit(server)
    if told.scheme not in ("https", "http") or not told.hostname:
        raise _fault("the address has to begin with https:// or http://")
    request = Request(  # noqa: S310 - only https and http come this far
        server.rstrip("/") + path, headers={"Authorization": f"Bearer {token}", "Accept": "application/json"}
    )
    try:
        with build_opener(_Stays).open(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read(LARGEST))
    except HTTPError as error:
        known = {401: "it does not know the token, or the token is too old"}
        raise _fault(known.get(error.code, f"it answered {error.code}")) from error
    except (URLError, OSError, HTTPException) as error:
        raise _fault(f"it could not be reached: {getattr(error, 'reason', error)}") from error
    except ValueError as error:
        raise _fault("what it answered is not what a shared page says") from error


def _fault(why: str) -> WrongUse:
    return WrongUse(
        "E93", "the shared page did not answer", why=why,
        hint="set COLEAD_SERVER to its address and COLEAD_TOKEN to a token made there under your name",
    )  # fmt: skip
