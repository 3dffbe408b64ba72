"""What Chalice deploys: the application on the settings of this process."""

import gc
import os

# Nothing of an import can be collected: looking for it costs a cold start a tenth of its time.
gc.disable()

from collections.abc import Callable  # noqa: E402 - after gc.disable()

from chalice.app import CloudWatchEvent, Rate, Request, Response  # noqa: E402 - the same

from chalicelib.application import make_app, make_services  # noqa: E402 - the same
from chalicelib.aws import aws_settings, keep_house, on_aws  # noqa: E402 - the same
from chalicelib.settings import load_settings  # noqa: E402 - the same
from chalicelib.stores.aws_calls import answered_within  # noqa: E402 - the same

# The function has twenty seconds (.chalice/config.json), and the last try may take three.
_REQUEST_S = 14.0

_services = on_aws(make_services(load_settings(os.environ)), aws_settings(os.environ))
app = make_app(_services)


@app.middleware("http")
def leave_time_to_answer(event: Request, get_response: Callable[[Request], Response]) -> Response:
    """Whatever is slow, the person is told before Lambda cuts."""
    with answered_within(_REQUEST_S):
        return get_response(event)


@app.schedule(Rate(1, unit=Rate.HOURS), name="housekeeping")
def housekeeping(event: CloudWatchEvent) -> dict[str, int]:
    """Every hour, on AWS only: `reperes-server` has its own."""
    return keep_house(_services, _services.clock())


gc.freeze()
gc.enable()
