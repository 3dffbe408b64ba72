"""waitress around the site and the functions."""

from __future__ import annotations

import errno
import logging
from typing import Any

from waitress.server import MultiSocketServer, create_server

from chalicelib.http.services import Services
from reperes_server.channel import channel_class
from reperes_server.errors import ServerError

# A file of 4 MB and its multipart around it; a longer body is refused before it is read.
MAX_BODY_BYTES = 5 * 1024 * 1024
_MAX_HEADER_BYTES = 32 * 1024
# An answer repeats what was typed, each `"` of it in five characters, twice on a check page.
_MAX_ANSWER_BYTES = 16 * 1024 * 1024
_IDLE_S = 30
# Several, so that one flush of the disk serves them all; few, so that each has its turn.
_THREADS = 6
_MAX_CONNECTIONS = 200


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
            cleanup_interval=max(1, _IDLE_S // 6),
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
        listening.channel_class = channel_class(services)
    return server
