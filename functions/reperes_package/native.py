"""Machine code of the wheels: only what is reached, and what Lambda's C library can load.

Pillow brings twenty libraries for formats that are refused, and its wheels are tagged by the
newest of them.
"""

from __future__ import annotations

import re
from pathlib import Path

from reperes_package.errors import PackageError

_GLIBC = re.compile(rb"GLIBC_2\.(\d+)\0")
_OPTIONAL = ("PIL/_webp.",)  # without it such pictures are refused, the others still work
_CARRIED = "pillow.libs"


def keep_loadable(package: Path, glibc_minor: int) -> None:
    """Remove what asks for a newer C library, what needs it, and what nothing needs any more.

    Raises:
        PackageError: a library that the functions cannot do without asks for a newer one.
    """
    libraries = {path: path.read_bytes() for path in package.rglob("*.so*")}
    gone = {path for path, body in libraries.items() if _newest(body) > glibc_minor}
    while needing := {p for p in libraries.keys() - gone if _needs(libraries[p], gone)}:
        gone |= needing
    for path in gone:
        name = path.relative_to(package).as_posix()
        if not name.startswith((_CARRIED, *_OPTIONAL)):
            raise PackageError(f"« {name} » demande une bibliothèque C plus récente que Lambda")
    for path in libraries.keys() - _reached(libraries, gone):
        path.unlink()


def _reached(libraries: dict[Path, bytes], gone: set[Path]) -> set[Path]:
    """The modules that Python imports, and the carried libraries that they need."""
    reached = {path for path in libraries.keys() - gone if path.parent.name != _CARRIED}
    waiting = list(reached)
    while waiting:
        body = libraries[waiting.pop()]
        needed = {path for path in libraries.keys() - gone - reached if _needs(body, {path})}
        reached |= needed
        waiting += needed
    return reached


def _newest(body: bytes) -> int:
    return max(map(int, _GLIBC.findall(body)), default=0)


def _needs(body: bytes, others: set[Path]) -> bool:
    return any(b"\0" + other.name.encode() + b"\0" in body for other in others)
