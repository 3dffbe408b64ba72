"""`python -m reperes_package`."""

from reperes_package.cli import main

main()
