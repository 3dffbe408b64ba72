"""Lighthouse (mobile, simulated) on one page of each kind, answers to forms included.

Its own folder of libraries is made once under build/ from a lock with integrities and no
address. Skipped where node, npm or Chromium is absent.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from bench.portal import CHROMIUM, portal
from bench.rows import ROOT, Row

RUNNER = ROOT / "bench" / "lighthouse_runner"
INSTALLED = ROOT / "build" / "lighthouse"
FORM = "/declarer/signalement/formulaire/"
FIELDS = {
    "theme": "deal",
    "facts": "Un point de vente tous les soirs sous le porche de l’immeuble.",
    "commune": "Villeurbanne",
    "when": "ongoing",
    "follow_up": "yes",
    "action": "verifier",
}
CHECK = {"from": FORM, "post": {"action": "/api/signalement", "fields": FIELDS}}
PAGES: dict[str, Any] = {
    "home": "/",
    "guide": "/guides/vols/vol-velo/",
    "sensitive guide": "/guides/violences/violences-conjugales/",
    "theme": "/guides/vols/",
    "search": "/recherche/",
    "station": "/stations/33/commissariat-bordeaux/",
    "département": "/stations/33/",
    "orienteur, question": "/orienteur/",
    "orienteur, outcome": "",  # its address is found in the site that was built
    "alerte": "/alertes/2026-11-21-demarchage-aux-portes/",
    "gate of a form": "/declarer/signalement/",
    "form": FORM,
    "form with errors": {
        "from": FORM,
        "post": {"action": "/api/signalement", "fields": {"action": "verifier"}},
        "refused": True,
    },
    "check page": CHECK,
    "acknowledgement": {**CHECK, "then": "button[value=confirmer]"},
    "suivi": "/suivi/",
    "404": {"from": "/nulle-part/", "refused": True},
}


def measure() -> list[Row]:
    """Scores (performance, accessibility, best practices, search engines), LCP and bytes."""
    if not (shutil.which("node") and shutil.which("npm") and CHROMIUM.exists()):
        return [("Lighthouse", "skipped: node, npm or Chromium is absent")]
    _install()
    with portal() as served:
        pages = {**PAGES, "orienteur, outcome": _outcome(served.site)}
        done = subprocess.run(
            ["node", "run.mjs", str(CHROMIUM), served.url],
            cwd=INSTALLED,
            input=json.dumps(pages),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    return [(found["label"], _told(found)) for found in json.loads(done.stdout)]


def _told(found: dict[str, Any]) -> str:
    if found["error"]:
        return str(found["error"])
    scores = "/".join("–" if score is None else str(score) for score in found["scores"])
    timed = f", LCP {found['lcp_ms']} ms, {found['bytes'] / 1000:.1f} kB" if found["bytes"] else ""
    wrong = f", not perfect: {', '.join(found['wrong'])}" if found["wrong"] else ""
    return f"{scores}{timed}{wrong}"


def _install() -> None:
    """Put the runner and its libraries under build/, when the lock is not the one there."""
    lock = (RUNNER / "package-lock.json").read_bytes()
    known = INSTALLED / "node_modules" / ".installed"
    if not (known.is_file() and known.read_bytes() == lock):
        shutil.copytree(RUNNER, INSTALLED, dirs_exist_ok=True)
        command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(command, cwd=INSTALLED, check=True, capture_output=True)
        known.write_bytes(lock)
    shutil.copy(RUNNER / "run.mjs", INSTALLED)


def _outcome(site: Path) -> str:
    """The first answer of the orienteur: the page that asks nothing more."""
    for page in sorted(site.glob("orienteur/*/**/index.html")):
        if '<p class="now">' in page.read_text(encoding="utf-8"):
            return f"/{page.parent.relative_to(site).as_posix()}/"
    raise AssertionError("no outcome among the pages of the orienteur")


if __name__ == "__main__":
    for label, value in measure():
        print(f"{label.ljust(24)}{value}")
