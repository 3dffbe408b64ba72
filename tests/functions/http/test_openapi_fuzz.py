"""schemathesis on the OpenAPI document: what it promises is what the functions do."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from intake_world import FORMS, World, make_assets

from chalicelib.application import make_app
from reperes_server.gateway import GatewayApp, ThreadedChalice

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed here")
from schemathesis import GenerationMode  # noqa: E402 - only where it is installed
from schemathesis.checks import not_a_server_error  # noqa: E402 - only where it is installed
from schemathesis.specs.openapi.checks import (  # noqa: E402
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

EXAMPLES = int(os.environ.get("REPERES_FUZZ_EXAMPLES", "55"))  # 20 times that: 1,100 cases
STEPS = [f"{form}/{step}" for form in FORMS for step in ("check", "confirm")]
STEPS += [f"suivi/{step}" for step in ("open", "write", "keep", "erase")]
# Not `negative_data_rejection`: people's ways of writing a date or a number are taken too.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")
    with World(make_assets(folder / "assets"), folder / "state") as world:
        app = GatewayApp(make_app(world.services, ThreadedChalice), world.services)
        yield schemathesis.openapi.from_wsgi("/api/openapi.json", app)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_breaks_what_the_document_promises(api, step, mode):
    operation = api[f"/api/{step}"]["POST"]
    sent = []

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    def every_case(case):
        sent.append(case.call_and_validate(checks=CHECKS).status_code)

    every_case()

    assert len(sent) >= EXAMPLES
    assert max(sent) < 500
