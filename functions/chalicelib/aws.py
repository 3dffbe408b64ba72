"""The outside world on AWS: the table, the bucket and the parameter that the template names.

The stores are imported when they are first used: a page that stores nothing never loads them.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.errors import StoreUnavailableError
from chalicelib.http.services import Services
from chalicelib.mail.ports import MailError
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.ssm_keys import SsmKeys

if TYPE_CHECKING:
    from chalicelib.stores.dynamodb import DynamodbSubmissionStore

_log = logging.getLogger("reperes")


@dataclass(frozen=True)
class AwsSettings:
    """What `functions/resources.yaml` puts in the environment; empty where nothing is on AWS.

    Attributes:
        bucket: Of the files; without it none is offered.
        mail_from: Address that e-mails come from; without it none is sent.
    """

    table: str = ""
    bucket: str = ""
    keys_parameter: str = ""
    mail_parameter: str = ""
    mail_from: str = ""


def aws_settings(environ: Mapping[str, str]) -> AwsSettings:
    """The settings of this process."""
    return AwsSettings(
        table=environ.get("REPERES_TABLE", ""),
        bucket=environ.get("REPERES_BUCKET", ""),
        keys_parameter=environ.get("REPERES_KEYS", ""),
        mail_parameter=environ.get("REPERES_SMTP_PARAMETER", ""),
        mail_from=environ.get("REPERES_SMTP_FROM", ""),
    )


def on_aws(services: Services, aws: AwsSettings) -> Services:
    """`services` with the stores of AWS where they are named; nothing is asked yet."""
    if aws.table:
        store = cache(lambda: table_store(aws))
        services = replace(services, store=store, attachments=lambda: store().attachments)
    if aws.keys_parameter:
        services = replace(services, keys=SsmKeys(aws.keys_parameter, AwsCalls("ssm")))
    if aws.mail_parameter and aws.mail_from:
        from chalicelib.stores.ssm_mailer import SsmMailer

        mailer = SsmMailer(aws.mail_parameter, aws.mail_from, AwsCalls("ssm"))
        services = replace(services, mailer=mailer)
    return services


def table_store(aws: AwsSettings) -> DynamodbSubmissionStore:
    """The store in a table, and its files in a bucket."""
    from chalicelib.stores.dynamodb import DynamodbSubmissionStore
    from chalicelib.stores.s3_files import S3Files

    files = S3Files(aws.bucket, AwsCalls("s3")) if aws.bucket else None
    return DynamodbSubmissionStore(aws.table, AwsCalls("dynamodb"), files)


def keep_house(services: Services, now: datetime) -> dict[str, int]:
    """What a schedule runs: K made or renewed, what has expired erased. Counts, no names."""
    rotated = isinstance(services.keys, SsmKeys) and services.keys.rotate(
        now, services.random_bytes
    )
    erased = services.store().purge(now)
    return {"keys_made": int(rotated), "erased": erased, "agents_told": _agents_told(services)}


def _agents_told(services: Services) -> int:
    """How many were sent the digest of the day; whatever stops it never stops the rest."""
    try:
        return services.tell_agents()
    except (MailError, StoreUnavailableError) as error:
        _log.error("%s digest", type(error).__name__)
        return 0
