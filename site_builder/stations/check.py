"""Rules that every station must satisfy before it is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from site_builder.problems import Problem
from site_builder.stations.communes import Communes
from site_builder.stations.departements import Departement
from site_builder.stations.model import PositionStatus, Station
from site_builder.stations.positions import is_plausible
from site_builder.stations.territories import departement_of, is_in_france

Rule = Callable[[Station, Communes, dict[str, Departement]], Iterator[tuple[str, str, bool]]]


def check_stations(
    stations: Sequence[Station],
    lines: Sequence[int],
    shown: Path,
    communes: Communes,
    departements: dict[str, Departement],
) -> list[Problem]:
    """Return every problem found; an empty list means the file can be published.

    Args:
        lines: Line of each station in its file; 0 when the file has no lines.
    """
    problems = [*_duplicates(stations, lines, shown)]
    for station, line in zip(stations, lines, strict=True):
        for rule in _RULES:
            for message, hint, is_warning in rule(station, communes, departements):
                sentence = f"« {station.name} » : {message}"
                problems.append(Problem(shown, line, sentence, hint, is_warning))
    return problems


def _duplicates(
    stations: Sequence[Station], lines: Sequence[int], shown: Path
) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for station, line in zip(stations, lines, strict=True):
        for key, message, hint in (
            (("id", station.id), f"identifiant « {station.id} » déjà utilisé", ""),
            (("path", station.path), f"adresse {station.path} déjà utilisée", "changez « slug »"),
        ):
            if key in first:
                where = f" ligne {first[key]}" if first[key] else ""
                yield Problem(shown, line, message + where, hint)
            else:
                first[key] = line


def _position(
    station: Station, communes: Communes, departements: dict[str, Departement]
) -> Iterator[tuple[str, str, bool]]:
    if station.longitude_deg is None or station.latitude_deg is None:
        return
    point = (station.longitude_deg, station.latitude_deg)
    if not is_in_france(*point):
        hint = "GeoJSON veut la longitude d’abord (RFC 7946 §3.1.1)"
        yield "la position est hors de France", hint, False
    elif station.position != PositionStatus.TO_CHECK and not is_plausible(
        point, departements.get(station.departement), communes.by_insee.get(station.insee)
    ):
        hint = "corrigez-la, ou « position »: « to_check » pour ne pas la montrer"
        yield "la position est loin de sa commune", hint, False


def _place(
    station: Station, communes: Communes, departements: dict[str, Departement]
) -> Iterator[tuple[str, str, bool]]:
    if station.departement not in departements:
        yield f"département « {station.departement} » inconnu", "01 à 95, 2a, 2b, 971 à 988", False
    elif departement_of(station.insee) != station.departement:
        hint = f"« {departement_of(station.insee)} » attendu"
        message = f"le code INSEE {station.insee} n’est pas dans le {station.departement}"
        yield message, hint, False
    elif station.insee not in communes.by_insee:
        hint = "la commune a sans doute fusionné : donnez son nouveau code"
        yield f"commune {station.insee} inconnue en 2026", hint, True


def _reachable(
    station: Station, communes: Communes, departements: dict[str, Departement]
) -> Iterator[tuple[str, str, bool]]:
    if not station.phones and not station.closed_on:
        yield "aucun téléphone", "ajoutez-le si vous le connaissez", True
    if not station.address and not station.closed_on:
        yield "aucune adresse", "ajoutez la voie et le numéro", True


_RULES: tuple[Rule, ...] = (_position, _place, _reachable)


def check_freshness(stations: Sequence[Station], shown: Path, today: date) -> list[Problem]:
    """One warning for all the records that are older than a year on `today`."""
    old = [station for station in stations if is_old(station.as_of, today)]
    if not old:
        return []
    oldest = min(station.as_of for station in old)
    age = "fiche a plus d’un an" if len(old) == 1 else "fiches ont plus d’un an"
    message = f"{len(old)} {age} (la plus ancienne : {oldest.isoformat()})"
    return [Problem(shown, 0, message, "importez un fichier plus récent", is_warning=True)]


def is_old(as_of: date, today: date) -> bool:
    """More than a year: the page then says to call before going."""
    return (today - as_of).days > 365
