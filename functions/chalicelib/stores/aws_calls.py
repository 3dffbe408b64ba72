"""Calls to a service of AWS: made lazily, tried again with jitter, inside a time budget.

botocore's own retries may sleep for twenty seconds, and hide whether a write may have happened
(`aws_refusals`).
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from chalicelib.errors import StoreUnavailableError, StoreUncertainError
from chalicelib.stores.aws_refusals import FailureError, understood

_READINGS = ("get_", "query", "batch_get_", "head_", "list_")

# When the current request must be answered, in the seconds of `Patience`; None: nobody waits.
_answer_by: ContextVar[float | None] = ContextVar("answer_by", default=None)


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


@contextmanager
def answered_within(
    limit_s: float, seconds: Callable[[], float] = time.monotonic
) -> Iterator[None]:
    """One request: no try of any of its calls starts once `limit_s` have passed."""
    token = _answer_by.set(seconds() + limit_s)
    try:
        yield
    finally:
        _answer_by.reset(token)


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
        cause: BaseException | None = None
        now, answer_by = patience.seconds(), _answer_by.get()
        give_up_at = now + patience.budget_s
        if answer_by is not None:
            if now >= answer_by:
                raise StoreUnavailableError(self.service)
            give_up_at = min(give_up_at, answer_by)
        for tried in range(1, patience.tries + 1):
            try:
                return self._once(operation, parameters)
            except FailureError as failure:
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
            raise FailureError
        try:
            answer: dict[str, Any] = getattr(self._client, operation)(**parameters)
            if "Body" in answer:  # of a file: its bytes may stop on the way
                answer["Body"] = answer["Body"].read()
        except aws.ClientError as error:
            raise understood(error.response) from error
        except (aws.ConnectTimeoutError, aws.EndpointConnectionError) as error:
            raise FailureError(is_passing=True) from error
        except aws.HTTPClientError as error:
            raise FailureError(is_passing=True, is_uncertain=True) from error
        except aws.BotoCoreError as error:  # no credentials, no region…: nothing was sent
            raise FailureError from error
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
                max_pool_connections=16,  # as many as a purge has threads
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
