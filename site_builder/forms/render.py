"""The static pages of the forms: by where one enters, gates, empty forms, follow-up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from html import escape
from typing import Any

from chalicelib.forms.render import FormPages
from chalicelib.forms.spec import FormSpec
from chalicelib.forms.view import Typed
from chalicelib.forms.words import CommonWords, FormWords, GatePage, SuiviWords
from chalicelib.suivi.pages import SuiviPages
from site_builder.forms.registry import FORMS
from site_builder.outputs import Output
from site_builder.settings import SiteSettings
from site_builder.text.contact_links import PATTERN
from site_builder.theme import Page, Theme

_NEUTRAL_TITLE = "Formulaire"


def render_forms(
    theme: Theme, words: Mapping[str, Any], settings: SiteSettings
) -> Iterator[Output]:
    """Every page under /declarer/ and /suivi/."""
    common = CommonWords.model_validate(words["commun"])
    suivi = SuiviWords.model_validate(words["suivi"])
    yield _gate(theme, "/declarer/", common.declare, "")
    for form in FORMS:
        said = FormWords.model_validate(words[form.name])
        for key, gate in said.gate.items():
            path = f"/declarer/{form.name}/" if key == first_of(said) else _gate_path(form, key)
            yield _gate(theme, path, gate, form.name, form.is_sensitive or key != first_of(said))
        yield _form(theme, form, said, common, settings)
    yield _page(
        theme,
        Page("/suivi/", suivi.form.title, section="suivi", sensitive=True, neutral_title="Suivre"),
        SuiviPages(suivi, common).form({}, {}),
    )


def first_of(words: FormWords) -> str:
    """The gate that stands at the address of the form."""
    return next(iter(words.gate))


def is_open(form: FormSpec, settings: SiteSettings) -> bool:
    """Whether the form can be sent from this site.

    In demo mode the server makes the identity that reads.
    """
    return settings.mode == "demo" or (settings.mode == "intake" and bool(settings.recipients))


def _form(
    theme: Theme,
    form: FormSpec,
    words: FormWords,
    common: CommonWords,
    settings: SiteSettings,
) -> Output:
    page = Page(
        form.page,
        words.form.title,
        crumbs=((words.gate[first_of(words)].title, f"/declarer/{form.name}/"),),
        section=form.name,
        sensitive=True,
        neutral_title=words.form.tab,
        instead=f"/declarer/{form.name}/",
    )
    prepares = settings.mode == "preparation" and not form.is_sensitive
    if not is_open(form, settings) and not prepares:
        return _gate(theme, form.page, words.closed, form.name)
    pages = FormPages(form, words, common, settings.mode)
    return _page(theme, page, pages.form(Typed(), _retention(form, settings)))


def _retention(form: FormSpec, settings: SiteSettings) -> timedelta:
    asked = settings.retention.model_dump()[form.retention_setting]
    return min(form.retention, timedelta(days=asked))


def _gate(theme: Theme, path: str, gate: GatePage, section: str, sensitive: bool = True) -> Output:
    contacts = theme.globals["contacts"]
    view = gate.model_dump()
    view["lead"] = _with_contacts(gate.lead, contacts)
    view["text"] = [_with_contacts(text, contacts) for text in gate.text]
    for choice in view["choices"]:
        choice["text"] = _with_contacts(choice["text"], contacts)
    view["contacts"] = [contacts[key] for key in gate.contacts if key in contacts]
    page = Page(
        path,
        gate.title,
        summary=re.sub(PATTERN, lambda found: contacts[found["key"]]["label"], gate.lead),
        crumbs=_crumbs(path),
        section=section,
        sensitive=sensitive,
        neutral_title=_NEUTRAL_TITLE,
        indexed=path.count("/") <= 3,
    )
    return Output(_file(path), theme.render("form_gate.html", page, gate=view))


def _crumbs(path: str) -> tuple[tuple[str, str], ...]:
    return () if path == "/declarer/" else (("Déclarer", "/declarer/"),)


def _page(theme: Theme, page: Page, main: str) -> Output:
    return Output(_file(page.path), theme.render("form_page.html", page, main=main))


def _gate_path(form: FormSpec, key: str) -> str:
    return f"/declarer/{form.name}/{key}/"


def _file(path: str) -> str:
    return f"{path.strip('/')}/index.html"


def _with_contacts(text: str, contacts: Mapping[str, Any]) -> str:
    """HTML of a text in which `[[key]]` names a contact."""

    def link(match: re.Match[str]) -> str:
        contact = contacts.get(match["key"])
        if contact is None:
            return match["key"]
        label = match["text"] or escape(contact["label"], quote=False)
        return f'<a href="{escape(contact["href"])}">{label}</a>'

    return re.sub(PATTERN, link, escape(text, quote=False))
