"""What the tests of the functions share: assets as the build makes them, a chosen clock,
counted randomness, one agent, and a browser without JavaScript."""

import hashlib
import json
import re
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import yaml
from chalice.config import Config
from chalice.local import LocalGateway
from chalice.test import HTTPResponse
from pyrage import x25519

from chalicelib.application import make_app
from chalicelib.http.assets import AssetsFolder
from chalicelib.http.services import Services
from chalicelib.intake import seal
from chalicelib.intake.limits import Limit
from chalicelib.stores.key_file import KeyFile
from chalicelib.stores.sqlite import SqliteSubmissionStore

ROOT = Path(__file__).parents[1]
START = datetime(2026, 11, 22, 9, 41, 12, tzinfo=UTC)
AGENT = x25519.Identity.from_str(
    "AGE-SECRET-KEY-1TP8X5Z5HCQTJ7L3R7SNNG02UC0NVDDXPQ4QFMPLE9Z42ZWF62ZESFA4678"
)
FORM_TYPE = "application/x-www-form-urlencoded"

SIGNALEMENT = {
    "theme": "deal",
    "facts": "Un point de vente tous les soirs sous le porche de l’immeuble.",
    "commune": "Villeurbanne",
    "place": "derrière l’arrêt de tram",
    "when": "ongoing",
    "follow_up": "yes",
}
PRE_PLAINTE = {
    "declarant": "victim",
    "birth_name": "Exemple",
    "first_names": "Camille",
    "birth_date": "14/07/1990",
    "email": "camille@exemple.fr",
    "phone": "06 12 34 56 78",
    "contact_email": "yes",
    "offence": "vol",
    "violence": "no",
    "place_kind": "address",
    "place": "12 rue du Port",
    "place_postcode": "33000",
    "place_commune": "Bordeaux",
    "facts": "Mon vélo attaché devant chez moi a été pris pendant la nuit.",
    "when": "day",
    "when_start": "1er novembre 2026",
    "author_known": "no",
    "truth": "yes",
}
ARNAQUE = {
    "kind": "faux_site",
    "facts": "Un site de chaussures jamais livrées, payé par virement le premier du mois.",
    "urls": "https://exemple.fr/boutique",
    "emails": "vendeur@exemple.fr",
    "phones": "07 00 00 00 00",
    "ibans": "FR76 3000 6000 0112 3456 7890 189",
    "money_lost": "yes",
    "amount": "89,90",
    "payments": ["virement", "carte"],
    "when": "day",
    "when_start": "01/11/2026",
    "follow_up": "yes",
}
STATIONS = {
    "33": [
        ["commissariat-33063", "Commissariat de police de Bordeaux", "Bordeaux"],
        ["brigade-33005", "Brigade de gendarmerie d’Andernos-les-Bains", "Andernos-les-Bains"],
    ],
    "2a": [["commissariat-2a004", "Commissariat de police d’Ajaccio", "Ajaccio"]],
    "2b": [["commissariat-2b033", "Commissariat de police de Bastia", "Bastia"]],
    "974": [["commissariat-97411", "Commissariat de police de Saint-Denis", "Saint-Denis"]],
}
FORMS = {"signalement": SIGNALEMENT, "pre-plainte": PRE_PLAINTE, "arnaque": ARNAQUE}


def make_assets(folder, **settings):
    """The folder that the site's build gives to the functions."""
    (folder / "words").mkdir(parents=True, exist_ok=True)
    for words in (ROOT / "content" / "formulaires").glob("*.yaml"):
        data = yaml.safe_load(words.read_text(encoding="utf-8"))
        (folder / "words" / f"{words.stem}.json").write_text(json.dumps(data), "utf-8")
    (folder / "stations.json").write_text(json.dumps(STATIONS), "utf-8")
    shell = "<!doctype html><title><!--@title--></title><main id=main><!--@main--></main>"
    (folder / "shell.html").write_text(shell, "utf-8")
    headers = {"default": {"Content-Security-Policy": "default-src 'none'"}, "paths": {}}
    (folder / "headers.json").write_text(json.dumps(headers), "utf-8")
    defaults = {"mode": "intake", "recipients": [str(AGENT.to_public())]}
    (folder / "settings.json").write_text(json.dumps({**defaults, **settings}), "utf-8")
    return folder


class World:
    """Everything outside the application, under the test's hand."""

    def __init__(self, assets, state, submissions_per_minute=0, demo_recipient=""):
        self.now = START
        self.state = state
        self.random_draws = []
        self.store = SqliteSubmissionStore(state / "submissions.sqlite")
        self.services = Services(
            assets=AssetsFolder(assets, autorefresh=True),
            store=lambda: self.store,
            keys=KeyFile(state / "signing-keys.json", self.random_bytes),
            clock=lambda: self.now,
            random_bytes=self.random_bytes,
            demo_recipient=lambda: demo_recipient,
            requests=Limit(0, lambda: 0.0),
            submissions=cache(
                lambda form: Limit(submissions_per_minute, lambda: self.now.timestamp())
            ),
            attachments=lambda: self.store.attachments,
        )
        self.app = make_app(self.services)
        # Not `chalice.test.Client`: it replaces `os.environ` during each request, which
        # two threads cannot do at once.
        self.gateway = LocalGateway(self.app, Config())

    def second_window(self, **changed_services):
        """Another browser on the same store, with its own application."""
        window = copy(self)
        window.services = replace(self.services, **changed_services)
        window.app = make_app(window.services)
        window.gateway = LocalGateway(window.app, Config())
        return window

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.store.close()

    def random_bytes(self, count):
        """Different at each call, the same at each run."""
        drawn = hashlib.sha256(f"draw {len(self.random_draws)}".encode()).digest()[:count]
        self.random_draws.append(drawn)
        return drawn

    def later(self, **duration):
        self.now += timedelta(**duration)

    def request(self, method, path, body=b"", **headers):
        return Page(self.answer(method, path, body, **headers))

    def answer(self, method, path, body=b"", **headers):
        """The answer as it came, page or file."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.gateway.handle_request(method=method, path=path, headers=sent, body=body)
        return HTTPResponse.create_from_dict(answer)

    def download(self, path, fields):
        """Press a button that gives a file."""
        return self.answer("POST", path, encoded(fields), content_type=FORM_TYPE, accept="*/*")

    def post(self, path, fields):
        return self.request("POST", path, encoded(fields), content_type=FORM_TYPE)

    def upload(self, page, name, data, **changes):
        """Send a file from a page, as the form that carries one does."""
        fields = {name: values[-1] for name, values in page.fields.items()}
        fields = {**fields, "action": "joindre", **changes}
        body = b"".join(
            b'--XX\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
            % (key.encode(), str(value).encode())
            for key, value in fields.items()
            if key != "file"
        )
        body += b'--XX\r\nContent-Disposition: form-data; name="file"; filename="'
        body += name.encode() + b'"\r\nContent-Type: application/octet-stream\r\n\r\n'
        body += data + b"\r\n--XX--\r\n"
        return self.request(
            "POST",
            "/api/suivi",
            body,
            content_type="multipart/form-data; boundary=XX",
        )

    def checked(self, form="signalement", fields=None):
        """The check page of valid answers."""
        fields = fields or FORMS[form]
        page = self.post(f"/api/{form}", {**fields, "action": "verifier"})
        assert page.status == 200, page.errors
        return page

    def press(self, page, action, **changes):
        """Press a button of a page, as a browser without JavaScript does."""
        return self.post(page.action, {**page.fields, **changes, "action": action})

    def opened(self):
        """What the agent reads in every record."""
        return [seal.unseal(record.ciphertext, [AGENT]) for record in self.store.all(self.now)]


def encoded(fields):
    return urlencode(fields, doseq=True).encode()


class Page(HTMLParser):
    """An answer, read as a browser would."""

    def __init__(self, response):
        super().__init__()
        self.status = response.status_code
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        self.html = response.body.decode()
        self.fields, self.errors, self.action = {}, {}, ""
        self.reference = self.code = self.title = ""
        self._into = self._textarea = self._select = None
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "form" and has.get("method") == "post":
            self.action = has["action"]
        if tag == "input" and (has.get("type") not in ("radio", "checkbox") or "checked" in has):
            self.fields.setdefault(has["name"], []).append(has.get("value", ""))
        if tag == "select":
            self._select = has["name"]
            self.fields[self._select] = [""]
        if tag == "option" and "selected" in has:
            self.fields[self._select] = [has["value"]]
        if tag == "textarea":
            self._textarea = has["name"]
            self.fields[has["name"]] = [""]
        if "data-error-for" in has:
            self.errors[has["data-error-for"]] = ""
            self._into = ("errors", has["data-error-for"])
        for name in ("reference", "code"):
            if f"data-{name}" in has:
                self._into = (name, None)
        if tag == "title":
            self._into = ("title", None)

    def handle_endtag(self, tag):
        self._into = None
        if tag == "textarea":
            self._textarea = None

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea][0] += data.removeprefix("\n")
        elif self._into and self._into[0] == "errors":
            self.errors[self._into[1]] += data
        elif self._into:
            setattr(self, self._into[0], data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.html))
