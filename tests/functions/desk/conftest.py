"""An agent at their desk, and a signalement that waits there."""

import pytest
from desk_world import Agent, Desk


@pytest.fixture
def agent(tmp_path):
    return Agent(tmp_path)


@pytest.fixture
def desk(tmp_path, agent):
    with Desk(tmp_path, agent) as made:
        sent = made.received()
        made.reference, made.code = sent.reference, sent.code
        yield made
