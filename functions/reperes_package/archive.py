"""A zip whose bytes depend on nothing but the files."""

from __future__ import annotations

import zipfile
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date of the format
_MODE = 0o644 << 16  # Lambda must be able to read every file


def write_zip(package: Path, archive: Path) -> None:
    """Every file under `package`, in the order of the names."""
    with zipfile.ZipFile(archive, "w") as made:
        for file in sorted(path for path in package.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(package).as_posix(), _EPOCH)
            entry.external_attr = _MODE
            made.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
