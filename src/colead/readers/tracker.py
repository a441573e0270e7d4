"""Tracker: fetches one issue by its address from GitHub, GitLab or Gitea, where these may be reached.

No redirection is followed, no proxy is used, and what connects is told the
address that was judged; time and size are bounded.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, unquote

from colead.errors import RepositoryError
from colead.readers.asked import Asked, of_forge
from colead.readers.reach import Reach

LONGEST = 500  # characters of an address
LARGEST = 2 << 20  # bytes of an answer
PATIENCE = 8.0  # seconds, all in all
FORGES = ("github.com", "gitlab.com", "codeberg.org")
FORMS = "https://github.com/owner/name/issues/12, or the same of GitLab or Gitea"
PORTS = {"https": 443, "http": 80}
_ISSUE = re.compile(
    r"(https?)://([a-z0-9.-]{1,253})(?::([0-9]{1,5}))?"
    r"((?:/[A-Za-z0-9._~%+-]{1,100}){2,8}?)(/-)?/issues/([1-9][0-9]{0,8})(?:[/?#]\S*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an issue is told as JSON."""

    scheme: str
    host: str  # of the page
    asked: str  # the host that answers
    port: int
    path: str  # of the answer


def place(given: str) -> Place:
    """Where the issue of this address is told; RepositoryError E70 where it is no issue's address."""
    text = given.strip()
    found = _ISSUE.fullmatch(text) if len(text) <= LONGEST and text.isascii() else None
    if found is None:
        raise _wrong("E70", "That is not the address of an issue", "It should look like an issue's", FORMS)
    scheme, host = found[1].lower(), found[2].lower()
    port = int(found[3] or PORTS[scheme])
    parts, number = [unquote(one) for one in found[4].strip("/").split("/")], found[6]
    if not 0 < port < 65536 or any(one in (".", "..") or "/" in one for one in parts):
        raise _wrong("E70", "That is not the address of an issue", "Its path leads elsewhere", FORMS)
    whole = "/".join(quote(one, safe="") for one in parts)
    if found[5] or host == "gitlab.com":
        named = quote("/".join(parts), safe="")
        return Place(scheme, host, host, port, f"/api/v4/projects/{named}/issues/{number}")
    if host == "github.com":
        return Place(scheme, host, "api.github.com", port, f"/repos/{whole}/issues/{number}")
    return Place(scheme, host, host, port, f"/api/v1/repos/{whole}/issues/{number}")


def fetched(given: str, reach: Reach, hosts: Collection[str] = FORGES, trusted: str = "") -> Asked:
    """The issue at this address.

    Args:
        given: what was pasted.
        reach: which places may be connected to.
        hosts: that may be asked besides those that `reach` names as the installation's own.
        trusted: a file of certificates instead of the system's.

    Raises:
        RepositoryError: E70 no issue's address, E71 not a host to ask, E72 not reached, E73 not let in,
            E75 what came is no issue.
    """
    where = place(given)
    addresses = reach.pinned(where.asked, where.port)
    own = reach.owns(where.host, addresses)
    if where.host not in hosts and not own:
        why = f"Issues are fetched from {', '.join(sorted(hosts)) or 'nowhere'} here"
        hint = f"whoever runs Colead may start it with COLEAD_ISSUES={where.host}; or paste the text itself"
        raise _wrong("E71", f"{where.host} is not asked for issues", why, hint)
    if where.scheme == "http" and not own:
        raise _wrong("E70", "The address begins with http", "What comes could be changed on its way", FORMS)
    return _issue(where, _answer(where, addresses[0], trusted))


class _Pinned(HTTPConnection):
    """A connection to the address that was judged, whatever its name leads to by now."""

    def __init__(self, where: Place, address: str, trusted: str) -> None:
        super().__init__(where.asked, where.port, timeout=PATIENCE)
        self.where, self.address, self.trusted = where, address, trusted
        self.gone = False

    def cut(self) -> None:
        """Break off whatever is being waited for."""
        self.gone = True
        with suppress(OSError):
            if self.sock:
                self.sock.shutdown(socket.SHUT_RDWR)

    def connect(self) -> None:
        """Connect, with the certificate of the name."""
        self.sock = socket.create_connection((self.address, self.where.port), PATIENCE)
        if self.where.scheme == "https":
            context = ssl.create_default_context(cafile=self.trusted or None)
            self.sock = context.wrap_socket(self.sock, server_hostname=self.where.asked)


def _answer(where: Place, address: str, trusted: str) -> bytes:
    made = _Pinned(where, address, trusted)
    late = threading.Timer(PATIENCE, made.cut)
    late.daemon = True
    late.start()
    try:
        made.request("GET", where.path, headers={"Accept": "application/json", "User-Agent": "Colead"})
        with made.getresponse() as answer:
            if answer.status != 200:
                raise _refused(where, answer.status)
            told = answer.read(LARGEST + 1)
        if made.gone:
            raise TimeoutError
        return told
    except (OSError, HTTPException) as error:
        slow = f"It did not answer within {PATIENCE:.0f} seconds"
        why = slow if made.gone else f"It said: {str(error)[:120] or type(error).__name__}"
        what, hint = f"{where.host} could not be reached", "try again, or paste the text itself"
        raise _wrong("E72", what, why, hint) from error
    finally:
        late.cancel()
        made.close()


def _refused(where: Place, status: int) -> RepositoryError:
    if 300 <= status < 400:
        why = "The host points to another place, and Colead follows none"
        return _wrong("E73", f"{where.host} says that the issue moved", why, "paste its new address")
    private = "It is private, or it is not there"
    why = private if status < 500 and status != 429 else "It answers no more now"
    hint = "look at the address; of a private one, paste the text itself or bring an export"
    return _wrong("E73", f"{where.host} does not give this issue ({status})", why, hint)


def _issue(where: Place, data: bytes) -> Asked:
    if len(data) > LARGEST:
        why = f"An issue of more than {LARGEST >> 20} MB is not read"
        raise _wrong("E75", f"{where.host} sent too much", why, "paste the text itself")
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        told = None
    found = of_forge(told) if isinstance(told, dict) else None
    if found is None or not found.title:
        why = "Colead knows the forms of GitHub, GitLab and Gitea"
        raise _wrong("E75", f"What {where.host} sent is no issue", why, "paste the text itself")
    return found


def _wrong(code: str, what: str, why: str, hint: str) -> RepositoryError:
    return RepositoryError(code, what, why=why, hint=hint)
