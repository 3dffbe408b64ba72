"""What a server does while nobody asks anything: erase what has expired, tell the agents."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from chalicelib.errors import StoreUnavailableError
from chalicelib.http.services import Services
from chalicelib.mail.ports import MailError

PERIOD_S = 3_600
_log = logging.getLogger("reperes")


def start_purging(services: Services) -> Callable[[], None]:
    """Purge now and every hour, in a thread; call what is returned to stop it."""
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            purge(services)
            tell_agents(services)
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


def tell_agents(services: Services) -> None:
    """Send the digest of the day; whatever stops it never stops the purge."""
    try:
        services.tell_agents()
    except (MailError, StoreUnavailableError) as error:
        _log.error("%s digest", type(error).__name__)
