"""The students' version: what goes, that nothing graded does, that the search bites, that it runs."""

import base64
import gzip
import hashlib
import json
import os
import pickle
import re
import shutil
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import nbformat
import pytest
from course_copy import ROOT, plain_environment

from briefing.authoring import read_notebook
from briefing.corpus import read_table
from briefing.keys import has_solutions

if not has_solutions():
    pytest.skip("a copy without solutions", allow_module_level=True)

from briefing.course.solved import model_answers
from briefing.keys import definition, exercise_key
from briefing.keys.definitions import read_toml
from briefing.marking.output import MARK, OutputRefused
from briefing.release import ReleaseRefused, find_leaks, make_release
from briefing.release import build as building
from briefing.release.contents import texts_in
from briefing.release.files import course_files
from briefing.release.graded import SHORTEST, graded, words_of
from briefing.release.launch import (
    Repositories,
    WrongRepository,
    launch_link,
    repositories,
    with_links,
)
from briefing.release.leaks import leaks_in
from briefing.release.manifest import RULES, goes, rule_for

KEYS = ROOT / "solutions" / "keys"


@pytest.fixture(scope="module")
def secret():
    return graded()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The students' version, made and searched once."""
    out = tmp_path_factory.mktemp("release") / "students"
    make_release(out)
    return out


def paths(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# -- what goes ---------------------------------------------------------------------------------------


def test_every_file_of_the_course_has_a_rule():
    assert [name for name in course_files(ROOT) if rule_for(name) is None] == []


def test_no_rule_is_left_over():
    names = course_files(ROOT)
    deciding = {rule_for(name) for name in names}
    # A teacher's own rules for marking are rarely in the course.
    assert [r.pattern for r in RULES if r not in deciding and r.pattern != "marking*.toml"] == []


def test_it_holds_what_the_rules_say_and_no_more(made):
    wanted = {name for name in course_files(ROOT) if goes(name)} | {"README.md", MARK}
    assert paths(made) == wanted
    for name in wanted - {"README.md", MARK}:
        assert (made / name).read_bytes() == (ROOT / name).read_bytes()
    tops = {name.split("/")[0] for name in wanted}
    assert tops & {"solutions", ".git", ".ci", "benchmarks", "work", ".venv"} == set()
    assert len([n for n in wanted if n.startswith("tests/")]) == 3


def test_without_git_the_same_files_are_found(tmp_path, monkeypatch):
    for name in ("start.py", "data/mirror.csv", "solutions/graded.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("work/ex02.answers.json", ".venv/x.py", "src/__pycache__/a.pyc", ".git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "data" / "link.csv").symlink_to(tmp_path / "solutions" / "graded.csv")
    shutil.rmtree(tmp_path / ".git")
    assert course_files(tmp_path) == ["data/mirror.csv", "solutions/graded.csv", "start.py"]


def test_of_a_repository_only_what_git_tracks_is_taken(tmp_path):
    git = partial(subprocess.run, cwd=tmp_path, check=True, capture_output=True)
    git(["git", "init", "-q"])
    for name in ("start.py", "not-yet.csv"):
        (tmp_path / name).write_text("x")
    git(["git", "add", "start.py"])
    assert course_files(tmp_path) == ["start.py"]


def test_a_file_that_no_rule_names_stays_behind():
    assert not goes("data/exercises/deeper/key.txt")
    assert not goes("notes-for-me.md")
    assert not goes("solutions/src/start.py")
    assert not goes("tests/test_graded.py")


# -- writing it --------------------------------------------------------------------------------------


@pytest.fixture
def unsearched(monkeypatch):
    """Making without the search, which takes its time."""
    monkeypatch.setattr(building, "find_leaks", lambda _folder, _secret: [])


def test_made_again_it_is_the_same(made, tmp_path, unsearched):
    make_release(tmp_path / "again")
    make_release(tmp_path / "again")
    assert paths(tmp_path / "again") == paths(made)
    for name in paths(made):
        assert (tmp_path / "again" / name).read_bytes() == (made / name).read_bytes()
        assert (tmp_path / "again" / name).stat().st_mode == (made / name).stat().st_mode


@pytest.mark.parametrize("foreign", ["work/ex02.answers.json", ".git/HEAD", "notes.txt"])
def test_foreign_work_is_not_written_over(foreign, tmp_path, unsearched):
    out = tmp_path / "students"
    make_release(out)
    (out / foreign).parent.mkdir(exist_ok=True)
    (out / foreign).write_text("mine")
    with pytest.raises(OutputRefused, match=foreign):
        make_release(out)
    assert (out / foreign).read_text() == "mine"


def test_a_leak_stops_everything_and_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "students_page", lambda _repository: reason("ex02", "q4"))
    with pytest.raises(
        ReleaseRefused, match=r"README\.md: tells words of solutions/keys/ex02\.toml"
    ):
        make_release(tmp_path / "students")
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_with_somebodys_work_is_refused(tmp_path):
    notebook = read_notebook(ROOT / "exercises" / "ex02-who-says-so.ipynb")
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    path = tmp_path / "exercises" / "ex02.ipynb"
    path.parent.mkdir()
    nbformat.write(notebook, path)
    with pytest.raises(ReleaseRefused, match=r"exercises/ex02\.ipynb was changed"):
        building._as_stored(tmp_path, ["exercises/ex02.ipynb"])


# -- leaks -------------------------------------------------------------------------------------------


def reason(exercise, question):
    """A whole reason of a graded question, long enough to be told apart."""
    entry = read_toml(KEYS / f"{exercise}.toml")[question]
    return next(w for w in entry["why"].values() if len(words_of(w)) >= SHORTEST)


def test_the_released_folder_gives_nothing_away(made, secret):
    """Searched as students get it: the list of what is graded is read from the course's own keys."""
    assert find_leaks(made, secret) == []


def test_the_search_knows_every_graded_question(secret):
    listed = read_table(ROOT / "solutions" / "graded.csv", ("exercise", "question"))
    known = {(a.exercise, a.question) for a in secret.answers}
    assert {(row["exercise"], row["question"]) for row in listed} <= known
    # Some words of each: a reason, a note, a rubric, a sample answer. Of questions whose reasons stand
    # in tables the table is named.
    of_files = {where for where in secret.runs.values() if ".toml" in where}
    for row in listed:
        key = read_toml(KEYS / f"{row['exercise']}.toml").get(row["question"], {})
        if any(len(words_of(text)) >= SHORTEST for text in told(key)):
            assert f"solutions/keys/{row['exercise']}.toml {row['question']}" in of_files
    for table in ("reasons", "numbers", "omissions", "frames", "passes/omissions-judged"):
        assert f"solutions/keys/{table}.csv" in set(secret.runs.values())
    for exercise in {row["exercise"] for row in listed}:
        assert any(f"{exercise}-tempting.toml" in where for where in of_files)


def told(tree):
    if isinstance(tree, str):
        return [tree]
    children = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else []
    return [text for child in children for text in told(child)]


def test_what_is_told_anyway_is_really_told(made):
    """No line of that list may outlive what it excuses."""
    tops = ("data/", "exercises/", "notebooks/07", "src/briefing/keys/")
    said = [
        " ".join(words_of(text))
        for name in paths(made)
        if name.startswith(tops) and not name.endswith(".geojson")
        for _where, text in texts_in(name, (made / name).read_bytes())
    ]
    for row in read_table(ROOT / "solutions" / "told-anyway.csv", ("words", "why")):
        assert row["why"]
        words = " ".join(words_of(row["words"]))
        assert any(words in text for text in said), words


LEAKS = {
    "a reason as a sentence": lambda: ("docs/hint.md", reason("ex02", "q4").encode()),
    "a reason in other letters, wrapped": lambda: (
        "src/briefing/new.py",
        "# ".join(f"{w}\n" if n % 4 == 3 else f"{w} "
                  for n, w in enumerate(reason("ex03", "q4").upper().split())).encode(),
    ),
    "a sample answer": lambda: ("data/a.csv", read_toml(KEYS / "ex01.toml")["q7"]["model"].encode()),
    "half a sample answer": lambda: (
        "notes.txt", " ".join(read_toml(KEYS / "ex03.toml")["q7"]["model"].split()[5:20]).encode()
    ),
    "a rubric": lambda: (
        "a.html",
        f"<p>{read_toml(KEYS / 'ex02.toml')['q6']['rubric'][1]['text']}</p>".encode(),
    ),
    "a tempting answer": lambda: (
        "a.md", read_toml(KEYS / "ex04-tempting.toml")["tempting"][0]["why"].encode()
    ),
    "a note": lambda: ("a.md", read_toml(KEYS / "ex07.toml")["q1"]["note"].encode()),
    "built JavaScript with escapes": lambda: (
        "src/briefing/widgets/built/board.js",
        ("const why=" + json.dumps(reason("ex06", "q4").replace("e", "é"[:0] + "e"))
         .replace("e", "\\u0065")).encode(),
    ),
    "a row of attribution": lambda: ("data/keys/x.csv", row_of("attribution", "001")),
    "a row of spans": lambda: ("data/keys/x.csv", row_of("spans", "001", 2)),
    "a row of numbers": lambda: ("data/keys/x.csv", row_of("numbers", "003")),
    "a row of omissions": lambda: ("data/keys/x.csv", row_of("omissions", "004")),
    "a row of naming": lambda: ("data/keys/x.csv", row_of("naming", "002")),
    "a row of mentions": lambda: ("data/keys/x.csv", row_of("naming-mentions", "003")),
    "a row of frames": lambda: ("data/keys/x.csv", row_of("frames", "001")),
    "a renamed key file": lambda: ("data/points.txt", (KEYS / "ex03.toml").read_bytes()),
    "a renamed key file with a line more": lambda: (
        "data/points.txt", b"# mine\n" + (KEYS / "ex03.toml").read_bytes()
    ),
    "a zip of a key": lambda: ("data/map/tiles.bin", zipped(KEYS / "ex04.toml")),
    "a zip in a zip": lambda: ("data/map/tiles.bin", zipped(zipped(KEYS / "reasons.csv"))),
    "a gzip of a table": lambda: ("data/x.gz", gzip.compress((KEYS / "omissions.csv").read_bytes())),
    "a pickle": lambda: ("data/x.bin", pickle.dumps(read_toml(KEYS / "ex05.toml"))),
    "a pickle in a zip": lambda: ("x.dat", zipped(pickle.dumps(read_toml(KEYS / "ex05.toml")))),
    "UTF-16": lambda: ("x.txt", (KEYS / "reasons.csv").read_text("utf-8").encode("utf-16")),
    "a file of the solutions by name": lambda: ("data/hard-cases.md", b"nothing"),
}  # fmt: skip


def row_of(table, article, at=1):
    path = KEYS / f"{table}.csv"
    lines = path.read_text("utf-8").splitlines()
    column = 0 if lines[0].startswith("article") else 1
    of_article = [line for line in lines[1:] if line.split(",")[column] == article]
    labelled = [line for line in of_article if line.count(",,,,,,") == 0 or table != "attribution"]
    return f"{lines[0]}\n{labelled[at]}\n".encode()


def zipped(what):
    data = what if isinstance(what, bytes) else what.read_bytes()
    import io

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", data)
    return file.getvalue()


@pytest.mark.parametrize("kind", sorted(LEAKS))
def test_a_planted_leak_is_found(kind, secret):
    name, data = LEAKS[kind]()
    assert list(leaks_in(name, data, secret)), kind


NOTEBOOK_LEAKS = {
    "a cell": lambda told: nbformat.v4.new_markdown_cell(f"Think: {told}"),
    "a stored output": lambda told: output(
        {"text/html": f"<p>{told.replace(' ', ' <b></b>')}</p>"}
    ),
    "base64 in an output": lambda told: output(
        {"application/x-thing": base64.b64encode(told.encode()).decode()}
    ),
    "base64 in a cell": lambda told: nbformat.v4.new_code_cell(
        f"show('{base64.b64encode(gzip.compress(told.encode())).decode()}')"
    ),
    "what hangs on a picture": lambda told: output({"image/png": picture_with(told)}),
}


def output(data):
    cell = nbformat.v4.new_code_cell("show()", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("display_data", data=data)]
    return cell


def picture_with(words):
    notebook = read_notebook(ROOT / "notebooks" / "02-who-says-so.ipynb")
    pictures = [o.data["image/png"] for c in notebook.cells for o in c.get("outputs", ())
                if "image/png" in o.get("data", {})]  # fmt: skip
    return base64.b64encode(base64.b64decode(pictures[0]) + words.encode()).decode()


@pytest.mark.parametrize("kind", sorted(NOTEBOOK_LEAKS))
def test_a_leak_in_a_notebook_is_found_and_its_cell_is_named(kind, secret):
    notebook = read_notebook(ROOT / "notebooks" / "00-start-here.ipynb")
    notebook.cells.insert(3, NOTEBOOK_LEAKS[kind](reason("ex02", "q4")))
    found = list(leaks_in("notebooks/00.ipynb", nbformat.writes(notebook).encode(), secret))
    assert any("cell 4" in leak.where for leak in found), kind


ANSWERED = [
    (exercise, question)
    for exercise in sorted({row["exercise"] for row in read_table(
        ROOT / "solutions" / "graded.csv", ("exercise", "question"))})
    for question, asked in definition(exercise).questions.items()
    if asked.marked == "machine"
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "question"), ANSWERED)
def test_a_right_answers_file_is_found_question_by_question(exercise, question, secret):
    model = model_answers(definition(exercise), exercise_key(exercise))[question]
    for indent in (None, 1):
        file = json.dumps({"exercise": exercise, "answers": {question: model}}, indent=indent)
        assert list(leaks_in("work/mine.json", file.encode(), secret)), (exercise, question)


@pytest.mark.parametrize(("exercise", "question"), ANSWERED)
def test_a_question_of_a_key_file_is_found_alone(exercise, question, secret):
    blocks = re.split(r"^(?=\[q)", (KEYS / f"{exercise}.toml").read_text("utf-8"), flags=re.M)
    mine = [b for b in blocks if re.match(rf"\[+{question}[\].]", b) and not b.startswith(
        f"[{question}.why]")]  # fmt: skip
    bare = "".join(
        re.sub(r"""(?:\w*why|note) = (?:"(?:[^"\\]|\\.){6,}"|'[^']{6,}')""", "", block)
        for block in mine
    )
    if len(bare.split()) < 3:
        pytest.skip("it stands in tables")
    said = f"{exercise}\n{bare}"
    assert list(leaks_in("a.txt", said.encode(), secret)), said


def test_an_empty_answers_file_and_another_article_are_no_leaks(secret):
    for said in (
        json.dumps({"exercise": "ex02", "answers": {"q4": {"kind": "choice", "chosen": []}}}),
        (ROOT / "seeds" / "001_ac9c950480420622.txt").read_text("utf-8"),
        (ROOT / "data" / "keys" / "attribution.csv").read_text("utf-8"),
        (ROOT / "data" / "exercises" / "ex05.toml").read_text("utf-8"),
    ):
        assert list(leaks_in("a.txt", said.encode(), secret)) == []


def test_folders_and_links_that_do_not_belong_are_named(tmp_path, secret):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("x")
    (tmp_path / "solutions").mkdir()
    (tmp_path / "a.pyc").write_bytes(b"")
    (tmp_path / "link").symlink_to(KEYS)
    assert {leak.where for leak in find_leaks(tmp_path, secret)} == {
        ".git", "solutions", "a.pyc", "link",
    }  # fmt: skip


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"x" * 90, b"\x1f\x8b" + b"x" * 90,
                                  b"\x89PNG\r\n\x1a\n" + b"\xff" * 40, b'[' * 5000, b"\xff\xfe\xd8"])  # fmt: skip
def test_a_damaged_file_ends_no_search(data, secret):
    assert list(leaks_in("data/x.ipynb", data, secret)) == []


# -- where it is launched ----------------------------------------------------------------------------


def test_the_links_of_the_readme_follow_from_the_one_file():
    page = (ROOT / "README.md").read_text("utf-8")
    where = repositories(ROOT)
    assert with_links(page, where) == page, "run `briefing launch-links`"
    assert len(re.findall(r"mybinder\.org/v2", page)) == 2
    assert f"[the full course, for\nteachers]({launch_link(where.teachers)})" in page
    assert f"[the students'\nversion]({launch_link(where.students)})" in page


def test_a_link_opens_a_notebook_that_is_there(made):
    link = launch_link("some-school/briefing.2026")
    assert link.startswith(
        "https://mybinder.org/v2/gh/some-school/briefing.2026/HEAD?urlpath=lab/tree/"
    )
    assert (made / link.split("lab/tree/")[1]).is_file()


def test_no_other_file_of_the_course_has_a_launch_link():
    link = "mybinder.org" + "/v2/"
    holding = [name for name in course_files(ROOT) if not name.endswith(".png")
               and link in (ROOT / name).read_text("utf-8", "replace")]  # fmt: skip
    assert holding == ["README.md", "src/briefing/release/launch.py", "tests/test_release.py"]


def test_the_students_page_has_the_students_link_only(made, tmp_path, unsearched):
    page = (made / "README.md").read_text("utf-8")
    where = repositories(ROOT)
    assert re.findall(r"https://mybinder[^)\s]*", page) == [launch_link(where.students)]
    assert where.teachers + "/" not in page
    assert "{" not in page
    make_release(tmp_path / "mine", "my-school/reading")
    assert launch_link("my-school/reading") in (tmp_path / "mine" / "README.md").read_text("utf-8")


def test_links_are_written_anew():
    where = Repositories("a/full", "b/students")
    page = (
        "[for teachers](https://mybinder.org/v2/gh/x/y/HEAD) [here](https://mybinder.org/v2/gh/x/y)"
    )
    assert with_links(page, where) == (
        f"[for teachers]({launch_link('a/full')}) [here]({launch_link('b/students')})"
    )


@pytest.mark.parametrize("name", ["", "name", "a/b/c", "a b/c", "../x", "https://x/y", "a/b)"])
def test_what_is_no_repository_is_refused(name):
    with pytest.raises(WrongRepository):
        launch_link(name)


def test_one_repository_for_both_is_refused(tmp_path):
    (tmp_path / "binder").mkdir()
    (tmp_path / "binder" / "repositories.toml").write_text('teachers = "a/b"\nstudents = "A/b"\n')
    with pytest.raises(WrongRepository, match="solutions"):
        repositories(tmp_path)


def test_the_readme_has_no_dead_link():
    from test_students_version import dead_links

    assert dead_links(ROOT / "README.md") == []


# -- it runs there -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(made, tmp_path_factory):
    """A copy to run in; what runs leaves things behind."""
    return Path(shutil.copytree(made, tmp_path_factory.mktemp("student") / "course"))


def in_there(course, *words):
    environment = plain_environment(PYTHONPATH=str(course / "src"))
    return subprocess.run(
        [sys.executable, *words], cwd=course, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_its_own_tests_pass(unpacked):
    done = in_there(unpacked, "-m", "pytest", "tests", "-q", "-n0", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout.splitlines()[-1].replace("1 skipped", "")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["notebooks/02-who-says-so", "exercises/ex02-who-says-so"])
def test_nbval_passes_there(name, unpacked):
    """One lesson, one exercise: `start.py test` there runs all, and so does `test_notebooks` without keys."""
    words = ["--nbval", "--nbval-sanitize-with=tests/nbval_sanitize.cfg", "-q", "-n0"]
    done = in_there(unpacked, "-m", "pytest", *words, "-p", "no:cacheprovider", f"{name}.ipynb")
    assert done.returncode == 0, done.stdout


def test_the_commands_of_students_work_there(unpacked):
    key = in_there(unpacked, "-m", "briefing", "key", "attribution")
    assert key.returncode == 0
    assert "only what lessons may show" in key.stderr
    assert not re.search(r"^00[13],", key.stdout, re.M)
    for name in ("spans", "numbers", "omissions", "naming", "frames"):
        assert in_there(unpacked, "-m", "briefing", "key", name).returncode == 0
    help_ = in_there(unpacked, "start.py", "--help")
    assert help_.returncode == 0


def test_making_it_a_repository_keeps_every_byte(made, tmp_path):
    """As docs/release.md says; line ends are git's to spoil."""
    course = Path(shutil.copytree(made, tmp_path / "course"))
    git = partial(subprocess.run, cwd=course, check=True, capture_output=True, env={
        **os.environ, "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@t", "GIT_COMMITTER_NAME": "T",
        "GIT_COMMITTER_EMAIL": "t@t"})  # fmt: skip
    git(["git", "init", "-q", "-b", "main"])
    git(["git", "add", "-A"])
    git(["git", "commit", "-q", "-m", "The course"])
    git(["git", "-c", "core.autocrlf=true", "clone", "-q", ".", str(tmp_path / "clone")])
    assert paths(course) - {p for p in paths(course) if p.startswith(".git/")} == {
        p for p in paths(tmp_path / "clone") if not p.startswith(".git/")
    }
    for name in ("seeds/002_9f08f916bd3b004b.txt", "exercises/ex02-who-says-so.ipynb"):
        same = {
            hashlib.sha256((f / name).read_bytes()).digest() for f in (made, tmp_path / "clone")
        }
        assert len(same) == 1
