"""Feedback pages: what they say, that nothing in them is foreign markup, and that they read well."""

import html.parser
import re

import pytest
from msgspec.structs import replace
from test_marking_grade import answers_file, key_answers, marked, put

from briefing.answers.payload import to_file
from briefing.corpus import articles
from briefing.keys import exercise_key, has_solutions
from briefing.marking.classroom import grade_folder
from briefing.marking.grade import Desks
from briefing.marking.highlight import Layer, highlighted
from briefing.marking.naming import page_name
from briefing.marking.pages import feedback_page

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")

HOSTILE = "</blockquote><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7*7 }}&amp;"


def page(content):
    return feedback_page(marked(content), Desks().get("ex02"))


class Tags(html.parser.HTMLParser):
    """Collects tags and attributes, and whether every tag that must be closed is."""

    void = frozenset({"meta", "br", "img", "hr", "input", "link"})

    def __init__(self, text):
        super().__init__()
        self.names, self.attributes, self.open, self.text = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.append(tag)
        self.attributes += attrs
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def words(text):
    return re.sub(r"\s+", " ", "".join(Tags(text).text))


def test_a_page_shows_points_marks_key_and_reasons():
    answers = key_answers()
    told = answers["q1"]["labels"]
    settled = (s for s in exercise_key("ex02")["q1"].machine.sentences if not s.run)
    wrong = next(s.sentence for s in settled if told[s.sentence]["voice"] == "outlet")
    told[wrong] = {"voice": "attributed"}
    answers["q2"]["marks"].pop(0)
    del answers["q5"]
    said = words(page(answers_file(answers)))
    assert "your teacher gives up to 3 more" in said
    assert "You got 25 of 26 sentences right." in said
    assert "You: credited · Key: not credited" in said
    start, end = (key_answers()["q2"]["marks"][0][edge] for edge in ("start", "end"))
    assert f"missed {articles['001'].text[start:end]} (who)" in said
    assert "not answered (of 1)" in said
    assert "Your teacher marks this (3 points)" in said
    assert "An answer that earns all points" in said
    assert "No outside expert has checked it yet" in said
    assert not re.search(r"\b(trap|false alarm|recall|d′)\b|α", said, re.IGNORECASE)


def test_everything_a_student_wrote_is_shown_as_text():
    answers = key_answers()
    answers["q6"] = {"kind": "text", "text": HOSTILE}
    answers["q1"]["labels"]["001.s06"] = {"voice": HOSTILE[:200]}
    answers["q2"]["marks"][0]["label"] = HOSTILE
    answers["q2"]["marks"][1]["id"] = '"><script>'
    answers["q4"]["chosen"] = ["reading:<b>", "changes:c"]
    text = page(answers_file(answers, student="<script>alert(2)</script>"))
    tags = Tags(text)
    assert not {"script", "img", "iframe", "object", "b"} & set(tags.names)
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    assert HOSTILE in "".join(tags.text)
    assert "{{ 7*7 }}" in text
    assert tags.open == []


@pytest.mark.parametrize("code", ["مهدی\u200cزاده", "👩\u200d💻 Ana", "Ana\u00a0B", "क्\u200dष"])
def test_a_students_own_name_is_shown_as_it_is_written(code):
    shown = page(answers_file(student=code))
    assert code in shown
    assert "\ufffd" not in shown


def test_signs_that_turn_a_line_or_cannot_be_seen_are_shown_in_a_name():
    graded = replace(marked(answers_file()), student="fox\u202e\u200b\x07" + "a" * 300)
    text = feedback_page(graded, Desks().get("ex02"))
    assert "fox\ufffd\ufffd\ufffd" in text
    assert f"{'a' * 194}…" in text
    assert "a" * 195 not in text


def test_a_page_is_self_contained_and_accessible_in_its_bones():
    text = page(answers_file())
    tags = Tags(text)
    attributes = dict(tags.attributes)
    assert attributes["lang"] == "en"
    assert "default-src 'none'" in text
    assert not {"link", "script", "iframe"} & set(tags.names)
    links = [value for name, value in tags.attributes if name in ("src", "href")]
    assert links
    assert all(link.startswith("#") for link in links)
    ids = [value for name, value in tags.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {"header", "nav", "main", "footer", "h1", "h2"} <= set(tags.names)
    assert tags.names.count("h1") == 1
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text
    assert not re.search(r"url\(|@import", text)


def test_a_long_answer_is_shortened_and_said_so():
    answers = key_answers()
    answers["q6"] = {"kind": "text", "text": "w" * 100_000}
    text = page(answers_file(answers))
    assert "(100,000 characters in all)" in text
    assert len(text) < 200_000


def test_an_answer_that_could_not_be_marked_is_not_zero():
    content = answers_file()
    content["answers"]["q1"] = to_file(
        {"kind": "labels", "article": "000", "labels": {}}, articles["000"]
    ) | {"labels": {"000.s05": {"voice": "outlet"}}}
    said = words(page(content))
    assert "That is not the same as zero points" in said
    assert "could not be marked" in said
    assert "0 of 7" not in said


def test_the_page_of_an_empty_hand_in_gives_nothing_away():
    text = page(answers_file({}))
    said = words(text)
    assert said.count("not answered (of") == 6
    assert "holds no answers" in said
    assert "This is the key" not in said
    assert "· Key:" not in said
    assert "fit together" not in said
    assert "An answer that earns all points" not in said
    assert '<p class="score">' not in text


def test_an_unanswered_question_shows_its_key_and_no_reading_is_chosen_for_it():
    answers = key_answers()
    del answers["q4"]
    for sentence in ("001.s22", "001.s25"):
        del answers["q1"]["labels"][sentence]
    said = words(page(answers_file(answers)))
    assert "This is the key." in said
    assert said.count("You: no label · Key: not credited") == 2
    assert said.count("Both readings are accepted: not credited or credited.") == 2


def test_points_have_two_decimals_and_a_mark_across_a_border_stands_in_its_sentence():
    answers = key_answers()
    answers["q1"]["labels"]["001.s06"] = {"voice": "outlet"}
    first = next(m for m in answers["q2"]["marks"] if m["label"] == "source")
    segment = next(
        s for s in articles["001"].segments if s.span.start <= first["start"] < s.span.end
    )
    start = segment.span.start - 2
    answers["q2"]["marks"].append(
        {"id": "x", "start": start, "end": segment.span.start + 3, "label": "cue", "source": None}
    )
    said = words(page(answers_file(answers)))
    assert "outside the sentences" not in said
    assert re.search(r"\d\.\d\d of", said)
    assert not re.search(r"\d\.\d{3,} of", said)


def test_overlapping_marks_are_all_shown_and_escaped():
    text = "a <b> & c d"
    out = highlighted(
        text, 0, len(text), [Layer(0, 5, "own-cue", "1"), Layer(2, 9, "key-cue", "2")]
    )
    assert "<b>" not in out
    assert (
        re.sub(r"<[^>]+>|\d", "", out)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        == text
    )
    assert '<mark class="own-cue key-cue">' in out
    assert out.count("<sup>") == 2


def test_page_names_are_safe_short_and_different():
    codes = [
        "Fox",
        "fox",
        "FOX",
        "../x",
        "a/b",
        "a\\b",
        "con",
        "🦊",
        "🐺",
        "x" * 300,
        "x" * 301,
        " ",
        "兑书",  # alike in the first ten digits of the hash
        "冧交",
    ]
    names = [page_name(code, "ex02") for code in codes]
    assert len({name.lower() for name in names}) == len(codes)
    for name in names:
        assert re.fullmatch(r"ex02\.[a-z0-9-]+\.[0-9a-f]{24}\.html", name)
        assert len(name) <= 80
    assert len(page_name("x" * 300, "q" * 20 + "02")) <= 80
    # A code may hold anything: also what stands between the parts of another name.
    for between in ("\0", '", "', "\\0", ", "):
        assert page_name(f"7{between}known", "ex02") != page_name("7", "ex02", "known")


def test_pages_are_written_for_everybody_who_can_be_marked(tmp_path):
    put(tmp_path, "class/a.json", answers_file(student="ant-1"))
    put(tmp_path, "class/b.json", answers_file({}, student="bee-2"))
    put(tmp_path, "class/c.answers.json", b"")
    grade_folder(tmp_path / "class", tmp_path / "out")
    pages = {p.name for p in (tmp_path / "out" / "feedback").iterdir()}
    assert pages == {page_name("ant-1", "ex02"), page_name("bee-2", "ex02")}


def test_who_is_told_the_same_count_has_the_same_points():
    """A sentence with two readings and no label is counted in the reading that it was weighed in."""
    desk = Desks().get("ex02")
    told = {}
    for one in ("outlet", "attributed", None):
        for other in ("outlet", "attributed", None):
            for heading in ("outlet", "attributed", None):
                answers = key_answers()
                for sentence, label in zip(
                    ("001.s22", "001.s25", "001.s11"), (one, other, heading), strict=True
                ):
                    answers["q1"]["labels"][sentence] = {"voice": label} if label else {}
                graded = marked(answers_file(answers))
                earned = graded.results["q1"].earned
                said = words(feedback_page(graded, desk))
                count = re.search(r"You got \d+ of \d+ sentences right\..*?key-makers", said)[0]
                assert told.setdefault(count, earned) == earned, count
                if earned != 7:
                    assert "Some sentences may be read in two ways" in said
    assert len(set(told.values())) > 6


def test_an_unlabelled_sentence_says_as_what_it_is_counted():
    answers = key_answers()
    answers["q1"]["labels"]["001.s22"] = {"voice": "attributed"}
    del answers["q1"]["labels"]["001.s25"]
    said = words(page(answers_file(answers)))
    assert "credited 23 of 24, not credited 2 of 2" in said
    assert "Here it is counted as credited, which costs you less." in said
