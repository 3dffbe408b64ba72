"""What an agent reads when AWS was set up wrongly: one sentence that says what to do."""

import sys
from datetime import UTC, datetime, timedelta
from subprocess import run

import pytest
from aws_world import CREDENTIALS, calls, client, make_table
from faulty_proxy import faulty_proxy

from chalicelib.intake.ports import SealedSubmission
from chalicelib.stores.dynamodb import DynamodbSubmissionStore


@pytest.fixture
def desk(moto, tmp_path):
    """The command, in an environment of its own."""

    def call(*arguments, without=(), **changes):
        environ = {
            **CREDENTIALS,
            "AWS_ENDPOINT_URL": moto,
            "AWS_CONFIG_FILE": str(tmp_path / "config"),
            "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            **changes,
        }
        for name in without:
            environ.pop(name)
        code = "from reperes_desk.cli import main; main()"
        done = run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1, done.stderr
        return done.returncode, done.stderr.removeprefix("reperes-desk : ").strip()

    return call


def test_a_missing_region_is_said(desk):
    told = desk("--table", "t", "list", without=["AWS_DEFAULT_REGION"])

    assert told == (2, "la région AWS manque : « AWS_DEFAULT_REGION=eu-west-3 » pour Paris")


def test_missing_credentials_are_said(desk):
    without = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]

    code, said = desk("--table", "t", "list", without=without)

    assert (code, said) == (2, "les clés d’accès AWS manquent : voyez « aws configure »")


def test_half_of_the_credentials_is_said(desk):
    code, said = desk("--table", "t", "list", without=["AWS_SECRET_ACCESS_KEY"])

    assert (code, said) == (2, "les clés d’accès AWS sont incomplètes : voyez « aws configure »")


def test_a_profile_that_does_not_exist_is_said(desk):
    code, said = desk("--table", "t", "list", AWS_PROFILE="nobody")

    assert (code, said) == (2, "le profil AWS_PROFILE n’existe pas : voyez « aws configure list »")


def test_a_settings_file_with_a_typo_is_said(desk, tmp_path):
    (tmp_path / "config").write_text("[default\nregion = eu-west-3\n")

    code, said = desk("--table", "t", "list")

    assert (code, said) == (2, "le fichier de réglages d’AWS est abîmé : voyez « aws configure »")


def test_a_wrong_table_is_said(desk):
    said = "cette table n’existe pas dans cette région (--table)"

    assert desk("--table", "no-such-table", "list") == (2, said)


def test_a_table_of_something_else_is_said(desk, moto, dynamodb):
    client("dynamodb", moto).create_table(
        TableName="other",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )

    told = desk("--table", "other", "status", "SIG-7K2M-9QXD-4TFB", "read")

    assert told == (2, "cette table n’est pas celle de Repères (--table)")


def test_a_policy_without_permission_is_said(desk, dynamodb, moto):
    with faulty_proxy(moto) as (proxy, address):
        proxy.plan(lambda number: "forbidden")

        code, said = desk("--table", make_table(moto), "list", AWS_ENDPOINT_URL=address)

    assert (code, said) == (
        2,
        "AWS refuse à ce compte la table ou le dossier : demandez la règle « DeskPolicyArn »",
    )


def test_an_address_where_nobody_answers_is_said(desk):
    code, said = desk("--table", "t", "list", AWS_ENDPOINT_URL="http://127.0.0.1:9")

    assert (code, said) == (2, "AWS ne peut pas être joint : voyez la région et le réseau")


@pytest.mark.parametrize(
    ("bucket", "said"),
    [
        ("no-such-bucket", "ce dossier de fichiers n’existe pas (--bucket)"),
        ("pas un dossier !", "la table (--table) ou le dossier (--bucket) est mal écrit"),
    ],
)
def test_a_wrong_bucket_is_said(desk, dynamodb, moto, bucket, said):
    """A purge asks the bucket of each record that it erases."""
    table, past = make_table(moto), datetime.now(UTC) - timedelta(days=1)
    store = DynamodbSubmissionStore(table, calls(moto))
    store.add(SealedSubmission("0a", "SIG-1", "signalement", past, past, b"x"))
    store.close()

    assert desk("--table", table, "--bucket", bucket, "purge") == (2, said)
