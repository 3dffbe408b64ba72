"""The package itself, run alone through Lambda's entry point: it works, and loads little.

Modules are counted, not seconds: a busy machine must not stop CI. `python -m bench
coldstart` measures the time.
"""

import io
import platform
import re

import pytest
from PIL import Image

from bench import coldstart

# A little above what was counted in November 2026: 320 and 479.
MOST_MODULES = {"page": 325, "record": 484}
AWS = {"botocore", "urllib3", "sqlite3"}


@pytest.fixture(scope="module")
def aws():
    with coldstart.aws() as environ:
        yield environ


@pytest.fixture(scope="module")
def start(packages, aws):
    machine = "arm64" if platform.machine() == "aarch64" else "x86_64"
    package = packages.unpacked(machine)
    return lambda event: coldstart.start_cold(package, event, aws)


def loaded(cold, names):
    return {name.partition(".")[0] for name in cold.modules} & names


@pytest.mark.parametrize("path", ["/api/signalement", "/api/pre-plainte"])
def test_a_page_that_stores_nothing_never_loads_the_stores(start, path):
    cold = start(coldstart.form_event({"action": "verifier"}, path))

    assert cold.status == 422
    assert loaded(cold, AWS) == set()
    assert len(cold.modules) <= MOST_MODULES["page"]


def test_erasing_traces_loads_no_store_either(start):
    cold = start(coldstart.form_event({}, "/api/effacer"))

    assert cold.status == 303
    assert loaded(cold, AWS) == set()


def test_a_record_is_stored_by_the_package_alone(start, aws):
    cold = start(coldstart.confirm_event(aws))

    assert cold.status == 200
    assert "data-reference" in cold.body
    assert loaded(cold, AWS) == {"botocore", "urllib3"}
    assert len(cold.modules) <= MOST_MODULES["record"]
    assert cold.peak_mib <= 96


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_cleaned_and_stored_by_the_package_alone(start, aws, kind):
    code = re.search(r"data-code[^>]*>([^<]+)<", start(coldstart.confirm_event(aws)).body)[1]
    opened = start(coldstart.form_event({"code": code}, "/api/suivi"))
    (nonce,) = set(re.findall(r'name="nonce" value="([^"]+)"', opened.body))
    photo = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(photo, kind)
    sent = {"action": "joindre", "code": code, "nonce": nonce}

    added = start(coldstart.upload_event(sent, f"photo.{kind.lower()}", photo.getvalue()))

    assert added.status == 200
    assert "est ajouté" in added.body
    assert "PIL" in loaded(added, {"PIL"})
    assert "PIL" not in loaded(opened, {"PIL"})


def test_the_same_confirmation_from_two_copies_is_one_record(start, aws):
    event = coldstart.confirm_event(aws)

    first, second = start(event), start(event)

    assert (first.status, first.body) == (second.status, second.body)
