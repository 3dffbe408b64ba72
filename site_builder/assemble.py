"""One folder from what every generator made: collisions refused, only changes written."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from site_builder.compress import SUFFIXES, copy_of
from site_builder.errors import SiteBuilderError
from site_builder.outputs import Output


def read_outputs(folder: Path, prefix: str = "") -> Iterator[Output]:
    """The files that a tool wrote under `folder`, to be published under `prefix`."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield Output(prefix + path.relative_to(folder).as_posix(), path.read_bytes())


def collect(outputs: Iterable[Output]) -> dict[str, bytes]:
    """Files by path.

    Raises:
        SiteBuilderError: two generators made the same file; one would hide the other.
    """
    files: dict[str, bytes] = {}
    for output in outputs:
        if output.path in files:
            raise SiteBuilderError(f"deux pages veulent la même adresse : /{output.path}")
        files[output.path] = output.body
    return files


def write_site(files: Mapping[str, bytes], site: Path, written: Collection[str] = ()) -> int:
    """Make `site` hold exactly `files`, in place; return how many files changed.

    Thousands of folders are never removed and made again: that costs more than the build.

    Args:
        written: Paths among `files` that are in place already.
    """
    waiting = {path: body for path, body in files.items() if path not in written}
    return write_changed(waiting, site) + _prune(files, site)


def write_changed(files: Mapping[str, bytes], site: Path) -> int:
    """Write those of `files` that differ from what `site` holds; return how many."""
    changed = 0
    made: set[Path] = set()
    for path, body in files.items():
        target = site / path
        if _same(target, body):
            continue
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        _drop_copies(target)
        _put(target, body)
        changed += 1
    return changed


def _put(target: Path, body: bytes) -> None:
    """A page that may be read meanwhile is replaced whole: never half a page to a visitor."""
    if not target.exists():
        target.write_bytes(body)
        return
    temporary = target.with_name(f".{target.name}.new")
    temporary.write_bytes(body)
    temporary.replace(target)


def _drop_copies(target: Path) -> None:
    """Compressed copies go before their page changes: a server never sends the page of before."""
    for suffix in SUFFIXES:
        copy_of(target, suffix).unlink(missing_ok=True)


def _same(target: Path, body: bytes) -> bool:
    try:
        return target.stat().st_size == len(body) and target.read_bytes() == body
    except OSError:
        return False


def _prune(files: Collection[str], site: Path) -> int:
    """Remove what no generator made; folders left empty go too."""
    removed = 0
    for folder, _, names in os.walk(site, topdown=False):
        here = Path(folder)
        for name in names:
            path = (here / name).relative_to(site).as_posix()
            base = path.removesuffix(".br").removesuffix(".gz")  # compressed copies live beside
            if base not in files:
                (here / name).unlink()
                removed += 1
        if here != site and not any(here.iterdir()):
            here.rmdir()
    return removed
