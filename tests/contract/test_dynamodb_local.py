"""Whether this run asked AWS’s own DynamoDB Local; its licence wants an account: it is a choice."""

import os

import pytest
from aws_world import client


def test_the_contract_runs_on_dynamodb_local_where_it_is_named(dynamodb):
    address = os.environ.get("DYNAMODB_LOCAL_URL")
    if not address:
        pytest.skip("DYNAMODB_LOCAL_URL is not set: DynamoDB is imitated by moto")

    assert dynamodb == address
    assert "TableNames" in client("dynamodb", address).list_tables()
