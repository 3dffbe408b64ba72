"""Why the desk cannot go on, in one French sentence."""

from __future__ import annotations


class DeskError(Exception):
    """Printed without a traceback."""

    exit_code = 2


class UnknownReferenceError(DeskError):
    """No record has this number, or it has expired."""

    exit_code = 1


class UnfinishedError(DeskError):
    """What could be done was; something is left."""

    exit_code = 1
