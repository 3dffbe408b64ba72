"""A marker written in every field, sent by every route, is read by the agents and found
nowhere else: no log, no file, no name of a file, no byte of the database or of its log."""

import io
import json
import os
import sys
import tempfile

import pytest
from intake_world import AGENT, FORMS
from mail_world import Inbox, mail_server
from PIL import Image

from chalicelib.application import FORMS as SPECS
from chalicelib.forms import groups
from chalicelib.forms.widgets import widget_of
from chalicelib.intake import seal
from chalicelib.mail.smtp import SmtpMailer
from reperes_document import write_pdf

MARKER = "Marqueur"
CARRIED = {
    "text": f"{MARKER} ici",
    "textarea": f"{MARKER} : un récit assez long pour être pris par le formulaire.",
    "lines": f"{MARKER}1\n{MARKER}2",
}
BY_CODE = {  # fields that take one shape only
    "email_invalid": f"{MARKER}@exemple.fr",
    "url_invalid": f"https://exemple.fr/{MARKER}",
}
# Numbers and dates cannot hold a word.
SHAPED = {
    "phone_invalid", "postcode_invalid", "amount_invalid", "date_invalid", "hour_invalid",
    "iban_invalid", "wallet_invalid", "organisation_number", "imei_invalid",
    "quantity_invalid", "station_unknown",
}  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def marked(model, prefix=""):
    """The marker in every field of a form that can hold a word."""
    fields = {}
    for name, info in model.model_fields.items():
        widget = widget_of(info)
        if widget.kind == "group":
            fields |= marked(groups.groups_of(model)[name], f"{name}.0.")
        elif widget.kind in CARRIED and not SHAPED & set(widget.codes):
            shape = [BY_CODE[code] for code in widget.codes if code in BY_CODE]
            fields[prefix + name] = shape[0] if shape else CARRIED[widget.kind]
    return fields


@pytest.fixture
def written():
    """Every file that was opened to be written, by its path."""
    paths, watching = [], [True]

    def watch(event, arguments):
        if watching and event == "open" and isinstance(arguments[0], str):
            _, mode, flags = arguments
            if (isinstance(mode, str) and set(mode) & set("wax+")) or flags & WRITING:
                paths.append(arguments[0])

    sys.addaudithook(watch)  # cannot be taken away: it is put to sleep
    yield paths
    watching.clear()


@pytest.fixture
def window(world):
    with mail_server(Inbox()) as port:
        mailer = SmtpMailer("127.0.0.1", port, "smtp", "a@exemple.fr")
        yield world.second_window(write_pdf=write_pdf, mailer=mailer, mails_per_day=9)


def photo():
    image, out = Image.new("RGB", (8, 8)), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = MARKER  # ImageDescription
    image.save(out, "JPEG", exif=exif, comment=MARKER.encode())
    return out.getvalue()


PHOTO = photo()


def use_every_route(window, spec, fields):
    """Every button of every page, and the same by a program."""
    path = spec.action
    for action in ("verifier", "modifier", "stations", "ajouter.objects", MARKER):
        window.post(path, {**fields, "action": action})
    check = window.checked(spec.name, fields)
    sent = window.press(check, "confirmer")
    assert sent.status == 200
    window.download(path, {**check.fields, "action": "pdf"})
    window.post(path, {**check.fields, "facts": [MARKER * 9], "action": "confirmer"})
    record = window.post("/api/suivi", {"code": sent.code})
    window.press(record, "ecrire", message=f"{MARKER} : un mot de plus")
    window.upload(record, f"{MARKER}.jpg", PHOTO)
    window.upload(window.post("/api/suivi", {"code": sent.code}), f"{MARKER}.txt", MARKER.encode())
    for action in ("noter", "adresse", "prouver", "valider", "garder", "retirer", MARKER):
        fields = {"code": sent.code, "email": f"{MARKER}@exemple.fr", "digits": "123456"}
        window.post("/api/suivi", {**fields, "until": MARKER, "action": action})
    for route, body in (
        (f"{path}/check", {"answers": {**fields, MARKER: MARKER}}),
        (f"{path}/confirm", {"answers": {MARKER: MARKER}, "token": MARKER}),
        ("/api/suivi/open", {"code": MARKER}),
        ("/api/suivi/write", {"code": sent.code, "message": MARKER, "nonce": MARKER}),
        ("/api/suivi/keep", {"code": sent.code, "until": MARKER}),
    ):
        window.request("POST", route, json.dumps(body).encode(), content_type="application/json")


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
@pytest.mark.promise("no-trace-in-logs", "no-clear-text")
def test_a_marker_in_every_field_and_route_is_nowhere_in_clear(
    window, written, tmp_path, monkeypatch, caplog, capfd, spec
):
    caplog.set_level(0)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    written.clear()  # the fixtures have files of their own
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    fields = {**FORMS[spec.name], **marked(spec.model)}
    if spec.name == "pre-plainte":
        fields |= {"objects.0.category": "autre", "objects.0.damage": "vole"}

    use_every_route(window, spec, fields)

    ours = "".join(r.getMessage() for r in caplog.records if not r.name.startswith("mail"))
    assert MARKER not in ours + "".join(capfd.readouterr())
    assert list(temporary.iterdir()) == []
    outside = [path for path in written if not path.startswith(str(window.state))]
    assert [path for path in outside if path != os.devnull] == []
    kept = {file.name: file.read_bytes() for file in window.state.rglob("*")}
    assert "submissions.sqlite-wal" in kept
    assert [name for name, data in kept.items() if MARKER.encode() in data or MARKER in name] == []


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_the_agents_read_the_marker_of_every_field(window, spec):
    fields = {**FORMS[spec.name], **marked(spec.model)}
    if spec.name == "pre-plainte":
        fields |= {"objects.0.category": "autre", "objects.0.damage": "vole"}
    sent = window.press(window.checked(spec.name, fields), "confirmer")
    assert sent.status == 200

    (record,) = window.store.all(window.now)
    answers = seal.unseal(record.ciphertext, [AGENT])["answers"]
    things = answers.pop("objects", [{}])[0]
    read = {**answers, **{f"objects.0.{name}": value for name, value in things.items()}}
    asked = marked(spec.model)
    assert [name for name in asked if MARKER.lower() not in str(read.get(name)).lower()] == []
    assert len(asked) >= 4
