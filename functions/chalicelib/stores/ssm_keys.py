"""K on AWS: one encrypted parameter of SSM, read by every copy of the function.

A new key is announced an hour before it is used, and copies read again every ten minutes,
so that a check page signed by one copy is always known to the others:

    generation 1 ───────────────────────────────┐ still accepted for a day
    generation 2           announced · · · · · · └ used ────────────
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.keys import ROTATED_AFTER, SECRET_BYTES, SigningKey, SigningKeys
from chalicelib.stores.aws_calls import AwsCalls
from chalicelib.stores.aws_refusals import NotThereError

READ_AGAIN_AFTER = timedelta(minutes=10)
ANNOUNCED_BEFORE = timedelta(hours=1)
_KEPT = 3  # previous, current, announced


class SsmKeys:
    """Reads the generations of K; `rotate` is for the housekeeping function only."""

    def __init__(self, parameter: str, calls: AwsCalls) -> None:
        self._parameter = parameter
        self._calls = calls
        self._known: list[SigningKey] = []
        self._read_at: datetime | None = None

    def __call__(self, now: datetime) -> SigningKeys:
        """The keys to use at `now`.

        Raises:
            StoreUnavailableError: none was ever read, or none is in force.
        """
        if self._read_at is None or not self._read_at <= now < self._read_at + READ_AGAIN_AFTER:
            self._read(now)
        used = [key for key in self._known if key.created_at <= now]
        if not used:
            raise StoreUnavailableError("ssm")
        return SigningKeys(used[-1], used[-2] if len(used) > 1 else None)

    def rotate(self, now: datetime, random_bytes: Callable[[int], bytes]) -> bool:
        """Make K, or announce the next generation when it is due; whether it did."""
        known = self._fetched()
        if known and now < known[-1].created_at + ROTATED_AFTER - ANNOUNCED_BEFORE:
            return False
        used_from = now + ANNOUNCED_BEFORE if known else now
        fresh = [*known, SigningKey(random_bytes(SECRET_BYTES), used_from)][-_KEPT:]
        self._calls(
            "put_parameter",
            Name=self._parameter,
            Value=json.dumps([_to_json(key) for key in fresh]),
            Type="SecureString",
            Overwrite=bool(known),
        )
        return True

    def _read(self, now: datetime) -> None:
        try:
            fetched = self._fetched()
        except StoreUnavailableError:
            if not self._known:
                raise
            return  # those we know still sign; the next request asks again
        self._known, self._read_at = fetched, now

    def _fetched(self) -> list[SigningKey]:
        try:
            answer = self._calls("get_parameter", Name=self._parameter, WithDecryption=True)
        except NotThereError:
            return []
        try:
            return [_key(each) for each in json.loads(answer["Parameter"]["Value"])]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreUnavailableError("ssm") from error


def _key(data: dict[str, Any]) -> SigningKey:
    secret = base64.b64decode(data["secret"], validate=True)
    return SigningKey(secret, datetime.fromisoformat(data["created_at"]))


def _to_json(key: SigningKey) -> dict[str, str]:
    secret = base64.b64encode(key.secret).decode()
    return {"secret": secret, "created_at": key.created_at.isoformat()}
