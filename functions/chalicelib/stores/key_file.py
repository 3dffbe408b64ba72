"""K in a file of the state folder, readable by its owner only."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

from chalicelib.errors import StoreUnavailableError
from chalicelib.intake.keys import SECRET_BYTES, SigningKey, SigningKeys


class KeyFile:
    """Makes K at the first use, and a new one when it is due."""

    def __init__(self, path: Path, random_bytes: Callable[[int], bytes]) -> None:
        self._path = path
        self._random_bytes = random_bytes
        self._keys: SigningKeys | None = None
        self._lock = Lock()

    def __call__(self, now: datetime) -> SigningKeys:
        """The keys to use at `now`."""
        with self._lock:  # two threads would make two keys, and only one would stay
            if self._keys is None or self._keys.is_due(now):
                self._keys = self._load(now)
            return self._keys

    def _load(self, now: datetime) -> SigningKeys:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            keys = _read(self._path) if self._path.exists() else None
            if keys is None:
                keys = SigningKeys(SigningKey(self._random_bytes(SECRET_BYTES), now))
            elif keys.is_due(now):
                keys = keys.rotated(self._random_bytes(SECRET_BYTES), now)
            else:
                return keys
            _write(self._path, keys)
        except (OSError, ValueError, KeyError) as error:
            raise StoreUnavailableError("key file") from error
        return keys


def _read(path: Path) -> SigningKeys:
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)  # a copy that was put back may be open to all
    data = json.loads(path.read_text(encoding="ascii"))
    current, previous = (_key(data[name]) for name in ("current", "previous"))
    if current is None:
        raise ValueError("no current key")
    return SigningKeys(current, previous)


def _key(data: dict[str, str] | None) -> SigningKey | None:
    if data is None:
        return None
    secret = base64.b64decode(data["secret"], validate=True)
    return SigningKey(secret, datetime.fromisoformat(data["created_at"]))


def _write(path: Path, keys: SigningKeys) -> None:
    """Replace the file at once: a crash leaves the old keys or the new ones."""
    data = {"current": _to_json(keys.current), "previous": _to_json(keys.previous)}
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(data, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _to_json(key: SigningKey | None) -> dict[str, str] | None:
    if key is None:
        return None
    secret = base64.b64encode(key.secret).decode()
    return {"secret": secret, "created_at": key.created_at.isoformat()}
