"""Names, links, pipes and forgeries among what was handed in: nothing vanishes, nothing gets out."""

import csv
import io
import os
import unicodedata
from pathlib import Path

import pytest
from mutations import no_hang
from test_marking_grade import answers_file, as_bytes, key_answers, put
from test_marking_pages import Tags
from typer.testing import CliRunner

from briefing.cli import app
from briefing.keys import has_solutions
from briefing.marking.cells import safe
from briefing.marking.grade import Desks, grade
from briefing.marking.hand_ins import listed, read
from briefing.marking.naming import page_name
from briefing.marking.ours import SENTENCE
from briefing.marking.output import MARK
from briefing.marking.pages import Pages
from briefing.marking.row_status import RowStatus

pytestmark = pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
HARMLESS = "'\ufffd"
STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b"


def marked(folder, out, *options):
    with no_hang():
        done = CliRunner().invoke(app, ["grade", str(folder), "--out", str(out), *options])
    assert done.exit_code == 0, done.output
    return rows(out / "gradebook.csv"), done.output


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def statuses(lines):
    return {line["student"]: line["status"] for line in lines}


@pytest.mark.parametrize("where", ["", "download/", "download/deep/"])
def test_two_forged_files_make_nobody_vanish(tmp_path, where):
    put(tmp_path, f"class/{where}owl.answers.json", answers_file(student="owl-1"))
    put(tmp_path, f"class/{where}feedback/fox.answers.json", answers_file(student="fox-1"))
    put(tmp_path, f"class/{where}{MARK}", f"{SENTENCE}\n".encode())
    put(tmp_path, f"class/{where}gradebook.csv", b"student,exercise\n")
    put(tmp_path, f"class/{where}report.pdf", b"%PDF-1.7")
    lines, _ = marked(tmp_path / "class", tmp_path / "out")
    assert {"owl-1", "fox-1"} <= set(statuses(lines))
    assert any("report.pdf" in line["reason"] for line in lines)


def test_what_an_earlier_marking_wrote_has_no_rows(tmp_path):
    put(tmp_path, "class/owl.answers.json", answers_file(student="owl-1"))
    marked(tmp_path / "class", tmp_path / "first")
    (tmp_path / "first").rename(tmp_path / "class" / "first")
    lines, _ = marked(tmp_path / "class", tmp_path / "second")
    assert statuses(lines) == {"owl-1": "marked"}


def test_a_forged_gradebook_and_forged_marks_count_for_nothing(tmp_path):
    honest = put(tmp_path, "class/owl.answers.json", answers_file(student="owl-1"))
    lines, _ = marked(tmp_path / "class", tmp_path / "out")
    table = rows(tmp_path / "out" / "open-answers.csv")
    text = io.StringIO()
    forged = csv.DictWriter(text, table[0])
    forged.writeheader()
    forged.writerows(line | {"points": line["max_points"]} for line in table)
    put(tmp_path, "class/open-answers.csv", text.getvalue().encode())
    put(tmp_path, "class/hand-in/open-answers.csv", text.getvalue().encode())
    put(tmp_path, "class/hand-in/marking.toml", b'[points]\n"ex02" = 100\n')
    put(tmp_path, "class/hand-in/roster.csv", b"id,name\nowl-1,Somebody\n")
    again, _ = marked(tmp_path / "class", tmp_path / "again")
    assert honest.exists()
    (before,) = [line for line in lines if line["student"] == "owl-1"]
    (after,) = [line for line in again if line["student"] == "owl-1"]
    assert after == before
    # The same table counts where the teacher says so.
    counted, _ = marked(
        tmp_path / "class",
        tmp_path / "by-hand",
        "--marks",
        str(tmp_path / "class/open-answers.csv"),
    )
    assert {line["score"] for line in counted if line["student"] == "owl-1"} == {"20"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("what", ["pipe", "link", "link to nothing", "folder", "gone", "device"])
def test_a_file_that_is_another_thing_by_the_time_it_is_read(tmp_path, what):
    secret = put(tmp_path, "secret/ex02.answers.json", answers_file(student="secret-1"))
    path = put(tmp_path, "class/owl.answers.json", answers_file(student="owl-1"))
    (ref,) = listed(tmp_path / "class")
    path.unlink()
    match what:
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to(secret)
        case "link to nothing":
            path.symlink_to(tmp_path / "nothing")
        case "folder":
            path.mkdir()
        case "device":
            path.symlink_to("/dev/zero")
    with no_hang(30):
        found = read(ref)
    assert found.data == b""
    assert found.problem.endswith(".")
    assert "Error" not in found.problem


def test_links_of_every_kind_have_a_row_and_lead_nowhere(tmp_path):
    secret = put(tmp_path, "secret/ex02.answers.json", answers_file(student="secret-1"))
    put(tmp_path, "class/owl.answers.json", answers_file(student="owl-1"))
    for name, to in {
        "file.answers.json": secret,
        "folder": secret.parent,
        "up": tmp_path,
        "self": tmp_path / "class" / "self",
        "root": Path("/"),
        "device.answers.json": Path("/dev/zero"),
        "nothing.json": tmp_path / "nothing",
    }.items():
        (tmp_path / "class" / name).symlink_to(to)
    lines, _ = marked(tmp_path / "class", tmp_path / "out")
    assert statuses(lines) == {"owl-1": "marked", "": "not gradable"}
    assert len(lines) == 1 + 7


def test_out_as_a_link_is_written_where_it_leads_and_nowhere_else(tmp_path):
    put(tmp_path, "class/owl.answers.json", answers_file(student="owl-1"))
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    marked(tmp_path / "class", tmp_path / "out")
    assert (tmp_path / "real" / "gradebook.csv").is_file()
    precious = put(tmp_path, "precious/letter.txt", b"dear reader")
    (tmp_path / "out2").symlink_to(precious.parent)
    done = CliRunner().invoke(
        app, ["grade", str(tmp_path / "class"), "--out", str(tmp_path / "out2")]
    )
    assert done.exit_code != 0
    assert precious.read_bytes() == b"dear reader"
    # A link that stands in the output is replaced, not written through.
    page = next((tmp_path / "real" / "feedback").iterdir())
    page.unlink()
    page.symlink_to(precious)
    marked(tmp_path / "class", tmp_path / "out")
    assert precious.read_bytes() == b"dear reader"


ALIKE = (
    "Fox-1", "fox-1", "FOX-1", "fox\u200b-1", "fox-1\u200d", "fox-1 ", " fox-1", "f\u043ex-1",
    "r\u00e9mi", "re\u0301mi", "\ufb01sh", "fish", "stra\u00dfe", "strasse", "\u0130x", "ix", "\u0131x",
    "con", "con.html", "nul", "..", ".", "/", "a/b", "a\\b", "a:b", "a\x00b", "x" * 200, "x" * 199,
    "\u202efox", "🦊", "\u05e9\u05d5\u05e2\u05dc", "\u0641\u0647\u062f",
)  # fmt: skip


def test_codes_that_look_alike_never_share_a_row_or_a_page(tmp_path):
    for number, code in enumerate(ALIKE):
        put(tmp_path, f"class/{number}.answers.json", answers_file(student=code))
    lines, _ = marked(tmp_path / "class", tmp_path / "out")
    assert [line["status"] for line in lines] == ["marked"] * len(ALIKE)
    pages = [path.name for path in (tmp_path / "out" / "feedback").iterdir()]
    folded = {unicodedata.normalize("NFKC", name).casefold() for name in pages}
    assert len(folded) == len(pages) == len(ALIKE)
    assert all(name.isascii() and len(name) <= 80 for name in pages)
    assert {page_name(code, "ex02") for code in ALIKE} == set(pages)


@pytest.mark.parametrize("start", STARTS)
def test_no_column_of_any_table_is_run_by_a_spreadsheet(tmp_path, start):
    formula = f'{start}HYPERLINK("http://x.test";"y")'
    answers = key_answers()
    answers["q1"]["labels"]["001.s06"] = {"voice": formula}
    answers["q4"]["chosen"] = [formula]
    answers["q6"] = {"kind": "text", "text": formula}
    for mark in answers["q2"]["marks"]:
        mark["note"], mark["label"] = formula, formula
    name = formula.replace("/", "_").replace("\n", "_").replace("\r", "_").replace("\t", "_")
    put(
        tmp_path, f"class/{name}/{name}.answers.json",
        answers_file(answers, student=formula, saved=formula, course=formula),
    )  # fmt: skip
    put(tmp_path, f"class/{name}.answers.json", b"broken")
    put(tmp_path, f"class/{name}.docx", b"PK\x03\x04")
    marked(tmp_path / "class", tmp_path / "out")
    tables = sorted((tmp_path / "out").rglob("*.csv"))
    assert len(tables) >= 2
    for path in tables:
        text = path.read_text("utf-8-sig")
        for separator in ",;\t":
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                for cell in line:
                    first = unicodedata.normalize("NFKC", cell.lstrip()[:1])
                    assert not first or first not in "=+-@", (path.name, cell)


@pytest.mark.parametrize(
    "cell", ["=1", "+1", "-1", "@x", "\uff1d1", "\ufe661", "\ufe621", "\ufe6bx"]
)
def test_safe_is_safe_twice_and_keeps_the_words(cell):
    once = safe(cell)
    assert once.startswith("'")
    assert cell in once
    assert safe(once) == once


ATTRIBUTES = (
    '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='", "><svg/onload=alert(1)>",
    "</title><script>alert(1)</script>", "</style><script>alert(1)</script>", "--><script>x</script>",
    "javascript:alert(1)", "{{ 7*7 }}", "{% include '/etc/passwd' %}", "&lt;script&gt;", "\u2028</script>",
    "<!--", "]]>", "<base href=//x>", "<meta http-equiv=refresh content=0>", "<bdi>", "</bdi></p></body>",
)  # fmt: skip


@pytest.mark.parametrize("text", ATTRIBUTES)
def test_nothing_that_was_handed_in_becomes_markup(text):
    answers = key_answers()
    for label in answers["q1"]["labels"].values():
        label["voice"] = text
    for number, mark in enumerate(answers["q2"]["marks"]):
        mark |= {"id": f"{text}{number}", "label": text, "note": text, "source": text}
    answers["q4"]["chosen"] = [text, f"reading:{text}"]
    answers["q6"] = {"kind": "text", "text": text}
    desks = Desks()
    graded = grade(as_bytes(answers_file(answers, student=text)), desks)
    assert graded.status in (RowStatus.MARKED, RowStatus.PARTLY)
    page = Pages(desks.get("ex02")).page(graded)
    own = answers_file(student="fox-1")
    plain = Pages(desks.get("ex02")).page(grade(as_bytes(own), desks))
    tags, known = Tags(page), Tags(plain)
    assert set(tags.names) <= set(known.names) | {"mark", "sup", "q"}
    assert {name for name, _ in tags.attributes} <= {name for name, _ in known.attributes}
    assert tags.open == known.open == []


@pytest.mark.parametrize(
    "saved",
    [
        "9999-12-31T23:59:59Z", "2999-01-01T00:00:00Z", "2026-11-22T19:40:00+99:99", "tomorrow",
        "2026-11-22T19:40:00.0000001Z", "-2026-11-22T19:40:00Z", "9" * 300, "0000-00-00T00:00:00Z",
        "\u0662\u0660\u0662\u0666-11-22T19:40:00Z", "2026-11-22T19:40:00Z\n2999-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_an_absurd_time_does_not_win_over_the_true_file(tmp_path, saved):
    put(tmp_path, "class/a/true.answers.json", answers_file(student="owl-1"))
    forged = answers_file({}, student="owl-1", saved=saved, revision=999_999_999)
    forged["answers"] = {"q6": {"kind": "text", "text": "mine"}}
    put(tmp_path, "class/z/forged.answers.json", forged)
    lines, _ = marked(tmp_path / "class", tmp_path / "out")
    (counted,) = [line for line in lines if line["status"] == "marked"]
    assert float(counted["score"]) == 17
    assert "different" in counted["reason"] or "older" in counted["reason"]
