"""Fixtures shared by all tests."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)  # the day on which the content was read


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the content and data that a test may spoil."""
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path
