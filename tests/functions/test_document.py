"""What a person takes away: a QR code, a PDF made and forgotten, and a memo that tells nothing."""

import re
from html.parser import HTMLParser
from io import BytesIO

import pypdf
import pytest
from intake_world import AGENT, PRE_PLAINTE, Page, World, make_assets

from chalicelib.errors import TooManyRequestsError
from chalicelib.forms.qr import qr_svg
from reperes_document import write_pdf
from reperes_server.documents import bounded_writer

SUBJECT = re.compile(r"plainte|signalement|arnaque|police|gendarm|victime|dossier|violence", re.I)


@pytest.fixture
def window(world):
    """The embedded server: it makes PDF files."""
    return world.second_window(write_pdf=write_pdf)


@pytest.fixture
def acknowledged(window):
    return window.press(window.checked("pre-plainte"), "confirmer")


class Carried(HTMLParser):
    """The fields of the form that has the button `pdf`."""

    def __init__(self, html):
        super().__init__()
        self.fields, self.forms = {}, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form":
            self.forms.append({})
        if tag == "input":
            self.forms[-1].setdefault(has["name"], []).append(has["value"])
        if tag == "button" and has.get("value") == "pdf":
            self.fields = self.forms[-1]


def ask(window, page, **changes):
    """Press « Télécharger »; the raw answer."""
    fields = {**Carried(page.html).fields, **changes, "action": "pdf"}
    return window.download("/api/pre-plainte", fields)


def text_of(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_the_acknowledgement_can_be_taken_away_as_a_file(window, acknowledged):
    answer = ask(window, acknowledged)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    text = text_of(answer.body)
    assert acknowledged.reference in text
    assert PRE_PLAINTE["facts"] in text
    assert "Accusé" not in text
    assert "Ce n’est pas une plainte" in text


def test_a_demonstration_says_so_in_the_file_too(assets, tmp_path):
    make_assets(assets, mode="demo")
    with World(assets, tmp_path / "demo", demo_recipient=str(AGENT.to_public())) as world:
        window = world.second_window(write_pdf=write_pdf)
        sent = window.press(window.checked("pre-plainte"), "confirmer")
        assert "personne ne lit ce qui est envoyé" in text_of(ask(window, sent).body)


def test_the_name_of_the_file_tells_nothing_and_nothing_keeps_it(window, acknowledged):
    answer = ask(window, acknowledged)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="document.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_code_is_not_in_the_file(window, acknowledged):
    assert acknowledged.code
    assert acknowledged.code not in text_of(ask(window, acknowledged).body)


@pytest.mark.promise("no-clear-text")
def test_making_the_file_stores_and_writes_nothing(window, acknowledged, capfd, caplog):
    def kept():  # -shm is the shared memory of SQLite: its locks, no content
        files = (file for file in window.state.rglob("*") if not file.name.endswith("-shm"))
        return {file: file.read_bytes() for file in files}

    before = kept()
    ask(window, acknowledged)
    assert kept() == before
    assert capfd.readouterr() == ("", "")
    assert caplog.text == ""


def test_other_answers_under_the_same_token_make_no_file(window, acknowledged):
    answer = ask(window, acknowledged, facts="Un tout autre récit, écrit après coup par quelqu’un.")
    assert answer.status_code == 409
    assert Page(answer).reference == ""


def test_before_it_is_sent_there_is_no_file(window):
    page = window.press(window.checked("pre-plainte"), "pdf")
    assert page.status == 409
    assert list(window.store.all(window.now)) == []


def test_two_days_later_the_page_still_gives_it(world, window, acknowledged):
    world.later(days=2)
    assert ask(window, acknowledged).status_code == 200


def test_a_withdrawn_record_has_no_file(window, acknowledged):
    window.post("/api/suivi", {"code": acknowledged.code, "action": "effacer"})
    assert ask(window, acknowledged).status_code == 409


def test_where_nothing_makes_files_there_is_no_button(world):
    page = world.press(world.checked("pre-plainte"), "confirmer")
    assert 'value="pdf"' not in page.html
    assert world.press(world.checked("pre-plainte"), "pdf").status == 400


@pytest.mark.parametrize("form", ["signalement", "arnaque"])
def test_an_anonymous_form_leaves_no_file_and_no_qr_code(window, form):
    page = window.press(window.checked(form), "confirmer")
    assert 'value="pdf"' not in page.html
    assert "<svg" not in page.html
    assert window.press(window.checked(form), "pdf").status == 400


def test_the_third_person_at_the_same_time_is_told_to_wait(monkeypatch):
    writer = bounded_writer()
    refused = []

    def nested(document, depth=2):
        if not depth:
            return b""
        monkeypatch.setattr("reperes_document.pdf.write_pdf", lambda d: nested(d, depth - 1))
        try:
            return writer(document)
        except TooManyRequestsError as error:
            refused.append(error.retry_after_s)
            return b""

    nested(None, 3)
    assert refused == [2]


def test_the_qr_code_is_the_reference_alone_and_says_so(acknowledged):
    assert (
        f'role="img" aria-label="Code QR du numéro {acknowledged.reference}"' in acknowledged.html
    )
    assert qr_svg(acknowledged.reference) in acknowledged.html
    assert qr_svg(acknowledged.reference) != qr_svg("PRE-0000-0000-0000")


def test_the_qr_code_has_neither_style_nor_address(acknowledged):
    svg = re.search(r"<svg.*?</svg>", acknowledged.html, re.S)[0]
    assert not re.search(r"style|href|data:|url\(|on\w+=|<script", svg)


def test_the_memo_has_number_code_and_date_only(world):
    sent = world.press(world.checked(), "confirmer")
    memo = world.post("/api/suivi", {"code": sent.code, "action": "noter"})
    assert (memo.reference, memo.code) == (sent.reference, sent.code)
    assert "20 février 2027" in memo.text
    assert memo.title == "Mémo"
    main = memo.html.partition("<main")[2]
    assert not SUBJECT.search(re.sub(r"<[^>]+>", " ", main))


def test_the_memo_is_one_button_away_from_the_acknowledgement(world):
    sent = world.press(world.checked(), "confirmer")
    assert 'name="action" value="noter"' in sent.html
    assert world.services.assets().common.labels["memo"] in sent.text
