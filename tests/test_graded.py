"""What is graded is not given away: `solutions/graded.csv` against everything that students get."""

import csv

import pytest
from test_notebooks import COURSE, project_files

from briefing.authoring import read_notebook
from briefing.corpus import articles, read_table
from briefing.keys.definitions import read_toml
from briefing.release.patterns import counted_names, labelled, ledger_lines, settled_cards

GRADED = read_table(
    COURSE / "solutions" / "graded.csv", ("exercise", "question", "article", "what")
)
# What is graded, and the tables of keys that would give it away. The facts of provenance are
# public: what is graded there is to find and justify them.
TABLES = {
    "attribution": ("attribution", "spans", "reasons"),
    "numbers": ("numbers",),
    "omission": ("omissions",),
    "naming": ("naming", "naming-mentions"),
    "frames": ("frames",),
    "provenance": (),
}
KEYS_ONLY = {"right", "accepted", "answers", "why", "rubric", "model", "note", "spans", "roles"}


def students_files():
    """What a student's version holds, as (name, text) pairs; outputs of notebooks included."""
    for path in project_files():
        if path.parts[0] in ("solutions", "tests", "seeds") or path.suffix in (".png", ".lock"):
            continue
        if path.suffix == ".ipynb":
            yield str(path), notebook_text(read_notebook(COURSE / path))
        else:
            yield str(path), (COURSE / path).read_text("utf-8", "replace")


def notebook_text(notebook):
    said = []
    for cell in notebook.cells:
        said.append(cell.source)
        for output in cell.get("outputs", []):
            said.append(output.get("text", ""))
            data = output.get("data", {})
            said += ["".join(text) for kind, text in data.items() if kind.startswith("text/")]
    return "\n".join(said)


STUDENTS = list(students_files())
TESTS = [
    (str(path), (COURSE / path).read_text("utf-8"))
    for path in project_files()
    if path.parts[0] == "tests" and path.suffix in (".py", ".js")
]
ALL = STUDENTS + TESTS


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_speaks_of_things_that_this_test_knows():
    assert {row["what"] for row in GRADED} == set(TABLES)
    assert len(STUDENTS) > 40
    assert len(TESTS) > 40


@pytest.mark.parametrize("what", sorted(TABLES))
def test_no_key_table_for_students_holds_a_graded_article(what):
    graded = {row["article"] for row in GRADED if row["what"] == what}
    for table in TABLES[what]:
        path = COURSE / "data" / "keys" / f"{table}.csv"
        if path.exists():
            assert {row["article"] for row in rows(path)} & graded == set()


def test_the_students_tables_hold_what_the_full_ones_hold_and_no_more():
    for path in (COURSE / "data" / "keys").glob("*.csv"):
        full = COURSE / "solutions" / "keys" / path.name
        if full.exists():
            assert {tuple(row.values()) for row in rows(path)} <= {
                tuple(row.values()) for row in rows(full)
            }, path.name


def test_no_question_file_holds_an_answer():
    for path in (COURSE / "data" / "exercises").glob("*.toml"):
        for question in read_toml(path)["question"]:
            assert set(question) & KEYS_ONLY == set(), f"{path.name} {question['id']}"


def test_the_keys_of_graded_exercises_stand_in_solutions_only():
    for exercise in {row["exercise"] for row in GRADED}:
        assert not (COURSE / "data" / "keys" / f"{exercise}.toml").exists()


@pytest.mark.parametrize(
    "text",
    [
        "901,901.s07,1204,1290,body,attributed,indirect",
        '{"901.s07": {"voice": "attributed"}}',
        "('901.s07', 'outlet')",
        "| 901.s07 | mixed |",
        "901.s07: not credited",
        "Not credited (901.s11)".lower(),
        'outlet = ["901.s11"]',
    ],
)
def test_a_labelled_sentence_is_found(text):
    assert labelled(["901", "903"], text)


def test_a_sentence_that_is_only_asked_about_is_not():
    for text in ("002.s07,1,2,body,attributed", "901.s07,1,2,body", "901.s22 The outlet: it tells"):
        assert labelled(["901", "903"], text) == []


def test_nothing_for_students_labels_a_graded_sentence():
    articles = sorted({row["article"] for row in GRADED if row["what"] == "attribution"})
    found = {name: places for name, text in ALL if (places := labelled(articles, text))}
    assert found == {}


def test_no_alias_of_a_source_comes_from_a_graded_text():
    """Who is credited in a graded text, and by which words, is for the student to find."""
    graded = {row["article"] for row in GRADED if row["what"] == "attribution"}
    shown = [articles[name].text.replace("\xa0", " ") for name in sorted({*articles} - graded)]
    aliases = [
        alias
        for row in rows(COURSE / "data" / "sources.csv")
        for alias in row["aliases"].split("|")
        if alias
    ]
    assert len(aliases) > 10
    assert [alias for alias in aliases if not any(alias in text for text in shown)] == []


@pytest.mark.parametrize(
    "text", ["901.n04,901,1,2,adds_up", '{"901.n04": {"result": "cannot_tell"}}']
)
def test_a_result_beside_a_figure_is_found(text):
    assert ledger_lines(["901", "903"], text)
    assert not ledger_lines(["903"], text)


def test_nothing_for_students_gives_the_result_of_a_graded_figure():
    graded = sorted({row["article"] for row in GRADED if row["what"] == "numbers"})
    found = {name: places for name, text in ALL if (places := ledger_lines(graded, text))}
    assert found == {}


@pytest.mark.parametrize(
    "text", ["901.c04,901,1,2,plausible", '{"901.c04": {"decision": "reject", "gate": "date"}}']
)
def test_a_verdict_beside_a_card_is_found(text):
    assert settled_cards(["901", "903"], text)
    assert not settled_cards(["903"], text)


def test_nothing_for_students_gives_the_verdict_on_a_graded_card():
    graded = sorted({row["article"] for row in GRADED if row["what"] == "omission"})
    found = {name: places for name, text in ALL if (places := settled_cards(graded, text))}
    assert found == {}


def test_a_counted_name_is_found():
    lines = "901,12,16,ISIL,isil,yes\n901,ISIL,isil,2,1\n902,ISIL,isil,2,1"
    assert len(counted_names(["901"], lines)) == 2


def test_nothing_for_students_counts_the_names_of_a_graded_article():
    graded = sorted({row["article"] for row in GRADED if row["what"] == "naming"})
    found = {name: places for name, text in STUDENTS if (places := counted_names(graded, text))}
    assert found == {}


def words_of_the_keys():
    """The sentences that only the keys hold: reasons and model answers of what is graded."""
    attributed = {row["article"] for row in GRADED if row["what"] == "attribution"}
    for row in rows(COURSE / "solutions" / "keys" / "reasons.csv"):
        if row["article"] in attributed:
            yield row["why"]
    counted = {row["article"] for row in GRADED if row["what"] == "numbers"}
    for row in rows(COURSE / "solutions" / "keys" / "numbers.csv"):
        if row["article"] in counted:
            yield row["settle"]
    missed = {row["article"] for row in GRADED if row["what"] == "omission"}
    for row in rows(COURSE / "solutions" / "keys" / "omissions.csv"):
        if row["article"] in missed:
            yield row["why"]
    for exercise in sorted({row["exercise"] for row in GRADED}):
        path = COURSE / "solutions" / "keys" / f"{exercise}.toml"
        if path.exists():
            yield from texts(read_toml(path))


def texts(tree):
    if isinstance(tree, str):
        if len(tree) > 30:
            yield tree
    elif isinstance(tree, dict | list):
        for child in tree.values() if isinstance(tree, dict) else tree:
            yield from texts(child)


def test_no_reason_and_no_model_answer_is_told_elsewhere():
    public = {row["why"] for row in rows(COURSE / "data" / "keys" / "reasons.csv")}
    for lesson in (COURSE / "data" / "keys").glob("lesson*.toml"):
        public |= set(texts(read_toml(lesson)))  # what a lesson teaches, a key may say again
    secret = {words for words in words_of_the_keys() if len(words) > 30} - public
    assert len(secret) > 50
    found = {name: words for name, text in ALL for words in secret if words in text}
    assert found == {}


def test_teachers_remarks_stay_with_the_teacher():
    remarks = [
        cell
        for row in rows(COURSE / "solutions" / "evidence-remarks.csv")
        for cell in row.values()
        if cell and len(cell) > 40
    ]
    assert remarks
    found = {name for name, text in STUDENTS for remark in remarks if remark in text}
    assert found == set()


def test_no_code_for_students_names_a_solution_notebook():
    found = [
        name
        for name, text in STUDENTS
        if name.startswith(("notebooks", "exercises")) and "solved=True" in text
    ]
    assert found == []
