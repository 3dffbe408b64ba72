"""Pages of stations: the search, one page per département, per commune list, per station."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from site_builder.outputs import Output, page_file
from site_builder.stations.communes import Communes
from site_builder.stations.communes_page import commune_groups, nearest_stations
from site_builder.stations.drawn_places import DrawnPlace, drawn_places
from site_builder.stations.holidays import holidays_of
from site_builder.stations.linked_data import linked_data
from site_builder.stations.loading import StationSet
from site_builder.stations.model import Station, StationKind
from site_builder.stations.names import fold
from site_builder.stations.neighbours import NearestSupport, Neighbours
from site_builder.stations.open_data import open_data
from site_builder.stations.shards import shard_outputs
from site_builder.stations.views import neighbour_view, row_view, station_view, support_view
from site_builder.stations.words import KINDS
from site_builder.theme import Page, Theme

SECTION = "stations"
HOME = ("Où aller", "/stations/")


@dataclass(frozen=True)
class _Around:
    """What the page of a station says of the places around it."""

    neighbours: Neighbours
    support: NearestSupport
    communes: Communes
    today: date


def render_stations(theme: Theme, found: StationSet, today: date) -> Iterator[Output]:
    """Every file under /stations/, in a stable order."""
    yield from _pages(theme, found, today)  # what it looks things up in is freed when it ends
    yield from shard_outputs(
        found.stations,
        found.places.communes,
        found.places.departements,
        today,
        found.support,
    )
    if found.metadata is not None:  # the heaviest, when other processes have ended
        yield from open_data(found.stations, found.metadata)


def _pages(theme: Theme, found: StationSet, today: date) -> Iterator[Output]:
    scope = scope_view(found)
    places = drawn_places(found)
    yield _index(theme, places, scope)
    nearest = nearest_stations(found.stations)
    around = _Around(
        Neighbours(found.stations), NearestSupport(found.support), found.places.communes, today
    )
    for place in places:
        yield _departement(theme, place, scope)
        groups = commune_groups(place.departement, found.places.communes, nearest)
        yield _communes(theme, place, groups, scope)
        for station in place.stations:
            yield _station(theme, place, station, around)


def scope_view(found: StationSet) -> dict[str, Any]:
    """What pages say of the whole set."""
    metadata = found.metadata
    return {
        "is_starter": metadata is not None and metadata.scope == "starter",
        "count": sum(station.closed_on is None for station in found.stations),
        "source": metadata.source if metadata else "",
        "licence": metadata.licence if metadata else "",
        "date": metadata.date.isoformat() if metadata else "",
    }


def _index(theme: Theme, places: Sequence[DrawnPlace], scope: dict[str, Any]) -> Output:
    page = Page(
        path="/stations/",
        title="Commissariats et brigades",
        summary="Trouver le commissariat ou la brigade de gendarmerie près de chez vous.",
        section=SECTION,
    )
    body = theme.render(
        "stations/index.html", page, scope=scope, places=[place.view for place in places]
    )
    return Output(page_file(page.path), body)


def _departement(theme: Theme, place: DrawnPlace, scope: dict[str, Any]) -> Output:
    name = place.departement.name
    page = Page(
        path=place.href,
        title=f"Commissariats et brigades : {name} ({place.departement.code})",
        summary=f"Adresse et téléphone des commissariats et des brigades de gendarmerie : {name}.",
        crumbs=(HOME,),
        section=SECTION,
    )
    opened = [station for station in place.stations if station.closed_on is None]
    groups = [
        {"title": KINDS[kind], "rows": [row_view(s) for s in opened if s.kind == kind]}
        for kind in StationKind
    ]
    body = theme.render(
        "stations/departement.html",
        page,
        scope=scope,
        place=place.view,
        groups=[group for group in groups if group["rows"]],
        count=len(opened),
        map=place.map_view(),
    )
    return Output(page_file(page.path), body)


def _communes(
    theme: Theme, place: DrawnPlace, groups: list[tuple[str, str]], scope: dict[str, Any]
) -> Output:
    name = place.departement.name
    page = Page(
        path=f"{place.href}communes/",
        title=f"La station la plus proche de chaque commune : {name}",
        summary=f"Pour chaque commune, la station de police ou de gendarmerie proche : {name}.",
        crumbs=(HOME, (name, place.href)),
        section=SECTION,
    )
    rows = [list(group) for group in groups]
    body = theme.render("stations/communes.html", page, scope=scope, place=place.view, groups=rows)
    return Output(page_file(page.path), body)


def _station(theme: Theme, place: DrawnPlace, station: Station, around: _Around) -> Output:
    page = Page(
        path=station.path,
        title=station.name,
        summary=f"Adresse, téléphone et horaires : {station.name}.",
        crumbs=(HOME, (place.departement.name, place.href)),
        section=SECTION,
    )
    body = theme.render(
        "stations/station.html",
        page,
        station=station_view(station, around.today),
        holidays=" ".join(holidays_of(station.departement, around.today)) if station.hours else "",
        place=place.view,
        map=place.map_view(station),
        served=_served(station, around.communes),
        neighbours=[neighbour_view(other) for other in around.neighbours.of(station)],
        support=[support_view(*found, around.today) for found in around.support.of(station)],
        linked=linked_data(station, theme.globals["site"]["url"]),
    )
    return Output(page_file(page.path), body)


def _served(station: Station, communes: Communes) -> list[str]:
    """Names of the communes it answers for, in alphabetical order."""
    known = (communes.by_insee.get(insee) for insee in station.competent_for)
    return sorted((commune.name for commune in known if commune), key=fold)
