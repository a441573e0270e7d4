"""Bootstrap: from plain Python 3.11 to an environment in .venv that runs Colead, or develops it.

    python3 scripts/bootstrap.py          what Colead needs to run
    python3 scripts/bootstrap.py --dev    that, and what its tests need

Only the standard library is used. Everything installed is locked by hash. pip
brings uv, uv brings the rest; where uv cannot, pip brings the rest from the
same locked file. Where packages come from is pip's own configuration; uv is
told the same.
"""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("COLEAD_VENV") or ROOT / ".venv")
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
TOOLS = "requirements-build.lock"
# How pip's settings are called by uv. Hashes are demanded, so the order of indexes cannot matter.
SAME_FOR_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


class Failed(Exception):
    """A step failed: what happened, why it matters, what to try."""

    def __init__(self, what: str, why: str, hint: str) -> None:
        super().__init__(f"error: {what}\n  why: {why}\n  try: {hint}")


def main(arguments: list[str]) -> int:
    """Bring the environment up to date; 0 when it is."""
    wanted = "dev" if "--dev" in arguments else "run"
    try:
        check_python()
        if not is_current(wanted):
            build(wanted)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 2
    return 0


def check_python() -> None:
    """Python 3.11 or newer, and a Unix: the door to git needs its limits."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file alone may be started by an older Python
        raise Failed(
            f"this is Python {sys.version.split()[0]}",
            "Colead needs 3.11 or newer.",
            "name a newer one: make PYTHON=python3.12 demo",
        )
    if os.name != "posix":
        raise Failed(
            f"this system is {os.name!r}",
            "Colead limits what git may use through POSIX calls.",
            "Linux, macOS or WSL",
        )


def fingerprint(wanted: str) -> str:
    """What the environment is made of: locked files, the project's description, this Python, this folder."""
    import tomllib  # new in 3.11, so only after the version was looked at

    described = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [(ROOT / name).read_bytes() for name in (LOCKS[wanted], TOOLS)]
    parts += [repr((described["project"], described["build-system"])).encode()]
    parts += [sys.version.encode(), os.fsencode(ROOT)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def stamp(wanted: str) -> Path:
    """The file that says which fingerprint was installed."""
    return VENV / f"colead-{wanted}.stamp"


def is_current(wanted: str) -> bool:
    """Whether nothing is to be done; an environment for development also runs."""
    kinds = {wanted, "dev"}
    return PYTHON.exists() and any(
        stamp(kind).exists() and stamp(kind).read_text() == fingerprint(kind) for kind in kinds
    )


def build(wanted: str) -> None:
    """Make the environment, install the locked packages and Colead itself into it."""
    began = time.monotonic()
    say(f"making an environment in {VENV.name} (Python {sys.version.split()[0]})")
    make_venv()
    say("bringing the locked packages")
    how = install(wanted)
    for kind in LOCKS:
        stamp(kind).unlink(missing_ok=True)
    stamp(wanted).write_text(fingerprint(wanted))
    print(f"  ready in {time.monotonic() - began:.0f} s ({how})", file=sys.stderr)


def say(line: str) -> None:
    """One line about the step that starts now."""
    print(f"- {line}", file=sys.stderr, flush=True)


def make_venv() -> None:
    """A fresh environment, unless a whole one is there."""
    if PYTHON.exists() and run(PYTHON, "-m", "pip", "--version").returncode == 0:
        return
    done = run(sys.executable, "-m", "venv", "--clear", VENV)
    if done.returncode:
        raise Failed(
            f"no environment could be made in {VENV}: {last_line(done)}",
            "Colead's packages are kept apart from the system's.",
            "on Debian: apt install python3-venv; else look whether the folder can be written",
        )


def install(wanted: str) -> str:
    """Locked packages and Colead itself, by uv, else by pip; says which."""
    if not os.environ.get("COLEAD_NO_UV") and with_uv(wanted):
        return "uv"
    with_pip(wanted)
    return "pip"


def with_uv(wanted: str) -> bool:
    """Install by uv; False when any of it did not work."""
    uv = VENV / "bin" / "uv"
    if pip("install", "--require-hashes", "--no-deps", "-r", ROOT / TOOLS).returncode:
        return False
    env = uv_environment()
    locked = ("--require-hashes", "-r", ROOT / LOCKS[wanted])
    own = ("--offline", "-e", ROOT)
    for what in (locked, own):
        done = run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--no-deps", *what, env=env)
        if done.returncode:
            print(f"  uv did not manage ({last_line(done)}); going on with pip", file=sys.stderr)
            return False
    return True


def with_pip(wanted: str) -> None:
    """Install by pip alone, from the same locked files."""
    tools = ("--require-hashes", "-r", ROOT / TOOLS)
    locked = ("--require-hashes", "-r", ROOT / LOCKS[wanted])
    own = ("--no-build-isolation", "--no-index", "-e", ROOT)
    for what in (tools, locked, own):
        done = pip("install", "--no-deps", *what)
        if done.returncode:
            raise Failed(
                f"pip could not install: {last_line(done)}",
                "every package is locked by its hash; nothing else is taken instead.",
                "look at the network and at `python3 -m pip config list`, then start again",
            )


def uv_environment() -> dict[str, str]:
    """The environment for uv: pip's settings under uv's names, the system's certificates."""
    env = dict(os.environ)
    for key, value in pip_settings().items():
        if key in SAME_FOR_UV:
            env.setdefault(SAME_FOR_UV[key], value)
    env.setdefault("UV_SYSTEM_CERTS", "1")
    env.setdefault("UV_LINK_MODE", "copy")
    env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return env


def pip_settings() -> dict[str, str]:
    """pip's own configuration, from its files and the environment: {"extra-index-url": "a b"}."""
    found: dict[str, str] = {}
    for line in run(PYTHON, "-m", "pip", "config", "list").stdout.splitlines():
        name, _, value = line.partition("=")
        if value.startswith(("'", '"')):
            found[name.rpartition(".")[2]] = " ".join(str(ast.literal_eval(value)).split())
    return found


def pip(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """pip of the environment, quiet and without questions; it finds the build backend beside itself."""
    path = os.pathsep.join((os.fspath(VENV / "bin"), os.environ.get("PATH", os.defpath)))
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
    return run(PYTHON, "-m", "pip", *quiet, *arguments, env={**os.environ, "PATH": path})


def run(*command: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Start one command, wait for it and keep what it said."""
    return subprocess.run(
        [os.fspath(one) for one in command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last thing that a failed command said, or the first that it called an error."""
    lines = [one.strip() for one in (done.stderr + done.stdout).splitlines() if one.strip()]
    errors = [one for one in lines if one.lower().startswith("error")]
    return (errors or lines[-1:] or [f"exit {done.returncode}"])[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
