"""Scoring the finder, its command, and the pages that print the scores."""

import csv
import io
import os
import re
import subprocess
import sys

import pytest

from briefing.analysis import finder_report
from briefing.analysis.finder import Attribution, find_attributions
from briefing.analysis.finder.score import Wanted, matches, quotation_marks_only, score
from briefing.analysis.teaching import agreement, machines
from briefing.authoring import read_notebook
from briefing.corpus import Span, UnknownArticle, course_folder

COURSE = course_folder()
TEXT = "One two three four, Orlo said. Five six seven eight, he said."


def one(start, end, mode="indirect", source=None, cue=None):
    return Attribution(start, end, mode, source, cue, Span(start, end), "tag")


def test_a_match_shares_half_its_words():
    wanted = [Wanted("indirect", Span(0, 18))]
    assert matches(TEXT, [one(0, 13)], wanted)  # three words of four: .86
    assert matches(TEXT, [one(0, 7)], wanted)  # two of four: .67
    assert not matches(TEXT, [one(0, 3)], wanted)  # one of four: .4


def test_each_is_matched_once_and_the_best_first():
    wanted = [Wanted("direct", Span(0, 18)), Wanted("direct", Span(31, 51))]
    found = [one(0, 13, "direct"), one(0, 18, "direct")]
    assert matches(TEXT, found, wanted) == [(found[1], wanted[0])]
    result = score(TEXT, found, wanted)
    assert result.modes["direct"].precision == 0.5
    assert result.modes["direct"].recall == 0.5
    assert result.modes["direct"].f1 == 0.5
    assert result.modes["mixed"].precision is None


def test_another_mode_is_a_match_and_not_right_in_its_mode():
    result = score(TEXT, [one(0, 18, "direct")], [Wanted("indirect", Span(0, 18))])
    assert result.modes["any"].right == 1
    assert result.modes["direct"].right == result.modes["indirect"].right == 0


def test_source_and_says_word_count_where_they_match_or_are_rightly_absent():
    who, says = Span(20, 24), Span(25, 29)
    wanted = [Wanted("indirect", Span(0, 18), (who,), (says,))]
    right = score(TEXT, [one(0, 18, source=who, cue=says)], wanted)
    assert (right.sources, right.cues) == (1, 1)
    wrong = score(TEXT, [one(0, 18, source=Span(53, 55), cue=None)], wanted)
    assert (wrong.sources, wrong.cues) == (0, 0)
    nobody = [Wanted("indirect", Span(0, 18))]
    assert score(TEXT, [one(0, 18)], nobody).sources == 1
    assert score(TEXT, [one(0, 18, source=who)], nobody).sources == 0


def test_the_plain_finder_takes_three_quoted_words_and_names_nobody():
    found = quotation_marks_only("The “reset” was “slow and very dear”, Orlo said.")
    assert [(a.mode, a.source, a.content) for a in found] == [("direct", None, Span(17, 35))]


@pytest.mark.parametrize("article", finder_report.SHOWN)
def test_the_key_of_an_article_is_read_as_whole_quotations(article):
    wanted, labelled = finder_report.wanted_in(article)
    assert all(any(w.content.overlaps(s) for s in labelled) for w in wanted)
    assert len(wanted) > 10
    assert all(w.sources for w in wanted)


def printed(path):
    return re.search(r"<!-- computed -->\n(.*?)<!-- end -->", path.read_text("utf-8"), re.S)[1]


def test_the_page_prints_what_is_computed():
    assert printed(COURSE / "docs" / "attribution-finder.md") == finder_report.lessons_table()


def test_the_teachers_page_prints_what_is_computed():
    path = COURSE / "solutions" / "attribution-finder.md"
    assert printed(path) == finder_report.all_articles_table()


def test_the_page_names_every_rule():
    page = (COURSE / "docs" / "attribution-finder.md").read_text("utf-8")
    from briefing.analysis.finder.find import iter_rules

    for name, reason, example in iter_rules():
        assert f"| {name} | {reason} |" in page
        assert example in page


def test_no_page_for_students_tells_about_a_graded_article_alone():
    page = (COURSE / "docs" / "attribution-finder.md").read_text("utf-8")
    assert not re.search(r"^\| 00[13] \|", page, re.M)
    with pytest.raises(UnknownArticle):
        agreement(machines()[2], ["001"])


def test_without_solutions_the_report_says_so(monkeypatch):
    full = finder_report.report()
    assert "all five articles" in full
    monkeypatch.setattr(finder_report, "key_folder", lambda: COURSE / "data" / "keys")
    lessons = finder_report.report()
    assert lessons.startswith("This copy of the course has no solutions")
    assert lessons.endswith(finder_report.lessons_table())
    assert "all five articles together" not in lessons
    assert "| all five articles |" not in lessons


def test_it_beats_the_plain_finder_on_texts_it_was_not_written_on():
    texts = finder_report.held_out().values()
    ours, plain = (
        finder_report.total(score(text, finder(text), key) for text, key in texts)
        for finder in (find_attributions, quotation_marks_only)
    )
    assert len(texts) == 10
    assert ours.modes["any"].f1 > 0.85 > 0.6 > plain.modes["any"].f1
    assert ours.sources > 0.9 * ours.matches


@pytest.mark.parametrize("folder", ["notebooks", "exercises", "solutions"])
def test_no_page_before_lesson_06_offers_the_finder(folder):
    early = [
        path
        for path in sorted((COURSE / folder).glob("*.ipynb"))
        if re.match(r"(ex)?0[0-5]-", path.stem)
    ]
    assert early
    for path in early:
        said = "\n".join(cell.source for cell in read_notebook(path).cells)
        assert not re.search(r"find_attributions|analysis\.(finder|teaching)|attribute ", said), (
            path
        )


# -- the command ----------------------------------------------------------------------------------


def run(*words, given=None):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "briefing", "attribute", *words],
        input=given, capture_output=True, env=environment,
    )  # fmt: skip


def test_it_prints_csv_of_a_file_and_of_standard_input(tmp_path):
    text = "🚢 The gate, the\u00a0old one, was open, the\u00a0mayor said.\r\n“No,” said Orlo.\n"
    (tmp_path / "text.txt").write_bytes(text.encode())
    done = run(str(tmp_path / "text.txt"))
    assert done.returncode == 0
    assert run("-", given=text.encode()).stdout == done.stdout
    said = done.stdout.decode()
    assert "\r" not in said
    rows = list(csv.DictReader(io.StringIO(said)))
    assert list(rows[0]) == "start,end,mode,source,cue,content_start,content_end".split(",")
    assert [(row["mode"], row["source"], row["cue"]) for row in rows] == [
        ("indirect", "the mayor", "said"),
        ("direct", "Orlo", "said"),
    ]
    contents = [text[int(row["content_start"]) : int(row["content_end"])] for row in rows]
    assert contents == ["🚢 The gate, the\u00a0old one, was open", "No"]


def test_nothing_found_is_a_header():
    assert run("-", given=b"").stdout.decode().splitlines() == [
        "start,end,mode,source,cue,content_start,content_end"
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.txt", "There is no file"),
        (".", "is a folder"),
        ("latin.txt", "is not in UTF-8"),
        ("", "Say which text to search"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path, name, sentence):
    (tmp_path / "latin.txt").write_bytes("Él dijo".encode("latin-1"))
    done = run(*([str(tmp_path / name)] if name else []))
    assert done.returncode == 2
    assert done.stdout == b""
    said = done.stderr.decode()
    assert sentence in said
    assert said.count("\n") == 1


def test_the_report_is_printed():
    assert run("--report").stdout.decode() == finder_report.report()
