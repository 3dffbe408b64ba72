"""Stations as templates and scripts read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from site_builder.stations.check import is_old
from site_builder.stations.communes import Communes
from site_builder.stations.model import PositionStatus, Station
from site_builder.stations.names import place_of
from site_builder.stations.phones import show_phone
from site_builder.stations.support import SupportOffice
from site_builder.stations.territories import time_zone
from site_builder.stations.words import (
    ACCESS,
    HOURS_FOR,
    KINDS,
    french_month,
    geo_uri,
    postal_address,
    show_distance,
    way_href,
    week_rows,
)


@dataclass(frozen=True)
class Neighbour:
    """Another station nearby."""

    station: Station
    metres: float


def station_view(station: Station, today: date) -> dict[str, Any]:
    """Everything that the page of one station shows of it."""
    return {
        "id": station.id,
        "name": station.name,
        "kind": station.kind.value,
        "kind_name": KINDS[station.kind],
        "address": station.address,
        "town": f"{station.postcode} {station.commune}".strip(),
        "phones": [[f"tel:{phone}", show_phone(phone)] for phone in station.phones],
        "email": station.email,
        "url": station.url,
        "hours": station.hours,
        "zone": time_zone(station.departement, station.insee),
        "week": week_rows(station.hours) if station.hours else (),
        "hours_for": HOURS_FOR[station.hours_for],
        "hours_note": station.hours_note,
        "note": station.note,
        "access": ACCESS[station.accessibility],
        "located": station.is_located,
        "repaired": station.position == PositionStatus.REPAIRED,
        "geo": geo_uri(station) if station.is_located else "",
        "way": way_href(station),
        "source": station.source,
        "licence": station.licence,
        "as_of": station.as_of.isoformat(),
        "is_old": is_old(station.as_of, today),
        "hours_month": french_month(_hours_as_of(station)),
        "hours_are_old": is_old(_hours_as_of(station), today),
        "closed_on": station.closed_on.isoformat() if station.closed_on else "",
        "origins": _origins(station),
    }


def row_view(station: Station) -> dict[str, Any]:
    """One line of a list of stations."""
    phone = station.phones[0] if station.phones else ""
    return {
        "href": station.path,
        "place": place_of(station.name),
        "name": station.name,
        "address": postal_address(station),
        "tel": f"tel:{phone}" if phone else "",
        "phone": show_phone(phone) if phone else "",
        "located": station.is_located,
    }


def neighbour_view(neighbour: Neighbour) -> dict[str, Any]:
    """Another station and how far it is."""
    station = neighbour.station
    return {
        "href": station.path,
        "name": station.name,
        "distance": show_distance(neighbour.metres),
    }


def support_view(office: SupportOffice, metres: float, today: date) -> dict[str, Any]:
    """A victim-support office and how far it is."""
    return {
        "name": office.name,
        "address": f"{office.address}, {office.town}" if office.address else office.town,
        "tel": f"tel:{office.phone}",
        "phone": show_phone(office.phone),
        "distance": show_distance(metres),
        "month": french_month(office.as_of) if is_old(office.as_of, today) else "",
    }


def card_data(station: Station, communes: Communes) -> dict[str, Any]:
    """What the search shows of a station, with short keys since it travels.

    Args:
        communes: A station without a sure position is counted from its own.
    """
    commune = communes.by_insee.get(station.insee)
    point = station.point_deg if station.is_located else commune and commune.point_deg
    values = {
        "i": station.id,
        "s": station.slug,
        "n": station.name,
        "k": station.kind.value[0],
        "p": [round(degrees, 5) for degrees in point] if point else None,
        "u": 0 if station.is_located else 1,
        "a": station.address,
        "t": f"{station.postcode} {station.commune}".strip(),
        "c": station.insee,
        "f": [[phone, show_phone(phone)] for phone in station.phones],
        "h": station.hours,
        "hf": HOURS_FOR[station.hours_for],
        "w": ACCESS[station.accessibility],
        "d": station.as_of.isoformat()[:7],
    }
    if station.hours and _hours_as_of(station) != station.as_of:
        values["o"] = _hours_as_of(station).isoformat()[:7]
    return {key: value for key, value in values.items() if value}


def _hours_as_of(station: Station) -> date:
    """Hours may come from another source, and be older than the rest."""
    origin = station.provenance.get("hours")
    return origin.as_of if origin else station.as_of


def _origins(station: Station) -> list[dict[str, str]]:
    origins: dict[tuple[str, str], None] = {}
    for origin in station.provenance.values():
        origins[origin.source, origin.as_of.isoformat()] = None
    return [{"source": source, "as_of": as_of} for source, as_of in origins]
