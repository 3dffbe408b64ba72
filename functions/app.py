"""What Chalice deploys: the application on the settings of this process."""

import os

from chalice.app import CloudWatchEvent, Rate

from chalicelib.application import make_app, make_services
from chalicelib.aws import aws_settings, keep_house, on_aws
from chalicelib.settings import load_settings

_services = on_aws(make_services(load_settings(os.environ)), aws_settings(os.environ))
app = make_app(_services)


@app.schedule(Rate(1, unit=Rate.HOURS), name="housekeeping")
def housekeeping(event: CloudWatchEvent) -> dict[str, int]:
    """Every hour, on AWS only: `reperes-server` has its own."""
    return keep_house(_services, _services.clock())
