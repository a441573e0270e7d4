"""What the tests of several doors start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from colead.demo.repository import demo_repository


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop."""
    return demo_repository(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder for what is read."""
    return tmp_path_factory.mktemp("cache")
