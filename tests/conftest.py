"""Fixtures shared by all tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from aws_world import CREDENTIALS, dynamodb_address, moto_server
from places import ROOT


@pytest.fixture
def project_copy(tmp_path: Path) -> Path:
    """A copy of the content and data that a test may spoil."""
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """Address of an imitation of AWS, on the loopback."""
    with moto_server() as address:
        yield address


@pytest.fixture
def dynamodb(moto: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of DynamoDB, with credentials that open nothing."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    return dynamodb_address(moto)
