"""What Chalice deploys: the application on the settings of this process."""

import gc
import os

# Nothing of an import can be collected: looking for it costs a cold start a tenth of its time.
gc.disable()

from chalice.app import CloudWatchEvent, Rate  # noqa: E402 - after gc.disable()

from chalicelib.application import make_app, make_services  # noqa: E402 - the same
from chalicelib.aws import aws_settings, keep_house, on_aws  # noqa: E402 - the same
from chalicelib.settings import load_settings  # noqa: E402 - the same

_services = on_aws(make_services(load_settings(os.environ)), aws_settings(os.environ))
app = make_app(_services)


@app.schedule(Rate(1, unit=Rate.HOURS), name="housekeeping")
def housekeeping(event: CloudWatchEvent) -> dict[str, int]:
    """Every hour, on AWS only: `reperes-server` has its own."""
    return keep_house(_services, _services.clock())


gc.freeze()
gc.enable()
