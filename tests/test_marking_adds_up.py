"""What is printed of a mark adds up on paper: criteria, questions, exercise, late rule, tables.

The numbers are read back from the pages' HTML and from the tables, as a student or a teacher reads them.
"""

import csv
import html
import io
import json
import random
import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.keys import has_solutions
from briefing.keys.results import QuestionResult, Status, hundredths
from briefing.marking.classroom import grade_folder
from briefing.marking.grade import Graded
from briefing.marking.row_status import RowStatus
from briefing.marking.rubrics import _shared_out
from briefing.marking.rules_file import RulesUnclear, read_rules
from briefing.marking.simulate import simulate_class

EXERCISES = [f"ex0{n}" for n in range(1, 8)]
NUMBER = r"([0-9]+(?:\.[0-9]+)?)"


def sheet(folder, name):
    return list(csv.DictReader(io.StringIO((folder / name).read_bytes().decode("utf-8-sig"))))


def plain_words(text):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", text)))


def found(pattern, text):
    return [tuple(map(Decimal, one)) for one in re.findall(pattern, text)]


def read_page(text):
    """What a page prints: its score line, its table of points, and each question's own parts."""
    score = re.search(r'<p class="score">(.*?)</p>', text, re.DOTALL)
    rows = re.findall(r'<tr><th scope="row"><a href="#(\w+)">.*?<td>(.*?)</td>', text, re.DOTALL)
    sections = dict(re.findall(r'<section id="(\w+)"(.*?)</section>', text, re.DOTALL))
    cells = {question: plain_words(cell).strip() for question, cell in rows}
    return plain_words(score[1]) if score else "", cells, sections


def check_page(text, row):
    """Look that a page adds up, and that the gradebook has the same; returns how much was looked at."""
    line, table, sections = read_page(text)
    earned = {q: found(rf"^{NUMBER} of {NUMBER}$", cell) for q, cell in table.items()}
    earned = {q: pair[0] for q, pair in earned.items() if pair}
    worth = [
        Decimal(re.search(rf"of {NUMBER}\)?$", cell)[1])
        for cell in table.values()
        if "your teacher marks" not in cell
    ]
    waiting = [
        Decimal(m) for c in table.values() for m in re.findall(rf"marks this \(of {NUMBER}", c)
    ]
    ((score, most),) = found(rf"{NUMBER} of {NUMBER} points", line)
    before = found(rf"before the late rule: ({NUMBER})\)", line)
    whole = before[0][0] if before else score
    assert sum(points for points, _ in earned.values()) == whole
    assert sum(worth) == most
    more = found(rf"gives up to ({NUMBER}) more", line)
    assert sum(waiting) == (more[0][0] if more else 0)
    # The same in the gradebook.
    if row is not None:
        assert (Decimal(row["score"]), Decimal(row["max_score"])) == (score, most)
        for question in table:
            cell = row[question]
            assert (Decimal(cell) if cell else None) == earned.get(question, (None,))[0]
        if before:
            assert Decimal(row["before_late"]) == whole
    # The sentence on being late.
    late = found(rf": {NUMBER} before, {NUMBER} after\.", text)
    if late:
        assert late == [(whole, score)]
    parts = 0
    for question, section in sections.items():
        heading = plain_words(section.partition("</h2>")[0])
        if question in earned:
            assert found(rf"{NUMBER} of {NUMBER}$", heading.strip()) == [earned[question]]
        told = found(rf"Your teacher gave you {NUMBER} of {NUMBER} points here", section)
        assert all(pair == earned[question] for pair in told)
        now = found(rf"Now: ({NUMBER})\.", section)
        assert all(pair[0] == earned[question][0] for pair in now)
        criteria = found(rf"<li><strong>{NUMBER} of {NUMBER}</strong>", section)
        if criteria:
            parts += 1
            total = earned[question][0]
            if "Before your teacher set the points by hand" in section:
                total = Decimal(re.search(rf"by hand \(before: {NUMBER}\)", section)[1])
            assert sum(points for points, _ in criteria) == total
            assert sum(points for _, points in criteria) == earned[question][1]
        else:
            waits = found(rf"</span> [^<]*\(({NUMBER}) points?\)</li>", section)
            if waits:
                assert sum(points for points, _ in waits) == Decimal(
                    re.search(rf"of {NUMBER}\)?$", table[question])[1]
                )
    return parts


RULES = """zone = "UTC"
[late]
takes = "{takes}"
per_day = {per_day}
down_to = 1.25
[exercise.{exercise}]
due = "2026-11-04"
weight = 1.5
points = {{ {points} }}
"""


@pytest.mark.skipif(not has_solutions(), reason="needs the keys of the exercises")
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    exercise=st.sampled_from(EXERCISES),
    seed=st.integers(0, 10**6),
    takes=st.sampled_from(["points", "percent"]),
    per_day=st.sampled_from([0.35, 1, 3.33, 7.5]),
    points=st.dictionaries(
        st.sampled_from(["q1", "q2", "q3", "q4"]), st.integers(0, 1000).map(lambda n: n / 100)
    ),
)
def test_every_number_of_a_class_adds_up(tmp_path_factory, exercise, seed, takes, per_day, points):
    folder = tmp_path_factory.mktemp("adds-up")
    asked = sorted({"q1", "q2", "q3", "q4"} & _questions(exercise))
    told = ", ".join(f"{q} = {points[q]}" for q in asked if q in points)
    (folder / "marking.toml").write_text(
        RULES.format(takes=takes, per_day=per_day, exercise=exercise, points=told)
    )
    for path, data in simulate_class(exercise, 14, seed):
        file = folder / "class" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    out = folder / "MARKED"
    grade_folder(folder / "class", out, jobs=1)
    _check_folder(out)
    _teach(out, random.Random(seed))
    grade_folder(folder / "class", out, jobs=1)
    _check_folder(out)


def _questions(exercise):
    from briefing.keys import definition

    return set(definition(exercise).questions)


def _check_folder(out):
    rows = {row["student"]: row for row in sheet(out, "gradebook.csv") if row["score"]}
    pages = [json.loads(line) for line in (out / "pages.jsonl").read_text().splitlines()]
    seen = 0
    for page in pages:
        if not page.get("page"):
            continue
        row = rows.get(page["student"]) or rows.get(f"'{page['student']}")
        text = (out / "feedback" / page["page"]).read_text(encoding="utf-8")
        if row is not None:
            check_page(text, row)
            seen += 1
    assert seen >= 8
    totals = sheet(out, "totals.csv")
    assert {total["student"] for total in totals} >= rows.keys()
    for total in totals:
        row = rows.get(total["student"])
        if row is None:
            assert total["total in percent"] == ""
            continue
        share = 100 * Decimal(row["score"]) / Decimal(row["max_score"])
        assert abs(Decimal(total["total in percent"]) - share) <= Decimal("0.005")


def _teach(out, rng):
    """Fill in the table of open answers, and points by hand, as people do."""
    rows = sheet(out, "open-answers.csv")
    for row in rows:
        for name in row:
            if name.startswith("criterion ") and f"[{name[10:]}]" in row["criteria"]:
                row[name] = rng.choice(["yes", "no", "0,3333", "0.005", "yes"])
    if rows:
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        (out / "open-answers.csv").write_bytes(text.getvalue().encode("utf-8-sig"))
    student = next(r for r in sheet(out, "gradebook.csv") if r["score"])
    question = rows[0]["question"] if rows else "q1"
    hand = f"{student['student']},{student['exercise']},{question},0.125,I saw it in class.,,"
    table = (out / "by-hand.csv").read_bytes().decode("utf-8-sig")
    (out / "by-hand.csv").write_bytes(f"{table.strip()}\n{hand}\n".encode("utf-8-sig"))


@given(st.lists(st.tuples(st.integers(1, 1000), st.floats(0, 1)), min_size=1, max_size=9))
def test_a_mark_is_the_sum_of_what_is_printed_of_its_questions(questions):
    results = {
        f"q{n}": QuestionResult(f"q{n}", most / 100, Status.MARKED, score=share)
        for n, (most, share) in enumerate(questions)
    }
    one = Graded(RowStatus.MARKED, "fox-1", "ex02", results=results)
    shown = [Decimal(f"{result.earned:.2f}") for result in results.values()]
    assert Decimal(repr(one.score)) == sum(shown)
    assert Decimal(repr(one.max_score)) == sum(Decimal(most) for most, _ in questions) / 100


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10_000))
def test_points_never_fall_by_rounding(one, other, worth):
    assert (hundredths(one, worth) <= hundredths(other, worth)) or one > other
    assert 0 <= hundredths(one, worth) <= worth
    assert hundredths(10**6, worth) == worth


@given(st.integers(0, 10_000), st.lists(st.integers(1, 8), min_size=1, max_size=6))
def test_points_shared_out_add_up_and_lie_nearest(whole, weights):
    exact = [whole * weight / sum(weights) / 100 for weight in weights]
    parts = _shared_out(exact)
    assert round(sum(parts), 6) == whole / 100
    assert all(abs(part - one) < 0.01 + 1e-9 for part, one in zip(parts, exact, strict=True))


def test_points_in_the_rules_have_two_decimals(tmp_path):
    path = tmp_path / "marking.toml"
    for line in ("[exercise.ex02]\nweight = 0.125", "[exercise.ex02]\npoints = { q1 = 3.333 }"):
        path.write_text(line)
        with pytest.raises(RulesUnclear, match="two decimals at most"):
            read_rules(path)
    path.write_text('[late]\ntakes = "percent"\nper_day = 2.25')
    assert read_rules(path).late.per_day == 2.25
