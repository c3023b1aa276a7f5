"""Lets `python -m briefing` be the command `briefing`."""

import sys

from briefing.cli import main

if __name__ == "__main__":
    sys.argv[0] = "briefing"
    sys.exit(main())
