"""A small orienteur on disk, valid, that a test may spoil file by file."""

from pathlib import Path

CONTACTS = frozenset({"police-secours", "urgence-sourds", "plainte-en-ligne"})
GUIDES = frozenset({"vol-velo", "porter-plainte"})

FILES = {
    "depart.yaml": """\
question: Que s’est-il passé ?
choices:
  - label: Un vol
    to: vols
  - label: Un danger
    to: appeler
""",
    "vols.yaml": """\
title: Vol
first: quoi
questions:
  quoi:
    question: Qu’est-ce qui a été volé ?
    choices:
      - label: Un vélo
        guide: vol-velo
        have: [Le numéro du cadre.]
        to: auteur
      - label: Autre chose
        to: auteur
  auteur:
    question: Savez-vous qui l’a fait ?
    choices:
      - label: Non
        to: en-ligne
      - label: Oui
        to: appeler
""",
    "reponses/appeler.yaml": """\
title: Appelez tout de suite
answer: Mettez-vous à l’abri, puis appelez.
service: police-secours
emergency: Sans parler, écrivez au [[urgence-sourds]].
who: [Toute personne.]
next: [Une patrouille vient.]
guides: [porter-plainte]
sources: [notes]
""",
    "reponses/en-ligne.yaml": """\
title: Portez plainte en ligne
answer: Le service officiel est fait pour cela.
service: plainte-en-ligne
emergency: En danger, appelez le [[police-secours]].
who: [Vous êtes majeur.]
have: [Les factures.]
next:
  - Un agent vous répond.
  - Vous préférez y aller ? Voir une [[unite]].
guides: [porter-plainte]
sources: [notes]
""",
    "references/services.yaml": """\
unite:
  label: unité
  name: Un commissariat
  use: Toute unité reçoit votre plainte.
  page: /stations/
  button: Trouver
""",
    "references/sources.yaml": """\
notes:
  title: Notes de l’équipe
  as_of: 2026-11-22
""",
}


def write_content(folder: Path, **changes: str | bytes | None) -> Path:
    """The content folder under `folder`, with the files of `changes` replaced (None: removed)."""
    for name, text in {**FILES, **changes}.items():
        path = folder / "content" / "orienteur" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        elif text is not None:
            path.write_text(text, encoding="utf-8")
    return folder / "content"
