"""Reach: which places on the network Colead connects to, decided by the address that a name leads to.

A name is looked up once, every address that it leads to is judged, and what connects is told the
address, so that a second look-up cannot lead elsewhere. Only addresses of the open internet pass; a
host of one's own passes where the installation names it (COLEAD_REACH).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from colead.errors import RepositoryError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]

# What the IANA registries of special-purpose addresses keep from the open internet, and 168.63.129.16,
# by which machines of one large cloud reach what runs them.
CLOSED_4 = [
    ip_network(one)
    for one in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12"
        " 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24"
        " 203.0.113.0/24 224.0.0.0/3"
    ).split()
]
OPEN_6 = ip_network("2000::/3")
# Teredo and its neighbours, documentation, 6to4, documentation.
CLOSED_6 = [ip_network(one) for one in "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()]
# Not even for a host of one's own: nobody's, this link's (where clouds keep secrets), many at once.
NEVER = [ip_network(one) for one in "0.0.0.0/8 169.254.0.0/16 224.0.0.0/3 ::/128 fe80::/10 ff00::/8".split()]
TUNNEL = (0x00005EFE, 0x02005EFE)  # the middle of an address that carries an IPv4 one (ISATAP)


def is_open(address: Address) -> bool:
    """Whether it is one machine's address in the open internet and carries no other address in it."""
    if isinstance(address, IPv4Address):
        return not any(address in closed for closed in CLOSED_4)
    tunnel = int(address) >> 32 & 0xFFFFFFFF in TUNNEL
    return address in OPEN_6 and not tunnel and not any(address in closed for closed in CLOSED_6)


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system finds for a name, its best first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be connected to: the open internet, and what `own` names (names, addresses, networks)."""

    own: tuple[str, ...] = ()
    resolve: Resolve = resolve

    def pinned(self, host: str, port: int) -> list[str]:
        """The addresses to connect to for this host; RepositoryError E71, E72 where there are none."""
        try:
            found = [ip_address(host)]
        except ValueError:
            found = self._looked_up(host, port)
        if not all(self._allowed(host, one) for one in found):
            raise closed(host)
        return [str(one) for one in found]

    def owns(self, host: str, addresses: list[str]) -> bool:
        """Whether the installation names this host, or all of its addresses, as its own."""
        networks = _networks(self.own)
        return host in self.own or all(_within(ip_address(one), networks) for one in addresses)

    def _looked_up(self, host: str, port: int) -> list[Address]:
        try:
            found = [ip_address(one) for one in self.resolve(host, port)]
        except (OSError, UnicodeError, ValueError):
            found = []
        if not found:
            raise RepositoryError(
                "E72",
                f"{host} could not be found",
                why="No machine of that name is known where Colead runs",
                hint="look at the spelling, or whether the host is reached under another name from there",
            )
        return found

    def _allowed(self, host: str, address: Address) -> bool:
        if _within(address, NEVER):
            return False
        return is_open(address) or self.owns(host, [str(address)])


def _within(address: Address, networks: Iterable[object]) -> bool:
    return any(address in one for one in networks)  # type: ignore[operator]  # of either kind


def _networks(own: Iterable[str]) -> list[object]:
    found: list[object] = []
    for one in own:
        try:
            found.append(ip_network(one, strict=False))
        except ValueError:
            continue  # a name
    return found


def closed(host: str) -> RepositoryError:
    """The host does not lie in the open internet."""
    return RepositoryError(
        "E71",
        f"{host} is not a host of the open internet",
        why="Colead connects to hosts inside a private network only where the installation names them",
        hint=f"whoever runs it may start it with COLEAD_REACH={host}",
    )
