"""A source of two documents, and where a library can be made of it."""

from pathlib import Path

import pytest

from tests.fakes import FakeSource
from tests.index.syncing import CATS, DOGS


@pytest.fixture
def source() -> FakeSource:
    return FakeSource({"a.txt": DOGS, "b.txt": CATS})


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "home" / "libraries" / "prøve"
