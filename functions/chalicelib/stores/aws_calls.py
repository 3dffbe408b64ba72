"""Calls to a service of AWS: made lazily, tried again with jitter, inside a time budget.

What is known after a failure decides what the person is told:

    never sent, or refused (throttled, forbidden…)   nothing was done
    no answer, or an answer that the service broke   it may have been done

botocore's own retries may sleep for twenty seconds and hide which of the two happened.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from chalicelib.errors import StoreUnavailableError, StoreUncertainError

# Of the errors that DynamoDB and SSM answer, those that pass by themselves.
_BUSY = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ReplicatedWriteConflictException",
    "ThrottlingException",
    "ThrottledException",
    "ThrottlingError",
    "TooManyRequestsException",
    "TransactionConflict",
    "TransactionConflictException",
    "TransactionInProgressException",
}
_CONDITION = "ConditionalCheckFailed"
_READINGS = ("get_", "query", "batch_get_")


class ConditionFailedError(Exception):
    """A condition of ours did not hold; nothing was written. `failed` tells which ones."""

    def __init__(self, failed: list[bool]) -> None:
        super().__init__("condition failed")
        self.failed = failed


class NotThereError(Exception):
    """The service does not know what was asked for."""


@dataclass(frozen=True)
class Patience:
    """How long to wait and how often to try: within the twenty seconds of the function.

    Attributes:
        budget_s: No new try starts after this.
        answer_s: For one answer; `connect_s`: for one connection.
    """

    tries: int = 4
    budget_s: float = 5.0
    connect_s: float = 1.0
    answer_s: float = 2.0
    pause_s: float = 0.05
    sleep: Callable[[float], None] = time.sleep
    seconds: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = field(default=random.random)


@dataclass
class AwsCalls:
    """One service. The client is made at the first call: half the cost of a cold start."""

    service: str
    endpoint: str = ""
    patience: Patience = field(default_factory=Patience)

    def __call__(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """The answer of `operation`.

        Raises:
            ConditionFailedError, NotThereError: said by the service; nothing was done.
            StoreUncertainError: it may have been done.
            StoreUnavailableError: it was not done.
        """
        patience, uncertain = self.patience, False
        give_up_at = patience.seconds() + patience.budget_s
        for tried in range(1, patience.tries + 1):
            try:
                return self._once(operation, parameters)
            except _FailureError as failure:
                uncertain = uncertain or failure.is_uncertain
                cause = failure.__cause__
                if not failure.is_passing:
                    break
            pause_s = patience.pause_s * 2**tried * patience.jitter()
            if patience.seconds() + pause_s >= give_up_at:
                break
            patience.sleep(pause_s)
        if uncertain and not operation.startswith(_READINGS):
            raise StoreUncertainError(self.service) from cause
        raise StoreUnavailableError(self.service) from cause

    def close(self) -> None:
        """Release the connections; the next call fails."""
        if self._client is not None:
            self._client.close()
        self.__dict__["_client"] = None

    def _once(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        from botocore import exceptions as aws

        if self._client is None:
            raise _FailureError
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(**parameters)
        except aws.ClientError as error:
            raise _understood(error.response) from error
        except (aws.ConnectTimeoutError, aws.EndpointConnectionError) as error:
            raise _FailureError(is_passing=True) from error
        except aws.HTTPClientError as error:
            raise _FailureError(is_passing=True, is_uncertain=True) from error
        except aws.BotoCoreError as error:  # no credentials, no region…: nothing was sent
            raise _FailureError from error
        return answer

    @cached_property
    def _client(self) -> Any:
        # Imported here: routes that do not store never load it.
        with _uncollected():
            from botocore.config import Config
            from botocore.exceptions import BotoCoreError

            config = Config(
                connect_timeout=self.patience.connect_s,
                read_timeout=self.patience.answer_s,
                retries={"total_max_attempts": 1},
                tcp_keepalive=True,
            )
            try:
                return _session().create_client(
                    self.service, endpoint_url=self.endpoint or None, config=config
                )
            except BotoCoreError as error:
                raise StoreUnavailableError(self.service) from error


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector: nothing of an import can be collected, and looking costs."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def _session() -> Any:
    """One for all services: it reads the same files once."""
    from botocore.session import Session

    return Session()


class _FailureError(Exception):
    def __init__(self, is_passing: bool = False, is_uncertain: bool = False) -> None:
        self.is_passing = is_passing
        self.is_uncertain = is_uncertain


def _understood(response: dict[str, Any]) -> Exception:
    """What an answer that is an error means."""
    code = response["Error"]["Code"]
    reasons = [reason.get("Code", "None") for reason in response.get("CancellationReasons", ())]
    if code == "ConditionalCheckFailedException":
        return ConditionFailedError([True])
    if code == "TransactionCanceledException" and _CONDITION in reasons:
        return ConditionFailedError([reason == _CONDITION for reason in reasons])
    if code == "ParameterNotFound":
        return NotThereError()
    is_broken = response["ResponseMetadata"]["HTTPStatusCode"] >= 500
    is_busy = code in _BUSY or bool(_BUSY.intersection(reasons))
    is_uncertain = is_broken or code == "TransactionInProgressException"
    return _FailureError(is_passing=is_busy or is_broken, is_uncertain=is_uncertain)
