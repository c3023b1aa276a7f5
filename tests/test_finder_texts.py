"""The ten constructed texts for the attribution finder, and their key."""

import hashlib
from itertools import pairwise

import pytest

from briefing.corpus import articles, course_folder, read_table

FOLDER = course_folder() / "data" / "practice" / "finder"
TEXTS = read_table(FOLDER / "texts.csv", ("text", "file", "style", "words"))
COLUMNS = (
    "text", "start", "end", "mode", "source_start", "source_end", "cue_start", "cue_end",
    "content_start", "content_end",
)  # fmt: skip
KEY = read_table(FOLDER / "keys.csv", COLUMNS)
FIRST_LINE = "Constructed for practice. Nobody and nothing in this text is real.\n\n"
MARKS = {'"': '"', "“": "”", "‘": "’"}
NAMES = [row["text"] for row in TEXTS]


def words(text):
    (file,) = (row["file"] for row in TEXTS if row["text"] == text)
    return (FOLDER / file).read_bytes().decode("utf-8")


def rows(text):
    return [row for row in KEY if row["text"] == text]


def span(row, part=""):
    """The span of a part, or of the whole attribution; `None` where the row gives none."""
    cells = [row[f"{part}_{edge}" if part else edge] for edge in ("start", "end")]
    assert all(cells) or not any(cells), row
    return (int(cells[0]), int(cells[1])) if cells[0] else None


def spans(row):
    found = {part: span(row, part) for part in ("", "source", "cue", "content")}
    return {part: where for part, where in found.items() if where}


def cut(row, part=""):
    start, end = span(row, part)
    return words(row["text"])[start:end]


def test_there_are_ten_texts_in_ten_styles():
    assert [f"h{n:02d}" for n in range(1, 11)] == NAMES
    assert len({row["style"] for row in TEXTS}) == 10
    assert {row["file"] for row in TEXTS} == {path.name for path in FOLDER.glob("*.txt")}
    assert {row["text"] for row in KEY} == set(NAMES)


def test_the_files_have_the_sums_that_are_promised():
    lines = (FOLDER / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert list(sums) == [row["file"] for row in TEXTS]
    for name, digest in sums.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("row", TEXTS, ids=NAMES)
def test_a_text_says_that_it_is_constructed_and_is_as_long_as_its_row_says(row):
    text = words(row["text"])
    assert text.startswith(FIRST_LINE)
    assert "\r" not in text
    count = len(text.removeprefix(FIRST_LINE).split())
    assert count == int(row["words"])
    assert 150 <= count <= 300


@pytest.mark.parametrize("text", NAMES)
def test_spans_lie_in_the_text_and_neither_start_nor_end_with_a_space(text):
    for row in rows(text):
        for part, (start, end) in spans(row).items():
            assert len(FIRST_LINE) <= start < end <= len(words(text)), (row, part)
            assert cut(row, part) == cut(row, part).strip(), (row, part)


def test_content_neither_opens_with_that_nor_ends_with_a_comma_or_full_stop():
    for row in KEY:
        content = cut(row, "content")
        assert not content.startswith("that "), row
        assert content[-1] not in ",.;:", row


@pytest.mark.parametrize("text", NAMES)
def test_no_span_cuts_a_word(text):
    whole = words(text)
    for row in rows(text):
        for part, (start, end) in spans(row).items():
            for edge in (start, end):
                assert not (whole[edge - 1].isalnum() and whole[edge].isalnum()), (row, part)


@pytest.mark.parametrize("text", NAMES)
def test_the_parts_lie_apart_inside_the_attribution(text):
    for row in rows(text):
        found = spans(row)
        start, end = found.pop("")
        parts = sorted(found.values())
        assert start <= parts[0][0] and max(last for _, last in parts) == end, row
        assert all(before[1] <= after[0] for before, after in pairwise(parts)), row


@pytest.mark.parametrize("text", NAMES)
def test_no_attribution_stands_twice_and_no_words_are_credited_twice(text):
    order = [(span(row), span(row, "content")) for row in rows(text)]
    assert order == sorted(order)
    contents = sorted(span(row, "content") for row in rows(text))
    assert len(set(contents)) == len(contents)
    assert all(before[1] <= after[0] for before, after in pairwise(contents))


def quoted(row):
    """Whether the content stands between a pair of quotation marks that it does not hold."""
    start, end = span(row, "content")
    whole = words(row["text"])
    closing = MARKS.get(whole[start - 1])
    return closing is not None and whole[end : end + 2].lstrip(".,")[:1] == closing


def test_the_mode_fits_the_marks_in_and_around_the_content():
    for row in KEY:
        inner = any(mark in cut(row, "content") for mark in MARKS)
        assert quoted(row) == (row["mode"] == "direct"), row
        assert row["mode"] == "direct" or inner == (row["mode"] == "mixed"), row


def test_no_cue_only_where_a_headline_or_a_reply_has_none():
    for row in KEY:
        assert row["content_start"], row
        assert row["mode"] != "mixed" or row["cue_start"], row
    assert {row["text"] for row in KEY if not row["cue_start"]} == {"h01", "h07", "h10"}


def test_the_readme_counts_the_key_rightly():
    counts = {
        mode: sum(row["mode"] == mode for row in KEY) for mode in ("direct", "indirect", "mixed")
    }
    assert sum(counts.values()) == len(KEY)
    said = f"{len(KEY)} rows: " + ", ".join(f"{n} {mode}" for mode, n in counts.items())
    assert said in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_forms_that_are_hard_to_read_are_there():
    together = "".join(words(text) for text in NAMES)
    for form in ("\xa0", "—", "“", '"', "‘", "💙", "- police", ": union", "Minister: "):
        assert form in together, form
    cues = {cut(row, "cue").lower() for row in KEY if row["cue_start"]}
    assert {"was quoted as saying", "is said", "is understood", "finding", "reports"} <= cues


def test_no_invented_name_stands_in_a_real_article():
    invented = ["Orvia", "Mirrowick", "Tollenby", "Port Hadlen", "Silver Tern", "Kessary", "Lumen",
                "Vessenburg", "Southern Accord", "Red Lantern", "Tamesh", "Ashvar", "Sarrow",
                "Quell", "Halvenor", "Perrinal", "Caldrun"]  # fmt: skip
    together = "".join(words(text) for text in NAMES)
    for name in invented:
        assert name in together
        assert not any(name.lower() in article.text.lower() for article in articles.values())
