"""What must hold in the course and in the students' version alike; the only tests that students get."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from briefing.authoring import cleaned, dumps, read_notebook
from briefing.authoring.guard import problems
from briefing.corpus import articles, course_folder
from briefing.course.feedback import checker
from briefing.keys import definition, exercise_names
from briefing.keys.tables import has_solutions

COURSE = course_folder()
NOTEBOOKS = sorted(p for f in ("notebooks", "exercises") for p in (COURSE / f).glob("*.ipynb"))
GRADED = [name for name in exercise_names() if definition(name).graded]
PAGES = [
    *sorted(COURSE.glob("*.md")),
    *(p for f in ("data", "seeds", "docs") for p in sorted((COURSE / f).rglob("*.md"))),
    *NOTEBOOKS,
]
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:href|src)=[\"']([^\"']+)[\"']")
NAMED = re.compile(r"`((?:docs|solutions|data|notebooks|exercises|seeds|tests|src)/[\w./-]+)`")
ELSEWHERE = "full version"  # what a page says of a file that students do not have


def named(path):
    return path.relative_to(COURSE).as_posix()


def asked_in(stem):
    """The ids that the notebook's question file holds, or None where there is no such file."""
    number = stem.split("-")[0]
    name = f"lesson{number}" if number.isdigit() else number
    return list(definition(name).questions) if name in exercise_names() else None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_a_notebook_is_stored_by_the_rules(path):
    notebook = read_notebook(path)
    assert problems(notebook, path.stem, asked_in(path.stem)) == []
    assert path.read_text("utf-8") == dumps(cleaned(notebook))


def test_every_exercise_is_here_and_every_article_as_it_was():
    assert len(GRADED) >= 7
    assert {path.stem.split("-")[0] for path in NOTEBOOKS} >= set(GRADED)
    assert [article.text[:1] != "" for article in articles.values()] == [
        True
    ] * 5  # sums are checked


@pytest.mark.skipif(has_solutions(), reason="the full course has the key, and explains at once")
@pytest.mark.parametrize("name", GRADED)
def test_an_exercise_saves_and_does_not_tell(name):
    asked = definition(name)
    checks = [check for question in asked.question if (check := checker(asked, question))]
    assert checks
    for check in checks:
        said = check({})
        assert said.summary == "Saved. Your teacher's page will explain."
        assert not said.items
        assert not said.key


@pytest.mark.skipif(has_solutions(), reason="the full course can do all of this")
@pytest.mark.parametrize(
    "words",
    [
        ("grade", "HERE", "--out", "HERE/marked"),
        ("simulate", "--out", "HERE/class"),
        ("agreement",),
        ("release", "--out", "HERE/out"),
    ],
)
def test_what_needs_solutions_says_so(words, tmp_path):
    here = [word.replace("HERE", str(tmp_path)) for word in words]
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *here], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "full version" in done.stderr or "full course" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not any(tmp_path.iterdir())


# -- links -------------------------------------------------------------------------------------------


class Links(HTMLParser):
    """The addresses in a piece of HTML."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, _tag, attributes):
        self.found += [value for name, value in attributes if name in ("href", "src") and value]


def said(path):
    """What a page says, as texts: Markdown, and the outputs of cells."""
    if path.suffix != ".ipynb":
        yield path.read_text("utf-8")
        return
    for cell in read_notebook(path).cells:
        if cell.cell_type == "markdown":
            yield cell.source
        for output in cell.get("outputs", []):
            yield "".join(output.get("data", {}).get("text/html", ""))


def dead_links(path):
    found = []
    for text in said(path):
        for link in LINK.findall(text):
            address = unquote(link[0] or link[1]).split("#")[0]
            ours = address and not re.match(r"[a-z]+:", address)
            if ours and not (path.parent / address).exists():
                found.append(address)
        for line in text.splitlines():
            if ELSEWHERE not in line:
                found += [
                    n for n in NAMED.findall(line) if "NAME" not in n and not (COURSE / n).exists()
                ]
    return found


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_no_link_is_dead(path):
    if has_solutions() and path.name == "README.md" and path.parent == COURSE:
        pytest.skip("the teacher's page is tested in test_release.py")
    assert dead_links(path) == []


def test_a_dead_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[one](solutions/key.md), [two](page.md), see `docs/nothing-here.md`.\n")
    assert dead_links(page) == ["solutions/key.md", "docs/nothing-here.md"]
