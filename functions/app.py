"""What Chalice deploys: the application on the settings of this process."""

import os

from chalicelib.application import make_app, make_services
from chalicelib.settings import load_settings

app = make_app(make_services(load_settings(os.environ)))
