"""Active alertes for the services that relay warnings: Common Alerting Protocol 1.2.

The standard: https://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2-os.html
One message a file, as it asks, and an Atom list of the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from urllib.parse import urlsplit
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from site_builder.alertes.model import KIND_LABELS, Alerte, AlerteKind, newest_first
from site_builder.outputs import Output
from site_builder.settings import SiteSettings

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
LIST = "alertes/cap.atom"
_PARIS = ZoneInfo("Europe/Paris")
_PUBLISHED_AT = time(8)  # an alerte has a day only; its feed says the same hour
_CATEGORIES = {
    AlerteKind.ACCIDENT: "Safety",
    AlerteKind.ARNAQUE: "Security",
    AlerteKind.SECURITE: "Security",
    AlerteKind.DISPARITION: "Rescue",
}
# Editors do not write how urgent, grave or sure an alerte is: CAP has a word for that.
_NOT_SAID = ("urgency", "severity", "certainty")


def cap_outputs(
    alertes: Sequence[Alerte], departements: Mapping[str, str], site: SiteSettings, today: date
) -> Iterator[Output]:
    """A message for each active alerte, and their list.

    Args:
        departements: Names by code.
    """
    active = [alerte for alerte in newest_first(alertes) if alerte.is_active(today)]
    for alerte in active:
        yield Output(_file(alerte), _bytes(_message(alerte, departements, site)))
    yield Output(LIST, _bytes(_list(active, site, today)))


def _message(
    alerte: Alerte, departements: Mapping[str, str], site: SiteSettings
) -> ElementTree.Element:
    """Elements in the order of the standard (§3.2), which the schema requires."""
    is_real = site.mode != "demo" and not alerte.meta.example
    host = urlsplit(site.url).netloc
    alert = ElementTree.Element("alert", xmlns=CAP)
    _add(alert, "identifier", f"{host}.{alerte.name}")
    _add(alert, "sender", host)
    _add(alert, "sent", _moment(alerte.meta.date, _PUBLISHED_AT))
    _add(alert, "status", "Actual" if is_real else "Test")
    _add(alert, "msgType", "Alert")
    _add(alert, "scope", "Public")
    _add_info(_add(alert, "info"), alerte, site)
    for code in alerte.meta.departements:
        area = _add(alert[-1], "area")
        _add(area, "areaDesc", departements.get(code, code))
        geocode = _add(area, "geocode")
        _add(geocode, "valueName", "INSEE-departement")
        _add(geocode, "value", code.upper())
    return alert


def _add_info(info: ElementTree.Element, alerte: Alerte, site: SiteSettings) -> None:
    meta = alerte.meta
    _add(info, "language", "fr-FR")
    _add(info, "category", _CATEGORIES[meta.kind])
    _add(info, "event", KIND_LABELS[meta.kind])
    for name in _NOT_SAID:
        _add(info, name, "Unknown")
    _add(info, "expires", _moment(meta.expires, time(0)))
    _add(info, "senderName", site.operator.name)
    _add(info, "headline", meta.title)
    _add(info, "description", meta.summary)
    _add(info, "web", site.url + alerte.url)
    if site.operator.email:
        _add(info, "contact", site.operator.email)


def _list(active: Sequence[Alerte], site: SiteSettings, today: date) -> ElementTree.Element:
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _add(feed, "id", f"{site.url}/{LIST}")
    _add(feed, "title", f"{site.name} · alertes en cours (CAP 1.2)")
    newest = max((alerte.meta.date for alerte in active), default=today)
    _add(feed, "updated", _moment(newest, _PUBLISHED_AT))
    _add(_add(feed, "author"), "name", site.operator.name)
    _add(feed, "link").attrib = {"rel": "self", "href": f"{site.url}/{LIST}"}
    for alerte in active:
        entry = _add(feed, "entry")
        address = f"{site.url}/{_file(alerte)}"
        _add(entry, "id", address)
        _add(entry, "title", alerte.meta.title)
        _add(entry, "updated", _moment(alerte.meta.date, _PUBLISHED_AT))
        _add(entry, "summary", alerte.meta.summary)
        _add(entry, "link").attrib = {"href": address, "type": "application/cap+xml"}
    return feed


def _file(alerte: Alerte) -> str:
    return f"{alerte.url.strip('/')}/cap.xml"


def _moment(day: date, hour: time) -> str:
    """With the offset of Paris on that day, as §3.3.2 asks."""
    return datetime.combine(day, hour, _PARIS).isoformat()


def _add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = text or None
    return child


def _bytes(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True)) + b"\n"
