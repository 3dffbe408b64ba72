"""The Interior ministry's exports and the competence by commune."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from station_world import (
    DATA,
    DILA,
    PLACES,
    SHARED,
    TODAY,
    make_station,
    needs_all_of_france,
)

from site_builder.stations.competence import read_competence
from site_builder.stations.formats import detect
from site_builder.stations.geojson_file import read_geojson
from site_builder.stations.hours_gn2 import read_gn2_hours
from site_builder.stations.hours_text import ReadHours
from site_builder.stations.importing import import_stations
from site_builder.stations.interior import read_gn2, read_pn
from site_builder.stations.reading import Reading
from site_builder.stations.report import Report
from site_builder.stations.tables import Line

AS_OF = date(2026, 3, 1)
PN_SAMPLE = SHARED / "export-pn_sample_2018-11.csv"
COMPETENCE_SAMPLE = SHARED / "competence_sample_ain.csv"
needs_samples = pytest.mark.skipif(
    not PN_SAMPLE.is_file(), reason="../shared/data is absent: no sample of the exports"
)

GN2 = {
    "identifiant_public_unite": "1002345",
    "service": "Brigade de proximité de Voiron",
    "telephone": "+33 4 76 05 01 83",
    "departement": "38",
    "code_commune_insee": "38563",
    "voie": "2 Rue Danton",
    "code_postal": "38500",
    "commune": "VOIRON",
    "geocodage_epsg": "2154",
    "geocodage_x": "900000",
    "geocodage_y": "6500000",
    "geocodage_x_GPS": "5.5990",
    "geocodage_y_GPS": "45.3700",
    "horaires_accueil": " Lundi : 8h00-12h00 14h00-18h00 Mardi : 8h00-12h00 Dimanche : 9h00-12h00",
    "url": "",
    "adresse_geographique": "2 Rue Danton 38500 VOIRON",
}
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "jours_feries")
NEW_COLUMNS = {
    f"{day}_plage{n}_{bound}": "" for day in DAYS for n in (1, 2, 3) for bound in ("debut", "fin")
}
GN2_2026 = {key: GN2[key] for key in list(GN2)[:13]} | NEW_COLUMNS


def line_of(values):
    """A row of a file that has these columns."""
    return Line(2, {name: place for place, name in enumerate(values)}, list(values.values()))


def write(path, *rows, bom=""):
    lines = [";".join(rows[0])]
    lines += [";".join(f'"{value}"' for value in row.values()) for row in rows]
    path.write_text(bom + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(reader, path):
    report = Report()
    return reader(Reading(path, path, PLACES, report, AS_OF)), report


def test_a_brigade_of_the_old_layout(tmp_path):
    (station,), report = read(read_gn2, write(tmp_path / "gn2.csv", GN2))

    assert (station.id, station.slug, station.kind) == ("gn-1002345", "brigade-voiron", "brigade")
    assert (station.commune, station.departement) == ("Voiron", "38")
    assert station.phones == ("+33476050183",)
    assert station.point_deg == (5.599, 45.37)
    assert station.hours == "Mo 08:00-12:00,14:00-18:00; Tu 08:00-12:00; Su 09:00-12:00"
    assert station.as_of == AS_OF
    assert (report.repaired, report.flagged, report.refused) == ([], [], [])


def test_a_brigade_of_the_new_layout_with_a_byte_order_mark(tmp_path):
    row = GN2_2026 | {
        "lundi_plage1_debut": "08h00",
        "lundi_plage1_fin": "12h00",
        "lundi_plage2_debut": "14h0",
        "lundi_plage2_fin": "18h30",
        "jours_feries_plage1_debut": "9h00",
        "jours_feries_plage1_fin": "12h00",
    }
    (station,), _ = read(read_gn2, write(tmp_path / "gn2.csv", row, bom="\ufeff"))

    assert station.hours == "Mo 08:00-12:00,14:00-18:30; PH 09:00-12:00"


@pytest.mark.parametrize("identifier", ["0", ""])
def test_an_identifier_that_is_none_is_left_out(tmp_path, identifier):
    row = GN2 | {"identifiant_public_unite": identifier}
    (station,), _ = read(read_gn2, write(tmp_path / "gn2.csv", row))

    assert (station.id, station.official_id) == ("gn-38563-voiron", "")


def test_an_identifier_given_twice_identifies_nobody(tmp_path):
    other = GN2 | {"service": "Brigade de Rives", "code_commune_insee": "38337", "commune": "RIVES"}
    stations, _ = read(read_gn2, write(tmp_path / "gn2.csv", GN2, other))

    assert [station.official_id for station in stations] == ["", ""]
    assert [station.id for station in stations] == ["gn-38563-voiron", "gn-38337-rives"]


def test_swapped_coordinates_are_put_right(tmp_path):
    row = GN2 | {"geocodage_x_GPS": "45.3700", "geocodage_y_GPS": "5.5990"}
    (station,), report = read(read_gn2, write(tmp_path / "gn2.csv", row))

    assert station.point_deg == (5.599, 45.37)
    assert [(r.line, r.station_id) for r in report.repaired] == [(2, "gn-1002345")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ReadHours()),
        ("Lundi : 8h00-12h00 $Mardi : 14h00-18h00", ReadHours("Mo 08:00-12:00; Tu 14:00-18:00")),
        ("$Lundi : 8h00-12h00 $Mardi : Fermé", ReadHours("Mo 08:00-12:00")),
        ("Lundi : 8h-12h et 14h-18h", ReadHours("Mo 08:00-12:00,14:00-18:00")),
        (
            "Lundi : 8h00-12h00 Dimanche : 9h00-12h00 15h00-18h00 Jours Fériés : 9h00-12h00",
            ReadHours("Mo 08:00-12:00; Su 09:00-12:00,15:00-18:00; PH 09:00-12:00"),
        ),
        ("Lundi : 20h00-24h00", ReadHours("Mo 20:00-24:00")),
        ("Lundi : 0h00-23h59", ReadHours("Mo 00:00-24:00")),
        # what cannot be read stays as it was written
        ("sur rendez-vous", ReadHours("", "sur rendez-vous")),
        ("Lundi : sur rendez-vous", ReadHours("", "Lundi : sur rendez-vous")),
        ("Lundi : 8h00-25h00", ReadHours("", "Lundi : 8h00-25h00")),
        ("Lundi : 8h00-12h00 11h00-14h00", ReadHours("", "Lundi : 8h00-12h00 11h00-14h00")),
        ("En semaine. Lundi : 8h00-12h00", ReadHours("", "En semaine. Lundi : 8h00-12h00")),
    ],
)
def test_hours_of_the_old_layout(text, expected):
    assert read_gn2_hours(line_of({"horaires_accueil": text})) == expected


@given(st.text(max_size=80))
def test_no_text_of_hours_stops_the_reader(text):
    read_hours = read_gn2_hours(line_of({"horaires_accueil": f"Lundi : {text}"}))

    assert read_hours.hours != "24/7"


def test_half_a_span_is_kept_in_words():
    line = line_of(NEW_COLUMNS | {"lundi_plage1_debut": "08h00"})

    assert read_gn2_hours(line) == ReadHours("", "lundi 08h00-")


@needs_samples
def test_the_sample_of_the_police_export():
    stations, report = read(read_pn, PN_SAMPLE)

    assert report.refused == []
    assert len(stations) == 6
    bourg = next(station for station in stations if station.insee == "01053")
    assert bourg.slug == "commissariat-bourg-en-bresse"
    assert bourg.phones == ("+33474472020",)
    noumea = next(station for station in stations if station.departement == "988")
    assert (noumea.phones, noumea.is_located) == (("+687232600",), True)


@pytest.mark.parametrize(
    ("rows", "fmt"),
    [([GN2], "gn2"), ([GN2_2026], "gn2"), ([dict(list(GN2.items())[1:13])], "pn")],
)
def test_a_file_shows_its_format(tmp_path, rows, fmt):
    assert detect(write(tmp_path / "file.csv", *rows)) == fmt


@needs_samples
def test_the_samples_show_their_format():
    assert [detect(path) for path in (PN_SAMPLE, COMPETENCE_SAMPLE, DILA)] == [
        "pn",
        "competence",
        "dila",
    ]


COMPETENCE = {
    "code_commune": "38337",
    "libelle_commune": "Rives",
    "institution": "PN",
    "id_service": "",
    "service": "Commissariat de police de VOIRON",
    "code_postal": "38140",
    "codes_postaux": "38140",
}


@pytest.mark.parametrize(
    ("row", "served"),
    [
        ({}, ("38337",)),
        ({"service": "Commissariat de police de Vienne"}, ()),
        ({"institution": "GN", "id_service": "77"}, ()),
        ({"institution": "XX"}, ()),
        ({"code_commune": "38000", "libelle_commune": "Nulle part"}, ()),
    ],
)
def test_competence_is_written_on_the_station(tmp_path, row, served):
    path = write(tmp_path / "competence.csv", COMPETENCE | row)
    report = Report()
    (station,) = read_competence(Reading(path, path, PLACES, report, AS_OF), [make_station()])

    assert station.competent_for == served
    assert bool(report.flagged or report.refused) == (not served)


@needs_samples
@needs_all_of_france
def test_sources_join_without_losing_anybody(tmp_path):
    output = tmp_path / "stations.geojson"

    def run(path):
        report = import_stations(
            [path], "auto", output, output, data=DATA, today=TODAY, as_of=date(2018, 11, 1)
        )
        assert report.problems == []
        return report

    run(DILA)
    police, competence = run(PN_SAMPLE), run(COMPETENCE_SAMPLE)
    stations = {station.id: station for station in read_geojson(output, output).stations}

    assert (police.read, police.matched, police.added, police.removed) == (6, 5, 1, 0)
    assert len(stations) == 3661
    # 1 commune of 20 names a service that the base of 2022 does not have under that name
    assert (competence.read, competence.matched) == (20, 20 - len(competence.flagged))
    assert competence.matched >= 17
    served = stations["commissariat_police-01283-01"]
    assert served.competent_for == ("01014", "01031")
    assert served.provenance["competent_for"].as_of == date(2018, 11, 1)

    again = run(DILA)
    stations = {station.id: station for station in read_geojson(output, output).stations}
    assert (again.added, again.changed) == (0, 0)
    assert stations["commissariat_police-01283-01"].competent_for == ("01014", "01031")


def test_two_files_of_one_layout_are_read_together(tmp_path):
    output = tmp_path / "stations.geojson"
    north = write(tmp_path / "north.csv", GN2)
    south = write(
        tmp_path / "south.csv",
        GN2 | {"identifiant_public_unite": "1", "service": "Brigade de Rives", "commune": "RIVES"},
    )

    for _ in range(2):
        report = import_stations(
            [north, south], "auto", output, output, data=DATA, today=TODAY, as_of=AS_OF
        )

    assert (report.matched, report.removed, report.changed) == (2, 0, 0)
