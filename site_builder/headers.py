"""Security headers: one set for the local server and for the AWS distribution."""

from __future__ import annotations

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


def security_headers(style_hash: str) -> dict[str, dict[str, Any]]:
    """Headers by path prefix; the longest prefix wins, name by name.

    Returns:
        `{"default": {name: value}, "paths": {"/stations/": {name: value}}}`.
    """
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src '{style_hash}'",
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
        },
    }


def _permissions(geolocation: str) -> str:
    """The position is asked for on the stations page only, and stays on the device."""
    return ", ".join([f"geolocation={geolocation}", *(f"{name}=()" for name in _OFF)])
