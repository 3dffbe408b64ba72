"""Why the server cannot start, in one French sentence."""

from __future__ import annotations


class ServerError(Exception):
    """Printed without a traceback; exit code 2."""
