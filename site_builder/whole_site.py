"""Files made from all the others, once every page is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from site_builder.alertes.cap import cap_outputs
from site_builder.assemble import collect
from site_builder.discovery import discovery_outputs
from site_builder.library import Library
from site_builder.offline import offline_outputs
from site_builder.outputs import Output
from site_builder.theme import Theme


def complete(
    files: Mapping[str, bytes], library: Library, theme: Theme, today: date
) -> dict[str, bytes]:
    """The site with what may be kept offline, and what other machines ask for.

    Raises:
        SiteBuilderError: a generator already made one of these files.
    """
    alertes = cap_outputs(library.alertes, library.departements, library.site, today)
    files = collect([*_known(files), *alertes, *offline_outputs(theme, library, files)])
    return collect([*_known(files), *discovery_outputs(library.site, files, today)])


def _known(files: Mapping[str, bytes]) -> Iterator[Output]:
    return (Output(path, body) for path, body in files.items())
