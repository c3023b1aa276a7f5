"""With a class list, what is told of the class is of the people on it, however many files somebody hands in."""

import csv
import io
import json

import pytest
from test_marking_cli import run
from test_marking_defended import FREE, hand_in
from test_marking_grade import put

from briefing.keys import has_solutions

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of lesson02")

NAMES = ("Ana", "Bo", "Cy", "Di", "Ed")
LIST = "id,name,code\n" + "".join(f"{n},{name} X,{name}-1\n" for n, name in enumerate(NAMES))
MORE = 24


def argued(student):
    return hand_in(student, marks=[(*FREE, "source")], note="They say it themselves.")


def class_in(folder, handed_in=4, *, crowd):
    for name in NAMES[:handed_in]:
        own = argued("Ana-1") if name == "Ana" else hand_in(f"{name}-1")
        put(folder, f"class/ex02 - {name} X.answers.json", own)
    for n in range(MORE):
        name = {"named": f"ex02 - Ana X ({n + 2}).answers.json", "unknown": f"own-{n}.json"}[crowd]
        put(folder, f"class/{name}", argued(f"made-up-{n}"))
    put(folder, "class/damaged.answers.json", b'{"student":"zz","exercise":"lesson02","answ')


def marked(folder, people=LIST, *more):
    out = ("--out", folder / "out", "--layout", "google", *more)
    words = ("grade", folder / "class", *out)
    if people:
        words += ("--roster", put(folder, "list.csv", people.encode()))
    done = run(*words)
    assert done.exit_code == 0, done.output
    return done.output


def students(folder):
    """Return how many students the means, the report on the class and the table of reasons have."""
    told = json.loads(marked(folder, LIST, "--json"))
    means = sum(one["students"] for one in told["exercises"]["lesson02"]["scores"])
    page = (folder / "out" / "class" / "lesson02.html").read_text("utf-8")
    table = (folder / "out" / "defended.csv").read_text("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    return means, page, row["students"], told


@pytest.mark.parametrize(
    ("codes", "fourth", "fifth"),
    [
        (("Ed-1", "Ed-2"), "nothing", "nothing"),  # by the list's codes the file is of neither
        (("Ed-1", ""), "nothing", "perhaps"),
        (("", ""), "perhaps", "perhaps"),
    ],
)
def test_a_files_name_is_no_doubt_whose_it_is_where_the_list_has_the_codes(
    tmp_path, codes, fourth, fifth
):
    class_in(tmp_path, crowd="unknown")
    put(tmp_path, "class/ex02 - Ed X.json", hand_in("zzz-1"))
    people = LIST.replace("Ed-1", codes[0]) + f"5,Ed X,{codes[1]}\n"
    said = " ".join(marked(tmp_path, people).split())
    book = (tmp_path / "out" / "gradebook.csv").read_text("utf-8-sig")
    rows = {row["student"]: row for row in csv.DictReader(io.StringIO(book, newline=""))}
    assert (rows["4"]["status"], rows["5"]["status"]) == (
        f"{fourth} handed in",
        f"{fifth} handed in",
    )
    assert ("handed in nothing (lesson02): Ed X" in said) == ("nothing" in (fourth, fifth))
    perhaps = [n for n, is_so in (("4", fourth), ("5", fifth)) if is_so == "perhaps"]
    named = "; ".join(f"Ed X ({n})" for n in perhaps)
    told = f"perhaps handed in (lesson02): {named}. What “zzz-1” handed in can be theirs."
    assert (told in said) == bool(perhaps)


@pytest.mark.parametrize("crowd", ["named", "unknown"])
def test_files_of_nobody_on_the_list_are_no_students_of_the_class(tmp_path, crowd):
    class_in(tmp_path, crowd=crowd)
    means, page, arguing, told = students(tmp_path)
    assert (means, arguing) == (4, "1")
    assert told["exercises"]["lesson02"]["questions"]["q2"]["students"] == 4
    assert told["not_on_class_list"] == MORE + 1
    assert "<strong>4</strong> handed in; <strong>4</strong> with" in page
    said = " ".join(marked(tmp_path).split())
    assert f"not on the class list: {MORE + 1} rows of the gradebook. What is told of the" in said


def test_where_less_than_half_of_the_list_handed_in_everybody_counts(tmp_path):
    """The list may be that of another class."""
    class_in(tmp_path, 2, crowd="unknown")
    means, _, arguing, told = students(tmp_path)
    assert (means, arguing) == (2 + MORE, str(1 + MORE))
    assert told["not_on_class_list"] == MORE + 1
    assert "What is told of the class" not in marked(tmp_path)
