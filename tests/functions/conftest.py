"""A whole application on a temporary folder: real store, real sealing, chosen time."""

import pytest
from intake_world import World, make_assets


@pytest.fixture
def assets(tmp_path):
    return make_assets(tmp_path / "assets")


@pytest.fixture
def world(assets, tmp_path):
    with World(assets, tmp_path / "state") as made:
        yield made
