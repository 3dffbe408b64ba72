"""What a server does while nobody asks anything: erase what has expired."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from chalicelib.errors import StoreUnavailableError
from chalicelib.http.services import Services

PERIOD_S = 3_600
_log = logging.getLogger("reperes")


def start_purging(services: Services) -> Callable[[], None]:
    """Purge now and every hour, in a thread; call what is returned to stop it."""
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            purge(services)
            stopped.wait(PERIOD_S)

    thread = threading.Thread(target=work, name="purge", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join()

    return stop


def purge(services: Services) -> None:
    """Erase what has expired; a store that does not answer is tried again later."""
    try:
        services.store().proofs.purge(services.clock())
        services.store().purge(services.clock())
    except StoreUnavailableError as error:
        _log.error("%s purge", type(error).__name__)
