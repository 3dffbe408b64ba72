"""`python -m reperes_desk`."""

from reperes_desk.cli import main

main()
