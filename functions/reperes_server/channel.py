"""One connection: French refusals, nobody who holds the server, a bound on what is held."""

from __future__ import annotations

import time
from typing import Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask
from waitress.utilities import Error

from chalicelib.errors import (
    BodyTooLargeError,
    IntakeError,
    TooManyRequestsError,
    UnreadableBodyError,
)
from chalicelib.http.edge import refused, to_response
from chalicelib.http.services import Services

SLOWEST_B_S = 500  # 4 kbit/s: under it, a few hundred connections would hold the server
# Of all requests that are being received or answered: 25 files, or 50 of the longest forms.
MAX_HELD_BYTES = 256 * 1024 * 1024
_MOST_COPIES = 10  # a check page repeats each `"` twice, in five characters
_MOST_COPIED_BYTES = 5 * 1024 * 1024  # files are copied once, and are no part of an answer
SMALL_BYTES = 64 * 1024  # what every connection may hold, whatever the others do
_MAX_CHUNK_HEAD_BYTES = 1024
_MAX_IN_A_ROW = 8  # requests sent without waiting for the answers: browsers send one
_RETRY_S = 10


class _NoRoomError(Error):
    """Too much is held already."""

    code = 429
    reason = "Too Many Requests"


class _Dropped(OverflowableBuffer):
    """The body of a request that is refused: read to its end, so that the answer is read too."""

    def append(self, s: bytes) -> None:
        """Keep nothing."""


def channel_class(services: Services) -> type[HTTPChannel]:
    """waitress's channel, on these services."""

    class FrenchErrorTask(ErrorTask):
        def execute(self) -> None:
            request: Any = self.request
            headers: Any = self.response_headers
            code: int = request.error.code
            answer = to_response(services, "/", refused(services, _refusal(code)))
            body = str(answer.body).encode()
            self.status = f"{code} {request.error.reason}"
            headers += answer.headers.items()
            self.set_close_on_finish()
            self.content_length = len(body)
            self.write(body)

    class FrenchChannel(BoundedChannel):
        error_task_class = FrenchErrorTask

    return FrenchChannel


def weight_bytes(received_bytes: int) -> int:
    """What a request may come to hold, with its answer."""
    return min(received_bytes * _MOST_COPIES, received_bytes + _MOST_COPIED_BYTES)


class BoundedChannel(HTTPChannel):
    """Neither slow nor large requests take what others need."""

    _started_at = 0.0
    _received_bytes = 0

    @property
    def held_bytes(self) -> int:
        """Of the request that is being received or answered, and of answers not read yet."""
        request: Any = self.request or next(iter(self.requests), None)
        is_kept = request is not None and request.error is None
        return self.total_outbufs_len + (weight_bytes(self._received_bytes) if is_kept else 0)

    def writable(self) -> bool:
        """Not while a thread is sending: it wakes this one when it needs help.

        waitress would ask the system again and again until the thread is done, which
        took two thirds of the processor under load.
        """
        if not super().writable():  # asked of every connection at each turn of the loop
            return False
        if self.will_close or self._is_deaf():
            self.handle_close()
            return False
        if not self.outbuf_lock.acquire(blocking=False):
            return False
        self.outbuf_lock.release()
        return True

    def _is_deaf(self) -> bool:
        """Nobody has taken anything of the answer for too long.

        waitress waits for such a connection to become writable before it closes it, even when
        all was sent, and a thread with more to say waits with it: six stopped the server.
        """
        quiet_s = time.time() - self.last_activity
        return bool(self.total_outbufs_len and quiet_s > self.adj.channel_timeout)

    def received(self, data: bytes) -> bool:
        """A request that comes drop by drop does not keep its connection alive."""
        now = time.time()  # the clock that waitress compares with
        if self.request is None:
            self._started_at, self._received_bytes = now, 0
        self._received_bytes += len(data)
        due_at = self._started_at + self._received_bytes / SLOWEST_B_S
        self.last_activity = min(now, due_at)
        if self._received_bytes > SMALL_BYTES and self._is_over_bound():
            self._refuse()
        is_taken = bool(super().received(data))
        # waitress reads the size of a chunk to its end, and copies it again at each read.
        receiver = getattr(self.request, "body_rcv", None)
        if len(getattr(receiver, "control_line", b"")) > _MAX_CHUNK_HEAD_BYTES:
            self.will_close = True
        if len(self.requests) > _MAX_IN_A_ROW:  # each may hold a file open
            self.will_close = True
        return is_taken

    def _is_over_bound(self) -> bool:
        server: Any = self.server
        held = sum(each.held_bytes for each in server.active_channels.values())
        return bool(held > MAX_HELD_BYTES)

    def _refuse(self) -> None:
        request: Any = self.request
        if request is None or request.error is not None:
            return
        request.error = _NoRoomError("")
        if request.chunked:  # no form comes so, and its end may never come
            self.will_close = True
        elif request.body_rcv is not None:
            request.body_rcv.getbuf().close()
            request.body_rcv.buf = _Dropped(0)


def _refusal(code: int) -> IntakeError:
    if code == BodyTooLargeError.status:
        return BodyTooLargeError()
    if code == TooManyRequestsError.status:
        return TooManyRequestsError(_RETRY_S)
    return UnreadableBodyError() if code < 500 else IntakeError()
