"""Running, storing, generating and guarding notebooks, on notebooks made for the purpose."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from typer.testing import CliRunner

from briefing.authoring import (
    NotebookFailed,
    UnknownNotebook,
    cleaned,
    dumps,
    exercise_of,
    find_notebooks,
    read_notebook,
    refresh_notebooks,
    run,
    write_exercises,
)
from briefing.authoring import refresh as refreshing
from briefing.authoring.guard import problems
from briefing.authoring.quoting import retyped
from briefing.authoring.store import NotANotebook, write_notebook
from briefing.cli import app
from briefing.corpus import articles, course_folder

CARD = "# A title\n\n| Question | Product | Minutes | You need | 20-minute cut |\n|-|-|-|-|-|\n"


def lesson(*sources, card=CARD):
    cells = [new_markdown_cell(card, id="card")]
    for number, source in enumerate(sources):
        cells.append(new_code_cell(source, id=f"code-{number}"))
        cells.append(new_markdown_cell("Prose.", id=f"prose-{number}"))
    return new_notebook(cells=cells)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with nothing but the mark of one."""
    for folder in ("seeds", "notebooks", "exercises", "solutions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "seeds" / "SHA256SUMS").write_text("")
    monkeypatch.setenv("BRIEFING_COURSE", str(tmp_path))
    return tmp_path


def put(course, name, notebook):
    path = course / name
    path.write_text(nbformat.writes(notebook), "utf-8")
    return path


# -- running and storing ---------------------------------------------------------------------------


def test_a_notebook_is_stored_twice_byte_for_byte(course):
    shows = "from IPython.display import HTML, display\nprint('one')\ndisplay(HTML('<b>two</b>'))"
    path = put(course, "notebooks/00-try.ipynb", lesson(shows, "1 + 1"))
    assert refresh_notebooks([], report=print) == [path]
    first = path.read_bytes()
    assert refresh_notebooks(["00"], report=print) == []
    assert path.read_bytes() == first
    assert first.endswith(b"}\n")
    stored = read_notebook(path)
    assert [c.execution_count for c in stored.cells if c.cell_type == "code"] == [1, 2]
    assert problems(stored, path.stem) == []


def test_a_widget_leaves_its_text_and_no_view(course):
    widget = "import ipywidgets\nipywidgets.IntSlider()"
    stored = run(put(course, "notebooks/00-try.ipynb", lesson(widget)))
    (output,) = stored.cells[1].outputs
    assert list(output.data) == ["text/plain"]
    assert "widgets" not in stored.metadata


def test_each_run_has_an_empty_work_folder_of_its_own(course, tmp_path, monkeypatch):
    monkeypatch.setenv("BRIEFING_WORK", str(tmp_path / "mine"))
    monkeypatch.setenv("JUPYTERHUB_USER", "ana")
    asks = (
        "import os\n"
        "from briefing.answers import AnswersStore, work_folder\n"
        "print(sorted(work_folder().iterdir()), os.environ.get('JUPYTERHUB_USER'))"
    )
    saves = "_ = AnswersStore.open('ex02').save('q1', {'kind': 'text', 'text': 'x'})"
    path = put(course, "notebooks/00-try.ipynb", lesson(asks, saves))
    for _ in range(2):
        assert run(path).cells[1].outputs[0].text == "[] None\n"
    assert not (tmp_path / "mine").exists()


def test_a_cell_that_fails_is_named_and_the_file_stays(course):
    path = put(course, "notebooks/00-try.ipynb", lesson("1 / 0"))
    before = path.read_bytes()
    with pytest.raises(NotebookFailed, match=r"notebooks/00-try.ipynb.*ZeroDivisionError"):
        refresh_notebooks([], report=print)
    assert path.read_bytes() == before


def test_a_run_that_stalls_is_tried_once_more_and_says_so(course):
    path = put(course, "notebooks/00-try.ipynb", lesson("import time\ntime.sleep(60)"))
    said = []
    with pytest.raises(NotebookFailed, match="twice"):
        run(path, report=said.append, limit=2)
    assert len(said) == 1
    assert said[0].endswith("trying once more.")


def test_the_second_try_counts(course, monkeypatch):
    path = put(course, "notebooks/00-try.ipynb", lesson("1 + 1"))
    real, calls = refreshing._run_once, []

    def stall_once(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            raise TimeoutError
        return real(*arguments)

    monkeypatch.setattr(refreshing, "_run_once", stall_once)
    assert run(path, report=calls.append).cells[1].outputs


def test_pieces_of_what_was_printed_are_joined():
    pieces = [new_output("stream", name="stdout", text=text) for text in ("a\n", "b\n")]
    notebook = lesson("print()")
    notebook.cells[1].outputs = pieces
    assert [output.text for output in cleaned(notebook).cells[1].outputs] == ["a\nb\n"]


def test_names_mean_notebooks(course):
    for name in ("notebooks/02-who.ipynb", "exercises/ex02-who.ipynb", "solutions/ex02-who.ipynb"):
        put(course, name, lesson())
    assert [path.parent.name for path in find_notebooks(["ex02"])] == ["exercises", "solutions"]
    assert [path.stem for path in find_notebooks(["02"])] == ["02-who"]
    assert len(find_notebooks(["notebooks/02-who.ipynb"])) == 1
    assert len(find_notebooks([])) == 3
    with pytest.raises(UnknownNotebook, match="02-who"):
        find_notebooks(["03"])


def test_a_file_that_is_no_notebook_is_told(course):
    (course / "notebooks" / "00-try.ipynb").write_text("not JSON", "utf-8")
    with pytest.raises(NotANotebook, match=r"00-try\.ipynb"):
        refresh_notebooks([], report=print)


# -- exercises -------------------------------------------------------------------------------------


def solved():
    notebook = lesson('ex02 = exercise("ex02", solved=True)', 'ex02.ask("q1")', "explain()")
    notebook.cells[5].metadata["tags"] = ["solution"]
    notebook.cells[6].metadata["tags"] = ["solution"]
    return notebook


def test_an_exercise_is_its_solution_without_what_is_solved():
    exercise = exercise_of(solved())
    assert [cell.source for cell in exercise.cells if cell.cell_type == "code"] == [
        'ex02 = exercise("ex02")',
        'ex02.ask("q1")',
    ]
    assert [cell.id for cell in exercise.cells] == [
        "card",
        "code-0",
        "prose-0",
        "code-1",
        "prose-1",
    ]


def test_exercises_are_written_once_and_keep_their_outputs(course):
    put(course, "solutions/ex02-who.ipynb", solved())
    (path,) = write_exercises()
    stored = read_notebook(path)
    stored.cells[1].outputs = [new_output("stream", text="shown\n")]
    write_notebook(path, stored)
    assert write_exercises() == []
    assert read_notebook(path).cells[1].outputs
    changed = solved()
    changed.cells[0].source += "\nA new line."
    put(course, "solutions/ex02-who.ipynb", changed)
    assert write_exercises() == [path]


# -- the command line ------------------------------------------------------------------------------


def test_the_commands_do_what_they_say(course):
    put(course, "solutions/ex02-who.ipynb", lesson("1 + 1"))
    said = CliRunner().invoke(app, ["exercises"])
    assert said.output == "Wrote exercises/ex02-who.ipynb.\n"
    said = CliRunner().invoke(app, ["refresh", "ex02"])
    assert said.output.splitlines() == [
        "exercises/ex02-who.ipynb: stored.",
        "solutions/ex02-who.ipynb: stored.",
    ]


# -- guards ----------------------------------------------------------------------------------------


def stored(notebook):
    """A notebook as if it had been run and stored."""
    clean = cleaned(notebook)
    for number, cell in enumerate((c for c in clean.cells if c.cell_type == "code"), 1):
        cell.execution_count = number
    return clean


def test_a_good_notebook_has_no_problems():
    good = lesson("1 + 1", 'ex02.ask("q1")')
    good.cells[3].metadata["briefing"] = {"question": "q1"}
    assert problems(stored(good), "02-who", ["q1"]) == []


def spoiled(change):
    notebook = stored(lesson("1 + 1", "2 + 2"))
    change(notebook)
    return problems(notebook, "02-who")


def add_output(**fields):
    return lambda notebook: notebook.cells[1].outputs.append(new_output(**fields))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda n: n.cells[1].update(execution_count=None), "not run in order"),
        (lambda n: n.cells[3].update(execution_count=5), "not run in order"),
        (add_output(output_type="error", ename="KeyError", evalue="", traceback=[]), "KeyError"),
        (add_output(output_type="stream", name="stderr", text="Warning"), "warning"),
        (lambda n: n.metadata.update(widgets={}), "metadata"),
        (lambda n: n.cells[1].metadata.update(execution={"iopub": ""}), "not stored"),
        (lambda n: n.cells[1].update(id="card"), "same id"),
        (
            add_output(
                output_type="display_data",
                data={"application/vnd.jupyter.widget-view+json": {}},
            ),
            "widget-view",
        ),
        (add_output(output_type="stream", text="in /home/ana/course"), "one computer"),
        (add_output(output_type="stream", text=r"in C:\\Users"), "one computer"),
        (add_output(output_type="display_data", data={"text/html": "/tmp/x"}), "one computer"),
        (lambda n: n.cells[2].update(source="See /work/course."), "one computer"),
        (lambda n: n.cells.extend(n.cells[1:2] * 4), "in a row"),
        (lambda n: n.cells.extend(n.cells[1:2] * 4), "more code cells than"),
        (lambda n: n.cells[1].update(source="a = 1\nb = 2\nc = 3\nd = 4"), "4 statements"),
        (lambda n: n.cells[1].update(source=""), "is empty"),
        (lambda n: n.cells[0].update(source="No title"), "title"),
        (lambda n: n.cells.clear(), "title"),
        (lambda n: n.cells[0].update(source="# Title\nQuestion, Product"), "minutes"),
        (lambda n: n.cells[1].update(source='ex02.ask("q1")'), "filed under None"),
        (lambda n: n.cells[1].metadata.update(briefing={"question": "q1"}), "asks []"),
        (lambda n: n.cells[1].update(source='ex02.ask("q1")'), "no question file"),
    ],
)  # fmt: skip
def test_each_guard_catches_what_it_is_for(change, words):
    assert any(words in problem for problem in spoiled(change))


def test_questions_must_be_those_of_the_question_file():
    asks = lesson('ex02.ask("q1")')
    asks.cells[1].metadata["briefing"] = {"question": "q1"}
    assert any("holds ['q1', 'q2']" in p for p in problems(stored(asks), "ex02-who", ["q1", "q2"]))


def test_a_retyped_sentence_is_found_and_a_cue_is_not(monkeypatch):
    monkeypatch.delenv("BRIEFING_COURSE", raising=False)
    article = articles["000"]
    sentence = next(s for s in article.sentences if len(s.span) > 100)
    words = article.words(sentence.id)
    assert len(retyped(f"As it says: {words.upper()} So far.")) == 1
    assert retyped(" ".join(words.split()[:5])) == []


def test_dumps_reads_back(course):
    notebook = cleaned(lesson("1 + 1"))
    path = course / "notebooks" / "00-try.ipynb"
    path.write_text(dumps(notebook), "utf-8")
    assert dumps(cleaned(read_notebook(path))) == dumps(notebook)
    assert course_folder() == course


def test_the_description_of_a_picture_is_stored_and_its_size_is_not():
    how = {"image/png": {"alt": "Two bars.", "width": 3}, "text/plain": {}, "tool": "none"}
    output = nbformat.v4.new_output("display_data", {"image/png": "AAAA"}, metadata=how)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("picture", outputs=[output])]
    )
    assert cleaned(notebook).cells[0].outputs[0].metadata == {"image/png": {"alt": "Two bars."}}
