"""Security headers: one set for the local server and for the AWS distribution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

_OFF = (
    "accelerometer",
    "autoplay",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
_ONE_YEAR_S = 31_536_000


def security_headers(
    hashes: tuple[str, str], private: Iterable[str] = ()
) -> dict[str, dict[str, Any]]:
    """Headers by path prefix; the longest prefix wins, name by name.

    Args:
        hashes: CSP sources of the style sheet and of the script that pages hold.
        private: Prefixes of pages that a browser must not keep
            (docs/adr/0027-no-copy-of-sensitive-guides.md).

    Returns:
        `{"default": {name: value}, "paths": {"/stations/": {name: value}}}`.
    """
    style, script = hashes
    policy = (
        "default-src 'none'",
        f"script-src 'self' '{script}'",
        f"style-src '{style}'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    default = {
        "Content-Security-Policy": "; ".join(policy),
        "Strict-Transport-Security": f"max-age={2 * _ONE_YEAR_S}; includeSubDomains",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": _permissions("()"),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cache-Control": "no-cache",
    }
    return {
        "default": default,
        "paths": {
            "/stations/": {"Permissions-Policy": _permissions("(self)")},
            "/assets/": {"Cache-Control": f"public, max-age={_ONE_YEAR_S}, immutable"},
            "/api/": {"Cache-Control": "no-store"},
            "/suivi/": {"Cache-Control": "no-store"},
            "/effacer-mes-traces/": {"Cache-Control": "no-store"},
            **{prefix: {"Cache-Control": "no-store"} for prefix in private},
        },
    }


def private_prefixes(guides: Collection[tuple[str, bool]]) -> list[str]:
    """Prefixes that hold every sensitive guide: each its own, or its theme where most are.

    A distribution takes few rules by path, and the other guides of such a theme lose nothing
    but a copy.

    Args:
        guides: (URL path, whether it is sensitive) of every guide.
    """
    of_themes = Counter(_theme(url) for url, _ in guides)
    sensitive = Counter(_theme(url) for url, is_sensitive in guides if is_sensitive)
    whole = {theme for theme, count in sensitive.items() if 2 * count > of_themes[theme]}
    found = (_theme(url) if _theme(url) in whole else url for url, hidden in guides if hidden)
    return sorted(set(found))


def _theme(url: str) -> str:
    """`/guides/vols/vol-velo/` → `/guides/vols/`."""
    return url[: url.rindex("/", 0, -1) + 1]


def _permissions(geolocation: str) -> str:
    """The position is asked for on the stations page only, and stays on the device."""
    return ", ".join([f"geolocation={geolocation}", *(f"{name}=()" for name in _OFF)])
