"""What one step of a person or of an agent asks: the real routes and commands, on moto.

Calls and bytes are counted where they leave the code, `AwsCalls`; the processor is that of
the thread that answers, so that moto's own is not in it.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image
from pyrage import x25519

from bench import coldstart
from bench.scale.capacity import Meter, Use, stored_by
from chalicelib.application import make_app, make_services
from chalicelib.aws import aws_settings, on_aws
from chalicelib.http.services import Services
from chalicelib.intake.ports import Author, Status
from chalicelib.settings import Settings
from chalicelib.stores.aws_calls import AwsCalls

PHOTO_SIDE = 1_600  # pixels of noise: a photo that phones make smaller before sending
_WARM = 3


@dataclass
class Step:
    """One step: what it takes of AWS.

    Attributes:
        calls: Service and operation → how many.
        uses: Units of DynamoDB by partition key.
        received, answered: Bytes of the request and of the compressed answer.
        cpu_ms: Median of the answering thread; 0 for what runs on an agent's machine.
        stored: Bytes that it leaves, in the table with its indexes or in the bucket.
    """

    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    uses: list[Use] = field(default_factory=list)
    received: int = 0
    answered: int = 0
    cpu_ms: float = 0.0
    stored: int = 0
    is_request: bool = True

    @property
    def writes(self) -> float:
        """Write units, indexes included."""
        return sum(use.writes for use in self.uses)

    @property
    def reads(self) -> float:
        """Read units."""
        return sum(use.reads for use in self.uses)


class Recorder:
    """Stands around `AwsCalls.__call__`: asks, and notes what was asked."""

    def __init__(self) -> None:
        self.meter = Meter()
        self.step = Step()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """While it stands there."""
        ask = AwsCalls.__call__

        def noted(calls: AwsCalls, operation: str, **parameters: Any) -> dict[str, Any]:
            answer: dict[str, Any] | None = None
            try:
                answer = ask(calls, operation, **parameters)
                return answer
            finally:
                self.step.calls[calls.service, operation] += 1
                self.step.uses += self.meter.uses(operation, parameters, answer)
                self.step.stored += stored_by(operation, parameters)

        with mock.patch.object(AwsCalls, "__call__", noted):
            yield

    @contextmanager
    def noting(self, is_request: bool = True) -> Iterator[Step]:
        """The calls made meanwhile."""
        self.step = made = Step(is_request=is_request)
        yield made
        self.step = Step()  # what is asked in between belongs to nobody


def steps(assets: Path, state: Path) -> dict[str, Step]:
    """Every step, counted once; the processor is the median of several."""
    recorder, identity = Recorder(), x25519.Identity.generate()
    coldstart.open_assets(assets, identity)
    with coldstart.aws(), recorder.listening():
        services = on_aws(make_services(Settings(assets, state)), aws_settings(os.environ))
        made = _persons_steps(services, recorder)
        made |= _agents_steps(services, recorder)
        with recorder.noting(is_request=False) as made["purge"]:
            services.store().purge(services.clock() + timedelta(days=1_000))
        services.store().close()
    return made


def _persons_steps(services: Services, recorder: Recorder) -> dict[str, Step]:
    app = make_app(services)
    made: dict[str, list[Step]] = {}

    def ask(name: str, event: dict[str, Any]) -> str:
        with recorder.noting() as step:
            started = time.thread_time()
            answer = app(event, None)
            step.cpu_ms = (time.thread_time() - started) * 1_000
        assert answer["statusCode"] in (200, 422), (name, answer["body"][-500:])
        step.received = len(event["body"])
        step.answered = len(gzip.compress(answer["body"].encode(), 6))
        made.setdefault(name, []).append(step)
        return str(answer["body"])

    for _ in range(_WARM):
        _visit(ask)
    return {name: _median(each) for name, each in made.items()}


def _visit(ask: Callable[[str, dict[str, Any]], str]) -> None:
    """A person who errs once, sends, adds a photo, comes back and writes."""
    form = coldstart.form_event
    ask("check, with errors", form({**coldstart.FIELDS, "facts": [""], "action": "verifier"}))
    page = ask("check", form({**coldstart.FIELDS, "action": "verifier"}))
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    said = ask("confirm", form({**hidden, "action": "confirmer"}))
    code = re.search(r"data-code[^>]*>([^<]+)<", said)[1]  # type: ignore[index] # or it fails
    opened = ask("come back", form({"code": code}, "/api/suivi"))
    nonce = re.search(r'name="nonce" value="([^"]+)"', opened)[1]  # type: ignore[index]
    sent = {"code": code, "nonce": nonce}
    ask("add a photo", coldstart.upload_event({**sent, "action": "joindre"}, "a.jpg", _photo()))
    opened = ask("come back", form({"code": code}, "/api/suivi"))
    nonce = re.search(r'name="nonce" value="([^"]+)"', opened)[1]  # type: ignore[index]
    text = {"action": "ecrire", "message": "Cela a recommencé hier soir, au même endroit."}
    ask("write", form({"code": code, "nonce": nonce, **text}, "/api/suivi"))


def _agents_steps(services: Services, recorder: Recorder) -> dict[str, Step]:
    store, now = services.store(), services.clock()
    record = next(iter(store.all(now)))
    said = store.messages(record.key, now)
    with recorder.noting(is_request=False) as read:
        found = store.find_by_reference(record.reference, now)
        assert found is not None and store.attachments is not None
        store.messages(found.key, now)
        assert store.attachments.of(found.key, now)
        store.set_status(found.key, Status.READ)
    with recorder.noting(is_request=False) as answer:
        store.add_message(replace(said[0], key="0" * 64, author=Author.AGENT), now)
        store.set_status(record.key, Status.ANSWERED)
        store.set_expiry(record.key, record.expires_at + timedelta(days=1))
    return {"an agent reads": read, "an agent answers": answer}


def _median(each: list[Step]) -> Step:
    """The last one, warm, with the median of the processor of the warm ones."""
    last = each[-1]
    last.cpu_ms = statistics.median(step.cpu_ms for step in each[1:] or each)
    return last


def _photo() -> bytes:
    noise = Image.effect_noise((PHOTO_SIDE, PHOTO_SIDE), 20)
    out = io.BytesIO()
    noise.convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()
