"""Search engines and honest finders of weaknesses get true addresses."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from site_builder.discovery import discovery_outputs
from site_builder.project import find_project
from site_builder.settings import SiteSettings, required_settings

TODAY = date(2026, 11, 22)
NOT_LISTED = b'<meta name="robots" content="noindex">'
INSTEAD = b'<link rel="canonical" data-instead href="/declarer/signalement/">'


def make_site(email="", url="https://reperes.exemple.fr") -> SiteSettings:
    real = required_settings(find_project(Path(__file__).parent))
    return real.model_copy(
        update={"url": url, "operator": real.operator.model_copy(update={"email": email})}
    )


def made(site, files=None):
    return {o.path: o.body.decode() for o in discovery_outputs(site, files or {}, TODAY)}


def test_the_map_lists_the_pages_that_may_be_listed():
    files = {
        "index.html": b"<p>",
        "guides/vols/index.html": b"<p>",
        "suivi/index.html": NOT_LISTED,
        "404.html": NOT_LISTED,
        "declarer/signalement/formulaire/index.html": INSTEAD,
        "favicon.svg": b"<svg>",
    }

    sitemap = ElementTree.fromstring(made(make_site(), files)["sitemap.xml"])  # noqa: S314 - ours

    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert [loc.text for loc in sitemap.iter(f"{space}loc")] == [
        "https://reperes.exemple.fr/",
        "https://reperes.exemple.fr/guides/vols/",
    ]


def test_robots_names_the_map_and_hides_no_page():
    robots = made(make_site())["robots.txt"].splitlines()

    assert [line for line in robots if line.startswith("Disallow")] == ["Disallow: /api/health"]
    assert "Sitemap: https://reperes.exemple.fr/sitemap.xml" in robots


def test_weaknesses_are_told_to_the_operator_for_less_than_a_year():
    text = made(make_site("securite@exemple.fr"))[".well-known/security.txt"]

    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == "mailto:securite@exemple.fr"
    assert fields["Canonical"] == "https://reperes.exemple.fr/.well-known/security.txt"
    expires = date.fromisoformat(fields["Expires"].removesuffix("T00:00:00Z"))
    assert 180 < (expires - TODAY).days < 365


def test_without_an_address_nothing_is_promised():
    assert set(made(make_site(email=""))) == {"sitemap.xml", "robots.txt"}
