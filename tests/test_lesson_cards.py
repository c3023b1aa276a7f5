"""What the first cells of a page promise: few new words, a way back up, a cut that fits its time."""

import re

import pytest

from briefing.authoring import all_notebooks, read_notebook
from briefing.corpus import course_folder

COURSE = course_folder()
PAGES = [path for path in all_notebooks() if path.parent.name in ("notebooks", "exercises")]
LESSONS = [path for path in PAGES if path.stem[:1].isdigit()]
EXERCISES = [path for path in PAGES if path.stem.startswith("ex")]
NUMBERS = {"Four": 4, "Five": 5, "Six": 6}
CUT = 20  # minutes


def stem(path):
    return path.stem


def prose(path):
    cells = read_notebook(path).cells
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def cut(path):
    return re.search(r"\*\*The 20-minute cut\*\* \| (.+) \|", prose(path)[0])[1]


def guide(path):
    page = COURSE / "solutions" / "teaching-guide" / f"{path.stem}.md"
    return re.search(r"\*\*Twenty minutes[^*]*\*\*(.+)", page.read_text("utf-8"))[1]


def asked(text):
    """The numbers of the questions that a text names."""
    named = re.findall(r"questions? ((?:\d+(?:, | and )?)+)", text, re.IGNORECASE)
    return {number for numbers in named for number in re.findall(r"\d+", numbers)}


@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_a_lesson_brings_six_new_words_at_most_and_says_how_many(path):
    words = next(text for text in prose(path) if "words for today**" in text)
    told = re.match(r"\*\*(\w+) words for today\*\*", words)[1]
    rows = [line for line in words.splitlines() if line.startswith("| ")][1:]
    assert NUMBERS.get(told) == len(rows)


@pytest.mark.parametrize("path", PAGES, ids=stem)
def test_whoever_runs_a_whole_page_is_told_the_way_back_up(path):
    # Running all cells leaves the reader at the end of the page.
    how = next(text for text in prose(path) if "Run All Cells*" in text)
    assert "You then stand at the end of the page: scroll up again." in " ".join(how.split())


@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_the_cut_of_a_lesson_fits_and_is_the_one_of_its_guide(path):
    minutes = [int(number) for number in re.findall(r"\((\d+)\)", guide(path))]
    assert len(minutes) >= 2
    assert sum(minutes) <= CUT
    assert asked(cut(path)) == asked(guide(path).split("(1).")[0])


@pytest.mark.parametrize("path", LESSONS, ids=stem)
def test_a_part_that_is_in_the_cut_as_a_whole_has_the_minutes_of_its_heading(path):
    parts = dict(re.findall(r"^## (\d+) · .+\((\d+) minutes", "\n".join(prose(path)), re.MULTILINE))
    for part, minutes in re.findall(r"(?<!of )part (\d+) \((\d+)\)", guide(path)):
        assert parts[part] == minutes


@pytest.mark.parametrize("path", EXERCISES, ids=stem)
def test_the_whole_questions_of_a_cut_fit(path):
    minutes = {}
    for text in prose(path):
        if found := re.match(r"## (\d+)\. .+?about (\d+) minutes", text, re.DOTALL):
            minutes[found[1]] = int(found[2])
    whole = r"(?:^|[;:] )questions? ((?:\d+(?:, | and )?)+)(?=;|$)"
    asked_whole = re.findall(r"\d+", " ".join(re.findall(whole, cut(path), re.IGNORECASE)))
    assert asked_whole
    assert sum(minutes[number] for number in asked_whole) <= CUT
