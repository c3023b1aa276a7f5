"""Zips of hand-ins: read like folders, and harmless whatever is in them."""

import io
import pickle
import random
import struct
import zipfile
import zlib

import pytest
from hostile_zips import GOOD, Part, made

from briefing.answers.schema import MAX_BYTES
from briefing.marking.check import check_paths
from briefing.marking.hand_ins import NothingToMark, What, listed, read, zip_directory
from briefing.marking.hand_ins.budget import MOST_LISTED
from briefing.marking.hand_ins.zip_directory import LONGEST_NAME, MOST_GROWTH
from briefing.marking.hand_ins.zip_members import LARGEST_INNER
from briefing.marking.simulate_layouts import zipped


def put(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found(source):
    """Path → what reading it gave, in the listing's order."""
    return {ref.path: read(ref) for ref in listed(source)}


def only(tmp_path, *parts, **more):
    """What is found of a zip with these entries."""
    return found(put(tmp_path, "class.zip", made(*parts, **more)))


# --- zips as they should be -------------------------------------------------------------------


NAMES = ["b/two.json", "a.json", "a/one.json", "a/deep/three.json", "Ünï/فهد 🦊.json", "a b.json"]


def test_a_zip_and_its_folder_are_listed_alike(tmp_path):
    files = [(name, GOOD + name.encode()) for name in NAMES]
    for name, data in files:
        put(tmp_path, f"folder/{name}", data)
    source = put(tmp_path, "class.zip", zipped(files))
    folder = found(tmp_path / "folder")
    assert list(found(source)) == list(folder) == sorted(NAMES, key=lambda n: n.split("/"))
    assert found(source) == folder


def test_the_order_of_entries_does_not_depend_on_how_the_zip_was_made(tmp_path):
    files = [(name, GOOD) for name in NAMES]
    one = put(tmp_path, "one.zip", zipped(files))
    other = put(tmp_path, "other.zip", zipped(files[::-1]))
    assert list(found(one)) == list(found(other))


def test_zips_in_folders_and_zips_in_zips_are_looked_into_once(tmp_path):
    inner = zipped([("ex02.json", GOOD), ("essay.docx", b"PK\x03\x04")])
    deep = zipped([("work.zip", inner), ("deep.zip", zipped([("again.zip", inner)]))])
    put(tmp_path, "class/moodle.zip", deep)
    put(tmp_path, "class/plain.json", GOOD)
    seen = found(tmp_path / "class")
    assert {path: file.problem[:38] for path, file in seen.items()} == {
        "moodle.zip/deep.zip/again.zip": "Not looked into: a zip within two othe",
        "moodle.zip/work.zip/essay.docx": "Not an answers file: a Word document; ",
        "moodle.zip/work.zip/ex02.json": "",
        "plain.json": "",
    }
    assert seen["moodle.zip/work.zip/ex02.json"].data == GOOD


def test_a_reference_can_be_sent_to_another_process(tmp_path):
    source = put(tmp_path, "class.zip", zipped([("w.zip", zipped([("a.json", GOOD)]))]))
    (ref,) = listed(source)
    assert read(pickle.loads(pickle.dumps(ref))).data == GOOD


def test_what_systems_leave_in_zips_is_passed_over(tmp_path):
    litter = [
        ("__MACOSX/._a.json", b"x"),
        (".DS_Store", b"x"),
        ("a/Thumbs.db", b"x"),
        (".v/a", b"x"),
    ]
    source = put(tmp_path, "class.zip", zipped([*litter, ("a.json", GOOD)]))
    assert list(found(source)) == ["a.json"]


def test_the_records_for_beyond_65535_entries_are_read(tmp_path):
    parts = [Part(b"%d.json" % number) for number in range(9)]
    assert [file.data for file in only(tmp_path, *parts, wide=True).values()] == [GOOD] * 9


def test_sizes_beyond_four_gigabytes_are_taken_from_the_extra_field(tmp_path):
    made_by_others = io.BytesIO()
    with (
        zipfile.ZipFile(made_by_others, "w") as archive,
        archive.open("a.json", "w", force_zip64=True) as file,
    ):
        file.write(GOOD)
    assert found(put(tmp_path, "class.zip", made_by_others.getvalue()))["a.json"].data == GOOD


def test_something_before_the_zip_does_no_harm(tmp_path):
    assert only(tmp_path, Part(b"a.json"), before=b"#!/bin/sh\n" * 9)["a.json"].data == GOOD


def test_an_entry_that_is_too_large_is_read_no_further(tmp_path):
    noise = GOOD + bytes(range(256)) * (MAX_BYTES // 256 + 100)
    seen = only(tmp_path, Part(b"big.answers.json", noise, method=0))
    assert len(seen["big.answers.json"].data) == MAX_BYTES + 1


@pytest.mark.parametrize(
    ("raw", "flags", "shown"),
    [
        ("Ünï.json".encode(), 0x800, "Ünï.json"),
        ("Ünï.json".encode(), 0, "Ünï.json"),  # macOS does not say that it is UTF-8
        ("Müller.json".encode("cp437"), 0, "Müller.json"),
        ("فهد.json".encode(), 0x800, "فهد.json"),
        ("\u202egnp.json".encode(), 0x800, "\ufffdgnp.json"),
        (b"half\xed\xa0\xbd.json", 0x800, r"half/xed/xa0/xbd.json"),
        (b"bad\xff.json", 0x800, r"bad/xff.json"),
        (b"a\\b.json", 0x800, "a/b.json"),
        (b"./a//b.json", 0x800, "a/b.json"),
        (b"tab\there\x00.json", 0x800, "tab\ufffdhere\ufffd.json"),
    ],
)
def test_names_in_every_script_are_shown_and_can_be_written(tmp_path, raw, flags, shown):
    ((path, file),) = only(tmp_path, Part(raw, flags=flags)).items()
    assert path == shown
    assert path.encode("utf-8")
    assert file.data == GOOD


# --- hostile ones -----------------------------------------------------------------------------


BOMB = b"\0" * 40_000_000
REFUSED = {
    "up": (Part(b"../../etc/passwd.json"), "points out of the zip"),
    "up with backslashes": (Part(b"..\\..\\x.json"), "points out of the zip"),
    "absolute": (Part(b"/etc/cron.d/x.json"), "points out of the zip"),
    "a drive": (Part(b"C:\\x.json"), "points out of the zip"),
    "a device of Windows": (Part(b"CON.json"), "of a device"),
    "another": (Part(b"a/lpt1"), "of a device"),
    "a link": (Part(b"l.json", b"/etc/passwd", mode=0o120777), "a link"),
    "a device": (Part(b"d.json", mode=0o20666), "no ordinary file"),
    "a pipe": (Part(b"p.json", mode=0o10666), "no ordinary file"),
    "encrypted": (Part(b"e.json", flags=0x801), "password"),
    "packed strangely": (Part(b"m.json", method=99), "few programs"),
    "wrong sum": (Part(b"c.json", crc=7), "damaged"),
    "wrong size": (Part(b"s.json", size=5), "damaged"),
    "stored with two sizes": (Part(b"s.json", method=0, size=9), "damaged"),
    "no deflate at all": (Part(b"n.json", packed=b"\xff\xff\xff"), "damaged"),
    "a bomb": (Part(b"b.json", BOMB), f"{MOST_GROWTH} times"),
    "a bomb that lies": (Part(b"b.answers.json", BOMB, size=9), "damaged"),
    "beyond the end": (Part(b"x.json", at=10**8), "damaged"),
    "a long name": (Part(b"x" * (LONGEST_NAME + 1)), "bytes"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_entry_is_a_row_with_a_reason_and_the_others_are_read(tmp_path, what):
    part, reason = REFUSED[what]
    seen = only(tmp_path, Part(b"~last.json"), part, Part(b"~~.json"))
    good = [file for path, file in seen.items() if path.startswith("~")]
    (bad,) = (file for path, file in seen.items() if not path.startswith("~"))
    assert [file.data for file in good] == [GOOD, GOOD]
    assert not bad.data
    assert reason in bad.problem
    assert bad.problem.endswith(".")
    assert bad.problem[0].isupper()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.zip"]


def test_links_in_zips_are_links(tmp_path):
    assert only(tmp_path, REFUSED["a link"][0])["l.json"].what is What.LINK


def test_entries_that_overlap_are_refused(tmp_path):
    """The trick of the best known bombs: many names for one stretch of packed bytes."""
    kernel = Part(b"00.json", b"\0" * 16_000)
    seen = only(
        tmp_path, kernel, *(Part(b"%02d.json" % n, kernel.data, at=0) for n in range(1, 50))
    )
    assert len(seen) == 50
    assert all("shares its bytes" in file.problem for file in seen.values())


def test_entries_that_quote_the_next_header_are_refused(tmp_path):
    inner = made(Part(b"inner.json", method=0))
    outer = Part(b"outer.json", inner, method=0)
    at = 30 + len(outer.name)
    seen = only(tmp_path, outer, Part(b"inner.json", method=0, at=at))
    assert all("shares its bytes" in file.problem for file in seen.values())


def test_different_files_of_one_name_are_refused_and_equal_ones_read(tmp_path):
    seen = list(
        listed(put(tmp_path, "a.zip", made(Part(b"a.json"), Part(b"a.json", b"{}"))))
    ) + list(listed(put(tmp_path, "b.zip", made(Part(b"b.json"), Part(b"b.json")))))
    assert [(ref.path, "different files" in ref.problem) for ref in seen] == [
        ("a.json", True),
        ("a.json", True),
        ("b.json", False),
        ("b.json", False),
    ]


BROKEN = {
    "empty file": b"",
    "no zip": b"PK\x03\x04 and then nothing",
    "cut short": made(Part(b"a.json"), cut=60),
    "without its end": made(Part(b"a.json"), cut=-10),
    "count too high": made(Part(b"a.json"), count=9),
    "table torn": made(Part(b"a.json")).replace(b"PK\x01\x02", b"PK\x09\x09"),
    "end alone, lying": b"PK\x05\x06" + b"\xff" * 18,
    "of several parts": b"PK\x05\x06\x01\0\x01\0" + b"\0" * 14,
    "wide records that lie": b"PK\x06\x07" + b"\xff" * 16 + b"PK\x05\x06\0\0\0\0" + b"\xff" * 14,
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_zip_is_one_sentence(tmp_path, what):
    put(tmp_path, "class/broken.zip", BROKEN[what])
    put(tmp_path, "class/good.json", GOOD)
    seen = found(tmp_path / "class")
    assert seen["good.json"].data == GOOD
    assert seen["broken.zip"].problem.startswith("Not an answers file: a compressed folder")
    with pytest.raises(NothingToMark, match=r"broken\.zip cannot be read"):
        list(listed(tmp_path / "class" / "broken.zip"))
    ((_, checked),) = check_paths([tmp_path / "class" / "broken.zip"])
    assert not checked.can_be_marked


def test_an_empty_zip_has_its_row(tmp_path):
    put(tmp_path, "class/empty.zip", made())
    assert "an empty zip" in found(tmp_path / "class")["empty.zip"].problem


def test_zips_within_zips_are_bounded(tmp_path):
    many = zipped([(f"{n:04d}.json", b"") for n in range(1_005)])
    large = Part(b"large.zip", b"PK" + b"x" * 9, method=0, size=LARGEST_INNER + 1)
    seen = only(tmp_path, Part(b"many.zip", many, method=0), large, Part(b"broken.zip", b"PK"))
    assert sum(path.startswith("many.zip") for path in seen) == 101
    assert "… and 905 more entries of this zip, not read" in seen["many.zip"].problem
    assert "damaged" in seen["large.zip"].problem or "more than" in seen["large.zip"].problem
    assert "compressed folder" in seen["broken.zip"].problem


def test_no_student_floods_a_gradebook_with_one_zip(tmp_path):
    many = zipped([(f"{n:04d}.json", b"") for n in range(1_005)])
    put(tmp_path, "class/madeupana_1_2_work.zip", many)
    put(tmp_path, "class/madeupbo_2_3_ex02.json", GOOD)
    put(tmp_path, "plain/everybody.zip", many)
    assert len(found(tmp_path / "class")) == 102
    assert "905 more" in found(tmp_path / "class")["madeupana_1_2_work.zip"].problem
    assert len(found(tmp_path / "plain")) == 1_005


@pytest.mark.parametrize("name", ["{}.json", "ex02 - {} X.json"])
def test_nor_with_one_that_lies_among_the_others_files(tmp_path, name):
    """In a flat folder, whatever it is called; not with zips that a teacher keeps beside one another."""
    many = zipped([(f"{n:04d}.json", b"") for n in range(1_005)])
    for who in ("ana", "bo", "cy"):
        put(tmp_path, f"class/{name.format(who)}", GOOD)
    for folder in ("class", "weeks/week2", "weeks/week3"):
        put(tmp_path, f"{folder}/my work.zip", many)
    put(tmp_path, "class/too.zip", zipped([(f"{n:05d}.json", b"") for n in range(MOST_LISTED + 1)]))
    put(tmp_path, "weeks/week2/late.json", GOOD)
    seen = found(tmp_path / "class")
    assert len(seen) == 105
    assert "905 more" in seen["my work.zip"].problem
    assert "cannot be read" in seen["too.zip"].problem
    assert len(found(tmp_path / "weeks")) == 2 * 1_005 + 1


def test_nor_with_a_folder_where_the_platform_takes_folders(tmp_path):
    for n in range(150):
        put(tmp_path, f"class/submitted/eve/ex02/n/{n}", b"")
        put(tmp_path, f"class/submitted/eve/ex02/m/{n}.json", b"")
    for who in ("ana", "bo", "eve"):
        put(tmp_path, f"class/submitted/{who}/ex02/ex02.answers.json", GOOD)
    seen = found(tmp_path / "class")
    assert len(seen) == 2 + 100 + 20 + 1
    assert "… and 181 more entries of this folder" in seen["submitted/eve/ex02"].problem
    assert "unpack" not in seen["submitted/eve/ex02"].problem
    assert seen["submitted/eve/ex02/ex02.answers.json"].data == GOOD


def test_junk_in_one_students_zip_has_few_rows(tmp_path):
    junk = [(f"{n:04d}.png", b"\x89PNG") for n in range(300)]
    inner = zipped([*junk, ("z.answers.json", GOOD)])
    seen = only(tmp_path, Part(b"x.zip", inner, method=0))
    assert len(seen) == 22
    assert seen["x.zip/z.answers.json"].data == GOOD
    assert "… and 280 more entries of this zip" in seen["x.zip"].problem


def test_only_so_many_bytes_of_one_students_zip_are_unpacked(tmp_path):
    from briefing.marking.hand_ins.budget import MOST_UNPACKED

    large = GOOD + random.Random(3).randbytes(15_000).hex().encode() * 60
    fitting = MOST_UNPACKED // len(large)
    assert fitting < 99
    parts = [(f"{n:03d}.answers.json", large) for n in range(99)]
    seen = only(tmp_path, Part(b"a/x.zip", zipped(parts), method=0), Part(b"b/good.json", GOOD))
    assert sum(len(file.data) for path, file in seen.items() if "x.zip/" in path) <= MOST_UNPACKED
    assert f"… and {99 - fitting} more entries" in seen["a/x.zip"].problem
    assert seen["b/good.json"].data == GOOD


def test_an_answers_file_is_found_among_many_others_in_a_zip(tmp_path):
    others = [(f"data/{n:04d}.json", b"{}") for n in range(500)]
    inner = zipped([*others, ("work/ex02.answers.json", GOOD)])
    seen = only(tmp_path, Part(b"x.zip", inner, method=0))
    assert seen["x.zip/work/ex02.answers.json"].data == GOOD


def test_a_file_that_is_neither_folder_nor_zip_is_one_sentence(tmp_path):
    with pytest.raises(NothingToMark, match="neither a folder nor a zip"):
        list(listed(put(tmp_path, "class.rar", b"Rar!")))


def test_a_zip_changed_at_random_never_stops_the_listing(tmp_path):
    inner = made(Part(b"w.json"), Part(b"x.answers.json", GOOD * 50))
    whole = made(Part(b"a.json"), Part("é.json".encode()), Part(b"in.zip", inner, method=0))
    rng = random.Random(11)
    for _ in range(800):
        broken = bytearray(whole)
        for _ in range(rng.randrange(1, 8)):
            at = rng.randrange(len(broken))
            broken[at : at + rng.randrange(1, 5)] = rng.randbytes(rng.randrange(5))
        put(tmp_path, "class.zip", bytes(broken))
        try:
            refs = list(listed(tmp_path / "class.zip"))
        except NothingToMark:
            continue
        for ref in refs:
            file = read(ref)
            assert file.data or file.problem
            assert ref.path.encode("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class.zip"]


# --- tables of contents that would cost much -----------------------------------------------------


def test_an_inner_zip_of_too_many_entries_is_one_row_and_no_entry_of_it_is_looked_at(tmp_path):
    inner = zipped([(f"{n}.json", b"") for n in range(MOST_LISTED + 1)])
    source = put(tmp_path, "class.zip", zipped([("bo.zip", inner), ("ana.json", GOOD)]))
    seen = found(source)
    assert list(seen) == ["ana.json", "bo.zip"]
    assert f"at most {MOST_LISTED:,} are read" in seen["bo.zip"].problem


def test_an_inner_zip_that_lies_about_its_number_is_not_listed_further(tmp_path):
    inner = made(*(Part(b"%d.json" % n, b"") for n in range(MOST_LISTED + 1)), count=1)
    source = put(tmp_path, "class.zip", zipped([("bo.zip", inner)]))
    (only_one,) = found(source).values()
    assert "table of contents is damaged" in only_one.problem


def test_a_students_own_zip_of_too_many_entries_in_a_folder_is_one_row_too(tmp_path):
    own = zipped([(f"{n}.json", b"") for n in range(MOST_LISTED + 1)])
    put(tmp_path, "class/Bo C_12_assignsubmission_file/work.zip", own)
    put(tmp_path, "class/Ana B_11_assignsubmission_file/ex02.json", GOOD)
    put(tmp_path, "class/Cai D_13_assignsubmission_file/ex02.json", GOOD)
    problems = [file.problem for file in found(tmp_path / "class").values()]
    assert len(problems) == 3
    assert sum(f"at most {MOST_LISTED:,} are read" in said for said in problems) == 1


def test_of_thousands_of_extra_fields_few_are_looked_at_and_a_name_is_summed_once(
    tmp_path, monkeypatch
):
    summed = []
    monkeypatch.setattr(zip_directory, "crc32", lambda raw: summed.append(raw) or zlib.crc32(raw))
    field = struct.pack("<HH", 0x7075, 5) + b"\x01\0\0\0\0"
    parts = [Part(b"%d.json" % n, GOOD, extra=field * 7_000) for n in range(20)]
    seen = only(tmp_path, *parts)
    assert [file.problem for file in seen.values()] == [""] * 20
    assert len(summed) == 2 * len(set(summed)) == 2 * 20  # it is listed twice
    wide = struct.pack("<HH", 0x9999, 0) * 16_000
    assert len(list(zip_directory._extras(wide))) <= 50


def test_of_one_students_many_zips_within_a_zip_few_are_looked_into(tmp_path, monkeypatch):
    from briefing.marking.hand_ins import archives
    from briefing.marking.hand_ins.budget import MOST_ZIPS

    looked = []
    real = archives.inner_zip
    monkeypatch.setattr(
        archives, "inner_zip", lambda *given: (looked.append(given), real(*given))[1]
    )
    inner = zipped([(f"{n:02d}.txt", b"") for n in range(3)])
    many = zipped([(f"{n:03d}.zip", inner) for n in range(200)] + [("z.answers.json", GOOD)])
    put(tmp_path, "class/madeupana_1_2_work.zip", many)
    put(tmp_path, "class/madeupbo_2_3_ex02.json", GOOD)
    seen = found(tmp_path / "class")
    assert len(looked) == MOST_ZIPS
    assert seen["madeupana_1_2_work.zip/z.answers.json"].data == GOOD
    assert "more entries" in seen["madeupana_1_2_work.zip"].problem
    assert seen["madeupbo_2_3_ex02.json"].data == GOOD
    looked.clear()
    put(tmp_path, "plain/everybody.zip", many)  # a whole class's, perhaps
    found(tmp_path / "plain")
    assert len(looked) == 200
