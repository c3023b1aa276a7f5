"""What the words after `start.py` mean; does none of it itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from briefing.setting_up.environment import ensure
from briefing.setting_up.failures import SetUpError, sentence_for_os_error
from briefing.setting_up.lab import DEFAULT_PORT, check_port, open_lab, typed
from briefing.setting_up.pinning import pin
from briefing.setting_up.places import Course
from briefing.setting_up.running import become
from briefing.setting_up.trying import run_tests

HELP = f"""\
Reading the Briefing. On Windows type “py start.py” instead of “python3 start.py”.

  python3 start.py                 set up on first use, then open JupyterLab
      --no-browser                 print the address instead of opening a browser
      --port N                     listen on port N (otherwise {DEFAULT_PORT})
  python3 start.py setup           only set up; with --again, from nothing
  python3 start.py test [WORDS]    set up what the tests need and run them all;
                                   WORDS go to pytest
  python3 start.py lock [WORDS]    for maintainers: pin the packages again;
                                   WORDS go to “uv pip compile”, such as --upgrade
  python3 start.py WORD ...        anything else is “briefing WORD ...”, for instance
                                   python3 start.py grade HAND-INS --out MARKED
  python3 start.py --help          this page

Everything is kept in the course folder: the packages in .venv, your answers in work.
"""


def main(course_folder: str, given: Sequence[str]) -> int:
    """Do what the words say and return an exit code.

    Args:
        course_folder: the folder that `start.py` lies in.
        given: the words after `start.py`.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # no console is too old for a sentence
    course = Course(Path(course_folder))
    try:
        return _act(course, list(given))
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(sentence_for_os_error(error, course.root), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command run again goes on.", file=sys.stderr)
        return 130


def _act(course: Course, given: list[str]) -> int:
    word, rest = (given[0], given[1:]) if given else ("", [])
    if word in ("--help", "-h", "help"):
        print(HELP, end="")
        return 0
    if word == "" or word.startswith("-"):
        port, browser = lab_options(given)
        check_port(port)
        ensure(course)
        return open_lab(course, port, browser)
    if word == "setup":
        if rest not in ([], ["--again"]):
            raise SetUpError("“setup” takes no other word than --again.")
        ensure(course, again=bool(rest))
        print("The course is set up.")
        return 0
    if word == "test":
        ensure(course, tests=True)
        return run_tests(course, rest)
    if word == "lock":
        return pin(course, rest)
    ensure(course)
    # So that the command tells how to go on in the words that were typed.
    how = {"BRIEFING_TYPED": f"{'py' if os.name == 'nt' else 'python3'} {Path(sys.argv[0]).name}"}
    return become([str(course.python), "-P", "-m", "briefing", word, *rest], course, how)


def lab_options(given: Sequence[str]) -> tuple[int, bool]:
    """Return the port and whether to open a browser.

    Raises:
        SetUpError: an option is not known or its value is no port.
    """
    port, browser = str(DEFAULT_PORT), True
    words = list(given)
    while words:
        word = words.pop(0)
        if word == "--no-browser":
            browser = False
        elif word == "--port":
            port = words.pop(0) if words else ""
        elif word.startswith("--port="):
            port = word.removeprefix("--port=")
        else:
            raise SetUpError(
                f"start.py knows no “{word}” here; “{typed()} --help” says what it does."
            )
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise SetUpError(f"“{port}” is no port; give a number from 1024 to 65535 after --port.")
    return int(port), browser
