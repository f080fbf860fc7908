"""`python -m deskwell` is the same as `deskwell`."""

from deskwell.cli import main

main()
