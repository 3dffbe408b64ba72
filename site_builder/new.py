"""`reperes new`: a file with everything that an editor must fill in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from site_builder.alertes.model import AlerteKind
from site_builder.errors import SiteBuilderError
from site_builder.guides.check import GUIDE_PLAN
from site_builder.project import Project

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_GUIDE = """---
title: À ÉCRIRE, ce que la personne dirait (70 caractères au plus)
short_title: À ÉCRIRE
summary: À ÉCRIRE, la première chose à faire, en une ou deux phrases (160 caractères au plus).
synonyms: [les mots, que les gens, tapent]
situation: C’est votre cas si…
audience: [particulier]
sensitive: false
contacts: [police-secours]
sources:
  - title: Texte officiel lu
    as_of: {today}
    facts: ce que le guide en retient
verified_on:
related: []
---

{body}"""

_ALERTE = """---
title: À ÉCRIRE, ce qui se passe
summary: À ÉCRIRE, ce qu’il faut faire, en une phrase.
date: {today}
expires: {expires}
kind: {kind}
departements: ["33"]
sources:
  - title: Qui l’annonce
    as_of: {today}
---

À ÉCRIRE.
"""


def new_guide(project: Project, theme: str, slug: str, themes: list[str], today: date) -> Path:
    """Make content/guides/<theme>/<slug>.md and return its path.

    Raises:
        SiteBuilderError: unknown theme, bad name, or the file exists.
    """
    if theme not in themes:
        raise SiteBuilderError(f"« {theme} » n’est pas un thème : {', '.join(themes)}")
    headings = (
        ["En bref", "Les étapes"] if theme == "droits" else [choices[0] for choices in GUIDE_PLAN]
    )
    body = "\n".join(f"## {heading}\n\nÀ ÉCRIRE.\n" for heading in headings)
    path = project.content / "guides" / theme / f"{_checked(slug)}.md"
    return _write(project, path, _GUIDE.format(today=today, body=body))


def new_alerte(project: Project, slug: str, kind: str, today: date) -> Path:
    """Make content/alertes/<today>-<slug>.md, active for two weeks, and return its path.

    Raises:
        SiteBuilderError: unknown kind, bad name, or the file exists.
    """
    if kind not in list(AlerteKind):
        raise SiteBuilderError(f"« {kind} » n’est pas une sorte d’alerte : {', '.join(AlerteKind)}")
    path = project.content / "alertes" / f"{today.isoformat()}-{_checked(slug)}.md"
    expires = today + timedelta(days=14)
    return _write(project, path, _ALERTE.format(today=today, expires=expires, kind=kind))


def _checked(slug: str) -> str:
    if not _SLUG.fullmatch(slug):
        raise SiteBuilderError(f"« {slug} » : écrivez en minuscules, sans accent, avec des tirets")
    return slug


def _write(project: Project, path: Path, text: str) -> Path:
    shown = path.relative_to(project.root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise SiteBuilderError(f"{shown} existe déjà") from error
    return shown
