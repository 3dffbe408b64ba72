"""DynamoDB and SSM for the tests: moto behind a real HTTP connection on the loopback, or
AWS's own DynamoDB Local where `DYNAMODB_LOCAL_URL` says where it listens."""

import os
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

from chalicelib.stores.aws_calls import AwsCalls, Patience, _session
from chalicelib.stores.dynamodb_items import ATTRIBUTES, DESK_INDEX, KEY_SCHEMA

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-3",
    "AWS_EC2_METADATA_DISABLED": "true",
}
HURRIED = Patience(tries=2, budget_s=10.0, connect_s=1.0, answer_s=5.0, pause_s=0.001)


@contextmanager
def moto_server():
    """An address where AWS is imitated."""
    from moto.server import ThreadedMotoServer  # slow: only for the tests that need it

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def dynamodb_address(moto):
    """Where the tests find DynamoDB."""
    return os.environ.get("DYNAMODB_LOCAL_URL") or moto


@cache
def client(service, address):
    """A plain client, past the code under test; made once, since it is slow to make."""
    return _session().create_client(service, endpoint_url=address)


def make_table(address):
    """A new table, as the template makes it; its name."""
    name = f"reperes-{uuid4().hex}"
    made = client("dynamodb", address)
    made.create_table(
        TableName=name,
        KeySchema=KEY_SCHEMA,
        AttributeDefinitions=ATTRIBUTES,
        GlobalSecondaryIndexes=[DESK_INDEX],
        BillingMode="PAY_PER_REQUEST",
    )
    return name


def items_of(address, table):
    """Every item of a table."""
    return client("dynamodb", address).scan(TableName=table, ConsistentRead=True)["Items"]


def calls(address, patience=HURRIED):
    """What the store uses, pointed at a test's DynamoDB."""
    return AwsCalls("dynamodb", address, patience)
