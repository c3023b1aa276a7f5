"""What a student marked, shown back: from the work folder, never from a key."""

import pytest

from briefing.analysis.voices import NOT_CREDITED
from briefing.answers import AnswersStore
from briefing.corpus import articles, course_folder, practice, read_table
from briefing.course import exercise
from briefing.course.own_marks import LENT, OWN, NoLabels, my_labels, my_strip

SPECIMEN = read_table(
    course_folder() / "data" / "practice" / "specimen.csv", ("article", "sentence", "voice")
)


@pytest.fixture(autouse=True)
def _work(tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / "work"))


def label_001(given):
    AnswersStore.open("ex02").save(
        "q1",
        {
            "kind": "labels",
            "article": "001",
            "attempts": 0,
            "labels": {sentence: {"voice": label} for sentence, label in given.items()},
        },
    )


def test_without_labels_a_specimen_says_that_it_is_one():
    picture = my_strip()
    assert picture.axes.get_title(loc="left") == LENT
    assert "specimen, not yours" in LENT
    assert "constructed text p02" in LENT


def test_with_labels_the_strip_is_the_students_own():
    first, second = (segment.id for segment in articles["001"].sentences[:2])
    label_001({first: "outlet", second: "attributed"})
    picture = my_strip()
    assert picture.axes.get_title(loc="left") == OWN
    lanes = [label.get_text() for label in picture.axes.get_yticklabels()]
    assert lanes[-1] == NOT_CREDITED
    # Labels of a student, right or wrong: one of each, and the rest has none yet.
    assert f"Not credited: sentence {first[-2:]};" in picture.words
    assert f"Credited: sentence {second[-2:]};" in picture.words
    assert "No label yet: sentences " in picture.words


def test_a_file_without_labels_is_no_answer_yet():
    label_001({})
    assert my_strip().axes.get_title(loc="left") == LENT


def test_the_specimen_is_of_a_constructed_text_unfinished_and_imperfect():
    key = {
        row["sentence"]: row["voice"]
        for row in read_table(
            course_folder() / "data" / "practice" / "keys" / "attribution.csv",
            ("sentence", "voice", "run"),
        )
    }
    assert [row["sentence"] for row in SPECIMEN] == [s.id for s in practice["p02"].sentences]
    assert {row["article"] for row in SPECIMEN} == {"p02"}
    assert any(not row["voice"] for row in SPECIMEN)
    assert any(row["voice"] not in ("", key[row["sentence"]]) for row in SPECIMEN)


def test_labels_stand_beside_words_under_the_names_on_the_buttons():
    lesson = exercise("lesson03")
    table = my_labels(lesson, "q7")
    assert set(table["label"]) == {"no label yet"}
    assert list(table["sentence"]) == lesson.definition.questions["q7"].sentences
    widget = lesson.widget("q7")
    first = table["sentence"][0]
    widget.answer = {**widget.answer, "labels": {first: {"source_kind": "other_media"}}}
    widget.edit += 1
    assert my_labels(lesson, "q7")["label"][0] == "other media"


@pytest.mark.parametrize("question", ["q1", "q99"])
def test_a_question_without_labels_is_one_sentence(question):
    with pytest.raises(NoLabels, match="that asks for labels"):
        my_labels(exercise("lesson03"), question)
