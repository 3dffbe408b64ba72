"""One set of headers for the local server and for AWS."""

from places import ROOT, TODAY

from site_builder.build import check
from site_builder.headers import private_prefixes, security_headers
from site_builder.project import Project

MOST_RULES = 24  # by path, beside the default one: what a distribution was always given


def test_sensitive_guides_are_alone_or_with_their_theme_where_most_are():
    guides = [
        ("/guides/violences/a/", True),
        ("/guides/violences/b/", True),
        ("/guides/violences/c/", False),
        ("/guides/vols/d/", False),
        ("/guides/droits/e/", True),
        ("/guides/droits/f/", False),
    ]

    assert private_prefixes(guides) == ["/guides/droits/e/", "/guides/violences/"]
    assert private_prefixes([]) == []


def test_no_browser_keeps_a_sensitive_guide_and_the_rules_stay_few():
    guides = check(Project(ROOT), TODAY).library.guides
    private = private_prefixes([(guide.url, guide.meta.sensitive) for guide in guides])
    paths = security_headers(("sha256-x", "sha256-y"), private)["paths"]

    kept = [
        guide.url
        for guide in guides
        if guide.meta.sensitive
        and not any(
            guide.url.startswith(prefix) and own.get("Cache-Control") == "no-store"
            for prefix, own in paths.items()
        )
    ]
    assert kept == []
    assert len(paths) <= MOST_RULES
    assert "Cache-Control" not in paths["/stations/"]
