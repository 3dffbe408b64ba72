"""Importer of the territorial competence by commune: who answers for whom.

It changes no station: it writes on each one the communes it answers for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from site_builder.stations.model import Origin, Station, StationKind
from site_builder.stations.names import fold, place_of
from site_builder.stations.reading import Reading
from site_builder.stations.tables import Line
from site_builder.stations.territories import departement_of

SOURCE = "Ministère de l’intérieur, compétence territoriale par commune"
COLUMNS = ("code_commune", "libelle_commune", "institution", "id_service", "service")
_KINDS = {"PN": StationKind.COMMISSARIAT, "GN": StationKind.BRIGADE}


def read_competence(reading: Reading, stations: Sequence[Station]) -> list[Station]:
    """The same stations, those of the file with the communes they answer for."""
    finder = _Finder(stations)
    reading.report.dates[reading.shown.name] = reading.as_of
    served: dict[str, list[str]] = defaultdict(list)
    for line in reading.rows(COLUMNS):
        if line["institution"] not in _KINDS:
            message = f"institution « {line['institution']} » inconnue"
            reading.refuse(line, message, "PN (police) ou GN (gendarmerie)")
            continue
        commune = reading.commune(
            line, line["code_commune"], line["code_commune"], line["libelle_commune"]
        )
        station = finder.find(line)
        if station is None:
            message = f"service « {line['service']} » introuvable parmi les stations"
            reading.report.flag(line.number, line["code_commune"], message)
        elif commune is not None:
            reading.report.matched += 1
            served[station.id].append(commune.insee)
    origin = Origin(source=SOURCE, as_of=reading.as_of)
    return [_with_communes(station, served.get(station.id, []), origin) for station in stations]


def _with_communes(station: Station, communes: list[str], origin: Origin) -> Station:
    if not communes:
        return station
    update = {
        "competent_for": tuple(sorted(set(communes))),
        "provenance": station.provenance | {"competent_for": origin},
    }
    return station.model_copy(update=update)


class _Finder:
    """Finds a service: gendarmerie by official id, police by name, both in their département."""

    def __init__(self, stations: Sequence[Station]) -> None:
        self._by_official: dict[str, list[Station]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], list[Station]] = defaultdict(list)
        for station in stations:
            if station.closed_on is None:
                self._by_official[station.official_id].append(station)
                self._by_place[station.kind, fold(place_of(station.name))].append(station)

    def find(self, line: Line) -> Station | None:
        """The service of a row; None when none or several could be meant."""
        kind = _KINDS[line["institution"]]
        departement = departement_of(line["code_commune"])
        if line["id_service"] and (found := self._by_official.get(line["id_service"])):
            return _only(found, departement)
        return _only(self._by_place[kind, fold(place_of(line["service"]))], departement)


def _only(stations: list[Station], departement: str) -> Station | None:
    """The only one, or the only one of the département (three official ids are given twice)."""
    if len(stations) == 1:
        return stations[0]
    near = [station for station in stations if station.departement == departement]
    return near[0] if len(near) == 1 else None
