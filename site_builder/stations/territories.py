"""France's territories: where they are and what time it is there."""

from __future__ import annotations

Box = tuple[float, float, float, float]

# west, south, east, north in degrees. Generous boxes: they catch a swapped or mistyped pair,
# they do not draw borders. Keys are the codes of the département or collectivity.
METROPOLE: Box = (-5.5, 41.0, 10.0, 51.5)
OVERSEAS_BOXES: dict[str, Box] = {
    "971": (-62.0, 15.7, -60.9, 16.7),
    "972": (-61.4, 14.3, -60.7, 15.0),
    "973": (-54.8, 2.0, -51.4, 6.0),
    "974": (55.0, -21.6, 56.0, -20.7),
    "975": (-56.7, 46.6, -56.0, 47.3),
    "976": (44.9, -13.2, 45.4, -12.5),
    "977": (-63.1, 17.7, -62.6, 18.1),
    "978": (-63.3, 17.9, -62.9, 18.3),
    "986": (-178.4, -14.6, -175.9, -13.0),
    "987": (-155.0, -28.5, -134.0, -7.5),
    "988": (158.0, -23.2, 172.5, -17.5),
}

# IANA time zones. The Marquesas and the Gambier have their own, by commune.
_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}
_MARQUESAS = {"98723", "98731", "98732", "98746", "98756", "98757"}  # INSEE codes
_GAMBIER = {"98719"}


def box_of(departement: str) -> Box:
    """The box of a département or collectivity, by its lower-case code."""
    return OVERSEAS_BOXES.get(departement, METROPOLE)


def is_inside(box: Box, longitude_deg: float, latitude_deg: float) -> bool:
    """Whether the point is in the box, edges included."""
    west, south, east, north = box
    return west <= longitude_deg <= east and south <= latitude_deg <= north


def is_in_france(longitude_deg: float, latitude_deg: float) -> bool:
    """Whether the point is in the box of any territory."""
    boxes = (METROPOLE, *OVERSEAS_BOXES.values())
    return any(is_inside(box, longitude_deg, latitude_deg) for box in boxes)


def time_zone(departement: str, insee: str = "") -> str:
    """IANA name of the time zone of a commune."""
    if insee in _MARQUESAS:
        return "Pacific/Marquesas"
    return "Pacific/Gambier" if insee in _GAMBIER else _ZONES.get(departement, "Europe/Paris")


def departement_of(insee: str) -> str:
    """Lower-case code of the département of an INSEE code: `2A004` → `2a`, `97411` → `974`."""
    return (insee[:3] if insee.startswith(("97", "98")) else insee[:2]).lower()
