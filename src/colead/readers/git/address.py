"""Address: where a repository is fetched from, in one of the forms https://, ssh:// and git@host:path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address

from colead.errors import RepositoryError

LONGEST = 500
PORTS = {"https": 443, "ssh": 22}
LOWEST = 1024  # below it only a scheme's own port
_URL = re.compile(
    r"(https|ssh)://(?:([a-z0-9_][a-z0-9._-]{0,31})@)?(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(?::([0-9]{1,5}))?(/[^?#]+)\Z",
    re.IGNORECASE,
)
_SHORT = re.compile(r"([a-z0-9_][a-z0-9._-]{0,31})@([a-z0-9.-]{1,253}):([^?#:]+)\Z", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z", re.IGNORECASE)
_PATH = re.compile(r"[/A-Za-z0-9._~+@%=,-]+\Z")


@dataclass(frozen=True, slots=True)
class Address:
    """A place that is fetched from: nothing in it is an option, a password or a local path."""

    scheme: str  # "https" or "ssh"
    user: str  # "" for https
    host: str  # lower case; an IPv6 address without its brackets
    port: int
    path: str
    text: str  # as git gets it

    @property
    def name(self) -> str:
        """A name for people: "shop" for https://git.example.com/team/shop.git."""
        return self.path.rstrip("/").rpartition("/")[2].removesuffix(".git")[:80] or self.host


def address(given: str) -> Address:
    """The address that was written; RepositoryError E70 where it is not one that Colead fetches from."""
    text = given.strip()
    if len(text) > LONGEST or not text.isascii():
        raise odd("It is too long, or holds letters that no address holds")
    if found := _URL.match(text):
        scheme, user, host, port, path = found.groups("")
        return _checked(scheme.lower(), user, host.lower(), port, path)
    if found := _SHORT.match(text):
        return _checked("ssh", found[1], found[2].lower(), "", found[3], short=True)
    raise odd("Colead fetches from https://host/path, ssh://git@host/path and git@host:path")


def _checked(scheme: str, user: str, host: str, port: str, path: str, *, short: bool = False) -> Address:
    if scheme == "https" and user:
        raise odd(
            "A name or token stands before the host; it would be seen by everybody who sees the address"
        )
    number = int(port or PORTS[scheme])
    if not (number == PORTS[scheme] or LOWEST <= number <= 65535):
        raise odd(f"Port {number} is neither {PORTS[scheme]} nor one from {LOWEST} on")
    bare = _host(host)
    if not _PATH.match(path) or path.startswith(("-", "~")) or ".." in path.split("/"):
        raise odd("Its path holds characters that repositories have not")
    user = user or ("git" if scheme == "ssh" else "")
    if short:
        return Address(scheme, user, bare, number, path, f"{user}@{host}:{path}")
    at = f"{user}@" if user else ""
    told = "" if number == PORTS[scheme] else f":{number}"
    text = f"{scheme}://{at}{host}{told}{path}"
    return Address(scheme, user, bare, number, path, text)


def _host(host: str) -> str:
    """The host, when it is an ordinary name or an address written in full."""
    if host.startswith("["):
        try:
            return str(IPv6Address(host[1:-1]))
        except ValueError as error:
            raise odd("The address in brackets is not one") from error
    labels = host.split(".")
    if not all(map(_LABEL.match, labels)):
        raise odd("Its host is not a name that hosts have")
    numbers = [one.isdigit() and one == str(int(one)) and int(one) < 256 for one in labels]
    if labels[-1][0].isdigit() and not (len(labels) == 4 and all(numbers)):
        raise odd("Its host is a number written in an odd way")
    return host


def odd(why: str) -> RepositoryError:
    """The address is not one that is fetched from."""
    return RepositoryError(
        "E70",
        "this is not an address that Colead fetches from",
        why=why,
        hint="write it as your forge shows it under Clone, without a password",
    )
