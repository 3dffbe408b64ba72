"""A station: a place where the public can meet police or gendarmerie."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from site_builder.stations.hours import parse_hours
from site_builder.stations.phones import SHAPE


class StationKind(StrEnum):
    """Values are those of the `kind` property in data/stations.geojson."""

    COMMISSARIAT = "commissariat"  # Police nationale
    BRIGADE = "brigade"  # Gendarmerie nationale


class PositionStatus(StrEnum):
    """How far the position can be trusted."""

    OK = "ok"
    REPAIRED = "repaired"  # the source was wrong; a checked correction is used
    TO_CHECK = "to_check"  # nobody could prove it: never plotted, no way there


class Accessibility(StrEnum):
    """Access with a wheelchair, as the source says it."""

    ACCESSIBLE = "accessible"
    ON_REQUEST = "on_request"
    NOT_ACCESSIBLE = "not_accessible"
    UNKNOWN = ""


class HoursFor(StrEnum):
    """What one can come for during the opening hours."""

    EVERYTHING = ""
    PLAINTES = "plaintes"
    APPOINTMENTS = "appointments"


class Origin(BaseModel):
    """Where a field came from, when it is not the source of the whole station."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=2, max_length=200)
    as_of: date


class Station(BaseModel):
    """One station, coordinates in degrees, WGS 84 (EPSG:4326).

    Attributes:
        official_id: The ministry's `identifiant_public_unite`; empty when it has none.
        departement: Lower-case code, as in URLs: `33`, `2a`, `971`.
        hours: Opening hours in the syntax of `hours.py`; empty when not told.
        hours_note: What the source adds in words, or hours that could not be read.
        as_of: Date of the record in its source.
        competent_for: INSEE codes of the communes it answers for, where the operator loaded them.
        provenance: Fields that came from another source, by name.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$")
    name: str = Field(min_length=3, max_length=150)
    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)
    kind: StationKind
    longitude_deg: float | None = Field(default=None, ge=-180, le=180)
    latitude_deg: float | None = Field(default=None, ge=-90, le=90)
    position: PositionStatus = PositionStatus.OK
    address: str = Field(default="", max_length=250)
    postcode: str = Field(default="", pattern=r"^(\d{5})?$")
    commune: str = Field(min_length=1, max_length=80)
    insee: str = Field(pattern=r"^(\d{5}|2[AB]\d{3})$")
    departement: str = Field(pattern=r"^(\d{2}|2[ab]|9[78]\d)$")
    phones: tuple[str, ...] = ()
    email: str = Field(default="", pattern=r"^([^@\s]+@[^@\s]+\.[a-z]+)?$")
    url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    hours: str = ""
    hours_for: HoursFor = HoursFor.EVERYTHING
    hours_note: str = Field(default="", max_length=600)
    note: str = Field(default="", max_length=600)
    accessibility: Accessibility = Accessibility.UNKNOWN
    official_id: str = Field(default="", max_length=40)
    source: str = Field(min_length=2, max_length=200)
    licence: str = Field(min_length=2, max_length=100)
    as_of: date
    closed_on: date | None = None
    competent_for: tuple[str, ...] = ()
    provenance: dict[str, Origin] = {}

    @property
    def is_located(self) -> bool:
        """Whether distances can be counted from it and it can be drawn."""
        return self.longitude_deg is not None and self.position != PositionStatus.TO_CHECK

    @property
    def point_deg(self) -> tuple[float, float]:
        """(longitude, latitude) of a located station."""
        if self.longitude_deg is None or self.latitude_deg is None:
            raise ValueError(f"{self.id} has no position")
        return self.longitude_deg, self.latitude_deg

    @property
    def path(self) -> str:
        """URL path of its page."""
        return f"/stations/{self.departement}/{self.slug}/"

    @field_validator("phones")
    @classmethod
    def _phones_have_a_shape(cls, phones: tuple[str, ...]) -> tuple[str, ...]:
        for phone in phones:
            if not SHAPE.fullmatch(phone):
                raise ValueError(f"« {phone} » n’est pas un numéro français (+33474472020, 3430)")
        return phones

    @field_validator("hours")
    @classmethod
    def _hours_can_be_read(cls, hours: str) -> str:
        if hours:
            parse_hours(hours)
        return hours

    @model_validator(mode="after")
    def _is_light(self) -> Station:
        """Nobody asks which fields were given: a set of them a station would weigh 8 MB."""
        object.__setattr__(self, "__pydantic_fields_set__", set())
        return self

    @model_validator(mode="after")
    def _position_is_whole(self) -> Station:
        if (self.longitude_deg is None) != (self.latitude_deg is None):
            raise ValueError("longitude et latitude vont ensemble")
        if self.longitude_deg is None and self.position != PositionStatus.TO_CHECK:
            raise ValueError("sans coordonnées, « position » vaut to_check")
        return self
