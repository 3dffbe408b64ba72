"""Valid stations, places and files to bend in tests."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from site_builder.contacts import load_contacts
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.stations.geojson_file import Metadata
from site_builder.stations.model import Station
from site_builder.stations.places import load_places
from site_builder.theme import Theme

ROOT = Path(__file__).parents[3]
DATA = ROOT / "data"
SHARED = ROOT.parent / "shared" / "data"
DILA = SHARED / "stations_dila_2022-01.csv"
TODAY = date(2026, 11, 22)
PLACES = load_places(DATA)
METADATA = Metadata(source="Essai", licence="Licence Ouverte 2.0", date=date(2022, 1, 4))

needs_all_of_france = pytest.mark.skipif(
    not DILA.is_file(), reason="../shared/data is absent: all of France cannot be imported"
)

VOIRON = {
    "id": "commissariat_police-38563-01",
    "name": "Commissariat de police de Voiron",
    "slug": "commissariat-voiron",
    "kind": "commissariat",
    "longitude_deg": 5.5912,
    "latitude_deg": 45.3641,
    "address": "114 cours Becquart-Castelbon",
    "postcode": "38500",
    "commune": "Voiron",
    "insee": "38563",
    "departement": "38",
    "phones": ("+33476659393",),
    "source": "Essai",
    "licence": "Licence Ouverte 2.0",
    "as_of": date(2022, 1, 4),
}

# A row of the DILA layout that needs no repair.
DILA_ROW = {
    "id": "gendarmerie-38563-01",
    "type": "gendarmerie",
    "idPresta": "1002345",
    "nom": "Brigade de gendarmerie - Voiron",
    "dateMiseAJour": "2021-01-04",
    "code_insee": "38563",
    "adresse": "2 rue Danton",
    "code_postal": "38500",
    "commune": "Voiron",
    "latitude": "45.3700",
    "longitude": "5.5990",
    "telephone": "04 76 05 01 83",
    "email": "https://www.contacterlagendarmerie.fr",
    "accessibilite": "ACC",
    "horaires": "lundi..vendredi: 08:00:00-12:00:00,14:00:00-18:00:00",
    "commentaire": "",
}


def make_station(**changes):
    return Station.model_validate(VOIRON | changes)


def write_dila(path, *changes):
    """A DILA file with one row for each dictionary of changes."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, fieldnames=list(DILA_ROW))
        writer.writeheader()
        writer.writerows(DILA_ROW | change for change in changes)
    return path


def make_theme(today=TODAY):
    settings, _ = load_settings(Project(ROOT))
    contacts, _ = load_contacts(ROOT / "content" / "contacts.yaml")
    return Theme(settings, contacts, today)
