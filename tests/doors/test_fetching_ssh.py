"""Fetching over ssh, from a real server on this machine: with a key of Colead's own, from a pinned host."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from smart import QUIET, git, repository

from colead.errors import ColeadError
from colead.readers.git.address import address
from colead.readers.git.fetching import Access, Bounds, Fetching
from colead.readers.reach import Reach
from colead.web.repositories.secret import new_key

RULES = """ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/{host}
AuthorizedKeysFile {folder}/allowed
StrictModes no
PidFile none
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
"""


@pytest.fixture
def server() -> Iterator[Any]:
    """A folder with a repository and what serves it; started by root, it runs as the user `postgres`."""
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("for lack of an ssh server (Debian: apt install openssh-server)")
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder = Path(tempfile.mkdtemp(prefix="colead-ssh-"))
    folder.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = SimpleNamespace(folder=folder, port=port, user=user.pw_name, running=None)
    told.repository, told.clone = repository(folder / "shop"), folder / "clones" / "shop.git"

    def start(host: str) -> None:
        stop()
        (folder / host).write_text(new_key()[0])
        (folder / host).chmod(0o600)
        (folder / "rules").write_text(RULES.format(folder=folder, host=host, port=port))
        words = [program, "-D", "-e", "-f", str(folder / "rules")]
        told.running = subprocess.Popen(words, preexec_fn=lowered(folder, user), stderr=subprocess.DEVNULL)
        for _ in range(100):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)

    def stop() -> None:
        if told.running:
            told.running.send_signal(signal.SIGTERM)
            told.running.wait()

    told.start = start
    yield told
    stop()
    shutil.rmtree(folder, ignore_errors=True)


def lowered(folder: Path, user: pwd.struct_passwd) -> Callable[[], None] | None:
    """What makes a child of root that user, who then owns the folder."""
    if os.geteuid() != 0:
        return None
    for place in (folder, *folder.rglob("*")):
        os.chown(place, user.pw_uid, user.pw_gid)

    def lower() -> None:
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)

    return lower


def fetched(told: Any, key: str, hosts: str) -> tuple[str, str]:
    """The tip or the code of what went wrong, and the keys of the host."""
    where = address(f"ssh://{told.user}@localhost:{told.port}{told.repository}")
    access = Access(key=key, hosts=hosts)
    with Fetching(where, told.clone, Reach(("localhost",)), access, Bounds(free=0)) as door:
        try:
            return door.fetch(lambda *_: None), door.hosts
        except ColeadError as error:
            return error.code, door.hosts


def test_a_key_opens_it_and_the_host_must_stay_who_it_was(server: Any) -> None:
    private, public = new_key()
    (server.folder / "allowed").write_text("")
    server.start("first")
    code, hosts = fetched(server, private, "")
    assert code == "E73" and hosts.startswith("localhost ssh-ed25519 ")
    (server.folder / "allowed").write_text(public)
    known = {
        **QUIET,
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
    }
    words = ["git", "-C", server.repository, "rev-parse", "HEAD"]
    tip = subprocess.run(words, env=known, capture_output=True, text=True, check=True).stdout.strip()
    assert fetched(server, private, hosts) == (tip, hosts)
    server.start("second")
    assert fetched(server, private, hosts)[0] == "E76"
    assert git(server.clone, "-c", "safe.directory=*", "rev-parse", "HEAD") == tip
