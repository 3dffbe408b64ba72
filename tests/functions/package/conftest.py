"""Packages made as `make package` makes them, from the real content, once for all tests."""

from datetime import date

import pytest
from package_world import Packages, write_real_assets

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def real_assets(tmp_path_factory):
    return write_real_assets(tmp_path_factory.mktemp("assets"), TODAY)


@pytest.fixture(scope="session")
def packages(real_assets, tmp_path_factory):
    return Packages(real_assets, tmp_path_factory.mktemp("packages"))
