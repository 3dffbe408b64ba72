"""What an answer of AWS that is an error means.

What is known after a failure decides what the person is told:

    never sent, or refused (throttled, forbidden…)   nothing was done
    no answer, or an answer that the service broke   it may have been done
"""

from __future__ import annotations

from typing import Any

# Of the errors that DynamoDB, S3 and SSM answer, those that pass by themselves: refused, not done.
_BUSY = {
    "ConditionalRequestConflict",
    "OperationAborted",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ReplicatedWriteConflictException",
    "SlowDown",
    "ThrottlingException",
    "ThrottledException",
    "ThrottlingError",
    "TooManyRequestsException",
    "TransactionConflict",
    "TransactionConflictException",
    "TransactionInProgressException",
}
_CONDITION = "ConditionalCheckFailed"  # of one part of a transaction
_CONDITIONS = {"ConditionalCheckFailedException", "PreconditionFailed"}
_MISSING = {"404", "NoSuchKey", "ParameterNotFound"}


class ConditionFailedError(Exception):
    """A condition of ours did not hold; nothing was written. `failed` tells which ones."""

    def __init__(self, failed: list[bool]) -> None:
        super().__init__("condition failed")
        self.failed = failed


class NotThereError(Exception):
    """The service does not know what was asked for."""


class FailureError(Exception):
    """A call that gave no answer of use: may it pass by itself, may it have been done?"""

    def __init__(self, is_passing: bool = False, is_uncertain: bool = False) -> None:
        self.is_passing = is_passing
        self.is_uncertain = is_uncertain


def understood(response: dict[str, Any]) -> Exception:
    """What an answer that is an error means."""
    code = response["Error"]["Code"]
    reasons = [reason.get("Code", "None") for reason in response.get("CancellationReasons", ())]
    if code in _CONDITIONS:
        return ConditionFailedError([True])
    if code == "TransactionCanceledException" and _CONDITION in reasons:
        return ConditionFailedError([reason == _CONDITION for reason in reasons])
    if code in _MISSING:
        return NotThereError()
    is_busy = code in _BUSY or bool(_BUSY.intersection(reasons))
    is_broken = response["ResponseMetadata"]["HTTPStatusCode"] >= 500 and not is_busy
    is_uncertain = is_broken or code == "TransactionInProgressException"
    return FailureError(is_passing=is_busy or is_broken, is_uncertain=is_uncertain)
