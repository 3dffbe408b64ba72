"""Fixtures shared by all tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import ROOT


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the content and data that a test may spoil."""
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path
