"""The outside world on AWS: the table and the parameter that the template names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from chalicelib.http.services import Services
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.dynamodb import DynamodbSubmissionStore
from chalicelib.stores.ssm_keys import SsmKeys


@dataclass(frozen=True)
class AwsSettings:
    """What `functions/resources.yaml` puts in the environment; empty where nothing is on AWS."""

    table: str = ""
    keys_parameter: str = ""


def aws_settings(environ: Mapping[str, str]) -> AwsSettings:
    """The settings of this process."""
    return AwsSettings(environ.get("REPERES_TABLE", ""), environ.get("REPERES_KEYS", ""))


def on_aws(services: Services, aws: AwsSettings) -> Services:
    """`services` with the stores of AWS where they are named; nothing is asked yet."""
    if aws.table:
        services = replace(services, store=cache(lambda: table_store(aws.table)))
    if aws.keys_parameter:
        services = replace(services, keys=SsmKeys(aws.keys_parameter, AwsCalls("ssm")))
    return services


def table_store(table: str) -> DynamodbSubmissionStore:
    """The store in a table."""
    return DynamodbSubmissionStore(table, AwsCalls("dynamodb"))


def keep_house(services: Services, now: datetime) -> dict[str, int]:
    """What a schedule runs: K made or renewed, what has expired erased. Counts, no names."""
    rotated = isinstance(services.keys, SsmKeys) and services.keys.rotate(
        now, services.random_bytes
    )
    return {"keys_made": int(rotated), "erased": services.store().purge(now)}
