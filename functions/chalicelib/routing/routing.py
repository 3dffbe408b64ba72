"""From the settings of the site to the keys that each record is sealed to.

    first route that takes the record ─▶ its group    ╮
    none                              ─▶ the default  ├─ and the supervisors
    a group without a usable key      ─▶ the default  ╯

The number of keys of an age file is seen by whoever holds it: it would tell the route, so
the smaller groups are completed with keys that nobody holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chalicelib.routing.keys import is_recipient
from chalicelib.routing.model import Route

DEFAULT = ""


@dataclass(frozen=True)
class Readers:
    """The keys to seal to.

    Attributes:
        decoys: How many more are made and forgotten.
        route: Its name, which is sealed with what they read.
    """

    keys: tuple[str, ...]
    decoys: int = 0
    route: str = DEFAULT

    @property
    def mark(self) -> str:
        """The same for the same keys: under the seal it tells whether to seal again."""
        return hashlib.sha256("\n".join(sorted(self.keys)).encode()).hexdigest()[:16]

    @property
    def sealed(self) -> dict[str, str]:
        """What `reperes-desk reseal` reads under the seal of everything."""
        return {"route": self.route, "readers": self.mark}


@dataclass(frozen=True)
class Routing:
    """`default` reads what no route takes; without it nothing is received at all."""

    default: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Of the routes, and of the default one."""
        return (DEFAULT, *(route.name for route in self.routes))

    def route_of(self, form: str, answers: Mapping[str, Any]) -> str:
        """The name of the route that a record takes."""
        taken = (route.name for route in self.routes if route.takes(form, answers))
        return next(taken, DEFAULT)

    def readers(self, name: str) -> Readers:
        """Who reads a record of this route; the default group where nobody is known by it."""
        keys = self._keys(name)
        widest = max(len(self._keys(each)) for each in self.names)
        return Readers(keys, widest - len(keys), name)

    def _keys(self, name: str) -> tuple[str, ...]:
        named = (route.recipients for route in self.routes if route.name == name)
        return _each_once((*(next(named, ()) or self.default), *self.supervisors))


@lru_cache(maxsize=8)
def make_routing(
    mode: str,
    recipients: tuple[str, ...],
    supervisors: tuple[str, ...],
    routes: tuple[Route, ...],
    demo: str,
) -> Routing:
    """The routing of a site; `demo` is the key that everybody holds, or empty.

    That key reads everything in a demonstration, and nothing in a real intake.
    """
    if mode not in ("demo", "intake"):
        return Routing()
    kept = [
        route.model_copy(update={"recipients": _usable(route.recipients, demo)}) for route in routes
    ]
    default, over_all = _usable(recipients, demo), _usable(supervisors, demo)
    if mode == "demo" and demo:
        default, over_all = default or (demo,), (*over_all, demo)
    return Routing(default, over_all, tuple(kept))


def _usable(keys: Iterable[str], demo: str) -> tuple[str, ...]:
    # Capitals write the same key (bech32).
    return _each_once(key.lower() for key in keys if key.lower() != demo and is_recipient(key))


def _each_once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))
