"""waitress around the site and the functions."""

from __future__ import annotations

import errno
import logging
import time
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import MultiSocketServer, create_server
from waitress.task import ErrorTask

from chalicelib.errors import BodyTooLargeError, IntakeError, UnreadableBodyError
from chalicelib.http.edge import refused, to_response
from chalicelib.http.services import Services
from reperes_server.errors import ServerError

# A file of 4 MB and its multipart around it; a longer body is refused before it is read.
MAX_BODY_BYTES = 5 * 1024 * 1024
_MAX_HEADER_BYTES = 32 * 1024
# An answer repeats what was typed, each `"` of it in five characters, twice on a check page.
_MAX_ANSWER_BYTES = 16 * 1024 * 1024
_IDLE_S = 30
_SLOWEST_B_S = 500  # 4 kbit/s: under it, a few hundred connections would hold the server
# Several, so that one flush of the disk serves them all; few, so that each has its turn.
_THREADS = 6
_MAX_CONNECTIONS = 200
_ERRORS: dict[int, type[IntakeError]] = {400: UnreadableBodyError, 413: BodyTooLargeError}


def make_server(app: Any, services: Services, host: str, port: int) -> Any:
    """A server that listens; `run()` serves, `close()` stops.

    Raises:
        ServerError: the port is taken, or may not be used.
    """
    # waitress tells each queued request, and its errors quote the address that was asked.
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,  # no Server header
            channel_timeout=_IDLE_S,
            cleanup_interval=_IDLE_S,
            connection_limit=_MAX_CONNECTIONS,
            max_request_header_size=_MAX_HEADER_BYTES,
            recv_bytes=2 * _MAX_HEADER_BYTES,  # what is refused is read whole, then answered
            max_request_body_size=MAX_BODY_BYTES,
            # Above what comes in and goes out: waitress would spill it to a file otherwise.
            inbuf_overflow=MAX_BODY_BYTES + 1,
            outbuf_overflow=_MAX_ANSWER_BYTES,
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServerError(
                f"le port {port} est déjà pris : arrêtez l’autre programme ou choisissez --port"
            ) from error
        raise ServerError(f"le port {port} de « {host} » ne peut pas être ouvert") from error
    # A name such as localhost may stand for several sockets.
    several: Any = server.map if isinstance(server, MultiSocketServer) else {0: server}
    for listening in several.values():
        listening.channel_class = _channel_class(services)
    return server


def _channel_class(services: Services) -> type[HTTPChannel]:
    """waitress refuses some requests itself, in English text: say it in our words."""

    class FrenchErrorTask(ErrorTask):
        def execute(self) -> None:
            request: Any = self.request
            headers: Any = self.response_headers
            code: int = request.error.code
            error = _ERRORS.get(code, UnreadableBodyError if code < 500 else IntakeError)()
            answer = to_response(services, "/", refused(services, error))
            body = str(answer.body).encode()
            self.status = f"{code} {request.error.reason}"
            headers += answer.headers.items()
            self.set_close_on_finish()
            self.content_length = len(body)
            self.write(body)

    class FrenchChannel(HTTPChannel):
        error_task_class = FrenchErrorTask
        _started_at = 0.0
        _received_bytes = 0

        def writable(self) -> bool:
            """Not while a thread is sending: it wakes this one when it needs help.

            waitress would ask the system again and again until the thread is done, which
            took two thirds of the processor under load.
            """
            if not super().writable() or not self.outbuf_lock.acquire(blocking=False):
                return False
            self.outbuf_lock.release()
            return True

        def received(self, data: bytes) -> bool:
            """A request that comes drop by drop does not keep its connection alive."""
            now = time.time()  # the clock that waitress compares with
            if self.request is None:
                self._started_at, self._received_bytes = now, 0
            self._received_bytes += len(data)
            due_at = self._started_at + self._received_bytes / _SLOWEST_B_S
            self.last_activity = min(now, due_at)
            return bool(super().received(data))

    return FrenchChannel
