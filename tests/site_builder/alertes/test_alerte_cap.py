"""Alertes for other services obey CAP 1.2.

Its schema belongs to OASIS and is not carried here: the rules below are written from the
standard, §3.2 (elements, order, number, values) and §3.3.2 (dates).
https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2-os.html
"""

import re
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from site_builder.alertes.cap import cap_outputs
from site_builder.alertes.model import Alerte, AlerteKind, AlerteMeta
from site_builder.front_matter import Document
from site_builder.project import Project, required_settings

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 22)
SPACE = "{urn:oasis:names:tc:emergency:cap:1.2}"
DEPARTEMENTS = {"33": "Gironde", "2a": "Corse-du-Sud"}

ANY = r"(?s).*\S.*"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"
NAME = r"[^\s,<&]+"
LEVELS = "|".join(["Extreme", "Severe", "Moderate", "Minor", "Unknown"])
CATEGORIES = "Geo|Met|Safety|Security|Rescue|Fire|Health|Env|Transport|Infra|CBRNE|Other"
MANY = 10_000
# (element, fewest, most, what its text must be, or the elements inside), in their order.
PAIR = [("valueName", 1, 1, ANY), ("value", 1, 1, ANY)]
AREA = [
    ("areaDesc", 1, 1, ANY),
    ("polygon", 0, MANY, ANY),
    ("circle", 0, MANY, ANY),
    ("geocode", 0, MANY, PAIR),
    ("altitude", 0, 1, r"-?\d+(\.\d+)?"),
    ("ceiling", 0, 1, r"-?\d+(\.\d+)?"),
]
RESOURCE = [
    ("resourceDesc", 1, 1, ANY),
    ("mimeType", 1, 1, ANY),
    ("size", 0, 1, r"\d+"),
    ("uri", 0, 1, r"\S+"),
    ("derefUri", 0, 1, ANY),
    ("digest", 0, 1, ANY),
]
INFO = [
    ("language", 0, 1, r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"),
    ("category", 1, MANY, CATEGORIES),
    ("event", 1, 1, ANY),
    (
        "responseType",
        0,
        MANY,
        "Shelter|Evacuate|Prepare|Execute|Avoid|Monitor|Assess|AllClear|None",
    ),
    ("urgency", 1, 1, "Immediate|Expected|Future|Past|Unknown"),
    ("severity", 1, 1, LEVELS),
    ("certainty", 1, 1, "Observed|Likely|Possible|Unlikely|Unknown"),
    ("audience", 0, 1, ANY),
    ("eventCode", 0, MANY, PAIR),
    ("effective", 0, 1, MOMENT),
    ("onset", 0, 1, MOMENT),
    ("expires", 0, 1, MOMENT),
    ("senderName", 0, 1, ANY),
    ("headline", 0, 1, ANY),
    ("description", 0, 1, ANY),
    ("instruction", 0, 1, ANY),
    ("web", 0, 1, r"https?://\S+"),
    ("contact", 0, 1, ANY),
    ("parameter", 0, MANY, PAIR),
    ("resource", 0, MANY, RESOURCE),
    ("area", 0, MANY, AREA),
]
ALERT = [
    ("identifier", 1, 1, NAME),
    ("sender", 1, 1, NAME),
    ("sent", 1, 1, MOMENT),
    ("status", 1, 1, "Actual|Exercise|System|Test|Draft"),
    ("msgType", 1, 1, "Alert|Update|Cancel|Ack|Error"),
    ("source", 0, 1, ANY),
    ("scope", 1, 1, "Public|Restricted|Private"),
    ("restriction", 0, 1, ANY),
    ("addresses", 0, 1, ANY),
    ("code", 0, MANY, ANY),
    ("note", 0, 1, ANY),
    ("references", 0, 1, ANY),
    ("incidents", 0, 1, ANY),
    ("info", 0, MANY, INFO),
]


def faults(element, rules=ALERT):
    """What the standard forbids in a message, as sentences."""
    names = [child.tag.removeprefix(SPACE) for child in element]
    order = [name for name, *_ in rules]
    for name in set(names) - set(order):
        yield f"{name} is unknown in {element.tag}"
    known = [name for name in names if name in order]
    if known != sorted(known, key=order.index):
        yield f"{element.tag}: {known} is out of order"
    for name, fewest, most, inside in rules:
        found = element.findall(f"{SPACE}{name}")
        if not fewest <= len(found) <= most:
            yield f"{name}: {len(found)} times in {element.tag}"
        for child in found:
            if isinstance(inside, list):
                yield from faults(child, inside)
            elif not re.fullmatch(inside, child.text or ""):
                yield f"{name}: {child.text!r}"


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


@pytest.mark.parametrize("kind", AlerteKind)
@pytest.mark.parametrize("email", ["", "contact@exemple.fr"])
def test_every_kind_of_alerte_obeys_the_standard(kind, email):
    assert list(faults(message(make_alerte(kind=kind), email=email))) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("<status>Actual</status>", "status: 2 times"),
        ("<scope>World</scope>", "scope: 'World'"),
        ("<colour>red</colour>", "colour is unknown"),
    ],
)
def test_the_rules_find_what_is_wrong(wrong, fault):
    alert = message(make_alerte())
    child = ElementTree.fromstring(wrong)  # noqa: S314 - ours
    child.tag = SPACE + child.tag
    alert.insert(4, child)

    assert [found for found in faults(alert) if fault in found]


def test_the_rules_find_a_wrong_order_and_a_wrong_date():
    alert = message(make_alerte())
    alert[:] = [alert[1], alert[0], *alert[2:]]
    alert[2].text = "2026-11-20T08:00:00Z"

    found = list(faults(alert))

    assert len(found) == 2
    assert "out of order" in found[0]
    assert found[1] == "sent: '2026-11-20T08:00:00Z'"


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
