"""A record as a document for a paper file: what was written, and what was said since."""

from __future__ import annotations

from chalicelib.forms.document import Document, Section
from chalicelib.forms.french import paris_date
from reperes_desk.case import Case
from reperes_desk.printing import shown
from reperes_desk.trail import assignee
from reperes_desk.words import STATUSES, labelled, who

_NOTES = (
    "Ce document contient en clair ce qu’une personne a confié : gardez-le comme un dossier, "
    "détruisez-le après usage.",
    "Personne n’a vérifié ce qui a été écrit. Ce n’est ni une plainte, ni un procès-verbal.",
)


def document_of(case: Case) -> Document:
    """What `show` prints, for the writer of PDF."""
    record = case.record
    answers = labelled(record.kind, case.answers, case.desk.settings.assets)
    sections = {
        "Dossier": [
            ("Formulaire", record.kind),
            ("État", STATUSES[record.status]),
            ("Confié à", assignee(case.trail) or "personne"),
            ("S’efface le", paris_date(record.expires_at)),
        ],
        "Ce qui a été écrit": list(answers),
        "Ce qui a été dit depuis": [
            (f"{who(m.author)}, le {paris_date(m.sent_at)}", m.text) for m in case.conversation
        ],
        "Fichiers, non vérifiés": [
            (f"Fichier {number}", file.name if file else "ne s’ouvre pas avec cette identité")
            for number, file in enumerate(case.files, start=1)
        ],
    }
    return Document(
        title=f"Dossier {shown(record.reference)}",
        lang="fr",
        reference=shown(record.reference),
        date_line=f"Reçu le {paris_date(record.received_at)} (heure arrondie)",
        sections=tuple(
            Section(title, tuple((shown(label), shown(value)) for label, value in rows))
            for title, rows in sections.items()
            if rows
        ),
        notes=_NOTES,
    )
