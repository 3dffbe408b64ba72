"""Writes data/stations.geojson (RFC 7946), one station a line, all or nothing."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

from site_builder.stations.geojson_file import Metadata
from site_builder.stations.model import Station


def to_feature(station: Station) -> dict[str, Any]:
    """One station as an RFC 7946 Feature; empty fields are left out."""
    values = station.model_dump(mode="json", exclude_defaults=True)
    values.pop("id")
    longitude, latitude = values.pop("longitude_deg", None), values.pop("latitude_deg", None)
    return {
        "type": "Feature",
        "id": station.id,
        "geometry": None if longitude is None else _point(longitude, latitude),
        "properties": values,
    }


def _point(longitude: float, latitude: float) -> dict[str, Any]:
    """Degrees with six decimals: 10 cm."""
    return {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}


def geojson_text(stations: Sequence[Station], metadata: Metadata) -> str:
    """The same stations give the same bytes: sorted by id, one a line."""
    ordered = sorted(stations, key=attrgetter("id"))
    return collection(map(feature_line, ordered), metadata).decode()


def feature_line(station: Station) -> bytes:
    """One station as a line of the file."""
    return json.dumps(to_feature(station), ensure_ascii=False).encode()


def collection(lines: Iterable[bytes], metadata: Metadata) -> bytes:
    """The file that holds these lines, in the given order."""
    head = {"type": "FeatureCollection", **metadata.model_dump(mode="json")}
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start}, "features": [\n'.encode() + b",\n".join(lines) + b"\n]}\n"


def replace_file(path: Path, body: bytes) -> None:
    """All or nothing: a reader sees the old file or the new one, even after a power cut."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(body)
            written.flush()
            os.fsync(written.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
