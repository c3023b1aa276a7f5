"""Every stored notebook, and every other source, against the rules of the house."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from briefing.authoring import all_notebooks, cleaned, dumps, exercise_of, read_notebook, run
from briefing.authoring.exercises import without_outputs
from briefing.authoring.guard import problems
from briefing.authoring.quoting import retyped
from briefing.corpus import course_folder
from briefing.keys import definition, exercise_names

COURSE = course_folder()
NOTEBOOKS = all_notebooks()
WRITTEN = (".py", ".js", ".mjs", ".css", ".md", ".toml", ".csv", ".txt", ".json", ".cfg", ".html")


# Files that name an article's own words for things, in pieces no longer than that takes.
CITED = {
    "data/evidence.csv": "`topic` and `hint` say which words a record is about",
    "data/people.csv": "`description` gives offices their titles",
    "data/sources.csv": "`aliases` are what the articles call a source",
    "solutions/keys/passes/naming-b.csv": "a pass is kept as it was; `term` is the name that stands there",
    "solutions/keys/passes/omissions-judged.csv": "a pass is kept as it was; it cites what it judges",
}


def named(path):
    return path.relative_to(COURSE).as_posix()


def asked_in(stem):
    """The ids that the notebook's question file holds, or None where there is no such file."""
    number = stem.split("-")[0]
    name = f"lesson{number}" if number.isdigit() else number
    return list(definition(name).questions) if name in exercise_names() else None


def test_the_course_has_a_start_lessons_exercises_and_solutions():
    folders = {path.parent.name for path in NOTEBOOKS}
    assert folders == {"notebooks", "exercises", "solutions"}
    assert any(path.stem.startswith("00-") for path in NOTEBOOKS)


def test_every_question_file_has_its_notebook():
    stems = {path.stem.split("-")[0] for path in NOTEBOOKS}
    assert {name.removeprefix("lesson") for name in exercise_names()} <= stems


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_a_stored_notebook_keeps_the_rules(path):
    assert problems(read_notebook(path), path.stem, asked_in(path.stem)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_a_notebook_is_stored_as_refresh_stores_it(path):
    assert path.read_text("utf-8") == dumps(cleaned(read_notebook(path))), "run `briefing refresh`"


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.parent.name == "exercises"], ids=named)
def test_an_exercise_agrees_with_its_solution(path):
    solution = COURSE / "solutions" / path.name
    assert without_outputs(read_notebook(path)) == dumps(exercise_of(read_notebook(solution)))


# -- the articles' words ---------------------------------------------------------------------------


def written_sources():
    """Everything in the project that somebody wrote, as (name, text) pairs."""
    for path in project_files():
        top = path.parts[0]
        if top == "seeds" or "built" in path.parts or path.name.endswith("lock.json"):
            continue
        if path.suffix == ".ipynb":
            for cell in read_notebook(COURSE / path).cells:
                yield f"{path} ({cell.id})", cell.source
        elif path.suffix in WRITTEN:
            yield str(path), (COURSE / path).read_text("utf-8")


def project_files():
    """The files that git knows or would add, relative to the course folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=COURSE,
        capture_output=True,
        check=True,
    )
    paths = [Path(os.fsdecode(name)) for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if (COURSE / path).is_file()]


def test_no_sentence_of_the_articles_is_typed_out():
    found = {name: words for name, text in written_sources() if (words := retyped(text))}
    assert {name: words for name, words in found.items() if name not in CITED} == {}


# -- a student's version ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def students_version(tmp_path_factory):
    """A copy of the project without `solutions/`."""
    folder = tmp_path_factory.mktemp("students") / "course"
    for path in project_files():
        if path.parts[0] not in ("solutions", "tests"):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(COURSE / path, target)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.parent.name != "solutions"], ids=named)
def test_it_runs_without_solutions_and_shows_the_same(path, students_version):
    package = {
        "PYTHONPATH": os.pathsep.join(
            [str(students_version / "src"), os.environ.get("PYTHONPATH", "")]
        )
    }
    shown = run(students_version / named(path), environment=package)
    assert without_pictures(shown) == without_pictures(read_notebook(path))


def without_pictures(notebook):
    """The text of a notebook without its pictures, which differ between systems."""
    bare = cleaned(notebook)
    for cell in bare.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("image/png", None)
    return dumps(bare)
