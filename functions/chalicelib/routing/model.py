"""A route: the group that reads some records in the place of the default one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

import chalicelib.arnaque.model as arnaque
import chalicelib.pre_plainte.model as pre_plainte
import chalicelib.signalement.model as signalement

FORMS = tuple(form.FORM.name for form in (pre_plainte, signalement, arnaque))
THEMES = tuple(
    dict.fromkeys(
        (
            *get_args(signalement.Theme),
            *get_args(pre_plainte.Offence),
            *get_args(arnaque.Kind),
        )
    )
)


class Route(BaseModel):
    """Which records, and who reads them. All conditions that are given must hold.

    Attributes:
        name: For the operator; a record keeps it under its seal.
        forms: Names of forms.
        themes: What the record is about, as the form names it.
        stations: Ids of stations (data/stations.geojson) chosen by the person.
        postcodes: Beginnings of the postcode of the place, `33` or `69002`.
        recipients: Public keys, `age1…`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    forms: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = Field(min_length=1)

    @field_validator("forms", "themes")
    @classmethod
    def _are_known(cls, names: tuple[str, ...], info: Any) -> tuple[str, ...]:
        known = FORMS if info.field_name == "forms" else THEMES
        for name in names:
            if name not in known:
                raise ValueError(f"« {name} » n’est aucun de : {', '.join(known)}")
        return names

    @field_validator("postcodes")
    @classmethod
    def _are_beginnings(cls, beginnings: tuple[str, ...]) -> tuple[str, ...]:
        for text in beginnings:
            if not (text.isascii() and text.isdigit() and 2 <= len(text) <= 5):
                raise ValueError(f"« {text} » n’est pas un début de code postal, comme 33 ou 69002")
        return beginnings

    def takes(self, form: str, answers: Mapping[str, Any]) -> bool:
        """Whether a record with these canonical answers goes this way."""
        said = themes_of(answers)
        place = str(answers.get("place_postcode", ""))
        return (
            (not self.forms or form in self.forms)
            and (not self.themes or bool(said.intersection(self.themes)))
            and (not self.stations or answers.get("station") in self.stations)
            and (not self.postcodes or place.startswith(self.postcodes))
        )


def themes_of(answers: Mapping[str, Any]) -> set[str]:
    """What a record is about, whichever form it came by."""
    said = {str(answers[name]) for name in ("theme", "offence", "kind") if name in answers}
    return said | ({"violences"} if answers.get("violence") == "yes" else set())
