"""`python -m reperes_server`."""

from reperes_server.cli import main

main()
