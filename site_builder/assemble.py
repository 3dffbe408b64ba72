"""One folder from what every generator made: collisions refused, only changes written."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from site_builder.errors import SiteBuilderError
from site_builder.outputs import SUFFIXES, Output, copy_of

_CHUNK = 1 << 18  # bytes read at once: pages weigh less, and a file of megabytes is not held twice


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
        add(files, output.path, output.body)
    return files


def add(files: dict[str, bytes], path: str, body: bytes) -> None:
    """Put one more file among those of a site.

    Raises:
        SiteBuilderError: another one has its address.
    """
    if path in files:
        raise SiteBuilderError(f"deux pages veulent la même adresse : /{path}")
    files[path] = body


def write_changed(files: Mapping[str, bytes], site: Path) -> int:
    """Write in place those of `files` that differ from what `site` holds; return how many.

    Thousands of folders are never removed and made again: that costs more than the build.
    """
    changed = 0
    made: set[Path] = set()
    root = str(site)
    for path, body in files.items():
        if _same(f"{root}/{path}", body):
            continue
        target = site / path
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


def _same(path: str, body: bytes) -> bool:
    """Asked five thousand times a build: the system's own calls take a third of pathlib's time."""
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return False
    try:
        if os.fstat(file).st_size != len(body):
            return False
        return all(
            os.read(file, _CHUNK) == body[start : start + _CHUNK]
            for start in range(0, len(body), _CHUNK)
        )
    except OSError:  # a folder
        return False
    finally:
        os.close(file)


Listing = list[tuple[str, list[str], list[str]]]


def listing(site: Path) -> Listing:
    """Folders, each after those inside it, with the names of their folders and of their files."""
    return list(os.walk(site, topdown=False))


def prune(files: Collection[str], site: Path, listed: Listing) -> int:
    """Remove what no generator made, and folders left empty; return how many files.

    Args:
        listed: What `site` held at some time of the build, while pages were written perhaps.
    """
    removed = 0
    start = len(str(site)) + 1
    for folder, folders, names in listed:
        inside = folder[start:].replace(os.sep, "/")
        prefix = f"{inside}/" if inside else ""
        kept = len(names)
        for name in names:
            base = name.removesuffix(".br").removesuffix(".gz")  # compressed copies live beside
            if prefix + base not in files:
                with suppress(FileNotFoundError):  # half a page, when it was listed
                    Path(folder, name).unlink()
                    removed += 1
                kept -= 1
        if not kept and inside and all(not Path(folder, name).exists() for name in folders):
            with suppress(OSError):  # no longer empty
                Path(folder).rmdir()
    return removed
