"""The omission cards as a table: what it must hold, what is refused, and how the key is printed.

The cards here are constructed: they hang on real sentences and say nothing about them.
"""

import csv
import io
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from briefing.cli import app
from briefing.corpus import CATEGORIES, TableError, articles, course_folder
from briefing.keys import has_solutions, omissions, tables
from briefing.keys.omission_checks import (
    LEAST_OWN,
    best_lane,
    card_faults,
    checked_cards,
    set_faults,
)
from briefing.keys.omission_report import omissions_agreement, same_cards
from briefing.keys.omissions import OMISSION_COLUMNS, omission_passes, read_cards
from briefing.keys.tables import PASSES

HEADER = (
    "id,article,start,end,category,missing,absence_terms,absence_result,relevance,"
    "availability_evidence,materiality_with,materiality_without,silence,rival,verdict,confidence,"
    "why,gate"
).split(",")
# Rows of evidence by their lane against article 000 (11 October 2015) and 002 (16 October).
BEFORE, SAME, LATER = "E20", {"000": "E01", "002": "E04"}, "E12"


def sentence(article, number):
    part = [s for s in articles[article].segments if s.part == "body"][number]
    return part.span


def card(article="000", number=1, **changes):
    span = sentence(article, number)
    return {
        "id": f"{article}.c{number:02}",
        "article": article,
        "start": span.start,
        "end": span.end,
        "category": CATEGORIES[number % 10],
        "missing": "Whether a zebra was there",
        "absence_terms": "zebra*|striped horse",
        "absence_result": "absent",
        "relevance": "r",
        "availability_evidence": BEFORE,
        "materiality_with": "B",
        "materiality_without": "A",
        "silence": "topic",
        "rival": "There was none.",
        "verdict": "established",
        "confidence": "high",
        "why": "w",
        "gate": "all",
    } | changes


REJECTED = (
    {"verdict": "not_shown", "gate": "date", "availability_evidence": LATER},
    {"verdict": "not_shown", "gate": "evidence", "availability_evidence": ""},
    {"verdict": "not_shown", "gate": "relevant"},
    {"verdict": "not_shown", "gate": "material"},
)


def whole(article="000"):
    good = [card(article, number) for number in range(1, 5)]
    good[1] |= {"verdict": "plausible", "gate": "date", "availability_evidence": SAME[article]}
    good[2] |= {"verdict": "plausible", "gate": "rival"}
    return good + [card(article, number, **REJECTED[number - 5]) for number in range(5, 9)]


@pytest.fixture
def table(tmp_path):
    def write(rows, name="omissions.csv", header=HEADER):
        path = tmp_path / name
        text = io.StringIO()
        writer = csv.DictWriter(text, header, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        path.write_text(text.getvalue(), encoding="utf-8")
        read_cards.cache_clear()
        return path

    return write


def faults(row, table):
    return list(card_faults(read_cards(table([row]))[0]))


def test_the_columns_are_those_of_the_design_and_the_gate_last():
    assert list(OMISSION_COLUMNS) == HEADER


def test_a_set_that_keeps_every_rule_is_read(table):
    rows = checked_cards(table(whole("000") + whole("002")))
    assert len(rows) == 16
    first = rows[0]
    assert first.span == sentence("000", 1)
    assert first.terms == ("zebra*", "striped horse")
    assert (first.nearest, first.rows, first.decision) == ((), ("E20",), "accept")
    assert first.lanes() == {"E20": "before"}
    assert [row.decision for row in rows[:8]] == ["accept"] * 4 + ["reject"] * 4
    assert best_lane(["later", "same_day"]) == "same_day"
    assert best_lane([]) is None


@pytest.mark.parametrize(
    ("column", "value", "needed"),
    [
        ("id", "c1", "000.c01"),
        ("id", "002.c01", "000.c01"),
        ("category", "harm", "civilian_harm"),
        ("silence", "", "topic"),
        ("verdict", "yes", "established"),
        ("gate", "known", "date"),
        ("confidence", "", "high"),
        ("missing", " ", "filled in"),
        ("absence_terms", "", "filled in"),
        ("why", "", "filled in"),
        ("start", "-1", "a number"),
        ("start", "x", "a number"),
        ("start", "99999", "greater than the start"),
        ("absence_result", "", "absent, or spans"),
        ("absence_result", "10", "absent, or spans"),
        ("absence_result", "20-10", "start before they end"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_file_and_row(table, column, value, needed):
    path = table([card(**{column: value})])
    with pytest.raises(TableError) as told:
        read_cards(path)
    said = str(told.value)
    assert "omissions.csv, row " in said
    assert f"{'end' if value == '99999' else column} is " in said
    assert needed in said


def test_an_article_that_does_not_exist_and_a_column_that_is_missing_are_named(table):
    with pytest.raises(TableError, match=r"row '009\.c01': article is '009'"):
        read_cards(table([card() | {"id": "009.c01", "article": "009"}]))
    with pytest.raises(TableError, match="lacks the column gate"):
        read_cards(table([card()], header=HEADER[:-1]))


@pytest.mark.parametrize("row", whole("000") + whole("002"), ids=lambda row: row["id"])
def test_a_good_card_has_no_fault(table, row):
    assert faults(row, table) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": 0, "end": 5}, "lies in no sentence"),
        ({"absence_terms": "zebra*"}, f"at least {LEAST_OWN} words"),
        ({"absence_terms": "unknown|uncertain*|zebra*", "category": "uncertainty"}, "at least 2"),
        ({"absence_terms": "zebra*|x*"}, "write at least 2 letters"),
        ({"absence_terms": "zebra*|Konashenkov"}, "does not show"),
        ({"absence_result": "0-5"}, "lies in no sentence"),
        ({"availability_evidence": "E20|E999"}, "no row E999"),
        ({"gate": "rival"}, "only where the verdict is established"),
        ({"verdict": "plausible"}, "only where the verdict is established"),
        ({"availability_evidence": SAME["000"]}, "cannot be established"),
        ({"availability_evidence": LATER}, "cannot be established"),
        ({"availability_evidence": ""}, "cannot be established"),
        (
            {"verdict": "plausible", "gate": "rival", "availability_evidence": LATER},
            "so it is not shown",
        ),
        (
            {"verdict": "not_shown", "gate": "rival", "availability_evidence": LATER},
            "“date”, “absent” or “evidence” decides",
        ),
        ({"verdict": "not_shown", "gate": "date"}, "the gate “date” needs rows"),
        (
            {"verdict": "not_shown", "gate": "date", "availability_evidence": ""},
            "the gate “date” needs rows",
        ),
        ({"verdict": "not_shown", "gate": "absent"}, "shows no place"),
    ],
)
def test_a_card_that_breaks_a_rule_is_told_why(table, changes, said):
    assert any(said in fault for fault in faults(card(**changes), table))


def test_a_word_that_is_there_may_be_shown_in_its_sentence(table):
    text = articles["002"].text
    at = text.index("accusations")
    terms = {"absence_terms": "accusation*|zebra*"}
    shown = terms | {"absence_result": f"{at}-{at + 11}"}
    assert faults(card("002", **shown), table) == []
    assert any("“accusation*” stands at" in fault for fault in faults(card("002", **terms), table))
    refuted = shown | {"verdict": "not_shown", "gate": "absent"}
    assert faults(card("002", **refuted), table) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[:7], "8 are needed"),
        (lambda rows: [r | {"verdict": "plausible", "gate": "rival"} for r in rows], "not half"),
        (lambda rows: [rows[1], rows[0], *rows[2:]], "must be numbered"),
        (lambda rows: [r | {"start": 400, "end": 401} if r is rows[7] else r for r in rows],
         "order of the text"),
        (lambda rows: whole("002") + rows, "sorted by article"),
        (lambda rows: [r | {"gate": "relevant", "availability_evidence": BEFORE}
                       if r["verdict"] == "not_shown" else r for r in rows], "decides 4 of 4"),
    ],
)  # fmt: skip
def test_a_set_that_breaks_a_rule_is_refused_with_its_file(table, change, said):
    path = table(change(whole("000")))
    with pytest.raises(TableError, match=r"omissions\.csv, ") as told:
        checked_cards(path)
    assert said in str(told.value) or any(said in one for one in set_faults(read_cards(path)))


def test_all_five_articles_use_every_category(table):
    rows = [row | {"category": "uncertainty"} for name in articles for row in whole_of(name)]
    assert any("civilian_harm" in fault for fault in set_faults(read_cards(table(rows))))


def whole_of(article):
    """Cards without a claim to be right: only their set is looked at."""
    return [row | {"id": f"{article}.{row['id'][4:]}", "article": article} for row in whole()]


@pytest.mark.skipif(not tables.has_solutions(), reason="a student's version has no passes")
def test_the_passes_can_be_read_where_they_are():
    for name, rows in omissions.omission_passes().items():
        assert rows, name


@pytest.mark.parametrize("home", ["data", "solutions"])
def test_the_cards_of_this_course_keep_the_rules(home):
    path = course_folder() / home / "keys" / "omissions.csv"
    if not path.is_file():
        pytest.skip(f"{home}/keys holds no cards")
    rows = checked_cards(path)
    if home == "data":
        assert {row.article for row in rows} == {"000", "002"}
        if (whole_key := tables.key_path("omissions")) != path:
            assert [r for r in read_cards(whole_key) if r.article in ("000", "002")] == list(rows)


def test_the_command_prints_the_cards(table, monkeypatch):
    path = table(whole("000"))
    monkeypatch.setattr(omissions, "key_path", lambda name: path)
    said = CliRunner().invoke(app, ["key", "omissions"])
    assert said.exit_code == 0
    assert said.stdout == path.read_text("utf-8")


def test_a_student_s_version_says_what_it_holds(table, monkeypatch):
    path = table(whole("000") + whole("002"))
    monkeypatch.setattr(omissions, "key_path", lambda name: path)
    monkeypatch.setattr(tables, "has_solutions", lambda: False)
    said = CliRunner().invoke(app, ["key", "omissions"])
    assert "holds only what lessons may show (articles 000 and 002)" in said.stderr
    assert {line[:3] for line in said.stdout.splitlines()[1:]} == {"000", "002"}


def test_a_missing_key_is_told_in_one_sentence(monkeypatch):
    monkeypatch.setattr(omissions, "key_path", lambda name: None)
    with pytest.raises(TableError, match=r"omissions\.csv is missing from data/keys"):
        omissions.omissions()


needs_solutions = pytest.mark.skipif(not has_solutions(), reason="the passes are solutions")


@needs_solutions
def test_the_settled_cards_keep_the_rules_and_lessons_get_those_of_two_articles():
    path = course_folder() / "solutions" / "keys" / "omissions.csv"
    settled = checked_cards(path)
    shown = checked_cards(course_folder() / "data" / "keys" / "omissions.csv")
    assert {row.article for row in settled} == set(articles)
    assert list(shown) == [row for row in settled if row.article in ("000", "002")]


@needs_solutions
def test_each_card_was_judged_apart_from_its_maker_and_what_both_made_is_paired():
    found = omissions_agreement()
    passes = omission_passes()
    assert found.cards == tuple(len(passes[name]) for name in PASSES)
    assert found.judged["decision"].n == sum(found.cards)
    assert found.made["decision"].n == found.common > 20
    pairs = same_cards(passes["a"], passes["b"])
    assert len({a.id for a, _ in pairs}) == len({b.id for _, b in pairs}) == found.common
    assert all(
        (a.article == b.article and set(a.rows) & set(b.rows)) or not a.rows for a, b in pairs
    )


@needs_solutions
def test_cards_with_other_rows_or_other_sentences_do_not_ask_the_same():
    one = omission_passes()["a"][0]
    assert same_cards([one], [replace(one, id="b000.c99")])
    assert not same_cards([one], [replace(one, id="b000.c99", availability_evidence="E99")])
    assert not same_cards([one], [replace(one, id="b000.c99", start=one.end, end=one.end + 9)])
    assert not same_cards([one], [replace(one, id="b001.c99", article="001")])
