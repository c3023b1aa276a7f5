"""Nobody gets points at the import, or loses any, by what somebody calls a file."""

import csv
import io

import pytest
from test_marking_cli import run
from test_marking_grade import answers_file, put

from briefing.keys import has_solutions

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

NAMES = ("Ana", "Bo", "Cy", "Di")
CODES = "id,name,code\n" + "".join(f"{n},{name} X,{name}-1\n" for n, name in enumerate(NAMES))
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,ex02 (7)\n    Points Possible,,,,,20\n"
    + "".join(f'"X, {name}",{n + 100},{n},{name.lower()},A,\n' for n, name in enumerate(NAMES))
)
PEOPLE = "First name,Last name,Email address\n" + "".join(
    f"{name},X,{name.lower()}@example.org\n" for name in NAMES
)


def imported(folder, platform, *, people=CODES, zero=True):
    """Return everybody's points at a platform, by the name, and what was said."""
    listed = put(folder, "codes.csv", people.encode())
    words = ("grade", folder / "class", "--layout", "google", "--out", folder / "out")
    done = run(*words, "--roster", listed)
    assert done.exit_code == 0, done.output
    more = ("--marked", folder / "out", "--unfinished", "--out", folder / "import.csv")
    more += ("--zero-for-missing",) if zero else ()
    if platform == "canvas":
        done = run("canvas", put(folder, "canvas.csv", CANVAS.encode()), *more, "--item", "ex02")
    else:
        path = put(folder, "people.csv", PEOPLE.encode())
        done = run("moodle", path, *more, "--gradebook", "Ex", "--by-name")
    assert done.exit_code == 0, done.output
    lines = csv.reader(io.StringIO((folder / "import.csv").read_text("utf-8-sig")))
    rows = {line[0]: line for line in lines}
    if platform == "canvas":
        found = {name: rows[f"X, {name}"][-1] for name in NAMES}
    else:
        found = {name: rows.get(f"{name.lower()}@example.org", ["", ""])[1] for name in NAMES}
    return found, " ".join(done.output.split())


def handed_in(folder, more=()):
    for name in NAMES[:3]:
        put(folder, f"class/Ex02 - {name} X.json", answers_file(student=f"{name}-1"))
    for n, name in enumerate(more):
        put(folder, f"class/Ex02 - {name} X ({n + 1}).json", answers_file(student=f"zzz-{n}"))


@pytest.mark.parametrize("platform", ["canvas", "moodle"])
@pytest.mark.parametrize("zero", [True, False])
def test_a_file_named_for_somebody_whose_code_the_list_has(tmp_path, platform, zero):
    handed_in(tmp_path)
    before, _ = imported(tmp_path, platform, zero=zero)
    assert before == {"Ana": "17", "Bo": "17", "Cy": "17", "Di": "0" if zero else ""}
    handed_in(tmp_path, ("Ana", "Di", "Di"))
    after, said = imported(tmp_path, platform, zero=zero)
    assert after == before
    assert "zzz-1: left out; nothing but what a file is called says that it is of “Di X”" in said


@pytest.mark.parametrize("platform", ["canvas", "moodle"])
def test_where_the_list_has_no_code_of_two_who_are_called_so_neither_gets_a_zero(
    tmp_path, platform
):
    handed_in(tmp_path, ("Di",))
    people = CODES.replace("Di-1", "") + "7,Di X,\n"
    after, _ = imported(tmp_path, platform, people=people)
    assert after == {"Ana": "17", "Bo": "17", "Cy": "17", "Di": ""}
