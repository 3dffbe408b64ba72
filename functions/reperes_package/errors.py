"""Why nothing can be packaged, in one French sentence."""

from __future__ import annotations


class PackageError(Exception):
    """Printed without a traceback; exit code 2."""
