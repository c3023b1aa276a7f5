"""The one command of the course: `python3 start.py` sets up and opens it, `--help` says the rest.

This file only checks the Python that runs it, in words that any Python can read, and hands over to
`src/briefing/setting_up`; it never needs anything but the standard library.
"""

import os
import sys

OLDEST, NEWEST = (3, 11), (3, 14)


def works(command):
    """Whether a command answers `--version`; a name on the PATH can be an empty shell."""
    import subprocess

    with open(os.devnull, "w") as nowhere:
        try:
            words = command.split() + ["--version"]
            return subprocess.call(words, stdout=nowhere, stderr=nowhere) == 0
        except OSError:
            return False


def what_to_do():
    """Return the way on: a Python that is already here, else where to get one."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        command = ("py -3.%d" if os.name == "nt" else "python3.%d") % minor
        if works(command):
            return "one is already on this computer, so type: %s start.py" % command
    if os.name == "nt":
        return "install one from python.org, then type: py -3.%d start.py" % (NEWEST[1] - 1)
    return "install one from python.org or with your system's installer, then start again with it"


def main():
    """Check the Python, then hand over."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.stderr.write(
            "This course needs Python 3.%d to 3.%d, and this is Python %s; %s.\n"
            % (OLDEST[1], NEWEST[1], sys.version.split()[0], what_to_do())
        )
        return 1
    course = os.path.dirname(os.path.abspath(__file__))
    # In place of the course folder: a file someone keeps there must not pass for a library.
    sys.path[0] = os.path.join(course, "src")
    from briefing.setting_up.words import main as hand_over

    return hand_over(course, sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
