"""`reperes stations import`: all or nothing, ids that stay, losses that stop."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from station_world import (
    DATA,
    DILA,
    PLACES,
    TODAY,
    make_station,
    needs_all_of_france,
    write_dila,
)

from site_builder.errors import SiteBuilderError
from site_builder.stations.geojson_file import read_geojson
from site_builder.stations.importing import import_stations
from site_builder.stations.merge import losses, merge, series_of
from site_builder.stations.reading import date_of
from site_builder.stations.report import Report


def run(tmp_path, *rows, force=False, fmt="auto"):
    output = tmp_path / "stations.geojson"
    path = write_dila(tmp_path / "dila.csv", *rows)
    report = import_stations([path], fmt, output, output, data=DATA, today=TODAY, force=force)
    return report, output


def test_an_import_writes_stations_with_source_and_date(tmp_path):
    report, output = run(
        tmp_path, {"id": "a"}, {"id": "b", "nom": "Brigade de gendarmerie - Rives"}
    )
    found = read_geojson(output, output)

    assert report.problems == []
    assert (report.read, report.kept, report.added) == (2, 2, 2)
    assert found.problems == []
    assert found.metadata.scope == "full"
    assert [station.slug for station in found.stations] == ["brigade-voiron", "brigade-rives"]
    assert {station.as_of.isoformat() for station in found.stations} == {"2021-01-04"}


def test_the_same_import_twice_changes_nothing(tmp_path):
    _, output = run(tmp_path, {"id": "a"}, {"id": "b"})
    first = output.read_bytes()

    report, _ = run(tmp_path, {"id": "a"}, {"id": "b"})

    assert output.read_bytes() == first
    assert (report.added, report.changed, report.removed, report.matched) == (0, 0, 0, 2)


@pytest.mark.parametrize(
    "rows",
    [
        [{"id": "a"}, {"id": "a"}],
        [{"longitude": "13.40", "latitude": "52.52"}],
        [{"dateMiseAJour": "hier"}],
    ],
)
def test_a_bad_row_writes_nothing_and_leaves_the_previous_file(tmp_path, rows):
    _, output = run(tmp_path, {"id": "a"})
    before = output.read_bytes()

    report, _ = run(tmp_path, *rows)

    assert report.problems
    assert output.read_bytes() == before


def test_force_goes_on_without_the_refused_rows(tmp_path):
    report, output = run(
        tmp_path, {"id": "a"}, {"id": "b", "longitude": "13.40", "latitude": "52.52"}, force=True
    )
    found = read_geojson(output, output)

    assert len(report.refused) == 1
    assert [(s.id, s.is_located) for s in found.stations] == [("a", True), ("b", False)]


def test_losing_more_than_five_percent_stops(tmp_path):
    rows = [{"id": f"s{number:02}"} for number in range(40)]
    _, output = run(tmp_path, *rows)
    before = output.read_bytes()

    two_gone, _ = run(tmp_path, *rows[2:])
    assert two_gone.problems == []  # 5 % exactly
    output.write_bytes(before)

    report, _ = run(tmp_path, *rows[3:])
    assert "trop de pertes : stations (brigade" in report.problems[0].message
    assert output.read_bytes() == before

    forced, _ = run(tmp_path, *rows[3:], force=True)
    assert (forced.removed, forced.kept) == (3, 37)


def test_losing_phones_stops_too(tmp_path):
    rows = [{"id": f"s{number:02}"} for number in range(10)]
    run(tmp_path, *rows)

    report, _ = run(tmp_path, *[row | {"telephone": ""} for row in rows])

    assert "téléphones (brigade" in report.problems[0].message


def test_a_station_that_is_gone_stays_with_the_day_it_went(tmp_path):
    run(tmp_path, *[{"id": f"s{number:02}"} for number in range(40)])
    _, output = run(tmp_path, *[{"id": f"s{number:02}"} for number in range(1, 40)])
    closed = {s.id: s.closed_on for s in read_geojson(output, output).stations if s.closed_on}

    assert closed == {"s00": TODAY}


def test_a_damaged_previous_file_stops_the_tool(tmp_path):
    (tmp_path / "stations.geojson").write_text("{", encoding="utf-8")

    with pytest.raises(SiteBuilderError, match="est abîmé"):
        run(tmp_path, {"id": "a"})


def test_a_missing_file_stops_the_tool(tmp_path):
    output = tmp_path / "stations.geojson"

    with pytest.raises(SiteBuilderError, match="ne peut pas être lu"):
        import_stations([tmp_path / "none.csv"], "auto", output, None, data=DATA, today=TODAY)


def test_the_report_is_told_in_french_and_as_json(tmp_path):
    report, _ = run(tmp_path, {"id": "a", "longitude": "45.37", "latitude": "5.599"})

    assert report.lines()[0] == "1 fiche lue, 1 station gardée (0 à la position à vérifier)"
    assert "  ligne 2 (a) : latitude et longitude étaient inversées" in report.lines()
    assert json.loads(json.dumps(report.as_json()))["repaired"][0]["line"] == 2


OTHER = {"source": "Ministère", "as_of": "2026-03-01", "id": "pn-38563"}


def test_another_source_meets_the_same_station_by_place_and_distance():
    old = make_station(hours="Mo-Fr 08:00-12:00")
    new = make_station(**OTHER, slug="x", name="Commissariat de police de VOIRON", email="")
    report = Report()

    (merged,) = merge([old], [new], TODAY, report)

    assert (merged.id, merged.slug) == (old.id, old.slug)
    assert (merged.source, merged.hours) == ("Ministère", "Mo-Fr 08:00-12:00")
    assert {name: origin.source for name, origin in merged.provenance.items()} == {"hours": "Essai"}
    assert report.matched == 1


def test_an_older_source_only_completes():
    old = make_station(as_of="2026-03-01", email="")
    new = make_station(**(OTHER | {"as_of": "2018-11-01"}), phones=(), email="a@interieur.gouv.fr")

    (merged,) = merge([old], [new], TODAY, Report())

    assert (merged.source, merged.phones) == ("Essai", old.phones)
    assert merged.email == "a@interieur.gouv.fr"
    assert merged.provenance["email"].source == "Ministère"


def test_the_official_id_wins_over_name_and_place():
    old = make_station(official_id="1008600")
    new = make_station(**OTHER, official_id="1008600", name="Nouvelle maison", longitude_deg=5.7)

    assert [station.id for station in merge([old], [new], TODAY, Report())] == [old.id]


def test_an_official_id_that_two_stations_bear_matches_nobody_else():
    """The DILA base gives 1002112 to Saint-Pierre in Martinique and in Saint-Pierre-et-Miquelon."""
    miquelon = make_station(id="97502", official_id="1002112", slug="b")
    martinique = make_station(id="97225", official_id="1002112", slug="a", longitude_deg=5.7)
    report = Report()

    merged = merge([miquelon], [martinique, miquelon], TODAY, report)

    assert sorted(station.id for station in merged) == ["97225", "97502"]
    assert (report.added, report.matched, report.changed) == (1, 1, 0)


@needs_all_of_france
def test_all_of_france_over_the_starter_set_loses_nobody(tmp_path):
    output = tmp_path / "stations.geojson"
    output.write_bytes((DATA / "stations.geojson").read_bytes())

    first, again = (
        import_stations([DILA], "auto", output, output, data=DATA, today=TODAY) for _ in range(2)
    )

    assert (first.kept, first.matched, first.added, first.changed) == (3660, 172, 3488, 0)
    assert (again.kept, again.matched, again.added, again.changed) == (3660, 3660, 0, 0)
    assert read_geojson(output, output).metadata.scope == "full"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("export-pn_sample_2018-11.csv", "2018-11-01"),
        ("export-gn2-20260315.csv", "2026-03-15"),
        ("export_2026_03_15.csv", "2026-03-15"),
        ("export-2026-99.csv", "1970-01-02"),
        ("export-gn2.csv", "1970-01-02"),
    ],
)
def test_a_file_without_dates_takes_that_of_its_name_or_its_own(tmp_path, name, day):
    path = tmp_path / name
    path.write_text("", encoding="utf-8")
    os.utime(path, (86_400, 86_400))

    assert date_of(path).isoformat() == day


def test_a_namesake_far_away_is_another_station():
    old = make_station()
    new = make_station(**OTHER, longitude_deg=5.7)

    merged = merge([old], [new], TODAY, Report())

    assert {station.id for station in merged} == {old.id, "pn-38563"}
    assert len({station.slug for station in merged}) == 2


def test_stations_of_other_sources_and_kinds_are_left_alone():
    old = make_station(id="b", slug="b", kind="brigade")

    merged = merge([old], [make_station()], TODAY, Report())

    assert old in merged
    assert losses([old], merged, {series_of(make_station())}) == []
    assert PLACES.communes.by_insee["38563"].name == "Voiron"


def test_hours_travel_with_what_they_are_for():
    old = make_station(hours="Mo-Fr 08:00-18:00", hours_for="plaintes", hours_note="Plaintes.")
    newer = make_station(**OTHER, slug="x", hours="Mo-Su 08:00-20:00")
    without = make_station(**OTHER, slug="x")

    (replaced,) = merge([old], [newer], TODAY, Report())
    (completed,) = merge([old], [without], TODAY, Report())

    assert (replaced.hours, replaced.hours_for, replaced.hours_note) == (
        "Mo-Su 08:00-20:00",
        "",
        "",
    )
    assert (completed.hours, completed.hours_for) == ("Mo-Fr 08:00-18:00", "plaintes")
    assert completed.hours_note == "Plaintes."
    assert set(completed.provenance) == {"hours"}


def test_an_unsure_position_is_completed_by_a_sure_one_and_stays():
    unsure = {"longitude_deg": None, "latitude_deg": None, "position": "to_check"}
    old = make_station()
    new = make_station(**OTHER, slug="x", **unsure)

    (merged,) = merge([old], [new], TODAY, Report())
    (again,) = merge([merged], [new], TODAY, Report())

    assert merged.point_deg == old.point_deg
    assert merged.provenance["position"].source == "Essai"
    assert again == merged


@st.composite
def lists_of_stations(draw, prefix):
    """Stations of one source, some of them in the same place as those of another list."""
    places = draw(st.lists(st.integers(0, 6), unique=True, max_size=6))
    return [
        make_station(
            id=f"{prefix}{place}",
            slug=f"brigade-lieu-{place}",
            name=f"Brigade de gendarmerie – Lieu {place}",
            kind="brigade",
            official_id=draw(st.sampled_from(["", f"official-{place}"])),
            longitude_deg=5.5 + place / 10 + draw(st.sampled_from([0, 0.001])),
            source=f"source {prefix}",
            as_of=draw(st.sampled_from(["2020-01-01", "2024-01-01"])),
            hours=draw(st.sampled_from(["", "Mo-Fr 08:00-12:00"])),
        )
        for place in places
    ]


@given(lists_of_stations("a"), lists_of_stations("b"))
def test_joining_two_sources_keeps_every_station_once_and_every_id(first, second):
    merged = merge(first, second, TODAY, Report())

    assert {station.id for station in first} <= {station.id for station in merged}
    assert len({station.path for station in merged}) == len(merged)
    assert len({station.name for station in merged}) == len(merged)
    assert {station.name for station in merged} == {s.name for s in (*first, *second)}


@given(lists_of_stations("a"), lists_of_stations("b"))
def test_importing_the_same_file_again_changes_nothing(first, second):
    once = merge(first, second, TODAY, Report())
    report = Report()
    twice = merge(once, second, TODAY, report)

    assert sorted(twice, key=lambda s: s.id) == sorted(once, key=lambda s: s.id)
    assert (report.added, report.changed, report.removed) == (0, 0, 0)
