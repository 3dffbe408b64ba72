"""Rules that every alerte must satisfy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from site_builder.alertes.model import Alerte
from site_builder.problems import Problem
from site_builder.text.contact_links import contact_keys
from site_builder.text.links import Pages, check_links
from site_builder.text.wording import check_wording


def check_alertes(
    alertes: Sequence[Alerte],
    contacts: Collection[str],
    departements: Collection[str],
    pages: Pages,
) -> list[Problem]:
    """Every problem of every alerte."""
    return sorted(
        chain.from_iterable(
            (
                *_departements(alerte, departements),
                *_contacts(alerte, contacts),
                *_source(alerte),
                *check_links(alerte.document, pages),
                *check_wording(alerte.document),
            )
            for alerte in alertes
        )
    )


def _departements(alerte: Alerte, known: Collection[str]) -> Iterator[Problem]:
    for index, code in enumerate(alerte.meta.departements):
        if code not in known:
            line = alerte.document.line_of("departements", index)
            hint = 'écrivez son code entre guillemets, en minuscules : "33", "2a", "971"'
            yield Problem(alerte.document.path, line, f"département inconnu « {code} »", hint)


def _contacts(alerte: Alerte, known: Collection[str]) -> Iterator[Problem]:
    for number, line in enumerate(alerte.document.body.split("\n"), alerte.document.body_line):
        for key in contact_keys(line):
            if key not in known:
                hint = "voyez content/contacts.yaml"
                yield Problem(alerte.document.path, number, f"contact inconnu « {key} »", hint)


def _source(alerte: Alerte) -> Iterator[Problem]:
    """A real alerte says who told it; an example says that it is one."""
    if not alerte.meta.example and not alerte.meta.sources:
        hint = "ajoutez sources (title, url, as_of), ou example: true"
        yield Problem(alerte.document.path, 1, "alerte sans source", hint)
