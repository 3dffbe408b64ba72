"""What comes in and what goes out, free of any framework."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Upload(NamedTuple):
    """A file as it was sent: neither its name nor its content is trusted."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Incoming:
    """One request, as far as the handlers need it: no address, no user agent.

    Attributes:
        route: Pattern of the address, never the address itself: it may be logged.
        headers: Names in lower case.
    """

    method: str
    route: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def speaks_json(self) -> bool:
        """Whether a program asks: /api/<form>/check and the like, not a page of a form."""
        return self.route.count("/") > 2

    @property
    def media_type(self) -> str:
        """Content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Outgoing:
    """One answer; `title` and `main` make a page, `body` a file, `json` what programs read."""

    status: int = 200
    title: str = ""
    main: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    json: dict[str, object] | None = None
    body: bytes = b""


def see_other(location: str) -> Outgoing:
    """Go and read another page."""
    return Outgoing(status=303, headers={"Location": location})
