"""Giving pages back: each to its own student or to nobody, named so that no system goes wrong."""

import csv
import io
import zipfile

import msgspec
import pytest
from typer.testing import CliRunner

from briefing.cli import app
from briefing.keys import has_solutions
from briefing.marking.hand_ins.roster import Roster
from briefing.marking.imports import ImportRefused, moodle_pages, plain_pages, write_parcel
from briefing.marking.naming import page_name
from briefing.marking.page_list import FOLDER, NAME, Listed, PagesUnknown, pages_in
from briefing.marking.row_status import RowStatus

SHEET = (
    "Identifier,Full name,Email address,Grade\n"
    "Participant 201,Ana B,a@example.org,\n"
    "Participant 202,Ana B,b@example.org,\n"
    "Participant 203,Cy D,c@example.org,\n"
)


def roster(tmp_path, text=SHEET):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return Roster.read(path)


def page(student, name="", *, known=True, path="", hand_in="", exercise="ex02"):
    more = (*(("known",) if known else ()), *((hand_in,) if hand_in else ()))
    file = page_name(student, exercise, *more)
    return Listed(student, exercise, RowStatus.MARKED, file, known, name, path, hand_in)


def put(tmp_path, pages):
    (tmp_path / FOLDER).mkdir()
    for one in pages:
        if one.page:
            (tmp_path / FOLDER / one.page).write_text(f"page of {one.student}", encoding="utf-8")
    (tmp_path / NAME).write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in pages))


def moodle_reads(name):
    """What importziplib.php takes from a name: the number, the plugin, the file's name."""
    parts = name.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdigit():
            return info[1], "_".join(info[2:4]), "/".join([*info[4:], *parts])
    return None


def taken(parcel):
    return {moodle_reads(name)[0]: page for name, page in parcel.files.items()}


def test_moodle_reads_each_name_as_its_own_student(tmp_path):
    pages = [page("201", "Ana B"), page("202", "Ana B"), page("203", "Cy D")]
    parcel = moodle_pages(pages, roster(tmp_path))
    assert taken(parcel) == {one.student: one.page for one in pages}  # two of one name as well
    assert {moodle_reads(name)[1:] for name in parcel.files} == {
        ("assignsubmission_file", "ex02.feedback.html")
    }


def test_a_page_whose_students_name_has_words_of_one_letter_goes_back(tmp_path):
    sheet = "Identifier,Full name,Email address,Grade\nParticipant 201,伟 王,a@example.org,\n"
    assert taken(moodle_pages([page("201", "伟 王")], roster(tmp_path, sheet))).keys() == {"201"}


@pytest.mark.parametrize(
    "name",
    [
        "X_202_assignsubmission_file_ Ana",
        "Ana/../202_202_a_b",
        "\u202eAna\u2066",
        "فهد Ana",
        "~.Ana",
    ],
)
def test_a_hostile_name_moves_no_page(tmp_path, name):
    people = roster(tmp_path, SHEET.replace("201,Ana B", f"201,{name}"))
    own = page("201", name)
    (file,) = moodle_pages([own], people).files
    assert moodle_reads(file)[0] == "201"
    assert set(file) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")
    (plain,) = plain_pages([own], None).files
    assert set(plain) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")


@pytest.mark.parametrize(
    "one",
    [
        page("201", "Ana B", known=False),  # anybody can type a code
        page("999", "Cy D"),  # a name alone
        page("201", "Eve F"),  # another platform's number
        page("201", path="x_201.json"),  # an id that nothing confirms
        page("201", path="evedoe_301_7_X_201_assignsubmission_file_a.json", known=False),
        page("A@example.org"),  # differs by case
        page("301", path="eve_301_7_X_201_assignsubmission_file_a.json"),
    ],
)
def test_who_is_not_certain_gets_nothing_and_is_named(tmp_path, one):
    parcel = moodle_pages([one], roster(tmp_path))
    assert parcel.files == {}
    assert len(parcel.sentences) == 1
    assert "left out" in parcel.sentences[0]


def test_moodles_own_path_or_an_address_confirms_an_id_without_a_name(tmp_path):
    blind = page("201", path="Participant_201_assignsubmission_file/a.json")
    mail = page("c@example.org")
    parcel = moodle_pages([blind, mail], roster(tmp_path))
    assert taken(parcel) == {"201": blind.page, "203": mail.page}


def test_a_number_that_somebody_typed_keeps_no_page_from_whom_moodle_numbers_so(tmp_path):
    text = SHEET.replace(",Grade", ",ID number,Grade").replace("org,", "org,,")
    text = text.replace("a@example.org,,", "a@example.org,203,")
    own = page("203", "Cy D", path="Cy D_203_assignsubmission_file/a.json")
    assert taken(moodle_pages([own], roster(tmp_path, text))) == {"203": own.page}
    # Where no path of Moodle's says so, it could be either.
    assert moodle_pages([page("203", "Cy D")], roster(tmp_path, text)).files == {}


def test_pages_of_two_students_for_one_line_go_to_neither(tmp_path):
    pages = [page("203", "Cy D"), page("c@example.org", "Cy D")]
    parcel = moodle_pages(pages, roster(tmp_path))
    assert parcel.files == {}
    assert all("two students" in said for said in parcel.sentences)


def test_several_hand_ins_of_one_student_all_go_back(tmp_path):
    pages = [page("203", "Cy D", hand_in=h) for h in ("aa", "bb")]
    assert sorted(moodle_pages(pages, roster(tmp_path)).files.values()) == sorted(
        one.page for one in pages
    )


def sent(parcel):
    rows = csv.DictReader(io.StringIO(parcel.more["send.csv"].decode("utf-8-sig")))
    return {row["page"]: row for row in rows}


def test_plain_names_differ_on_every_system_and_the_table_has_its_own_addresses(tmp_path):
    pages = [page("mu", "Ana B"), page("MU", "Ana B"), page("mu", known=False), page("con")]
    pages += [page("202", "Ana B"), page("=1+1", known=False)]
    parcel = plain_pages(pages, roster(tmp_path))
    assert len({name.casefold() for name in parcel.files}) == len(pages)
    assert all(name.startswith("ex02.") for name in parcel.files)
    rows = sent(parcel)
    assert {name: row["email"] for name, row in rows.items() if row["email"]} == {
        "ex02.ana-b.202.html": "b@example.org"
    }
    assert {parcel.files[name] for name in rows} == {one.page for one in pages}
    assert "'=1+1" in {row["student"] for row in rows.values()}


@pytest.mark.parametrize("address", ["b@example.org", "=x@example.org", "a b@x", "a@x<b@y>"])
def test_an_address_of_two_people_or_of_none_is_not_sent_to(tmp_path, address):
    people = roster(tmp_path, SHEET.replace("a@example.org", address))
    parcel = plain_pages([page("201", "Ana B")], people)
    assert [row["email"] for row in sent(parcel).values()] == [""]
    assert any("no address" in said for said in parcel.sentences)


def test_who_has_no_page_is_said(tmp_path):
    bad = RowStatus.NOT_GRADABLE
    pages = [page("203", "Cy D"), Listed("201", "", bad, known=True, name="Ana B")]
    pages += [Listed("203", "", bad, known=True), Listed("202", "ex02", RowStatus.NOTHING)]
    said = moodle_pages(pages, roster(tmp_path)).sentences
    assert len(said) == 2
    assert "Ana B: has no page" in said[0]
    assert "1 on the class list handed in nothing" in said[1]


def test_the_zip_has_the_same_bytes_each_time_and_overwrites_nothing_of_anybody(tmp_path):
    pages = [page("201", "Ana B"), page("203", "Cy D")]
    put(tmp_path, pages)
    people, out = roster(tmp_path), [tmp_path / "1.zip", tmp_path / "2.zip"]
    for path, order in zip(out, (pages, pages[::-1]), strict=True):
        write_parcel(moodle_pages(order, people), tmp_path, path)
    assert out[0].read_bytes() == out[1].read_bytes()
    with zipfile.ZipFile(out[0]) as made:
        assert {moodle_reads(n)[0]: made.read(n).decode() for n in made.namelist()} == {
            "201": "page of 201", "203": "page of 203",
        }  # fmt: skip
    out[0].write_bytes(b"somebody's")
    done = write_parcel(moodle_pages(pages, people), tmp_path, out[0])
    assert (out[0].read_bytes(), done.path.name) == (b"somebody's", "1-2.zip")
    assert "is replaced" in write_parcel(moodle_pages(pages, people), tmp_path, out[1]).sentence
    (tmp_path / FOLDER / pages[0].page).unlink()
    with pytest.raises(ImportRefused):
        write_parcel(moodle_pages(pages, people), tmp_path, tmp_path / "3.zip")
    assert not list(tmp_path.glob("*3.zip*"))


def test_a_list_that_does_not_go_with_the_pages_stops_everything(tmp_path):
    with pytest.raises(PagesUnknown, match="mark again"):
        pages_in(tmp_path)
    own, other = page("201", "Ana B"), page("202", "Ana B")
    put(tmp_path, [own, other])
    assert pages_in(tmp_path) == [own, other]
    assert pages_in(tmp_path, "ex02") == [own, other]
    with pytest.raises(PagesUnknown, match="no page of ex03"):
        pages_in(tmp_path, "ex03")
    swapped = [msgspec.structs.replace(own, page=other.page), other]
    for lines in ([msgspec.structs.replace(own, student="203")], swapped, [own, own]):
        (tmp_path / NAME).write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
        with pytest.raises(PagesUnknown, match="was changed"):
            pages_in(tmp_path)
    (tmp_path / NAME).write_bytes(b"{")
    with pytest.raises(PagesUnknown, match="cannot be read"):
        pages_in(tmp_path)


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
def test_a_class_from_moodles_zip_to_moodles_zip(tmp_path):
    school, out = tmp_path / "class", tmp_path / "out"
    run("simulate", "--students", 8, "--out", school, "--layout", "moodle")
    marked = run("grade", school / "hand-ins.zip", "--out", out)
    assert marked.exit_code == 0, marked.output
    words = ("moodle", school / "class-list.csv", "--marked", out, "--out", tmp_path / "i.csv")
    done = run(*words, "--pages", tmp_path / "p.zip")
    assert done.exit_code == 0, done.output
    pages = {one.student: one.page for one in pages_in(out) if one.page}
    with zipfile.ZipFile(tmp_path / "p.zip") as made:
        got = {moodle_reads(name)[0]: made.read(name) for name in made.namelist()}
    assert got == {who: (out / FOLDER / page).read_bytes() for who, page in pages.items()}
    assert len(got) == len(list((out / FOLDER).iterdir())) > 5
    assert f"{len(got)} pages in" in done.output
    again = run("grade", school / "hand-ins.zip", "--out", out)
    assert again.exit_code == 0, again.output  # the list is ours
    done = run("pages", out, "--roster", school / "class-list.csv", "--out", tmp_path / "q.zip")
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "q.zip") as made:
        rows = csv.DictReader(io.StringIO(made.read("send.csv").decode("utf-8-sig")))
        assert {r["student"]: made.read(r["page"]) for r in rows if r["email"]} == got
    bare = run("grade", school / "hand-ins.zip", "--out", tmp_path / "bare", "--no-pages")
    assert bare.exit_code == 0
    assert isinstance(run("pages", tmp_path / "bare").exception, PagesUnknown)
