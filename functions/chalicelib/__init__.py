"""The functions of the portal: everything that is deployed beside `app.py`."""
