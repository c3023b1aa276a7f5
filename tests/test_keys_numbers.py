"""The numbers ledger as data: spans, values, checks recomputed, and no numeric claim left out."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from tomllib import loads

import pytest
from test_keys_data import rows
from typer.testing import CliRunner

from briefing.cli import app
from briefing.corpus import LABELLED_PARTS, articles, plain, sources
from briefing.keys import has_solutions, tables
from briefing.keys.number_checks import CheckUnreadable, holds, parse_checks
from briefing.keys.number_report import numbers_agreement, paired

HEADER = (
    "id,article,start,end,written,value,min,max,unit,what,counted_as,since,per,asserted_by,"
    "check,result,settle"
).split(",")
PARTS = {*LABELLED_PARTS, "caption"}
COUNTED_AS = {
    "hit", "destroyed", "damaged", "killed", "wounded", "flown", "carried_out", "planned", "used",
    "present", "lost", "liberated", "delivered", "lasted", "dated", "measured", "other",
}  # fmt: skip
UNITS = {
    "count", "percent", "km", "hectare", "hour", "day", "week", "year", "nautical mile", "date",
    "ordinal", "duration", "amount",
}  # fmt: skip
RESULTS = {"adds_up", "does_not_add_up", "cannot_tell", "nothing_to_check"}
SHOWN = ["000", "002"]

needs_solutions = pytest.mark.skipif(not has_solutions(), reason="a copy without solutions")


def ledger():
    return tables.numbers()


def by_id():
    return {row.id: row for row in ledger()}


def segment_of(row):
    return next(
        s
        for s in articles[row.article].segments
        if s.span.start <= row.start and row.end <= s.span.end
    )


# -- the rows ----------------------------------------------------------------------------------


@pytest.mark.parametrize("home", [("solutions", "keys"), ("data", "keys")], ids="/".join)
def test_the_columns_are_those_that_the_design_names(home):
    header, found = rows(*home, "numbers.csv")
    assert header == HEADER == list(tables.NUMBER_COLUMNS)
    assert len(found) > 30


def test_what_lessons_show_is_the_whole_ledger_less_the_graded_articles():
    _, whole = rows("solutions", "keys", "numbers.csv")
    _, shown = rows("data", "keys", "numbers.csv")
    assert shown == [row for row in whole if row["article"] in SHOWN]
    assert {row["article"] for row in shown} == set(SHOWN)


def test_written_is_what_stands_at_the_span_in_a_part_that_counts():
    for row in ledger():
        assert plain(articles[row.article].text[row.start : row.end]) == row.written, row.id
        assert row.written == row.written.strip()
        assert segment_of(row).part in PARTS, row.id


def test_rows_are_numbered_in_the_order_of_the_text_and_do_not_overlap():
    found = ledger()
    assert [(r.article, r.start) for r in found] == sorted((r.article, r.start) for r in found)
    for article in {row.article for row in found}:
        mine = [row for row in found if row.article == article]
        assert [row.id for row in mine] == [f"{article}.n{n:02d}" for n in range(1, len(mine) + 1)]
        assert all(a.end <= b.start for a, b in pairwise(mine))


def test_every_cell_holds_a_known_value():
    for row in ledger():
        assert row.unit in UNITS, row.id
        assert row.counted_as in COUNTED_AS, row.id
        assert row.result in RESULTS, row.id
        assert row.asserted_by == "outlet" or row.asserted_by in sources(), row.id
        assert row.what, row.id
        for cell in (row.value, row.min, row.max):
            number = r"\d+(?:\.\d+)?(?:-\d+)?" if row.unit != "date" else r"\d{4}(?:-\d\d){0,2}"
            assert re.fullmatch(rf"(?:{number})?", cell), row.id


def test_value_least_and_most_fit_together():
    for row in ledger():
        if row.unit == "date":
            assert (row.min, row.max) == ("", "")
        elif "-" in row.value:
            assert row.value == f"{row.min}-{row.max}"
        elif row.min and row.max:
            assert row.min == row.value == row.max
        said = row.written.lower()
        if said.startswith(("more than", "over")):
            assert (row.min, row.max) == (row.value, ""), row.id
        if said.startswith(("about", "around")):
            assert row.value, row.id
            assert (row.min, row.max) == ("", ""), row.id


def test_figures_written_in_digits_have_the_value_that_they_say():
    for row in ledger():
        digits = re.fullmatch(r"[a-z ]*([\d,.]*\d)[-a-z ]*", row.written.lower())
        if digits and row.unit != "date":
            assert float(row.value) == float(digits.group(1).replace(",", "")), row.id


def test_a_day_has_the_weekday_that_the_text_gives_it():
    days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    tried = 0
    for row in ledger():
        if row.written.lower() in days:
            assert date.fromisoformat(row.value).weekday() == days.index(row.written.lower())
            tried += 1
    assert tried >= 2


# -- the checks --------------------------------------------------------------------------------


def test_every_check_can_be_read_and_names_what_exists():
    known = by_id()
    tried = 0
    for row in ledger():
        for check in parse_checks(row.check):
            assert row.id in check.ids, f"{row.id} does not take part in its check"
            for name in check.ids:
                if name[4] == "s":
                    articles[name[:3]].segment(name)
                else:
                    assert check in parse_checks(known[name].check), f"{name} lacks a check"
            tried += 1
    assert tried > 10


def test_only_the_row_under_test_carries_a_result():
    under_test = {c.under_test for row in ledger() for c in parse_checks(row.check)}
    carrying = {row.id for row in ledger() if row.result != "nothing_to_check"}
    assert carrying == under_test


def test_the_arithmetic_of_every_result_is_right():
    known = by_id()
    for row in ledger():
        for check in parse_checks(row.check):
            if check.under_test != row.id:
                continue
            fits = holds(check, known)
            if row.result == "adds_up":
                assert fits or dateline(row, check), f"{row.id}: {row.check}"
            if row.result == "does_not_add_up":
                assert fits is False, f"{row.id}: {row.check}"


def dateline(row, check):
    """A weekday against the printed dateline: the day of the month stands there."""
    (place,) = (name for name in check.ids if name[4] == "s")
    words = articles[row.article].words(place)
    return str(date.fromisoformat(row.value).day) in re.findall(r"\d+", words)


def test_what_would_settle_it_is_said_where_something_is_open_and_nowhere_else():
    for row in ledger():
        opened = row.result in ("cannot_tell", "does_not_add_up")
        assert bool(row.settle) is opened, row.id
        if opened:
            assert "would settle" in row.settle
            assert "innocent explanation" in row.settle


@needs_solutions
def test_the_checks_that_must_be_there_are_there():
    known = by_id()
    path = tables.course_folder() / "solutions" / "keys" / "numbers-needed.toml"
    needed = loads(path.read_text(encoding="utf-8"))["needed"]
    assert {one["row"][:3] for one in needed} == set(articles)
    for one in needed:
        row = known[one["row"]]
        (check,) = (
            c
            for c in parse_checks(row.check)
            if c.under_test == row.id and (one.get("against", row.id) in c.ids)
        )
        assert row.result == one["result"], row.id
        if "sums" in one:
            assert check.left.sums(known) == pytest.approx(tuple(one["sums"])), row.id


@pytest.mark.parametrize(
    ("changed", "fits"),
    [({}, False), ({"000.n06": "65"}, True), ({"000.n07": "49"}, True), ({"000.n07": "51"}, True)],
)
def test_the_recomputing_notices_a_changed_figure(changed, fits):
    known = {n: replace(row, value=changed.get(n, row.value)) for n, row in by_id().items()}
    check = next(c for c in parse_checks(known["000.n06"].check) if c.relation == "=")
    assert holds(check, known) is fits


def row_of(name, value, unit="count", least="", most=""):
    one = by_id()["000.n01"]
    return replace(one, id=name, value=value, unit=unit, min=least, max=most)


@pytest.mark.parametrize(
    ("cell", "values", "fits"),
    [
        ("900.n01 of 900.n02", ("7", "9"), True),
        ("900.n01 of 900.n02", ("9", "7"), False),
        ("900.n01 against 900.n02", ("7", "7"), True),
        ("900.n01 against 900.n02", ("7", "8"), False),
        ("900.n01 before 900.n02", ("2015-10-01", "2015-10-02"), True),
        ("900.n01 before 900.n02", ("2015-10-02", "2015-10-02"), False),
        ("900.n01*1.609 = 900.n02", ("3", "4.8"), True),
        ("900.n01*1.609 = 900.n02", ("3", "5.2"), True),  # 5.2 km are 3.2 miles, written as 3
        ("900.n01*1.609 = 900.n02", ("3", "6"), False),
        ("900.n01 against 900.s02", ("7", "7"), None),
    ],
)
def test_each_relation_fits_and_fails(cell, values, fits):
    known = {f"900.n0{n}": row_of(f"900.n0{n}", value) for n, value in enumerate(values, 1)}
    (check,) = parse_checks(cell)
    assert holds(check, known) is fits


@pytest.mark.parametrize(("figure", "fits"), [("24", True), ("99", True), ("23", False)])
def test_a_word_for_a_range_fits_what_lies_in_it(figure, fits):
    known = {
        "900.n01": row_of("900.n01", "24-99", least="24", most="99"),
        "900.n02": row_of("900.n02", figure),
    }
    (check,) = parse_checks("900.n01 against 900.n02")
    assert holds(check, known) is fits


@pytest.mark.parametrize(
    "cell", ["000.n01", "000.n01 = ", "000.n01 + 000.n02 = 000.n03", "lead against body"]
)
def test_a_check_that_does_not_follow_the_form_is_refused(cell):
    with pytest.raises(CheckUnreadable, match="cannot be read"):
        parse_checks(cell)


# -- nothing is left out -----------------------------------------------------------------------

DIGITS = r"\d[\d,.]*\d|\d"
WORDS = (
    "one|once|two|twice|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    "fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    "ninety|dozens?|scores?|tens|hundreds?|thousands?|millions?|billions?|first|second|third|"
    "fourth|fifth|half|halves|quarters?|percent|per cent|double|twin|couple|pair|both|several|"
    "many|few|some|most|majority|numerous|number|amounts?|none|repeatedly|monday|tuesday|"
    "wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|"
    "sept|september|october|november|december|today|yesterday|tomorrow|days?|weeks?|months?|"
    "years?|hours?|minutes?|period"
)
FOUND = re.compile(rf"{DIGITS}|\b(?:{WORDS})\b", re.IGNORECASE)

# What looks like a number and is no row, each with its reason: the word lies inside the pattern.
EXCEPTIONS = {
    r"\bSu-\d+": "the name of a type of aircraft",
    r"\bF-\d+": "the name of a type of aircraft",
    r"\bKAB-\d+": "the name of a type of bomb",
    r"\bZU-\d+": "the name of a type of gun",
    r"\btwin-barreled": "describes a type of gun",
    r"\b\d+ a\.m\.": "a time of day",
    r"\byesterday\b": "an idiom: not fighters since yesterday",
    r"\bonce again\b": "an idiom",
    r"\brepeatedly\b": "says more than once, and gives no quantity",
    r"\beach day\b": "the rate's denominator, in the column per",
    r"\bper day\b": "a rate without a figure",
    r"\bin the number of\b": "a change in a number that is not given",
    r"\beastern quarters\b": "parts of a town",
    r"\bon march from\b": "not the month",
}


def claims_outside(article, covered):
    """Return every number or number word of the story that lies in no row and is no exception."""
    text = plain(articles[article].text)
    found = []
    for segment in articles[article].segments:
        if segment.part not in PARTS:
            continue
        excused = [
            match.span()
            for pattern in EXCEPTIONS
            for match in re.finditer(pattern, text[: segment.span.end])
        ]
        for match in FOUND.finditer(text, segment.span.start, segment.span.end):
            start, end = match.span()
            if not any(a <= start and end <= b for a, b in (*covered, *excused)):
                found.append(f"{segment.id}: …{text[max(0, start - 12) : end + 12]}…")
    return found


def covered(article):
    return [(row.start, row.end) for row in ledger() if row.article == article]


@pytest.mark.parametrize("article", sorted({row.article for row in ledger()}))
def test_every_number_of_the_story_is_in_a_row_or_excused(article):
    assert claims_outside(article, covered(article)) == []


@pytest.mark.parametrize("article", sorted({row.article for row in ledger()}))
def test_a_row_that_is_taken_away_is_missed(article):
    rows_ = covered(article)
    missed = [row for row in rows_ if claims_outside(article, [r for r in rows_ if r != row])]
    articles_in_tallies = [
        row for row in ledger() if row.article == article and row.written.lower() in ("a", "an")
    ]
    assert len(missed) == len(rows_) - len(articles_in_tallies)


@needs_solutions
def test_no_exception_is_idle():
    whole = "\n".join(plain(article.text) for article in articles.values())
    assert [pattern for pattern in EXCEPTIONS if not re.search(pattern, whole)] == []


# -- the passes and the report -----------------------------------------------------------------


@needs_solutions
@pytest.mark.parametrize("name", tables.PASSES)
def test_the_passes_are_kept_and_quote_the_articles(name):
    for row in tables.number_passes()[name]:
        assert plain(articles[row.article].text[row.start : row.end]) == row.written


@needs_solutions
def test_what_is_a_row_is_told_as_f1_of_overlapping_spans():
    found = numbers_agreement()
    assert found.rows == tuple(len(rows_) for rows_ in tables.number_passes().values())
    assert found.f1 == pytest.approx(2 * found.common / sum(found.rows))
    assert set(found.columns) >= {"value", "counted_as", "since", "asserted_by", "result"}
    assert all(one.n <= found.common for one in found.columns.values())


@needs_solutions
def test_rows_without_a_partner_have_none():
    one = tables.number_passes()["a"]
    assert paired(one, one) == [(row, row) for row in one]
    assert paired(one, []) == []
    assert len(paired(one, one[1:])) == len(one) - 1


def test_the_command_prints_the_ledger():
    said = CliRunner().invoke(app, ["key", "numbers"])
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    assert lines[0].split(",") == HEADER
    assert len(lines) == 1 + len(ledger())


def test_a_student_s_version_prints_what_lessons_show_and_says_so(monkeypatch):
    monkeypatch.setattr(tables, "has_solutions", lambda: False)
    path = tables.course_folder() / "data" / "keys" / "numbers.csv"
    monkeypatch.setattr(tables, "key_path", lambda name: path)
    said = CliRunner().invoke(app, ["key", "numbers"])
    assert {line[:3] for line in said.stdout.splitlines()[1:]} == set(SHOWN)
    assert "articles 000 and 002" in said.stderr
