"""Cold start: the package as AWS gets it, from no process to the first answer.

The package is unpacked and run by this Python alone (`-I -S`: no library of this machine),
through the entry point that Lambda calls, with moto's DynamoDB and SSM over HTTP.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from botocore.session import Session
from moto.server import ThreadedMotoServer
from pyrage import x25519

from bench.rows import ROOT, Row
from chalicelib.forms import answers
from chalicelib.intake import token
from chalicelib.signalement.model import FORM
from chalicelib.stores.aws_calls import AwsCalls, Patience
from chalicelib.stores.dynamodb_items import ATTRIBUTES, INDEXES, KEY_SCHEMA
from chalicelib.stores.ssm_keys import SsmKeys
from reperes_package.cli import build
from reperes_package.target import read_targets
from site_builder.contacts import load_contacts
from site_builder.forms.words import load_words
from site_builder.functions_assets import functions_assets, write_assets
from site_builder.project import Project
from site_builder.settings import load_settings
from site_builder.stations.choices import station_list
from site_builder.theme import Theme

RUNS = 7
REGION = "eu-west-3"
_DAY = date(2026, 11, 22)
FIELDS = {
    "theme": ["deal"],
    "facts": ["Un point de vente tous les soirs sous le porche de l’immeuble."],
    "commune": ["Villeurbanne"],
    "when": ["ongoing"],
    "follow_up": ["yes"],
}
# What Lambda does: import the handler, then call it with the events of the gateway.
_ENTRY = """
import json, sys
sys.path.insert(0, sys.argv[1])
import app
answer = app.app(json.loads(sys.stdin.read()), None)
modules = sorted(sys.modules)
# VmHWM, not ru_maxrss: that one still counts the parent from before exec.
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
shown = {"status": answer["statusCode"], "body": answer["body"], "modules": modules}
print(json.dumps({**shown, "peak_kib": int(peak)}))
"""


@dataclass(frozen=True)
class Cold:
    """One answer of a new process."""

    status: int
    body: str
    modules: frozenset[str]
    cpu_ms: float
    peak_mib: float


def measure() -> list[Row]:
    """Whole-process CPU to each kind of first answer, and the peak memory."""
    with tempfile.TemporaryDirectory() as folder, aws() as environ:
        package = unpacked_package(Path(folder))
        kinds = {
            "a page that stores nothing (form with errors)": form_event({"action": "verifier"}),
            "a check page (K read from SSM)": form_event({**FIELDS, "action": "verifier"}),
            "a durable acknowledgement (SSM, DynamoDB)": confirm_event(environ),
        }
        rows = [("cold start, Python alone", f"{_alone():.0f} ms CPU")]
        for label, event in kinds.items():
            answers_ = [start_cold(package, event, environ) for _ in range(RUNS)]
            assert {each.status for each in answers_} <= {200, 422}, answers_[0].body
            cpu = [each.cpu_ms for each in answers_]
            peak = max(each.peak_mib for each in answers_)
            modules = len(answers_[0].modules)
            spread = f"{min(cpu):.0f} to {max(cpu):.0f} over {RUNS} runs"
            value = f"{statistics.median(cpu):.0f} ms CPU ({spread}), peak {peak:.0f} MiB"
            rows.append((f"cold start to {label}", f"{value}, {modules} modules"))
    return rows


def open_assets(assets: Path, identity: x25519.Identity) -> None:
    """What the build gives to the functions, open, with one agent."""
    project = Project(ROOT)
    site, _ = load_settings(project)
    contacts, _ = load_contacts(project.content / "contacts.yaml")
    words, _ = load_words(project.content)
    assert site is not None
    outputs = functions_assets(Theme(site, contacts, _DAY), site, words)
    write_assets([*outputs, station_list([])], assets)
    settings = assets / "settings.json"
    recipients = [str(identity.to_public())]
    intake = {**json.loads(settings.read_text()), "mode": "intake", "recipients": recipients}
    settings.write_text(json.dumps(intake))


def unpacked_package(folder: Path) -> Path:
    """The package for this processor, as Lambda unpacks it; open, with one agent."""
    assets = folder / "assets"
    open_assets(assets, x25519.Identity.generate())
    targets = read_targets({"AWS_DEFAULT_REGION": REGION}, "prod", ROOT / "functions")
    machine = "arm64" if platform.machine() == "aarch64" else "x86_64"
    target = next(each for each in targets if each.architecture == machine)
    with zipfile.ZipFile(build(target, assets, folder / "package")) as archive:
        archive.extractall(folder / "task")
    return folder / "task"


@contextmanager
def aws() -> Iterator[dict[str, str]]:
    """The environment of the function, with its table and K on moto."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # one line a request otherwise
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environ = {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "PYDANTIC_DISABLE_PLUGINS": "__all__",
        "REPERES_TABLE": f"reperes-{uuid4().hex}",
        "REPERES_BUCKET": f"reperes-{uuid4().hex}",
        "REPERES_KEYS": f"/reperes/{uuid4().hex}/signing-keys",
    }
    before = dict(os.environ)
    os.environ.update(environ)
    try:
        _make_table(environ["REPERES_TABLE"])
        _make_bucket(environ["REPERES_BUCKET"])
        keys_of(environ).rotate(datetime.now(UTC), os.urandom)
        yield environ
    finally:
        os.environ.clear()
        os.environ.update(before)
        server.stop()


def _make_table(name: str) -> None:
    dynamodb = Session().create_client("dynamodb")
    dynamodb.create_table(
        TableName=name,
        KeySchema=KEY_SCHEMA,
        AttributeDefinitions=ATTRIBUTES,
        GlobalSecondaryIndexes=INDEXES,
        BillingMode="PAY_PER_REQUEST",
    )
    dynamodb.close()


def _make_bucket(name: str) -> None:
    s3 = Session().create_client("s3")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.close()


def keys_of(environ: dict[str, str]) -> SsmKeys:
    """K, as the functions read it."""
    patience = Patience(answer_s=30.0)  # moto's first answer is slow on a busy machine
    return SsmKeys(environ["REPERES_KEYS"], AwsCalls("ssm", patience=patience))


def form_event(fields: dict[str, Any], path: str = FORM.action) -> dict[str, Any]:
    """A posted form, as API Gateway hands it to Lambda."""
    return _event(path, "application/x-www-form-urlencoded", urlencode(fields, doseq=True))


def upload_event(fields: dict[str, str], name: str, data: bytes) -> dict[str, Any]:
    """A form with a file: of a binary type, the gateway hands over base64."""
    parts = [
        f'--XX\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    ]
    head = f'--XX\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + data + b"\r\n--XX--\r\n"
    event = _event("/api/suivi", "multipart/form-data; boundary=XX", b64encode(body).decode())
    return {**event, "isBase64Encoded": True}


def _event(path: str, media_type: str, body: str) -> dict[str, Any]:
    return {
        "resource": path,
        "path": path,
        "httpMethod": "POST",
        "headers": {"content-type": media_type},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {"resourcePath": path, "httpMethod": "POST", "path": f"/api{path}"},
        "body": body,
        "isBase64Encoded": False,
    }


def confirm_event(environ: dict[str, str]) -> dict[str, Any]:
    """The confirmation of a check page that another copy of the function made."""
    now = datetime.now(UTC)
    read = answers.read(FORM.model, FIELDS, _DAY)
    key = keys_of(environ)(now).current
    issued = token.issue(key, FORM.name, os.urandom(32), now, answers.canonical(read))
    fields = {**answers.flat(FORM.model, read), "action": "confirmer", "token": str(issued)}
    return form_event(fields)


def start_cold(package: Path, event: dict[str, Any], environ: dict[str, str]) -> Cold:
    """A new process, one event, its cost as the system accounts it."""
    command = [sys.executable, "-I", "-S", "-c", _ENTRY, str(package)]
    # A file, not a pipe: the child is waited for by wait4, which gives its own accounts.
    with tempfile.TemporaryFile("w+") as sent, tempfile.TemporaryFile("w+") as said:
        sent.write(json.dumps(event))
        sent.seek(0)
        child = subprocess.Popen(
            command, env={**environ, "LC_ALL": "C.UTF-8"}, stdin=sent, stdout=said, cwd=package
        )
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert child.returncode == 0
        answer = json.loads(said.read().splitlines()[-1])  # our logs come before
    cpu_ms = (usage.ru_utime + usage.ru_stime) * 1000
    modules = frozenset(answer["modules"])
    return Cold(answer["status"], answer["body"], modules, cpu_ms, answer["peak_kib"] / 1024)


def _alone() -> float:
    """CPU of a Python that does nothing, ms."""
    child = subprocess.Popen([sys.executable, "-I", "-S", "-c", "pass"])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return (usage.ru_utime + usage.ru_stime) * 1000
