"""Tables and cards where a class is marked: results, pages, open answers, a made-up class."""

import json
import re
import shutil

import pytest
from constructed_cells import write_exercise
from test_keys_fairness import MOST, thoughtless
from test_marking_grade import gradebook

from briefing.answers.schema import FORMAT
from briefing.corpus import any_article, course_folder
from briefing.course.solved import model_answers
from briefing.keys import Status, definition, exercise_key, score_question
from briefing.keys.own_answers import words_of
from briefing.marking.classroom import grade_folder
from briefing.marking.grade import Desks, grade
from briefing.marking.pages import feedback_page
from briefing.marking.row_status import RowStatus
from briefing.marking.simulate import write_class

HOSTILE = '</td></table><img src=x onerror=alert(1)><script>alert("1")</script>'


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with the constructed exercise."""
    folder = tmp_path / "course"
    for name in ("seeds", "data", "solutions/keys"):
        if (course_folder() / name).exists():
            shutil.copytree(course_folder() / name, folder / name)
    (folder / "solutions" / "keys").mkdir(parents=True, exist_ok=True)
    write_exercise(folder)
    monkeypatch.setenv("BRIEFING_COURSE", str(folder))
    return folder


def handed_in(answers):
    return json.dumps(
        {"format": FORMAT, "version": 1, "exercise": "ex97", "student": "fox-4821",
         "revision": 3, "answers": answers}
    ).encode()  # fmt: skip


def marked(answers):
    desks = Desks()
    graded = grade(handed_in(answers), desks)
    assert graded.status is RowStatus.MARKED, graded.reasons
    return graded, feedback_page(graded, desks.get("ex97"))


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_key_earns_every_point_through_a_file(course):
    answers = model_answers(definition("ex97"), exercise_key("ex97"))
    answers["q1"] = {**answers["q1"], "sha256": any_article("p01").sha256}
    graded, page = marked(answers)
    assert {name: result.earned for name, result in graded.results.items()} == {
        "q1": 2, "q2": 4, "q3": 2, "q4": 4, "q5": None, "q6": 1,
    }  # fmt: skip
    assert graded.waiting == {"q5": 3}
    assert "Key:" not in text_of(page.partition('id="q2"')[2].partition('id="q5"')[0])


def test_numbers_from_own_labels_are_marked_against_those_labels(course):
    article = any_article("p01")
    sentences = tuple(s.id for s in article.sentences)
    words = words_of(article, sentences)
    own = {name: "outlet" if at % 3 else "attributed" for at, name in enumerate(sentences)}
    credited = sum(words[name] for name in sentences if own[name] == "attributed")
    share = 100 * credited / sum(words.values())
    assert 10 < share < 45
    shares = {"credited": {"share": f"{share:.0f} %"}, "not": {"share": round(100 - share)}}

    def earned(labels, shares):
        q1 = {"kind": "labels", "article": "p01", "labels": {n: {"voice": v} for n, v in labels}}
        answers = {"q1": q1} if labels else {}
        return marked({**answers, "q3": {"kind": "table", "rows": shares}})[0].results["q3"].score

    assert earned(own.items(), shares) == 1
    assert earned((), shares) == 0
    # With one label throughout there is nothing to count.
    all_or_nothing = {"credited": {"share": "100 %"}, "not": {"share": 0}}
    assert earned(dict.fromkeys(own, "attributed").items(), all_or_nothing) == 0


def test_the_page_of_a_table_shows_answer_key_and_reason(course):
    rows = {"p01.n1": {"counted": "b", "value": "12,5 %"}, "p01.n2": {"value": 3, "why": "So."}}
    _, page = marked({"q2": {"kind": "table", "rows": rows}})
    part = text_of(page.partition('<section id="q2"')[2].partition("</section>")[0])
    assert "You got 1 of 7 cells right." in part
    assert "sailors ≈ close Key: ships It names ships." in part
    assert "3 % ✗ not right Key: 2,084 % Two readings." in part.replace("\u00a0", " ")
    assert "○ empty Key: ferry" in part
    assert "harbour" in part


def test_the_page_of_cards_shows_decision_gate_and_reason(course):
    cards = {"p01.c1": {"decision": "accept", "gate": "said", "reason": "My reason."}}
    _, page = marked({"q4": {"kind": "cards", "cards": cards}})
    part = text_of(page.partition('<section id="q4"')[2].partition("</section>")[0])
    assert "Decision: Accept ✓ right Nobody is named." in part
    assert (
        "Deciding gate: the text says it ✗ not right Key: known before The row is earlier." in part
    )
    assert "Your reason: My reason." in part
    assert "○ empty Key: Reject" in part


def test_unanswered_questions_show_the_key(course):
    _, page = marked({"q6": {"kind": "choice", "chosen": ["a"]}})
    part = text_of(page.partition('<section id="q2"')[2].partition("</section>")[0])
    assert "Nothing was answered here. This is the key." in part
    assert "Key: ships" in part


def test_hostile_cells_and_reasons_are_text_on_the_page(course):
    rows = {row: {"counted": HOSTILE, "value": HOSTILE, "word": HOSTILE, "why": HOSTILE * 1000}
            for row in ("p01.n1", "p01.n2", "p01.n3", HOSTILE)}  # fmt: skip
    cards = {"p01.c1": {"decision": HOSTILE[:90], "gate": HOSTILE[:90], "reason": HOSTILE}}
    own = {"card": {"missing": HOSTILE, "verdict": HOSTILE}}
    answers = {
        "q2": {"kind": "table", "rows": rows},
        "q4": {"kind": "cards", "cards": cards},
        "q5": {"kind": "table", "rows": own},
        "q6": {"kind": "choice", "chosen": ["b"]},
    }
    graded, page = marked(answers)
    assert "<img" not in page
    assert "<script" not in page
    assert page.count("&lt;img src=x") > 5
    assert graded.results["q2"].score == 0
    assert len(page) < 60_000


@pytest.mark.parametrize(
    "rows",
    [{"p01.n1": {"value": 10**18}}, {"p01.n1": {"value": True}}, {"p01.n1": {"value": None}},
     {"p01.n1": {"counted": 3.5}}, {f"r{n}": {} for n in range(1000)}, {}],
    ids=["large", "yes", "none", "number", "rows", "no rows"],
)  # fmt: skip
def test_strange_tables_are_marked_and_stop_nothing(course, rows):
    graded, page = marked(
        {"q2": {"kind": "table", "rows": rows}, "q6": {"kind": "choice", "chosen": ["a"]}}
    )
    assert graded.results["q2"].status in (Status.MARKED, Status.EMPTY)
    assert page


def test_answers_without_reading_earn_at_most_a_fifth(course):
    keys = exercise_key("ex97")
    answers = model_answers(definition("ex97"), keys)
    for question in definition("ex97").question:
        if question.kind not in ("table", "cards") or keys[question.id].machine is None:
            continue
        tried = list(thoughtless(question, keys[question.id]))
        assert len(tried) > 5
        for name, payload in tried:
            score = score_question(question, keys[question.id], payload, answers).score or 0
            assert score <= MOST, (question.id, name)


def test_a_made_up_class_is_marked_and_its_open_cards_wait(course, tmp_path):
    write_class("ex97", 14, tmp_path / "class", 7)
    write_class("ex97", 14, tmp_path / "again", 7)
    for one in sorted((tmp_path / "class").rglob("*.json")):
        again = tmp_path / "again" / one.relative_to(tmp_path / "class")
        assert one.read_bytes() == again.read_bytes()
    summary = grade_folder(tmp_path / "class", tmp_path / "out")
    assert summary.counts[RowStatus.MARKED] >= 10
    table = (tmp_path / "out" / "open-answers.csv").read_text("utf-8-sig")
    assert "Your card: What is missing: " in table
    assert "Verdict: plausible" in table
    scores = [row for row in gradebook(tmp_path / "out") if row["score"]]
    assert {"q2", "q3", "q4", "q6"} <= set(scores[0])
    assert len({line["q2"] for line in scores}) > 2
