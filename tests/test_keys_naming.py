"""The naming key: its places against the articles, its counts, its printed form, and what is refused."""

import csv
import io
import itertools
import re

import pytest
from typer.testing import CliRunner

from briefing.cli import app
from briefing.corpus import TableError, articles, course_folder, plain
from briefing.keys.agreement import agreement
from briefing.keys.naming import (
    COUNTED_PARTS,
    MENTION_COLUMNS,
    REFERENTS,
    Mention,
    counted,
    mentions,
    naming_passes,
    read_mentions,
    shown_mentions,
)
from briefing.keys.naming_report import naming_agreement, naming_section
from briefing.keys.report import as_csv
from briefing.keys.tables import has_solutions

SHOWN = {"000", "004"}
# Words that name fighters or forces. What they find must be a mention, or one of NO_NAME.
NAMING_WORDS = re.compile(
    r"\b(?:ISIL|ISIS|IS|Daesh|Islamic State|Nusra|jihadist\w*|islamist\w*|terroris\w*|militants?|"
    r"extremists?|gunm[ae]n|gangs?|criminals?|rebels?|insurgents?|fighters?|opposition|"
    r"armed (?:groups?|formations?|units?)|patriotic|Free Syrian Army|coalition|troops|"
    r"government (?:forces|troops)|Assad)\b",
    re.IGNORECASE,
)
NO_NAME = [
    r"Air Force fighters|F-4 fighters",  # aircraft
    r"anti-terrorist air campaign|anti-terrorism efforts",  # a deed
    r"fight against terrorism|international terrorism",  # a thing
    r"been in opposition",  # a state of affairs
    r"\(IS, formerly ISIS/ISIL\)|\[the former name of the IS\]",  # a note on the name itself
    r"\bis\b",  # the verb, in small letters
]


def quotations(line):
    """Return the stretches of a line within quotation marks, straight or curved; our own parser."""
    found, opened = [], None
    for at, sign in enumerate(line):
        if sign == "“" or (sign == '"' and opened is None):
            assert opened is None, line
            opened = at
        elif sign in ("”", '"'):
            assert opened is not None, line
            found.append((opened, at + 1))
            opened = None
    assert opened is None, line
    return found


def inside(text, start, end):
    top = text.rfind("\n", 0, start) + 1
    bottom = text.find("\n", end)
    line = text[top : bottom if bottom >= 0 else len(text)]
    return any(a <= start - top and end - top <= b for a, b in quotations(line))


def story(article):
    return [s for s in articles[article].segments if s.part in COUNTED_PARTS]


def test_the_parser_of_this_test_knows_both_kinds_of_quotation_marks():
    line = "He said “one”. \"Two,\" he said, and 'three'."
    assert [line[a:b] for a, b in quotations(line)] == ["“one”", '"Two,"']


@pytest.mark.parametrize("mention", mentions(), ids=lambda m: m.id)
def test_inside_is_what_the_quotation_marks_of_the_text_say(mention):
    assert mention.inside == (
        "yes" if inside(articles[mention.article].text, mention.start, mention.end) else "no"
    )


def test_the_mentions_come_in_order_and_do_not_overlap():
    found = mentions()
    assert found == sorted(found, key=lambda m: (m.article, m.start))
    for one, other in itertools.pairwise(found):
        assert one.article != other.article or one.end <= other.start
    assert {m.article for m in found} == ({*articles} if has_solutions() else SHOWN)
    assert {m.article for m in shown_mentions()} == SHOWN


@pytest.mark.parametrize("article", sorted({m.article for m in mentions()}))
def test_no_name_in_the_story_is_left_out(article):
    text, known = articles[article].text, [m for m in mentions() if m.article == article]
    missed = []
    for segment in story(article):
        words = plain(segment.span.of(text))
        dull = [m.span() for rule in NO_NAME for m in re.finditer(rule, words)]
        for found in NAMING_WORDS.finditer(words):
            start, end = found.start() + segment.span.start, found.end() + segment.span.start
            if any(m.start < end and start < m.end for m in known):
                continue
            if not any(a <= found.start() and found.end() <= b for a, b in dull):
                missed.append(words[max(0, found.start() - 30) : found.end() + 20])
    assert missed == []


@pytest.mark.parametrize("mention", mentions(), ids=lambda m: m.id)
def test_a_term_is_made_of_the_words_that_stand_there(mention):
    words = plain(mention.span.of(articles[mention.article].text)).lower().replace("’", "'")
    head = mention.term.removesuffix(" (adj)").lower()
    assert head[:4] in words or words.startswith(("russian and", "international"))
    assert mention.term.lower() not in ("isil", "isis", "is") or mention.referent == "isil"


def test_the_label_shift_of_000():
    found = [m for m in mentions() if m.article == "000"]
    named = [m for m in found if m.referent == "isil"]
    assert {m.inside for m in named} == {"no"}
    assert len(named) == 11
    text = articles["000"].text
    quoted = [
        [m.term for m in found if m.referent == "fighters" and a <= m.start < b]
        for a, b in quotations(text.replace("\n", " "))
    ]
    assert len(quoted) == 7
    assert sorted(map(str, quoted)) == sorted(
        map(str, [["terrorist"]] * 4 + [["armed group"]] + [[], []])
    )


def test_in_004_the_group_is_named_inside_quotations_too():
    rows = [m for m in mentions() if m.article == "004" and m.referent == "isil"]
    assert [m.inside for m in rows].count("yes") == 4
    assert [m.inside for m in rows].count("no") == 6
    (gangs,) = [m for m in rows if "gang" in m.term]
    (gunmen,) = [m for m in mentions() if m.term == "gunman"]
    assert (gangs.inside, gunmen.inside) == ("no", "yes")


def test_counts_are_counts_of_mentions():
    rows = counted(mentions())
    assert sum(row.inside_quotes + row.outside_quotes for row in rows) == len(mentions())
    assert len({(row.article, row.term, row.referent) for row in rows}) == len(rows)
    twice = [Mention("000", 1, 2, "x", "others", "yes"), Mention("000", 3, 4, "x", "others", "no")]
    (row,) = counted(twice)
    assert (row.inside_quotes, row.outside_quotes) == (1, 1)


def test_key_naming_prints_what_is_stored():
    printed = CliRunner().invoke(app, ["key", "naming"]).stdout
    rows = list(csv.DictReader(io.StringIO(printed)))
    assert list(rows[0]) == ["article", "term", "referent", "inside_quotes", "outside_quotes"]
    home = "solutions" if has_solutions() else "data"
    stored = (course_folder() / home / "keys" / "naming.csv").read_text(encoding="utf-8")
    assert printed == stored
    with (course_folder() / "data" / "keys" / "naming.csv").open(encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == [row for row in rows if row["article"] in SHOWN]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("article", "900", "article"),
        ("start", "x", "code points"),
        ("end", "98", "within one sentence"),
        ("end", "400", "within one sentence"),
        ("referent", "nobody", "one of isil"),
        ("inside", "maybe", "yes or no"),
        ("term", " ", "filled in"),
    ],
)
def test_a_wrong_cell_is_one_sentence(tmp_path, column, value, said):
    row = {"article": "000", "start": "98", "end": "110", "term": "Russian jet"}
    row |= {"referent": "russian_forces", "inside": "no"} | {column: value}
    path = tmp_path / "mentions.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, MENTION_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
    with pytest.raises(TableError, match=said) as problem:
        read_mentions(path)
    assert str(path) in str(problem.value)


@pytest.mark.skipif(not has_solutions(), reason="the passes belong to the solutions")
def test_the_agreement_on_names_is_computed_from_both_passes():
    found = naming_agreement()
    one, other = naming_passes().values()
    assert found.rows == (len(one), len(other))
    assert found.common <= min(found.rows)
    assert 0.9 < found.f1 < 1
    assert set(found.columns) == {"term", "referent", "inside"}
    assert found.columns["referent"].alpha >= 0.667
    printed = as_csv([naming_section()])
    assert f"naming: mention (F1),all mentions,{found.common},{found.f1:.3f},,," in printed
    assert {m.referent for m in one} <= set(REFERENTS)
    assert agreement([("a", "a")]).raw == 1
