"""Lesson 06's questions and key against the naming key and the articles that lessons show."""

import re

import pytest

from briefing.analysis.naming import names
from briefing.authoring import all_notebooks, read_notebook
from briefing.corpus import any_article, plain, practice
from briefing.corpus.concordance import concordance
from briefing.course.solved import model_answers
from briefing.keys import definition, exercise_key, score_question
from briefing.keys.marks import SpanStatus
from briefing.keys.naming import shown_mentions


def asked(question):
    return definition("lesson06").questions[question]


def key(question):
    return exercise_key("lesson06")[question]


def model(question):
    return model_answers(definition("lesson06"), exercise_key("lesson06"))[question]


def score(question, payload):
    return score_question(asked(question), key(question), payload).score


def page():
    (path,) = (p for p in all_notebooks() if p.name == "06-words-that-frame.ipynb")
    return read_notebook(path)


def test_the_names_to_mark_are_those_of_the_naming_key():
    article = any_article("004")
    within = [article.segment(name).span for name in asked("q1").sentences]
    named = {
        (m.start, m.end): "group" if m.referent == "isil" else "nogroup"
        for m in shown_mentions()
        if m.article == "004"
        and m.referent in ("isil", "fighters")
        and any(s.contains(m.span) for s in within)
    }
    spans = key("q1").machine.spans
    required = {(s.start, s.end): s.label for s in spans if s.status is SpanStatus.REQUIRED}
    assert required == named
    assert len(named) == 9
    for span in spans:
        segment = article.segment(span.sentence).span
        assert segment.start <= span.start < span.end <= segment.end
    (note,) = [s for s in spans if s.status is SpanStatus.OPTIONAL]
    assert article.text[note.start - 1 : note.end + 1].endswith("IS]")


def test_the_counts_are_those_of_the_naming_key():
    table = names("004")
    rows = model("q2")["rows"]
    named = table[table["who"] == "ISIL, by name"]
    assert rows["isil"] == {"inside": named["inside"].sum(), "outside": named["outside"].sum()}
    for word in ("terrorist", "militant"):
        found = table[table["name"] == word]
        assert rows[word] == {"inside": found["inside"].sum(), "outside": found["outside"].sum()}
    assert score("q2", {"kind": "table", "rows": rows}) == 1
    headline_left_out = {**rows, "isil": {**rows["isil"], "outside": rows["isil"]["outside"] - 1}}
    assert score("q2", {"kind": "table", "rows": headline_left_out}) < 1


def test_the_two_lists_hold_every_mention_and_the_note():
    lines = concordance(["Islamic State", "IS", "ISIS", "ISIL"], "004").lines
    rows = model("q2")["rows"]
    assert len(lines) == rows["isil"]["inside"] + rows["isil"]["outside"] + 1


@pytest.mark.parametrize(
    ("row", "word", "sentences"),
    [
        ("gangs", "gang", {"004.s25"}),
        ("gunmen", "gunm*", {"004.s42"}),
        ("liberated", "liberated", {"004.s31", "004.s32", "004.s36"}),
    ],
)
def test_where_a_word_stands_is_where_the_key_says(row, word, sentences):
    assert {line.sentence for line in concordance(word, "004").lines} == sentences
    right = model("q4")["rows"][row]["from"]
    assert right == {"gangs": "outlet", "gunmen": "quoted", "liberated": "both"}[row]


def test_a_word_is_fine_and_something_cannot_be_told():
    chosen = set(model("q5")["chosen"]) | set(model("q3")["chosen"])
    told = [
        option.text
        for question in ("q3", "q5")
        for group in asked(question).choice_groups
        for option in group.options
        if f"{group.id}:{option.id}" in chosen
    ]
    assert any(text.startswith("We cannot tell") for text in told)
    assert any("adds no praise and no blame" in text for text in told)
    assert "keep" in {row["do"] for row in model("q7")["rows"].values()}


def test_every_reason_is_given():
    for question in ("q2", "q4", "q7"):
        assert all(cell.why.endswith(".") for cell in key(question).machine.cells)
    for question in ("q3", "q5"):
        machine = key(question).machine
        offered = {f"{g}:{o}" for g, options in machine.groups.items() for o in options}
        assert set(machine.why) == offered


def test_the_page_says_what_the_counts_are():
    prose = "\n".join(cell.source for cell in page().cells if cell.cell_type == "markdown")
    assert "ISIL by name: 11 times outside, never inside" in prose
    assert "5 inside (four times *terrorists*, once *armed groups*) and 3 outside" in prose
    table = names("000").groupby("who")[["inside", "outside"]].sum()
    assert table.loc["ISIL, by name"].tolist() == [0, 11]
    assert table.loc["fighters, no group named"].tolist() == [5, 3]
    assert "In 001 and 002" in prose, "the counter-example stands beside the finding"


def test_the_release_names_its_enemy_as_the_page_says():
    text = practice["p06"]
    words = {s.id: plain(s.span.of(text.text)) for s in text.segments}
    named = [i for i, w in words.items() if re.search(r"[Bb]rigade", w) and i != "p06.s01"]
    assert named == ["p06.s02", "p06.s04", "p06.s10", "p06.s13", "p06.s14"]
    assert not any('"' in words[i] for i in named)
    quoted = words["p06.s06"] + words["p06.s07"] + words["p06.s11"]
    assert all(w in quoted for w in ("insurgents", "armed group", "fighters"))
    assert all(row.id.split("_")[0] in words[row.sentence] or row.id in ("collateral", "banned")
               for row in asked("q7").rows)  # fmt: skip


def test_no_invented_name_of_the_release_stands_in_a_real_article():
    for name in ("Sorrel", "Brackwater", "Harrow"):
        assert name in practice["p06"].text
        assert not any(name in any_article(a).text for a in ("000", "001", "002", "003", "004"))
