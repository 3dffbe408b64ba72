"""What the site's build gives to the functions: page shell, headers, settings, words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from chalicelib.forms.stations import Stations
from chalicelib.forms.words import CommonWords, FormWords, SuiviWords
from chalicelib.routing.keys import is_recipient, wrong_key
from chalicelib.routing.model import Route
from chalicelib.routing.routing import Routing, make_routing

# Used when headers.json has no word on a header: strict enough for any page of ours.
_FALLBACK_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class SiteSettings(BaseModel):
    """settings.json: the part of content/site.yaml that the functions need."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    mode: Literal["demo", "preparation", "intake"]
    recipients: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    retention: dict[str, int] = {}
    answer_within_days: int = 7

    @property
    def answer_within(self) -> timedelta:
        """How long a record may wait before it is said to be late."""
        return timedelta(days=self.answer_within_days)

    def routing(self, demo: str) -> Routing:
        """Who reads what; `demo` is the key that everybody holds, or empty."""
        return make_routing(self.mode, self.recipients, self.supervisors, self.routes, demo.lower())

    def all_keys(self) -> tuple[str, ...]:
        """Every public key that is named."""
        routed = (key for route in self.routes for key in route.recipients)
        return (*self.recipients, *self.supervisors, *routed)


class AssetsError(Exception):
    """The folder was made by another version of the build, or is damaged."""


@dataclass(frozen=True)
class Assets:
    """One reading of the folder; a new build makes another one."""

    folder: Path

    def page(self, title: str, main: str) -> str:
        """The whole page: the shell of the site around the inner HTML of `<main>`."""
        before, between, after = self._shell
        return f"{before}{escape(title, quote=False)}{between}{main}{after}"

    def read_all(self, forms: Iterable[str]) -> None:
        """Read everything that a request may need.

        Raises:
            AssetsError: something is missing, or is not what these functions expect.
        """
        try:
            _ = self._shell, self._headers, self.settings, self.common, self.suivi
            _ = self.stations.by_departement
            for name in forms:
                self.form(name)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise AssetsError from error

    @cached_property
    def beginning(self) -> bytes:
        """What every page begins with, up to its title."""
        return self._shell[0].encode()

    @cached_property
    def _shell(self) -> tuple[str, str, str]:
        html = (self.folder / "shell.html").read_text(encoding="utf-8")
        before, rest = html.replace("<!--@crumbs-->", "").split("<!--@title-->", 1)
        between, after = rest.split("<!--@main-->", 1)
        return before, between, after

    @cached_property
    def settings(self) -> SiteSettings:
        """Mode, recipients, retention."""
        return SiteSettings.model_validate(self._json("settings.json"))

    def wrong_readers(self) -> str:
        """Why the settings cannot say who reads, in one French sentence; empty when they can."""
        for key in self.settings.all_keys():
            if not is_recipient(key):
                return wrong_key(key)
        for route in self.settings.routes:
            for station in route.stations:
                if self.stations.find(station) is None:  # it would never be taken
                    return f"route « {route.name} » : aucune station n’est « {station} »"
        return ""

    def headers(self, path: str) -> dict[str, str]:
        """The security headers of a page; the longest known prefix of `path` wins."""
        known: dict[str, dict[str, str]] = self._headers["paths"]
        prefixes = [prefix for prefix in known if path.startswith(prefix)]
        own = known[max(prefixes, key=len)] if prefixes else {}
        return {**_FALLBACK_HEADERS, **self._headers["default"], **own}

    @cached_property
    def _headers(self) -> dict[str, Any]:
        return {"default": {}, "paths": {}, **self._json("headers.json")}

    @cached_property
    def common(self) -> CommonWords:
        """Words of all forms."""
        return CommonWords.model_validate(self._json("words/commun.json"))

    @cached_property
    def stations(self) -> Stations:
        """Those that a person may choose."""
        return Stations((self.folder / "stations.json").read_bytes())

    @cached_property
    def suivi(self) -> SuiviWords:
        """Words of the follow-up pages."""
        return SuiviWords.model_validate(self._json("words/suivi.json"))

    def form(self, name: str) -> FormWords:
        """Words of one form."""
        if name not in self._forms:
            self._forms[name] = FormWords.model_validate(self._json(f"words/{name}.json"))
        return self._forms[name]

    @cached_property
    def _forms(self) -> dict[str, FormWords]:
        return {}

    def _json(self, name: str) -> Any:
        return json.loads((self.folder / name).read_bytes())


class AssetsFolder:
    """Gives the assets; with `autorefresh`, those that are on the disk now."""

    def __init__(self, folder: Path, autorefresh: bool = False) -> None:
        self._folder = folder
        self._autorefresh = autorefresh
        self._assets = Assets(folder)

    def __call__(self) -> Assets:
        """The assets to answer one request with."""
        return Assets(self._folder) if self._autorefresh else self._assets
