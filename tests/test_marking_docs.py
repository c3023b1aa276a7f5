"""The teacher's three pages on marking: every link arrives, every line runs, every word in a table is true."""

import re
import shlex
from itertools import pairwise

import pytest
import typer
from marked_class import mark_class
from test_marking_cli import run
from test_students_version import dead_links, read_notebook

from briefing.cli import app
from briefing.corpus import course_folder
from briefing.keys import has_solutions
from briefing.marking.hand_ins.layouts import Layout
from briefing.marking.row_status import RowStatus
from briefing.marking.rules import Counts, LateRule, Takes
from briefing.marking.rules_file import read_rules
from briefing.marking.summary import Summary
from briefing.release.manifest import goes

COURSE = course_folder()
FIRST, RULES, REFERENCE = (
    COURSE / "docs" / name for name in ("marking.md", "marking-rules.md", "marking-reference.md")
)
THREE = (FIRST, RULES, REFERENCE)
LINKED = (COURSE / "README.md", *sorted((COURSE / "docs").glob("*.md")))

pytestmark = pytest.mark.skipif(
    not has_solutions(), reason="the students' version has no such pages"
)


def text_of(path):
    return path.read_text("utf-8")


def anchors(path):
    return re.findall(r'^<a id="([\w-]+)"></a>$', text_of(path), re.MULTILINE)


def lost(path):
    """Return the links of a page that lead to a place which is not written out where they lead."""
    found = re.findall(r"\]\(([^)#:]*)#([^)]+)\)", text_of(path))
    return [
        f"{page}#{name}"
        for page, name in found
        if name not in anchors((path.parent / page).resolve() if page else path)
    ]


def lines_in(path):
    """Return the lines that a page tells to type, without `python3 start.py`."""
    found = re.findall(
        r"^ +python3 start\.py (.+)$|`python3 start\.py ([^`]+)`", text_of(path), re.MULTILINE
    )
    return [set_off or within for set_off, within in found]


def prose(path):
    """Return what a page says outside of code, with single spaces."""
    said = re.sub(
        r"```.*?```|^ {4,}python3 .*?$", " ", text_of(path), flags=re.DOTALL | re.MULTILINE
    )
    return " ".join(re.sub(r"`[^`]*`|<a id=.*?>|\]\([^)]*\)", " ", said).split())


def first_cells(path, heading):
    """Return the code spans in the first cells of the table below a heading row."""
    rows = text_of(path).split(heading, 1)[1].splitlines()[1:]
    cells = []
    for row in rows:
        if not row.strip().startswith("|"):
            break
        cells += re.findall(r"`([^`]+)`", row.split("|")[1])
    return cells


@pytest.mark.parametrize("path", LINKED, ids=lambda path: path.name)
def test_every_link_to_a_section_arrives(path):
    """In JupyterLab too, whose ids of headings are not GitHub's: so an anchor is written out."""
    assert lost(path) == []
    assert len(anchors(path)) == len(set(anchors(path)))


def test_a_link_to_no_section_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text('<a id="here"></a>\n\n## Here\n\n[a](#here) [b](#Here) [c](page.md#there)\n')
    assert lost(page) == ["#Here", "page.md#there"]


@pytest.mark.parametrize("path", THREE, ids=lambda path: path.name)
def test_the_three_pages_know_one_another_and_no_student_gets_them(path):
    assert dead_links(path) == []
    assert {other.name for other in THREE if f"({other.name}" in text_of(path)} == {
        other.name for other in THREE if other != path
    }
    assert not goes(f"docs/{path.name}")


@pytest.mark.parametrize("path", [COURSE / "README.md", *THREE], ids=lambda path: path.name)
def test_every_line_names_a_command_and_its_options(path):
    commands = typer.main.get_command(app).commands
    for line in lines_in(path):
        name, *words = shlex.split(line)
        if name in ("--help", "test"):  # start.py's own
            continue
        known = {
            option for one in commands[name].params for option in (*one.opts, *one.secondary_opts)
        }
        assert {word for word in words if word.startswith("--")} <= known, line
    assert lines_in(path) or path == RULES


@pytest.mark.slow
def test_the_steps_lines_do_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = [line for line in lines_in(FIRST) if "PRACTICE" in line]
    assert [line.split()[0] for line in lines] == ["simulate", "grade", "moodle"]
    for line in lines:
        done = run(*shlex.split(line))
        assert done.exit_code == 0, done.output
    assert {path.name for path in tmp_path.iterdir()} >= {
        "PRACTICE", "MARKED", "moodle-import.csv", "FEEDBACK.zip",
    }  # fmt: skip


def test_steps_are_numbered_through_and_named_rightly_elsewhere():
    steps = re.findall(
        r"^(\d+)\. \*\*(.+?)\*\*", text_of(FIRST).split("## With Canvas")[0], re.MULTILINE
    )
    numbers = [int(number) for number, _ in steps]
    assert numbers[0] == 1
    assert all(after == before + 1 for before, after in pairwise(numbers))
    titles = dict(steps)
    cells = read_notebook(COURSE / "solutions" / "grade-a-class.ipynb").cells
    named = [n for cell in cells for n in re.findall(r"docs/marking\.md`, step (\d+)", cell.source)]
    assert [titles[number] for number in named] == ["Mark."]
    for path, number in ((FIRST, "8"), (FIRST, "4"), (REFERENCE, "4"), (REFERENCE, "9")):
        assert re.search(rf"\bstep {number}\b", text_of(path))
    assert titles["8"].startswith("Mark again")
    assert titles["9"].startswith("Points and pages back")


def test_what_a_teacher_needs_first_stays_short():
    """7,000 words kept a teacher from beginning. What grows belongs into the reference."""
    assert len(prose(FIRST).replace("|", " ").split()) < 3200


def test_the_class_list_has_one_name():
    said = [prose(path) for path in (COURSE / "README.md", *THREE)]
    assert sum(text.count("roster") for text in said) == 1, "told once, where the word is explained"
    assert "some messages call it the roster" in said[1]
    for text in said:
        assert not re.search(r"(?<!answer )\bkeys? (a|for each) decision", text)


def test_tables_name_what_there_is(tmp_path):
    marked = mark_class(tmp_path)
    told = {name.rstrip("/") for name in first_cells(FIRST, "| in `MARKED` | what it is |")}
    assert told == {path.name for path in marked.iterdir()} | {"class"}
    statuses = text_of(FIRST).split("| status | meaning |", 1)[1]
    assert re.findall(r"^ *\| ([a-z ]+) \|", statuses, re.MULTILINE)[: len(RowStatus)] == list(
        RowStatus
    )
    assert set(first_cells(REFERENCE, "| `--layout` |")) == set(Layout)
    assert set(first_cells(REFERENCE, "| `--keep` |")) == {
        str(one).replace("latest before due", "before-due") for one in Counts
    }
    assert set(first_cells(REFERENCE, "| name | what it is |")) >= set(Summary().as_object())


def test_the_rules_that_are_printed_are_rules(tmp_path):
    printed = text_of(RULES).split("```toml\n", 1)[1].split("```", 1)[0]
    path = tmp_path / "marking.toml"
    path.write_text(printed, encoding="utf-8")
    rules = read_rules(path)
    assert rules.late == LateRule(Takes.POINTS, 2, 6)
    assert rules.exercises["ex02"].weight == 2
    assert "fox-4821" in rules.extensions
