"""DynamoDB, S3 and SSM for the tests: moto behind a real HTTP connection on the loopback, or
AWS's own DynamoDB Local where `DYNAMODB_LOCAL_URL` says where it listens."""

import os
from contextlib import contextmanager
from functools import cache
from threading import Lock
from uuid import uuid4

from chalicelib.stores.aws_calls import AwsCalls, Patience, _session
from chalicelib.stores.dynamodb_items import ATTRIBUTES, INDEXES, KEY_SCHEMA
from chalicelib.stores.s3_files import S3Files

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-3",
    "AWS_EC2_METADATA_DISABLED": "true",
}
HURRIED = Patience(tries=2, budget_s=10.0, connect_s=1.0, answer_s=5.0, pause_s=0.001)


@cache
def _make_conditional_writes_one_step():
    """On S3 « only where nothing is » is one step; in moto, a look and then a write."""
    from moto.s3.responses import S3Response

    one_at_a_time, put = Lock(), S3Response.put_object

    def put_object(self):
        with one_at_a_time:
            return put(self)

    S3Response.put_object = put_object


@contextmanager
def moto_server():
    """An address where AWS is imitated."""
    from moto.server import ThreadedMotoServer  # slow: only for the tests that need it

    _make_conditional_writes_one_step()
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
        GlobalSecondaryIndexes=INDEXES,
        BillingMode="PAY_PER_REQUEST",
    )
    return name


def make_bucket(moto):
    """A new bucket, as the template makes it; its name."""
    name = f"reperes-{uuid4().hex}"
    made = client("s3", moto)
    made.create_bucket(
        Bucket=name,
        CreateBucketConfiguration={"LocationConstraint": CREDENTIALS["AWS_DEFAULT_REGION"]},
    )
    encryption = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    made.put_bucket_encryption(
        Bucket=name, ServerSideEncryptionConfiguration={"Rules": [encryption]}
    )
    return name


def objects_of(moto, bucket):
    """Name and bytes of every object of a bucket, and of every version that it would keep."""
    listed = client("s3", moto).list_object_versions(Bucket=bucket)
    assert "DeleteMarkers" not in listed
    got = client("s3", moto).get_object
    return {
        each["Key"]: got(Bucket=bucket, Key=each["Key"])["Body"].read()
        for each in listed.get("Versions", ())
    }


def make_files(moto, bucket, patience=HURRIED, address=""):
    """The files of a bucket, as the store uses them."""
    return S3Files(bucket, AwsCalls("s3", address or moto, patience))


def items_of(address, table):
    """Every item of a table."""
    return client("dynamodb", address).scan(TableName=table, ConsistentRead=True)["Items"]


def calls(address, patience=HURRIED):
    """What the store uses, pointed at a test's DynamoDB."""
    return AwsCalls("dynamodb", address, patience)
