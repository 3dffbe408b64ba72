"""Alertes → pages and Atom feeds, through the `pelican` command with our look."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

from site_builder.alertes.model import KIND_LABELS, Alerte, newest_first
from site_builder.generators.compiled import compiled_templates
from site_builder.generators.pelican_command import SETTINGS, PelicanCommand
from site_builder.theme import TEMPLATE_FOLDERS, Theme, french_date, source_view


def start_alertes(
    pelican: PelicanCommand,
    theme: Theme,
    alertes: Sequence[Alerte],
    departements: Mapping[str, str],
    work: Path,
    today: date,
) -> None:
    """Give Pelican what it renders.

    Args:
        alertes: One at least: Pelican refuses an empty folder.
        departements: Names by code.
        work: Folder of this generator; `work/output` is emptied, then holds alertes/….
    """
    for name in ("content", "output"):
        shutil.rmtree(work / name, ignore_errors=True)
        (work / name).mkdir(parents=True)
    ordered = newest_first(alertes)
    for alerte in ordered:
        _write_source(alerte, work / "content")
    pelican.start(_settings(theme, ordered, departements, work, today), work / "input.json")


def alerte_view(alerte: Alerte, departements: Mapping[str, str], today: date) -> dict[str, Any]:
    """An alerte as templates read it."""
    meta = alerte.meta
    names = [departements.get(code, code) for code in meta.departements]
    return {
        "url": alerte.url,
        "title": meta.title,
        "summary": meta.summary,
        "date": meta.date.isoformat(),
        "date_text": french_date(meta.date),
        "expires": meta.expires.isoformat(),
        "last_day_text": french_date(meta.expires - timedelta(days=1)),
        "kind_label": KIND_LABELS[meta.kind],
        "departements_text": ", ".join(names),
        "active": alerte.is_active(today),
        "example": meta.example,
        "sources": [source_view(source) for source in meta.sources],
    }


def _write_source(alerte: Alerte, folder: Path) -> None:
    """What Pelican reads: its own metadata, and the text."""
    meta = alerte.meta
    head = {
        "Title": meta.title,
        "Date": f"{meta.date.isoformat()} 08:00",
        "Slug": alerte.name,
        "Category": meta.kind.value,
        "Tags": ", ".join(meta.departements),
        "Summary": f"<p>{escape(meta.summary)}</p>",
    }
    lines = [f"{key}: {' '.join(value.split())}" for key, value in head.items()]
    text = "\n".join([*lines, "", alerte.document.body])
    (folder / f"{alerte.name}.md").write_text(text, encoding="utf-8")


def _cards(theme: Theme) -> dict[str, str]:
    """HTML of each contact, by key: Pelican cannot render them as we do."""
    contacts = theme.globals["contacts"]
    return {key: theme.partial("card_in_text.html", contact=contacts[key]) for key in contacts}


def _settings(
    theme: Theme,
    ordered: Sequence[Alerte],
    departements: Mapping[str, str],
    work: Path,
    today: date,
) -> dict[str, Any]:
    codes = sorted({code for alerte in ordered for code in alerte.meta.departements})
    kinds = sorted({alerte.meta.kind for alerte in ordered})
    feeds = [{"href": f"/alertes/{k.value}/feed.atom", "label": KIND_LABELS[k]} for k in kinds]
    feeds += [{"href": f"/alertes/{c}/feed.atom", "label": departements.get(c, c)} for c in codes]
    return {
        "content": str(work / "content"),
        "output": str(work / "output"),
        "cache": str(work / "cache"),
        "compiled_templates": str(compiled_templates(work, SETTINGS)),
        "template_folders": [str(folder) for folder in TEMPLATE_FOLDERS],
        "globals": {**theme.globals, "alerte_feeds": feeds},
        "cards": _cards(theme),
        "alertes": {a.name: alerte_view(a, departements, today) for a in ordered},
    }
