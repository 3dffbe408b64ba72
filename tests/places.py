"""Where things are, and the day on which the content was read."""

from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TODAY = date(2026, 11, 22)
