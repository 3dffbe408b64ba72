"""Files in clear that an agent asks for: theirs alone from the first byte, never over another."""

from __future__ import annotations

import os
from pathlib import Path

from reperes_desk.errors import DeskError


def write_private(output: Path, data: bytes) -> None:
    """A new file that its owner alone may read.

    Raises:
        DeskError: it exists already, or cannot be written.
    """
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(data)
    except FileExistsError as error:
        raise DeskError(f"« {output} » existe déjà : choisissez un autre nom") from error
    except OSError as error:
        raise DeskError(f"« {output} » ne peut pas être écrit") from error


def private_folder(output: Path) -> Path:
    """A folder that its owner alone may look into.

    Raises:
        DeskError: it cannot be made.
    """
    try:
        output.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise DeskError(f"« {output} » ne peut pas être écrit") from error
    return output
