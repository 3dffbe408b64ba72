"""Pages of stations: what they say, what they weigh, what they never do."""

import json
import re
from datetime import date
from itertools import takewhile

import brotli
import pytest
from station_world import (
    DATA,
    DILA,
    METADATA,
    PLACES,
    TODAY,
    make_station,
    make_theme,
    needs_all_of_france,
)

from site_builder.stations.loading import StationSet, load_stations
from site_builder.stations.nearest import distance_m
from site_builder.stations.render import render_stations


def render(*stations, today=TODAY, scope="full"):
    metadata = METADATA.model_copy(update={"scope": scope})
    outputs = render_stations(make_theme(today), StationSet(stations, metadata, PLACES), today)
    return {output.path: output.body.decode() for output in outputs}


def render_pages(*stations, today=TODAY, scope="full"):
    """The pages alone, which come before open data and search data."""
    metadata = METADATA.model_copy(update={"scope": scope})
    outputs = render_stations(make_theme(today), StationSet(stations, metadata, PLACES), today)
    pages = takewhile(lambda output: output.path.endswith(".html"), outputs)
    return {output.path: output.body.decode() for output in pages}


def text_of(page):
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("&nbsp;", " ").split())


@pytest.fixture(scope="module")
def voiron():
    return render(
        make_station(hours="Mo-Fr 08:00-12:00", accessibility="accessible", note="Sonnez."),
        make_station(
            id="b",
            slug="b",
            name="Brigade de gendarmerie – Rives",
            kind="brigade",
            longitude_deg=5.5,
        ),
    )


def test_the_page_of_a_station_has_everything_to_go_and_call(voiron):
    page = voiron["stations/38/commissariat-voiron/index.html"]

    assert 'href="tel:+33476659393"' in page
    assert 'href="geo:45.3641,5.5912?q=' in page
    assert 'href="https://www.openstreetmap.org/directions?to=45.3641,5.5912"' in page
    assert "<svg" in page
    text = text_of(page)
    for said in (
        "Appeler le 04 76 65 93 93",
        "114 cours Becquart-Castelbon 38500 Voiron",
        "lundi au vendredi 8 h à 12 h samedi et dimanche fermé jours fériés non communiqué",
        "accessible en fauteuil roulant",
        "« Sonnez. »",
        "article 15-3 du code de procédure pénale",
        "fiche du 4 janvier 2022",
        "Appelez avant de vous déplacer : cette fiche date du 4 janvier 2022.",
        "Brigade de gendarmerie – Rives , à 7,1 km",
    ):
        assert said in text


def test_a_recent_record_does_not_ask_to_call_first():
    pages = render_pages(make_station(), today=date(2022, 12, 1))

    assert "Appelez avant" not in pages["stations/38/commissariat-voiron/index.html"]


def test_hours_nobody_told_are_never_guessed(voiron):
    text = text_of(voiron["stations/38/b/index.html"])

    assert "horaires non communiqués" in text
    assert "data-hours" not in voiron["stations/38/b/index.html"]


def test_an_unsure_position_is_said_and_not_drawn():
    page = render_pages(make_station(position="to_check"))[
        "stations/38/commissariat-voiron/index.html"
    ]

    assert "Position à vérifier" in page
    assert 'class="here"' not in page
    assert "geo:" not in page
    assert "openstreetmap.org/search?query=114" in page


def test_a_closed_station_says_so_and_names_the_next():
    closed = make_station(closed_on="2026-05-01")
    other = make_station(id="b", slug="b", name="Brigade de gendarmerie – Rives", longitude_deg=5.5)
    pages = render(closed, other)
    text = text_of(pages["stations/38/commissariat-voiron/index.html"])

    assert "depuis l’import du 1er mai 2026" in text
    assert "La plus proche : Brigade de gendarmerie – Rives , à 7,1 km" in text
    assert "commissariat-voiron" not in pages["stations/38/index.html"]
    assert "commissariat-voiron" not in pages["stations/donnees/38.json"]


def test_the_starter_set_says_that_it_is_one(voiron):
    starter = render_pages(make_station(), scope="starter")
    for path in (
        "stations/index.html",
        "stations/38/index.html",
        "stations/38/communes/index.html",
    ):
        text = text_of(starter[path])
        assert "Liste incomplète." in text, path
        assert "make build STATIONS=FICHIER" in text, path
        assert "Liste incomplète." not in text_of(voiron[path]), path


def test_every_departement_and_collectivity_has_its_pages(voiron):
    codes = re.findall(r'href="/stations/([0-9ab]+)/"', voiron["stations/index.html"])

    assert len(codes) == 107
    for code in codes:
        assert f"stations/{code}/index.html" in voiron
        assert f"stations/{code}/communes/index.html" in voiron


def test_a_commune_names_its_nearest_station_and_the_distance(voiron):
    page = voiron["stations/38/communes/index.html"]

    assert '<li>Voiron\u00a0: <a href="../commissariat-voiron/">Voiron</a> à\u00a0' in page
    assert '<li>Rives\u00a0: <a href="../b/">Rives</a> à\u00a0' in page
    assert '<a href="../../38/commissariat-voiron/">' in voiron["stations/73/communes/index.html"]


def test_pages_ask_nothing_of_anybody_else(voiron):
    own = make_theme().head  # the style sheet and the script that every page holds
    for path, page in voiron.items():
        if path.endswith(".html"):
            assert page.count(own) == 1, path
            page = page.replace(own, "")
            assert not re.search(r'(src|action)="(https?:)?//', page), path
            assert "style=" not in page, path
            assert not re.search(r"<script(?![^>]*(\bsrc=|application/ld))", page), path


def test_names_are_escaped_everywhere():
    pages = render_pages(make_station(name="Commissariat de police de <b>&", address='"><script>'))

    for path, page in pages.items():
        if path.endswith(".html"):
            assert "<b>" not in page, path
            assert "<script>" not in page, path


def test_the_same_input_gives_the_same_bytes(voiron):
    again = render(
        make_station(
            id="b",
            slug="b",
            name="Brigade de gendarmerie – Rives",
            kind="brigade",
            longitude_deg=5.5,
        ),
        make_station(hours="Mo-Fr 08:00-12:00", accessibility="accessible", note="Sonnez."),
    )

    assert again == voiron


def test_search_data_holds_every_commune_by_name_and_postcode(voiron):
    by_postcode = json.loads(voiron["stations/donnees/cp/33.json"])
    by_name = json.loads(voiron["stations/donnees/debut/de.json"])
    names = {
        row[1]
        for path, body in voiron.items()
        if path.startswith("stations/donnees/debut/")
        for row in json.loads(body)
    }

    bordeaux = next(row for row in by_postcode if row[1] == "33063")
    assert bordeaux[:3] == ["Bordeaux", "33063", 11]
    assert {"93066", "97411"} <= {row[1] for row in by_name if row[0] == "Saint-Denis"}
    assert names == set(PLACES.communes.by_insee)


def test_search_data_tells_holidays_of_the_place(voiron):
    strasbourg = make_station(
        id="s", insee="67482", departement="67", slug="s", longitude_deg=7.75, latitude_deg=48.58
    )
    reunion = make_station(
        id="r", insee="97411", departement="974", slug="r", longitude_deg=55.45, latitude_deg=-20.88
    )
    pages = render(make_station(), strasbourg, reunion)
    files = {
        code: json.loads(pages[f"stations/donnees/{code}.json"]) for code in ("38", "67", "974")
    }

    assert {code: file["z"] for code, file in files.items()} == {
        "38": "Europe/Paris",
        "67": "Europe/Paris",
        "974": "Indian/Reunion",
    }
    assert "2026-12-26" in files["67"]["f"]  # Saint Stephen, Alsace-Moselle
    assert "2026-12-20" in files["974"]["f"]  # abolition of slavery in La Réunion
    assert not {"2026-12-26", "2026-12-20"} & set(files["38"]["f"])
    assert "2027-07-14" in files["38"]["f"]


@needs_all_of_france
def test_all_of_france_keeps_the_promised_weights():
    found, _ = load_stations(DILA, DILA, DATA)
    weights = {
        output.path: len(brotli.compress(output.body, quality=5))
        for output in render_stations(make_theme(), found, TODAY)
    }
    search = {path: w for path, w in weights.items() if path.startswith("stations/donnees/")}
    heaviest = {
        family: max(
            w for path, w in search.items() if path.startswith(f"stations/donnees/{family}")
        )
        for family in ("debut/", "bouts/", "cp/")
    }
    departements = sorted(w for path, w in search.items() if path.count("/") == 2)

    assert sum(path.endswith("/index.html") for path in weights) == 1 + 2 * 107 + 3660
    assert max(w for path, w in weights.items() if "communes" in path) <= 30_000
    pages = {p: w for p, w in weights.items() if p.endswith("/index.html") and p.count("/") == 3}
    stations = [w for path, w in pages.items() if not path.endswith("communes/index.html")]
    assert max(w for w in stations) <= 14_000
    # the worst misspelt commune of the worst letters, and the five heaviest départements
    assert sum(heaviest.values()) + sum(departements[-5:]) <= 75_000
    assert heaviest["debut/"] + heaviest["cp/"] + sum(departements[-4:]) <= 60_000


@needs_all_of_france
def test_boxes_of_departements_hold_their_stations():
    found, _ = load_stations(DILA, DILA, DATA)
    outputs = {
        o.path: o.body for o in render_stations(make_theme(), found, TODAY) if "donnees" in o.path
    }
    for slug, _, _, *box in json.loads(outputs["stations/donnees/index.json"]):
        cards = json.loads(outputs[f"stations/donnees/{slug}.json"])["r"]
        for card in cards:
            if "p" in card:
                west, south, east, north = box
                assert west <= card["p"][0] <= east
                assert south <= card["p"][1] <= north
    assert distance_m((0, 0), (0, 0)) == 0


def test_the_competent_station_is_named_where_it_was_loaded():
    competent = make_station(competent_for=("38337", "38563"))
    near = make_station(
        id="b", slug="b", name="Brigade de gendarmerie – Rives", longitude_deg=5.5, kind="brigade"
    )
    pages = render(competent, near)
    communes = pages["stations/38/communes/index.html"]
    rows = {row[1]: row for row in json.loads(pages["stations/donnees/cp/38.json"])}

    link = '<a href="../commissariat-voiron/">Voiron</a>'
    assert f", compétente\u00a0: {link}\n" in communes.split("<li>Rives\u00a0:")[1]
    assert "m, compétente\n" in communes.split("<li>Voiron\u00a0:")[1].split("<li>")[0]
    assert rows["38337"][4] == rows["38563"][4] == "38/commissariat-voiron"
    assert rows["38185"][4] == ""
    text = text_of(pages["stations/38/commissariat-voiron/index.html"])
    assert "Compétence 2 communes Rives, Voiron" in text


def test_hours_from_an_older_source_keep_their_own_date():
    station = make_station(
        as_of="2026-10-01",
        hours="Mo-Fr 08:00-12:00",
        provenance={"hours": {"source": "DILA", "as_of": "2017-06-13"}},
    )
    pages = render(station)
    page = pages["stations/38/commissariat-voiron/index.html"]

    assert "Appelez avant" not in page
    assert 'data-text-old=", d’après des horaires de juin 2017"' in page
    assert "complétée par DILA, au 13 juin 2017" in text_of(page)
    card = json.loads(pages["stations/donnees/38.json"])["r"][0]
    assert (card["d"], card["o"]) == ("2026-10", "2017-06")
