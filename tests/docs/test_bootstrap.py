"""Bootstrap: it knows what is current, speaks uv's names for pip's settings, and tells what failed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("COLEAD_VENV", str(tmp_path / "venv"))
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "scripts" / "bootstrap.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def installed(bootstrap: ModuleType, kind: str) -> None:
    bootstrap.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    bootstrap.PYTHON.touch()
    bootstrap.stamp(kind).write_text(bootstrap.fingerprint(kind))


def said(done_stdout: str, done_stderr: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], code, done_stdout, done_stderr)


def test_nothing_is_current_at_first(bootstrap: ModuleType) -> None:
    assert not bootstrap.is_current("run")


def test_what_was_installed_is_current_until_a_lock_changes(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(bootstrap, "run")
    assert bootstrap.is_current("run")
    assert not bootstrap.is_current("dev")
    monkeypatch.setitem(bootstrap.LOCKS, "run", "requirements-dev.lock")
    assert not bootstrap.is_current("run")


def test_an_environment_for_development_also_runs(bootstrap: ModuleType) -> None:
    installed(bootstrap, "dev")
    assert bootstrap.is_current("run")
    assert bootstrap.main([]) == 0


def test_uv_is_told_what_pip_was_told(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "global.extra-index-url='one\\ntwo'\n:env:.find-links='here'\nglobal.timeout='9'\n"
    monkeypatch.setattr(bootstrap, "run", lambda *words, env=None: said(told))
    for name in ("UV_INDEX", "UV_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    env = bootstrap.uv_environment()
    assert (env["UV_INDEX"], env["UV_FIND_LINKS"]) == ("one two", "here")


def test_uv_keeps_what_the_person_set(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "run", lambda *words, env=None: said(":env:.find-links='here'\n"))
    monkeypatch.setenv("UV_FIND_LINKS", "there")
    assert bootstrap.uv_environment()["UV_FIND_LINKS"] == "there"


def test_pip_goes_on_where_uv_fails(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[str] = []

    def run(*words: object, env: object = None) -> subprocess.CompletedProcess[str]:
        started.append(" ".join(map(str, words)))
        by_uv = "/bin/uv" in started[-1]
        return said("", "error: certificate unknown" if by_uv else "", int(by_uv))

    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.delenv("COLEAD_NO_UV", raising=False)
    assert bootstrap.install("run") == "pip"
    assert "uv did not manage (error: certificate unknown)" in capsys.readouterr().err
    locked = [line for line in started if "requirements.lock" in line]
    assert all("--require-hashes" in line for line in locked)
    assert any(line.startswith(str(bootstrap.PYTHON)) for line in locked)


def test_an_old_python_is_told_what_to_do(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert bootstrap.main([]) == 2
    told = capsys.readouterr().err
    assert "Colead needs 3.11 or newer" in told
    assert "try:" in told


def test_a_missing_venv_is_told_with_its_package(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failed = said("", "ensurepip is not available", 1)
    monkeypatch.setattr(bootstrap, "run", lambda *words, env=None: failed)
    assert bootstrap.main([]) == 2
    assert "apt install python3-venv" in capsys.readouterr().err


def test_every_target_is_explained() -> None:
    done = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"demo", "test", "lint", "types", "contracts", "trust", "stories", "pages", "clean"} <= told
