"""Reach: no address, redirection or changing name makes Colead knock at a door inside a network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from smart import host, repository

from colead.errors import ColeadError
from colead.readers.git.address import Address, address
from colead.readers.git.fetching import Access, Bounds, Fetching
from colead.readers.git.rules import git_settings, ssh_settings
from colead.readers.reach import Reach, is_open

# Addresses of machines that nobody outside may be led to, and of none; four with an IPv4 address in them.
CLOSED = """
0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.1.2.3
127.255.255.255 168.63.129.16 169.254.0.1 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170
192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
64:ff9b::808:808 64:ff9b:1::7f00:1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1 2001:20::1
2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1 4000::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fe80::1
febf::1 fec0::1 ff02::1 ff0e::1 2a00:1450::5efe:7f00:1 2a00:1450::200:5efe:a00:1
""".split()
OPEN = (
    "1.1.1.1 8.8.8.8 93.184.216.34 100.63.0.1 140.82.121.3 172.32.0.1 2606:4700:4700::1111 2a00:1450:4001::1"
)

# Other ways to write this machine, another scheme, somebody else's host, an option, a path.
WRITTEN = """
https://{n}/x https://localhost:{p}/x https://LOCALHOST:{p}/x https://127.0.0.1:{p}/x https://127.1:{p}/x
https://127.0.1:{p}/x https://2130706433:{p}/x https://0x7f000001:{p}/x https://0x7f.1:{p}/x https://0x7f.0.0.1:{p}/x
https://017700000001:{p}/x https://0177.0.0.1:{p}/x https://127.0.0.01:{p}/x https://127.0.0.1.:{p}/x
https://localhost.:{p}/x https://0:{p}/x https://0.0.0.0:{p}/x https://[::1]:{p}/x https://[::]:{p}/x
https://[::ffff:127.0.0.1]:{p}/x https://[::ffff:7f00:1]:{p}/x https://[0:0:0:0:0:0:0:1]:{p}/x
https://[64:ff9b::7f00:1]:{p}/x https://[2002:7f00:1::]:{p}/x https://[::127.0.0.1]:{p}/x https://[fe80::1%25lo]:{p}/x
https://[::1%lo]:{p}/x https://[127.0.0.1]:{p}/x https://[::1:{p}/x https://a@127.0.0.1:{p}/x
https://a:b@127.0.0.1:{p}/x https://1.1.1.1@127.0.0.1:{p}/x https://127.0.0.1:{p}@1.1.1.1/x
https://1.1.1.1:443@127.0.0.1:{p}/x https://127.0.0.1:{p}#@1.1.1.1/x https://127.0.0.1:{p}?@1.1.1.1/x
https://127.0.0.1:{p}\\@1.1.1.1/x https:\\\\127.0.0.1:{p}\\x https:127.0.0.1:{p}/x https:///127.0.0.1:{p}/x
https://①②⑦.0.0.1:{p}/x https://127。0。0。1:{p}/x https://ⓛocalhost:{p}/x https://localhost%00.example.com:{p}/x
https://localhost%2eexample:{p}/x https://127.0.0.1:0{p}/x https://127.0.0.1:65536/x https://127.0.0.1:25/x
https://127.0.0.1:0/x https://127.0.0.1:-1/x https://127.0.0.1:{p}/../x https://127.0.0.1:{p}
http://127.0.0.1:{p}/x git://127.0.0.1:{p}/x ftp://127.0.0.1:{p}/x ftps://127.0.0.1:{p}/x file:///x
file://127.0.0.1/x /x ./x ../x x ext::sh%20-c%20x fd::7 gopher://127.0.0.1:{p}/x git+ssh://git@127.0.0.1:{p}/x
ssh://127.0.0.1:{p}/x ssh://git@127.0.0.1:{p}/x ssh://git@localhost:{p}/x ssh://git:b@127.0.0.1:{p}/x
ssh://-oProxyCommand=x/x ssh://git@-oProxyCommand=x/x ssh://git@[::1]:{p}/x git@127.0.0.1:x git@localhost:x
git@127.1:x git@-oProxyCommand=x:x -oProxyCommand=x@127.0.0.1:x git@127.0.0.1:-x git@127.0.0.1:../x
git@2130706433:x git@0x7f000001:x 127.0.0.1:x localhost:x --upload-pack=x -u@127.0.0.1:x
https+testing::https://127.0.0.1:{p}/x testing::127.0.0.1 HTTPS://127.0.0.1:{p}/x SSH://git@127.0.0.1:{p}/x
""".split()


@pytest.fixture
def canary() -> Iterator[Any]:
    """Listeners on this machine that count who knocks."""
    told = SimpleNamespace(port=0, knocks=0)
    first = socket.create_server(("127.0.0.1", 0))
    told.port = first.getsockname()[1]
    listeners = [first]
    if socket.has_dualstack_ipv6():
        listeners.append(socket.create_server(("::1", told.port), family=socket.AF_INET6))

    def listen(one: socket.socket) -> None:
        while True:
            try:
                one.accept()[0].close()
            except OSError:
                return
            told.knocks += 1

    threads = [threading.Thread(target=listen, args=[one], daemon=True) for one in listeners]
    for thread in threads:
        thread.start()
    yield told
    for one in listeners:
        one.shutdown(socket.SHUT_RDWR)
        one.close()
    for thread in threads:
        thread.join()


def tried(where: Address, clone: Path, reach: Reach, authorities: str = "") -> str:
    """The code with which a fetch is refused; "" where it was not."""
    try:
        with Fetching(where, clone, reach, Access(authorities=authorities), Bounds(free=0)) as door:
            door.fetch(lambda *_: None)
    except ColeadError as error:
        return error.code
    return ""


def test_there_are_enough_of_them() -> None:
    assert len(set(CLOSED)) >= 60 and len(set(WRITTEN)) >= 60


def test_the_canary_hears_a_knock(canary: Any) -> None:
    socket.create_connection(("127.0.0.1", canary.port), timeout=5).close()
    assert wait_for(lambda: canary.knocks == 1)


def wait_for(true: Any) -> bool:
    """Whether it becomes true within two seconds."""
    for _ in range(40):
        if true():
            return True
        threading.Event().wait(0.05)
    return False


@pytest.mark.parametrize("one", OPEN.split())
def test_the_open_internet_is_open(one: str) -> None:
    assert is_open(ip_address(one))


@pytest.mark.parametrize("one", CLOSED)
def test_what_is_not_the_open_internet_is_closed(one: str) -> None:
    assert not is_open(ip_address(one))


def test_no_way_to_write_it_leads_here(canary: Any, tmp_path: Path) -> None:
    reached = []
    for form in WRITTEN:
        try:
            where = address(form.format(p=canary.port, n=f"127.0.0.1:{canary.port}"))
        except ColeadError as error:
            assert error.code == "E70", form
            continue
        code = tried(where, tmp_path / "clone", Reach())
        reached += [form] if code not in ("E71", "E72") else []
    assert not reached and canary.knocks == 0


def test_no_name_leads_inside(canary: Any, tmp_path: Path) -> None:
    where = address(f"https://shop.example:{canary.port}/x")
    for one in CLOSED:
        for answer in ([one], ["1.1.1.1", one], [one, "2606:4700:4700::1111"]):
            code = tried(where, tmp_path / "clone", Reach(resolve=lambda *_, told=answer: told))
            assert code == "E71", answer
    assert canary.knocks == 0


def test_a_name_is_looked_up_once_and_the_answer_is_pinned() -> None:
    for one in CLOSED:
        answers = iter([["1.1.1.1", "2606:4700:4700::1111"], [one]])
        asked: list[str] = []

        def resolve(name: str, port: int, answers: Any = answers, asked: list[str] = asked) -> list[str]:
            asked.append(name)
            return list(next(answers))

        where = address("https://shop.example/x")
        pinned = Reach(resolve=resolve).pinned(where.host, where.port)
        assert "curloptResolve = shop.example:443:1.1.1.1,[2606:4700:4700::1111]" in git_settings(
            where, pinned, "", ""
        )
        told = ssh_settings(address("git@shop.example:x"), pinned[0], Path("/f"), known=False)
        assert "\tHostName 1.1.1.1\n\tHostKeyAlias shop.example\n" in told
        assert asked == ["shop.example"]


def test_git_itself_goes_to_the_pinned_address(canary: Any, tmp_path: Path) -> None:
    """The system knows "localhost" as 127.0.0.1, where the canary is; what was judged is 127.0.0.2."""
    repository(tmp_path / "root" / "shop")
    with host(tmp_path / "root", tmp_path, at="127.0.0.2") as told:
        decoy = socket.create_server(("127.0.0.1", told.port))
        decoy.settimeout(0.1)
        where = address(f"https://localhost:{told.port}/shop")
        answers = iter([["127.0.0.2"], ["127.0.0.1"]])
        reach = Reach(("127.0.0.2",), resolve=lambda *_: next(answers))
        assert tried(where, tmp_path / "clone.git", reach, told.authorities) == ""
        assert told.asked
        with pytest.raises(TimeoutError):
            decoy.accept()
        decoy.close()


@pytest.mark.parametrize("stage", ["GET", "POST"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirection_is_followed(stage: str, status: int, canary: Any, tmp_path: Path) -> None:
    repository(tmp_path / "root" / "shop")

    def answer(asked: Any) -> bool:
        if asked.command != stage:
            return False
        asked.send_response(status)
        asked.send_header("Location", f"https://127.0.0.1:{canary.port}{asked.path}")
        asked.send_header("Content-Length", "0")
        asked.end_headers()
        return True

    with host(tmp_path / "root", tmp_path, answer=answer) as told:
        where = address(f"https://127.0.0.1:{told.port}/shop")
        code = tried(where, tmp_path / "clone.git", Reach(("127.0.0.1",)), told.authorities)
    assert code in ("E70", "E72") and told.asked and canary.knocks == 0


def test_a_host_of_the_oldest_protocol_leads_nowhere_else(canary: Any, tmp_path: Path) -> None:
    """Its list of alternates names another host; nothing of it counts, as it comes without git's checks."""
    from smart import git

    shop = repository(tmp_path / "root" / "shop")
    git(shop, "update-server-info")

    def answer(asked: Any) -> bool:
        path = asked.path.partition("?")[0].removeprefix("/shop")
        text = b""
        if path == "/objects/info/http-alternates":
            text = f"https://127.0.0.1:{canary.port}/objects\n".encode()
        elif (found := shop / ".git" / path.lstrip("/")).is_file() and "pack" not in path:
            text = found.read_bytes()
        asked.send_response(200 if text else 404)
        asked.send_header("Content-Type", "text/plain")
        asked.send_header("Content-Length", str(len(text)))
        asked.end_headers()
        asked.wfile.write(text)
        return True

    with host(tmp_path / "root", tmp_path, answer=answer) as told:
        where = address(f"https://127.0.0.1:{told.port}/shop")
        code = tried(where, tmp_path / "clone.git", Reach(("127.0.0.1",)), told.authorities)
    assert code == "E75" and canary.knocks == 0
    assert not (tmp_path / "clone.git" / "refs" / "heads" / "fetched").exists()


@pytest.mark.parametrize("one", "0.0.0.0 169.254.169.254 224.0.0.1 :: fe80::1 ff02::1".split())
def test_a_host_of_ones_own_never_leads_there(one: str) -> None:
    with pytest.raises(ColeadError):
        Reach(("git.example.com",), resolve=lambda *_: [one]).pinned("git.example.com", 443)


@pytest.mark.parametrize("own", ["git.example.com", "10.0.0.5", "10.0.0.0/8", "nonsense/9,10.0.0.5"])
def test_a_host_of_ones_own_is_reached_by_name_address_or_network(own: str) -> None:
    reach = Reach(tuple(own.split(",")), resolve=lambda *_: ["10.0.0.5"])
    assert reach.pinned("git.example.com", 443) == ["10.0.0.5"]
    with pytest.raises(ColeadError):
        Reach(tuple(own.split(",")), resolve=lambda *_: ["10.0.0.5", "192.168.0.1"]).pinned("other", 443)
