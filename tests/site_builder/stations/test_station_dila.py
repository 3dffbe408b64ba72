"""The DILA importer: what is repaired, flagged, refused."""

from collections import Counter

import pytest
from station_world import DATA, DILA, DILA_ROW, PLACES, TODAY, needs_all_of_france, write_dila

from site_builder.stations.check import check_stations
from site_builder.stations.departements import DEG_KM
from site_builder.stations.dila import read_dila
from site_builder.stations.loading import load_stations
from site_builder.stations.model import Accessibility, PositionStatus
from site_builder.stations.nearest import distance_m
from site_builder.stations.reading import Reading
from site_builder.stations.report import Report


def read(tmp_path, **changes):
    path = write_dila(tmp_path / "dila.csv", changes)
    report = Report()
    stations = read_dila(Reading(path, path, PLACES, report, TODAY))
    return stations, report


def test_a_good_row_needs_no_remark(tmp_path):
    (station,), report = read(tmp_path)

    assert station.name == "Brigade de gendarmerie – Voiron"
    assert station.slug == "brigade-voiron"
    assert (station.departement, station.insee) == ("38", "38563")
    assert station.phones == ("+33476050183",)
    assert station.email == ""  # a national form, not the address of the station
    assert station.hours == "Mo-Fr 08:00-12:00,14:00-18:00"
    assert station.accessibility == Accessibility.ACCESSIBLE
    assert station.official_id == "1002345"
    assert station.as_of.isoformat() == "2021-01-04"
    assert (report.read, report.repaired, report.flagged, report.refused) == (1, [], [], [])


@pytest.mark.parametrize(
    ("changes", "status", "remark"),
    [
        ({"longitude": "45.37", "latitude": "5.599"}, "repaired", "inversées"),
        ({"longitude": "45.37", "latitude": "45.37"}, "to_check", "égale à la latitude"),
        ({"longitude": "", "latitude": ""}, "to_check", "sans coordonnées"),
        ({"longitude": "-0.57", "latitude": "44.83"}, "to_check", "loin de sa commune"),
    ],
)
def test_positions_are_repaired_or_flagged(tmp_path, changes, status, remark):
    (station,), report = read(tmp_path, **changes)

    assert station.position == status
    remarks = report.repaired if status == "repaired" else report.flagged
    assert [found.line for found in remarks] == [2]
    assert remark in remarks[0].message
    assert station.is_located == (status == "repaired")


def test_a_position_abroad_is_refused_with_its_line(tmp_path):
    _, report = read(tmp_path, longitude="13.40", latitude="52.52")

    assert [problem.line for problem in report.refused] == [2]
    assert "hors de France" in report.refused[0].message


def test_quality_columns_win_over_our_own_judgement(tmp_path):
    path = tmp_path / "dila.csv"
    corrected = {
        **DILA_ROW,
        "longitude": "45.37",
        "latitude": "45.37",
        "qualite_coordonnees": "corrige_ban2016",
        "latitude_proposee": "45.3700",
        "longitude_proposee": "5.5990",
    }
    doubtful = {**DILA_ROW, "id": "x", "qualite_coordonnees": "douteux_plus_de_5km"}
    names = list(corrected)
    lines = [",".join(names)]
    lines += [",".join(f'"{row.get(name, "")}"' for name in names) for row in (corrected, doubtful)]
    path.write_text("\n".join(lines), encoding="utf-8")
    report = Report()

    repaired, unsure = read_dila(Reading(path, path, PLACES, report, TODAY))

    assert (repaired.position, repaired.point_deg) == (PositionStatus.REPAIRED, (5.599, 45.37))
    assert unsure.position == PositionStatus.TO_CHECK


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        (
            {"telephone": "04 76 05 01 83 | 04 76 05 01 84"},
            "phones",
            ("+33476050183", "+33476050184"),
        ),
        (
            {"email": "mailto:police-voiron@interieur.gouv.fr"},
            "email",
            "police-voiron@interieur.gouv.fr",
        ),
        ({"email": "police@interieur.gouv.frr"}, "email", "police@interieur.gouv.fr"),
        ({"commune": "Voiron Cedex 2"}, "commune", "Voiron"),
        ({"adresse": "4\nrue  d'Arcole"}, "address", "4 rue d’Arcole"),
        ({"code_insee": "38999", "commune": "VOIRON"}, "insee", "38563"),
    ],
)
def test_values_are_cleaned(tmp_path, changes, field, value):
    (station,), _ = read(tmp_path, **changes)

    assert getattr(station, field) == value


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"type": "mairie"}, "type « mairie » inconnu"),
        ({"id": "é è"}, "valeur impossible (id)"),
        ({"dateMiseAJour": "hier"}, "nombre ou date illisible"),
        ({"latitude": "nord"}, "nombre ou date illisible"),
        ({"code_postal": "385"}, "valeur impossible (postcode)"),
    ],
)
def test_impossible_rows_are_refused_with_their_line(tmp_path, changes, said):
    stations, report = read(tmp_path, **changes)

    assert stations == []
    assert [problem.line for problem in report.refused] == [2]
    assert said in report.refused[0].message


def test_an_unreadable_phone_is_flagged_and_never_published(tmp_path):
    (station,), report = read(tmp_path, telephone="04 76 05")

    assert station.phones == ()
    assert "illisible, non publié" in report.flagged[0].message


@pytest.fixture(scope="module")
def imported():
    report = Report()
    return read_dila(Reading(DILA, DILA, PLACES, report, TODAY)), report


@needs_all_of_france
def test_at_least_3600_stations_are_published(imported):
    stations, report = imported

    assert Counter(station.kind for station in stations) == {
        "commissariat": 606,
        "brigade": 3054,
    }
    assert report.refused == []
    assert report.problems == []


@needs_all_of_france
def test_the_known_wrong_positions_are_repaired_or_flagged(imported):
    status = {station.id: station.position for station in imported[0]}

    assert {
        id: status[id].value
        for id in (
            *("commissariat_police-11069-01", "gendarmerie-30130-01"),
            *("commissariat_police-54482-01", "commissariat_police-54526-01"),
            *("commissariat_police-59286-01", "commissariat_police-59360-01"),
            *("commissariat_police-06027-01", "commissariat_police-53130-02"),
        )
    } == {
        # longitude = latitude
        "commissariat_police-11069-01": "repaired",
        "gendarmerie-30130-01": "repaired",
        "commissariat_police-54482-01": "to_check",
        "commissariat_police-54526-01": "repaired",
        "commissariat_police-59286-01": "repaired",
        "commissariat_police-59360-01": "repaired",
        # 390 and 490 km off
        "commissariat_police-06027-01": "repaired",
        "commissariat_police-53130-02": "to_check",
    }


@needs_all_of_france
def test_no_published_point_is_outside_its_territory(imported):
    """By the bounding box of the outline and the nearest commune of the same département."""
    for station in imported[0]:
        if not station.is_located:
            continue
        communes = PLACES.communes.by_departement[station.departement]
        placed = [commune.point_deg for commune in communes if commune.point_deg]
        if placed:
            nearest = min(distance_m(station.point_deg, point) for point in placed)
            assert nearest < 25_000, station.id
        outline = [p for ring in PLACES.departements[station.departement].rings for p in ring]
        if outline:
            margin = 15 / DEG_KM  # small islands are left out of the outlines
            for axis in (0, 1):
                degrees = station.point_deg[axis]
                assert min(p[axis] for p in outline) - margin * 1.5 <= degrees, station.id
                assert degrees <= max(p[axis] for p in outline) + margin * 1.5, station.id


@needs_all_of_france
def test_what_was_imported_passes_the_check(imported):
    found, problems = load_stations(DILA, DILA, DATA)

    assert len(found.stations) == 3660
    assert [problem for problem in problems if not problem.is_warning] == []
    assert len({station.path for station in found.stations}) == 3660
    again = check_stations(found.stations, [0] * 3660, DILA, PLACES.communes, PLACES.departements)
    assert again == problems
