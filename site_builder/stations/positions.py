"""Decides how far the position of a station can be trusted, and repairs what can be proved."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.stations.communes import Commune
from site_builder.stations.departements import Departement
from site_builder.stations.model import PositionStatus
from site_builder.stations.nearest import Point, distance_m
from site_builder.stations.territories import box_of, is_in_france, is_inside

# The furthest station whose position was checked stands 33 km from its town hall (Salin-de-
# Giraud, in Arles); Guyane has communes of 100 km.
PLAUSIBLE_M = 40_000
PLAUSIBLE_GUYANE_M = 150_000
# So near, the outline is not asked: it leaves out small islands and merged communes.
BESIDE_M = 15_000


@dataclass(frozen=True)
class Position:
    """A position, or why there is none that can be trusted.

    Attributes:
        remark: What was done or why it is doubtful, in French; empty when all is well.
        is_impossible: In the sea or abroad, with nothing that could explain it.
    """

    point_deg: Point | None
    status: PositionStatus
    remark: str = ""
    is_impossible: bool = False


def judge_position(
    point: Point | None, departement: Departement | None, commune: Commune | None
) -> Position:
    """What can be made of a position that comes without any quality mark."""
    to_check = PositionStatus.TO_CHECK
    if point is None:
        return Position(None, to_check, "sans coordonnées")
    if point[0] == point[1]:
        return Position(None, to_check, "longitude égale à la latitude")
    if is_plausible(point, departement, commune):
        return Position(point, PositionStatus.OK)
    swapped = (point[1], point[0])
    if is_plausible(swapped, departement, commune):
        remark = "latitude et longitude étaient inversées"
        return Position(swapped, PositionStatus.REPAIRED, remark)
    if not is_in_france(*point):
        return Position(None, to_check, "coordonnées hors de France", is_impossible=True)
    return Position(None, to_check, "position loin de sa commune")


def is_plausible(point: Point, departement: Departement | None, commune: Commune | None) -> bool:
    """Beside its commune, or else in its département and not too far from its commune."""
    if departement is None or not is_inside(box_of(departement.slug), *point):
        return False
    away_m = distance_m(point, commune.point_deg) if commune and commune.point_deg else None
    if away_m is not None and away_m <= BESIDE_M:
        return True
    limit_m = PLAUSIBLE_GUYANE_M if departement.slug == "973" else PLAUSIBLE_M
    return departement.holds(*point) and (away_m is None or away_m <= limit_m)
