"""Parts of the site, each written in place by the process that makes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from site_builder.assemble import add, collect, write_changed
from site_builder.discovery import NOT_LISTED, is_listed
from site_builder.outputs import Output

_BATCH = 20  # pages held in memory at once: thousands of them would weigh 80 MB


@dataclass(frozen=True)
class Written:
    """What a part wrote.

    Attributes:
        files: By path, what other parts may ask of a page: whether it may be listed.
        changed: How many files changed.
    """

    files: dict[str, bytes]
    changed: int


def write_part(outputs: Iterable[Output], site: Path) -> Written:
    """Write a part in place, a batch at a time.

    Raises:
        SiteBuilderError: two of its pages want the same address.
    """
    files: dict[str, bytes] = {}
    changed = 0
    waiting = iter(outputs)
    while batch := collect(islice(waiting, _BATCH)):
        changed += write_changed(batch, site)
        for path, body in batch.items():
            add(files, path, _told(body))
    return Written(files, changed)


def joined(*parts: Written) -> Written:
    """What several parts wrote.

    Raises:
        SiteBuilderError: two of them want the same address.
    """
    files: dict[str, bytes] = {}
    for part in parts:
        for path, told in part.files.items():
            add(files, path, told)
    return Written(files, sum(part.changed for part in parts))


def _told(body: bytes) -> bytes:
    return b"" if is_listed(body) else NOT_LISTED
