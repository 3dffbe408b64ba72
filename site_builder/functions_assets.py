"""What the functions read at run time: page shell, headers, settings, words. No YAML there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from site_builder.headers import security_headers
from site_builder.outputs import Output
from site_builder.theme import Page, Theme

if TYPE_CHECKING:
    from site_builder.settings import SiteSettings


def functions_assets(
    theme: Theme, site: SiteSettings, words: Mapping[str, Any], private: Iterable[str] = ()
) -> Iterator[Output]:
    """Files of build/functions.

    Args:
        words: content/formulaires/*.yaml by name.
        private: Prefixes of pages that a browser must not keep.
    """
    shell = Page("", "", sensitive=True)
    yield Output("shell.html", theme.render("shell.html", shell))
    yield Output("headers.json", _json(security_headers(theme.hashes, private)))
    yield Output("settings.json", _json(_settings(theme, site)))
    for name, value in words.items():
        yield Output(f"words/{name}.json", _json(value))


def _settings(theme: Theme, site: SiteSettings) -> dict[str, Any]:
    urgent = {
        key: theme.globals["contacts"][key]
        for key in ("police-secours", "urgence-europeenne", "urgence-sourds")
        if key in theme.globals["contacts"]
    }
    return {
        "site_name": site.name,
        "site_url": site.url,
        "mode": site.mode,
        "operator": site.operator.model_dump(),
        "recipients": list(site.recipients),
        "supervisors": list(site.supervisors),
        "routes": [route.model_dump(mode="json") for route in site.routes],
        "answer_within_days": site.answer_within_days,
        "quick_exit_url": site.quick_exit_url,
        "retention": site.retention.model_dump(),
        "urgent": {key: {"label": c["label"], "href": c["href"]} for key, c in urgent.items()},
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def write_assets(outputs: Iterable[Output], folder: Path) -> None:
    """Write them in place."""
    for output in outputs:
        target = folder / output.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(output.body)
