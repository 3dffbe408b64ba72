"""When Python looks for cycles of objects, which it cannot free one by one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collector() -> Iterator[None]:
    """A build makes few cycles: looking for them took a sixth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def young_collector() -> Iterator[None]:
    """Markdown leaves cycles, 60 kB a guide: they are looked for among what was just made."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(5_000, 1_000, 1_000)
    gc.enable()
    try:
        yield
    finally:
        gc.disable()
        gc.set_threshold(*before)
        gc.unfreeze()
