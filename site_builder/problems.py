"""What is wrong with the content, said so that an editor can fix it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file.

    Attributes:
        path: File at fault, relative to the project root.
        line: Line number, from 1; 0 when the whole file is at fault.
        message: What is wrong, in French, shown to editors as is.
        hint: What to do about it, in French; may be empty.
        is_warning: Worth reading, but never a reason to refuse the site.
        is_unfinished: Refused on the published site; an editor may look at the draft meanwhile.
    """

    path: Path
    line: int
    message: str
    hint: str = ""
    is_warning: bool = False
    is_unfinished: bool = False

    def __str__(self) -> str:
        where = f"{self.path.as_posix()}:{self.line}" if self.line else self.path.as_posix()
        return f"{where}: {self.message}" + (f" → {self.hint}" if self.hint else "")
