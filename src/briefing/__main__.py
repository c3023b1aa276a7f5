"""Lets `python -m briefing` be the command line; nothing else."""

from briefing.cli import main

if __name__ == "__main__":
    main()
