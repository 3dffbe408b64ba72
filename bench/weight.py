"""What a first visit to one page of each kind moves, with brotli."""

from __future__ import annotations

from pathlib import Path

from bench.rows import ROOT, Row, compressed, fetched_with

SITE = ROOT / "build" / "site"
KINDS = {
    "home": "",
    "guide": "guides/vols/vol-velo",
    "sensitive guide": "guides/violences/violences-conjugales",
    "theme": "guides/vols",
    "urgent numbers": "urgences",
    "search": "recherche",
    "orienteur, first question": "orienteur",
    "stations": "stations",
    "département": "stations/33",
    "communes of a département": "stations/33/communes",
    "alertes": "alertes",
    "pré-plainte form": "declarer/pre-plainte/formulaire",
    "signalement form": "declarer/signalement/formulaire",
    "suivi": "suivi",
}


def weigh(page: Path) -> tuple[int, int, int]:
    """Bytes of the page alone, of everything fetched, and the number of requests."""
    body = page.read_bytes()
    files = fetched_with(body, SITE)
    alone = compressed(body)
    return alone, alone + sum(compressed(file) for file in files.values()), 1 + len(files)


def measure() -> list[Row]:
    """One page of each kind, and the first search."""
    rows = []
    for label, folder in KINDS.items():
        alone, everything, requests = weigh(SITE / folder / "index.html")
        rows.append((label, f"{alone:6d} B page, {everything:6d} B in {requests} requests"))
    station = next(page for page in sorted(SITE.glob("stations/33/*/")) if page.name != "communes")
    alone, everything, requests = weigh(station / "index.html")
    rows.append(("station", f"{alone:6d} B page, {everything:6d} B in {requests} requests"))
    index = next(SITE.glob("recherche/index.*.json"))
    rows.append(
        ("search index", f"{compressed(index.read_bytes()):6d} B, when the field gets focus")
    )
    return rows
