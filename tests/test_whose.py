"""The rules of whose a file is, by themselves: each by a case, all by made-up ones; no file is read."""

import random
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

import pytest

from briefing.marking.hand_ins.layouts import Claim, Layout
from briefing.marking.hand_ins.names import alike, spellings, squeezed, words_of
from briefing.marking.hand_ins.refs import ByPath, Who
from briefing.marking.hand_ins.roster import Person, Roster
from briefing.marking.hand_ins.whose import code_rules, path_rules
from briefing.marking.hand_ins.whose.facts import CodeFacts, PathFacts
from briefing.marking.hand_ins.whose.majority import Majority
from briefing.marking.hand_ins.whose.traits import traits_of
from briefing.marking.row_status import Standing


@dataclass(frozen=True)
class Told:
    """What the rest of a download says, given beforehand."""

    ids: bool = False
    groups: bool = False
    people: bool = False
    several: tuple[str, ...] = ()

    def has_ids(self, _):
        return self.ids

    def is_of_groups(self, _):
        return self.groups

    def is_of_people(self, _):
        return self.people

    def namesakes(self, _):
        return self.several


def people(*rows):
    """Return a class list of (name, ids, code, group), each row's first id telling it from the others."""
    found = []
    for name, ids, *more in rows:
        code, group = (*more, "", "")[:2]
        found.append(Person(next(iter(ids.values()), name), name, ids, code, group, len(found) + 1))
    return Roster(found)


IDS = people(("Ana B", {"id": "1"}), ("Bo C", {"id": "2"}), ("Zed", {}))
SHEET = people(
    ("Ana B", {"identifier": "1"}, "", "Reds"),
    ("Bo C", {"identifier": "2"}),
    ("Zed", {"user name": "z"}),
)
COURSE = people(("Ana B", {"id": "1"}, "", "Reds"), ("Bo C", {"id": "2"}, "", "Blues"))
TWICE = people(("Ana B", {"id": "1"}), ("B Ana", {"id": "2"}))
GROUP_OF_TWO = people(("Ana B", {"id": "1"}, "", "Ana B"), ("B Ana", {"id": "2"}))
CANVAS, MOODLE, FOLDERS = Layout.CANVAS, Layout.MOODLE, Layout.FOLDERS
AGREED, PEOPLE, GROUPS = Told(ids=True), Told(people=True), Told(groups=True)


def claim(number, name="", **more):
    return Claim(id=number, name=name, **more)


PATHS = [
    ("renamed", IDS, CANVAS, claim("1", "Eve"), AGREED, Who("1", "Ana B", "roster")),
    ("renamed", IDS, CANVAS, claim("1", "Bo C"), AGREED, Who("1", "Ana B", "roster")),
    ("renamed", SHEET, MOODLE, claim("1", "Reds"), AGREED, Who("1", "Ana B", "roster")),
    ("group", SHEET, MOODLE, claim("9", "Reds"), Told(), Who("9", "Reds", "group")),
    ("group", COURSE, MOODLE, claim("9", "Reds"), GROUPS, Who("9", "Reds", "group")),
    ("group", SHEET, MOODLE, claim("2", "Reds"), Told(), Who("2 (moodle)", "Reds", "group")),
    ("perhaps a group", COURSE, MOODLE, claim("9", "Reds"), PEOPLE, Who("9", "Reds", "path")),
    (
        "perhaps a group",
        GROUP_OF_TWO,
        MOODLE,
        claim("9", "Ana B"),
        Told(),
        Who("9", "Ana B", "path"),
    ),
    ("several on the list", TWICE, CANVAS, claim("9", "Ana B"), Told(), Who("9", "Ana B", "path")),
    (
        "several on the list",
        TWICE,
        CANVAS,
        claim("9", "Ana B"),
        AGREED,
        Who("9", "Ana B", "shared"),
    ),
    (
        "id of namesakes",
        IDS,
        FOLDERS,
        claim("1", "1"),
        Told(several=("1", "Ana B")),
        Who("1 (folders)", "1", "shared"),
    ),
    ("id", IDS, CANVAS, claim("1", "Ana"), Told(), Who("1", "Ana B", "roster")),
    ("id", IDS, CANVAS, claim("1", "Ana", sure=False), Told(), Who("1", "Ana B", "name")),
    (
        "id",
        IDS,
        CANVAS,
        claim("1", "Ana", sure=False, before="7"),
        Told(),
        Who("1", "Ana B", "name", "7"),
    ),
    (
        "name of one, id of another",
        IDS,
        CANVAS,
        claim("1", "Bo C"),
        Told(),
        Who("1 (canvas)", "Bo C", "shared"),
    ),
    ("id of another", IDS, CANVAS, claim("1", "Eve"), Told(), Who("1 (canvas)", "Eve", "shared")),
    ("name among groups", SHEET, MOODLE, claim("9", "Zed"), GROUPS, Who("9", "Zed", "path")),
    (
        "name among groups",
        SHEET,
        MOODLE,
        claim("9", "Ana B"),
        Told(ids=True, groups=True),
        Who("9", "Ana B", "shared"),
    ),
    (
        "other of the name",
        IDS,
        CANVAS,
        claim("9", "Ana B"),
        Told(ids=True, several=("1", "9")),
        Who("9", "Ana B", "shared"),
    ),
    ("other of the name", IDS, CANVAS, claim("9", "Ana B"), AGREED, Who("9", "Ana B", "shared")),
    (
        "name of namesakes",
        IDS,
        CANVAS,
        claim("9", "Zed"),
        Told(several=("8", "9")),
        Who("9", "Zed", "shared"),
    ),
    ("name", IDS, CANVAS, claim("9", "Zed"), AGREED, Who("Zed", "Zed", "roster")),
    ("name", IDS, Layout.GOOGLE, claim("", "Zed", sure=False), Told(), Who("Zed", "Zed", "name")),
    ("stranger", IDS, CANVAS, claim("9", "Eve"), Told(), Who("9", "Eve", "path")),
    ("stranger", IDS, CANVAS, claim("9", "Eve"), AGREED, Who("9", "Eve", "shared")),
    (
        "called as a group",
        COURSE,
        Layout.GOOGLE,
        claim("", "Reds", sure=False),
        Told(),
        Who("", "Reds", "code"),
    ),
]


@pytest.mark.parametrize(("rule", "roster", "layout", "said", "told", "who"), PATHS)
def test_whose_a_file_is_by_its_path(rule, roster, layout, said, told, who):
    facts = PathFacts(said, layout, roster, told)
    assert path_rules.first(path_rules.RULES, facts).name == rule
    assert path_rules.from_path(said, layout, roster, told)[0] == who


CODES = people(
    ("Ana B", {"id": "1"}, "ana-1", "Reds"), ("Bo C", {"id": "2"}), ("", {"id": "3"}, "z")
)
NAMELESS = people(("", {"identifier": "1"}, "ana-1", "Reds"))
SHARED = people(("Ana B", {"id": "1"}, "same"), ("Bo C", {"id": "2"}, "same"))
ANA = Who("1", "Ana B", "roster")
BY_CODE = [
    ("listed", CODES, ANA, "z", ANA),
    ("nobody's", CODES, Who("9", "Ana B", "shared"), "ana-1", Who("9", "Ana B", "shared")),
    ("nobody's", CODES, Who("", "", "shared"), "ana-1", Who("ana-1", "", "code")),
    ("no list", None, Who("9", "Eve", "path"), "ana-1", Who("9", "Eve", "path")),
    ("no list", None, Who("", "Eve", "code"), "ana-1", Who("ana-1", "Eve", "code")),
    ("named, with the code", CODES, Who("1", "Ana B", "name"), "ana-1", ANA),
    (
        "named, with the code",
        CODES,
        Who("1", "Ana B", "name", "7"),
        "ana-1",
        Who("1", "Ana B", "roster", "7"),
    ),
    (
        "named, with another code",
        CODES,
        Who("1", "Ana B", "name"),
        "eve",
        Who("eve", "Ana B", "code"),
    ),
    ("named, with another code", CODES, Who("2", "Bo C", "name"), "z", Who("z", "Bo C", "code")),
    ("named", CODES, Who("2", "Bo C", "name"), "eve", Who("2", "Bo C", "name")),
    ("code", CODES, Who("9", "Ana", "path"), "ana-1", Who("1", "Ana B", "roster", "9")),
    ("code", CODES, Who("9", "Eve", "path"), "z", Who("3", "", "roster", "9")),
    ("unknown", CODES, Who("9", "Eve", "path"), "ana-1", Who("9", "Eve", "path")),
    ("group", CODES, Who("9", "Reds", "group"), "ana-1", Who("9", "Reds", "group")),
    ("group", NAMELESS, Who("9", "Reds", "group"), "ana-1", Who("9", "Reds", "group")),
    ("unknown", NAMELESS, Who("", "Reds", "code"), "ana-1", Who("ana-1", "Reds", "code")),
    ("unknown", SHARED, Who(), "same", Who("same", "", "code")),
]


@pytest.mark.parametrize(("rule", "roster", "who", "code", "then"), BY_CODE)
def test_whose_a_file_is_once_its_code_is_known(rule, roster, who, code, then):
    facts = CodeFacts(who, code, roster)
    assert next(one for one in code_rules.RULES if one.holds(facts)).name == rule
    assert code_rules.settled(who, code, roster)[0] == then


# --- made-up cases ---------------------------------------------------------------------------------

NAMES = (
    "Ana B",
    "Ana C",
    "B Ana",
    "Bo C",
    "Reds",
    "Blues",
    "",
    "Zed",
    "O'Neil X",
    "ONeil X",
    "李 王",
)
MADE_UP = 8_000


@dataclass(frozen=True)
class Case:
    claim: Claim
    layout: Layout
    roster: Roster
    told: Told
    code: str

    @cached_property
    def path(self):
        return path_rules.from_path(self.claim, self.layout, self.roster, self.told)

    @property
    def facts(self):
        return PathFacts(self.claim, self.layout, self.roster, self.told)


def made_up(chance):
    layout = chance.choice(list(Layout))
    kinds, found, taken = traits_of(layout).kinds or ("id",), [], set()
    for line in range(chance.randrange(5)):
        name = chance.choice(NAMES)
        columns = set(chance.choices([*kinds, "id", "email"], k=chance.randrange(3)))
        ids = {kind: str(chance.randrange(5)) for kind in sorted(columns)}
        own = next(iter(ids.values()), "") or name or "c"
        while own in taken:
            own += " (row)"
        taken.add(own)
        code, group = (
            chance.choice(["", "", *"xyz"]),
            chance.choice(["", "", "Reds", "Blues, Reds", "Ana B"]),
        )
        found.append(Person(own, name, ids, code, group, line + 1))
    own, name, bare = chance.choice(["", *"012349", "Ana B"]), chance.choice(NAMES), ""
    if layout is Layout.CANVAS:
        name = name.casefold().replace(" ", "").replace("'", "")
    if layout in (Layout.GOOGLE, Layout.PLAIN):
        own = ""
    if own and chance.random() < 0.2:
        bare, own = own, f"{own} {name}"
    claim = Claim(
        id=own,
        name=name,
        squeezed=layout is Layout.CANVAS,
        sure=chance.random() < 0.75,
        bare=bare,
        before=chance.choice(["", "7"]),
    )
    told = Told(
        chance.random() < 0.5,
        chance.random() < 0.4,
        chance.random() < 0.5,
        chance.choice([("8", "9"), (), ()]),
    )
    return Case(claim, layout, Roster(found), told, chance.choice(["", *"xyq1"]))


@cache
def cases():
    chance = random.Random(7)
    made = (made_up(chance) for _ in range(MADE_UP))
    return [one for one in made if one.claim.id or one.claim.name]


def all_codes():
    """Yield what is known of each file once it has been read, with its list and without."""
    for one in cases():
        yield CodeFacts(one.path[0], one.code, one.roster)
        alone, *_ = path_rules.from_path(one.claim, one.layout, None, one.told)
        yield CodeFacts(alone, one.code, None)


def test_each_rule_is_met():
    silent = [ByPath.SILENT, ByPath.SEVERAL_CUTS]
    assert silent + [rule.name for rule in path_rules.RULES] == list(ByPath)
    paths = Counter(path_rules.first(path_rules.RULES, one.facts).name for one in cases())
    codes = Counter(
        next(rule for rule in code_rules.RULES if rule.holds(facts)).name for facts in all_codes()
    )
    assert [rule.name for rule in path_rules.RULES if paths[rule.name] < 10] == []
    assert [rule.name for rule in code_rules.RULES if codes[rule.name] < 10] == []


def excluding(rules, all_facts):
    """Return the neighbours of which no case meets both."""
    neighbours, both = list(pairwise(rules)), set()
    for facts in all_facts:
        taken = next(rule for rule in rules if rule.holds(facts))
        both |= {(a.name, b.name) for a, b in neighbours if a is taken and b.holds(facts)}
    return {(a.name, b.name) for a, b in neighbours} - both


def test_the_order_of_rules_counts_but_where_no_file_meets_both():
    assert excluding(path_rules.RULES, (one.facts for one in cases())) == {
        ("several on the list", "id of namesakes"),
        ("id", "name of one, id of another"),
        ("name of one, id of another", "id of another"),
        ("id of another", "name among groups"),
    }
    assert excluding(code_rules.RULES, all_codes()) == {
        ("listed", "nobody's"),
        ("nobody's", "no list"),
        ("no list", "group"),
        ("group", "named, with the code"),
        ("named", "code"),
    }


def on_the_list(one):
    """Return who on the list a path gives a file to, and whether by the id."""
    who, *_ = one.path
    person = one.roster.person(who.id)
    if person is None or who.told_by not in ("roster", "name"):
        return None, False
    number = one.claim.number
    return person, number in [person.ids.get(kind) for kind in traits_of(one.layout).kinds]


def has_the_name(person, one):
    """Say whether a name on the list is the one in the path, by the words alone."""
    if one.layout is CANVAS:
        return "".join(words_of(one.claim.name)) in squeezed(person.name)
    return not spellings(person.name).isdisjoint(spellings(one.claim.name))


def test_nobody_has_a_file_by_the_name_where_the_name_could_be_somebody_elses():
    met = 0
    for one in cases():
        person, by_id = on_the_list(one)
        if person is None or by_id:
            continue
        met += 1
        traits, number = traits_of(one.layout), one.claim.number
        assert [other for other in one.roster.people if has_the_name(other, one)] == [person], one
        assert not (one.claim.id and one.told.several), one
        if traits.apart and number:
            others = [other for other in one.roster.people if other is not person]
            assert number not in [
                other.ids.get(kind) for other in others for kind in traits.kinds
            ], one
        if traits.apart and number and one.told.ids:
            assert not any(person.ids.get(kind) for kind in traits.kinds), one
        if traits.groups:
            assert one.told.people, one
            assert not one.roster.group(one.claim.name), one
    assert met > MADE_UP / 50


def test_an_id_under_quite_another_name_counts_where_most_of_the_download_bears_it_out():
    met = 0
    for one in cases():
        person, by_id = on_the_list(one)
        if not by_id or not person.name or not one.claim.name:
            continue
        if alike(person.name, one.claim.name, without_spaces=one.claim.squeezed):
            continue
        met += 1
        assert traits_of(one.layout).typed or (one.told.ids and one.claim.sure), one
    assert met > MADE_UP / 200


def test_what_only_a_files_own_name_says_is_never_sure():
    assert not [one for one in cases() if not one.claim.sure and one.path[0].told_by == "roster"]


def test_what_is_nobodys_is_called_as_nobody_on_the_list():
    for one in cases():
        who, *_ = one.path
        if who.told_by in ("path", "group", "shared", "code"):
            assert one.roster.person(who.id) is None, one


def test_a_code_gives_a_file_to_nobody_but_its_owner_and_never_what_the_platform_says_is_anothers():
    for one in cases():
        before, *_ = one.path
        after, *_ = code_rules.settled(before, one.code, one.roster)
        person = one.roster.person(after.id) if after.told_by == "roster" else None
        if person and before.told_by != "roster":
            assert person.code == one.code, one
            assert before.told_by != "shared", one


def test_a_file_is_somebodys_on_the_list_a_groups_or_nobodys():
    for one in cases():
        who, _, by = one.path
        after, said, standing = code_rules.settled(who, one.code, one.roster, by)
        on_it = one.roster.person(after.id) if after.told_by in ("roster", "name") else None
        assert (standing is Standing.LISTED) == (on_it is not None), one
        if standing is Standing.GROUP:
            assert one.roster.group(one.claim.name), one
        assert (*one.path[1], *said) or standing is Standing.LISTED, (
            one
        )  # a row says why it is nobody's


def test_without_a_list_nothing_is_looked_up():
    for one in cases():
        who, said, _ = path_rules.from_path(one.claim, one.layout, None, None)
        assert (who.id, who.name, said) == (one.claim.id, one.claim.name, ())


def test_a_path_that_says_nothing_is_nobodys_where_there_is_a_list():
    assert path_rules.from_path(claim("", sure=False), CANVAS, IDS, None)[0] == Who(
        told_by="shared"
    )
    assert path_rules.from_path(claim("", sure=False), CANVAS, None, None)[0] == Who()
    cuts = path_rules.from_path(claim("", problem="Two are meant."), CANVAS, IDS, None)
    assert cuts == (Who(told_by="shared"), (), ByPath.SEVERAL_CUTS)
    assert path_rules.from_path(None, CANVAS, IDS, None)[0] == Who()


# --- what most of a download speaks for ------------------------------------------------------------


def seen(layout, roster, *claims):
    """Return what most of these say, and a list that grows each time they are gone through."""
    walks = []

    def again():
        walks.append(1)
        return claims

    return Majority(again, layout, roster), walks


def test_most_of_the_hand_ins_decide_and_however_many_files_one_has_is_one_vote():
    ana, bo = claim("1", "Ana B"), claim("2", "Bo C")
    flood = [claim("2", "Eve", attempt=n) for n in range(9)]
    assert seen(CANVAS, IDS, ana, *flood)[0].has_ids("") is False  # one each: a tie
    assert seen(CANVAS, IDS, ana, bo, *flood[:1])[0].has_ids("") is True
    week = [claim("1", "Ana B", download="week1"), claim("1", "Eve", download="week2")]
    both, _ = seen(CANVAS, IDS, *week)
    assert (both.has_ids("week1"), both.has_ids("week2"), both.has_ids("week3")) == (
        True,
        False,
        False,
    )


def test_people_and_groups_are_counted_against_one_another():
    reds, ana, bo = claim("9", "Reds"), claim("1", "Ana B"), claim("2", "Bo C")
    for claims, groups, persons in (
        ((reds,), True, False),
        ((reds, ana), False, False),
        ((reds, ana, bo), False, True),
    ):
        most, _ = seen(MOODLE, SHEET, *claims)
        assert (most.is_of_groups(""), most.is_of_people("")) == (groups, persons)


def test_two_of_one_name_in_one_download_are_two_people_and_two_weeks_of_one_are_one():
    zed = IDS.person("Zed")
    assert seen(CANVAS, IDS, claim("8", "Zed"), claim("9", "Zed"))[0].namesakes(zed) == ["8", "9"]
    weeks = [claim("8", "Zed", download="week1"), claim("9", "Zed", download="week2")]
    assert seen(CANVAS, IDS, *weeks)[0].namesakes(zed) == []
    typed = [claim("Zed", "Zed"), claim("zed.zip", "zed")]
    assert seen(FOLDERS, IDS, *typed)[0].namesakes(zed) == ["Zed", "zed"]


def test_a_source_is_gone_through_once_and_only_where_there_is_a_doubt():
    most, walks = seen(CANVAS, IDS, claim("1", "Ana B"), claim("9", "Zed"))
    path_rules.from_path(claim("1", "Ana B"), CANVAS, IDS, most)
    assert walks == []
    path_rules.from_path(claim("9", "Zed"), CANVAS, IDS, most)
    path_rules.from_path(claim("9", "Eve"), CANVAS, IDS, most)
    assert walks == [1]
