"""A class's rules: read strictly, right across a night in which clocks change, and never cruel."""

import pickle
import re
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutations import no_hang

from briefing.corpus import course_folder
from briefing.keys import definition, exercise_key, has_solutions
from briefing.keys.results import QuestionResult, Status
from briefing.marking.due import Due, NoTime, at_utc, moment, read_days, read_due
from briefing.marking.grade import Desk, Desks, Graded
from briefing.marking.lateness import TimedBy, WhenHandedIn, is_accepted, lateness, with_late_rule
from briefing.marking.row_status import RowStatus
from briefing.marking.rules import Counts, ExerciseRules, FullMarks, LateRule, Missing, Rules, Takes
from briefing.marking.rules_file import RulesUnclear, _Reader, find_rules, read_rules
from briefing.marking.rules_told import what_they_do
from briefing.marking.toml_lines import line_of

BERLIN = "Europe/Berlin"
EXAMPLE = course_folder() / "docs" / "marking.example.toml"


def rules_of(tmp_path, text):
    path = tmp_path / "marking.toml"
    path.write_text(text, encoding="utf-8")
    return read_rules(path)


def local(words, zone=BERLIN, fold=0):
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone), fold=fold)


# --- when something is due ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "last", "first_late"),
    [
        ("2026-11-27 23:59", "2026-11-27T23:59:59", "2026-11-28T00:00:00"),
        ("2026-11-27T9.30", "2026-11-27T09:30:59", "2026-11-27T09:31:00"),
        ("2026-11-27", "2026-11-27T23:59:59", "2026-11-28T00:00:00"),
        ("2026-11-27 23:59:30", "2026-11-27T23:59:30", "2026-11-27T23:59:31"),
        (date(2026, 11, 27), "2026-11-27T23:59:59", "2026-11-28T00:00:00"),
        (datetime(2026, 11, 27, 23, 59), "2026-11-27T23:59:59", "2026-11-28T00:00:00"),
        (
            datetime(2026, 11, 27, 22, 59, tzinfo=UTC),
            "2026-11-27T23:59:59",
            "2026-11-28T00:00:00",
        ),
    ],
)
def test_a_minute_and_a_day_count_whole(written, last, first_late):
    due = read_due(written, BERLIN)
    assert due.days_late(local(last)) == 0
    assert due.days_late(local(first_late)) == 1


@pytest.mark.parametrize(
    "written",
    ["tomorrow", "2026-13-01", "2026-02-30", "2026-11-27 25:00", "27.11.2026", "", 5, True, None,
     "2026-11-27 23:59 Berlin", "9999-12-31"],
)  # fmt: skip
def test_what_is_no_time_is_refused(written):
    with pytest.raises(NoTime):
        read_due(written, BERLIN)


def test_started_days_are_counted_on_the_clock_on_the_wall():
    due = read_due("2026-11-27 23:59", BERLIN)
    days = [due.days_late(local(f"2026-11-{day}T{hour}:59:59")) for day, hour in
            ((27, 23), (28, "00"), (28, 23), (29, "00"), (30, 12))]  # fmt: skip
    assert days == [0, 1, 1, 2, 3]


@pytest.mark.parametrize(
    ("due", "same_hour_next_day", "hours"),
    [
        ("2026-10-24 23:59", "2026-10-25T23:59:30", 25),
        ("2026-03-28 23:59", "2026-03-29T23:59:30", 23),
    ],
)
def test_a_day_with_25_or_23_hours_is_one_day(due, same_hour_next_day, hours):
    until = read_due(due, BERLIN)
    at = local(same_hour_next_day).astimezone(UTC)
    assert at - (until.instant - timedelta(seconds=30)) == timedelta(hours=hours)
    assert until.days_late(at) == 1
    assert until.days_late(at + timedelta(minutes=1)) == 2


def test_of_an_hour_that_comes_twice_the_second_counts():
    due = read_due("2026-10-25 02:30", BERLIN)
    assert due.days_late(local("2026-10-25T02:45:00")) == 0
    assert due.days_late(local("2026-10-25T02:30:30", fold=1)) == 0
    assert due.days_late(local("2026-10-25T02:31:00", fold=1)) == 1


def test_an_hour_that_never_comes_is_still_a_time():
    due = read_due("2026-03-29 02:30", BERLIN)
    assert due.days_late(local("2026-03-29T01:59:59")) == 0
    assert due.days_late(local("2026-03-29T04:00:00")) == 1


def test_more_time_is_counted_in_days_of_the_wall_clock():
    due = read_due("2026-10-24 23:59", BERLIN).later(3)
    assert due.days_late(local("2026-10-27T23:59:59")) == 0
    assert due.days_late(local("2026-10-28T00:00:00")) == 1


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.integers(0, 20 * 24 * 3600),
    st.sampled_from([BERLIN, "UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]),
)
def test_late_is_never_less_later_and_in_time_is_before_the_end(end, seconds, zone):
    due = Due(end.replace(microsecond=0), zone)
    at = due.instant + timedelta(seconds=seconds)
    assert due.days_late(due.instant - timedelta(seconds=1)) == 0
    assert 1 <= due.days_late(at) <= due.days_late(at + timedelta(hours=26))
    assert abs(due.days_late(at) - 1 - seconds / 86400) < 1.1


def test_times_are_told_with_their_zone_and_never_in_the_computers_language():
    told = "Fri 27 Nov 2026, 23:59 (Europe/Berlin)"
    assert read_due("2026-11-27 23:59", BERLIN).told == told
    assert moment(datetime(2026, 11, 27, 22, 59, tzinfo=UTC), BERLIN) == told
    assert at_utc("2026-11-27T22:59:00") is None  # without a zone nobody knows when
    assert at_utc("2026-11-27T23:59:00+01:00") == datetime(2026, 11, 27, 22, 59, tzinfo=UTC)
    assert [read_days(w) for w in ("3 days", "+1 day", "3", 3, "many days")] == [
        3,
        1,
        None,
        None,
        None,
    ]


# --- the file -------------------------------------------------------------------------------------


def switched_on():
    """Return the example with everything switched on in it, as its first lines say how."""
    return re.sub(r"^#(?=[\w\[])", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_example_copied_whole_changes_nothing():
    assert read_rules(EXAMPLE) == Rules(zone=BERLIN)


def test_the_annotated_example_says_what_its_remarks_say(tmp_path):
    rules = rules_of(tmp_path, switched_on())
    assert (rules.zone, rules.counts, rules.missing) == (BERLIN, Counts.LATEST, Missing.LEFT_OUT)
    assert rules.late == LateRule(Takes.PERCENT, 10, 50, 0, 7)
    assert rules.exercises["ex01"].late == rules.late
    assert rules.exercises["ex02"].weight == 2
    assert set(rules.exercises["ex02"].points) == set(definition("ex02").questions)
    assert sum(rules.exercises["ex02"].points.values()) == 20
    assert rules.exercises["ex03"].full_marks is FullMarks.EVERYTHING
    assert rules.exercises["ex03"].late == LateRule(Takes.POINTS, 1, 5, 0, 7)
    assert rules.exercises["ex04"].late == LateRule(Takes.NOTHING, not_accepted_after=0)
    assert rules.due("ex02", "fox-4821") == (read_due("2026-12-01 23:59", BERLIN), True)
    assert rules.due("ex01", "fox-4821") == (read_due("2026-11-23 23:59", BERLIN), True)
    assert rules.due("ex01", "owl-1") == (read_due("2026-11-20 23:59", BERLIN), False)
    assert rules.due("ex05", "owl-1") == (None, False)
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_every_setting_stands_in_the_example():
    raw = tomllib.loads(switched_on())
    assert {"zone", "counts", "missing", "full_marks", "late", "exercise", "student"} == set(raw)
    inside = {name for entry in raw["exercise"].values() for name in entry}
    assert inside == {"due", "weight", "points", "full_marks", "late"}
    assert set(raw["late"]) == {"takes", "per_day", "at_most", "down_to", "not_accepted_after"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing in it is switched on"),
        ("[exercise.ex02]\npoints = { q1 = 6 }\n", "points of ex02 changed"),
        ("[exercise.ex02]\npoints = { q1 = 7 }\n", "nothing in it is switched on"),
        ("[exercise.ex02]\nweight = 0.5\n", "ex02 weighs 0.5"),
        (
            '[late]\ntakes = "points"\nper_day = 2\nat_most = 6\n',
            "late takes 2 points a day, 6 points at most",
        ),
        (
            '[late]\ntakes = "percent"\nper_day = 10\nnot_accepted_after = 1\n',
            "late takes 10 % a day; nothing counts 1 day after it was due",
        ),
        ('[late]\ntakes = "points"\nper_day = 1\n', "late takes 1 point a day"),
        ('[late]\ntakes = "say so"\n', "late is said and takes nothing"),
        ('full_marks = "everything"\n', "full marks only for everything"),
        (
            'full_marks = "everything"\n[exercise.ex03]\nfull_marks = "agreement"\n',
            "full marks only for everything; full marks in ex03 by the agreement",
        ),
        ('missing = "zero"\n', "what is missing counts as nothing in totals"),
        ('counts = "all"\n', "all of several hand-ins count"),
    ],
)
def test_a_line_says_what_rules_do(tmp_path, text, said):
    assert what_they_do(rules_of(tmp_path, text)) == said


def test_the_line_says_all_that_the_example_does(tmp_path):
    assert what_they_do(rules_of(tmp_path, switched_on())) == (
        "points of ex02 changed; due times for ex01, ex02, ex03 and ex04; late takes 10 % a day, 50 % at most; "
        "nothing counts 7 days after it was due; another late rule for ex03 and ex04; full marks in ex03 only "
        "for everything; ex02 weighs 2; more time for 1 student"
    )


def test_without_a_file_the_courses_own_rules_hold(tmp_path):
    assert read_rules(None) == Rules()
    assert rules_of(tmp_path, "") == Rules()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('zone = "Europe/Berlin"\n[exercise.ex2]\n', 2, "no exercise “ex2”; did you mean ex0"),
        ('\n\nconuts = "best"\n', 3, "no setting “conuts”; did you mean counts"),
        ('counts = "lastest"\n', 1, "counts cannot be “lastest”; did you mean latest"),
        ('zone = "Berlin"\n', 1, "“Berlin” is no zone"),
        ('zone = "../../etc/passwd"\n', 1, "is no zone"),
        ('[exercise.ex02]\ndue = "2026-11-27"\n', None, "say whose clocks"),
        ('zone = "UTC"\n[exercise.ex02]\n\ndue = "soon"\n', 4, "“soon” is no date and time"),
        (
            'zone = "UTC"\n[exercise.ex02]\ndue = "2026-02-30"\n',
            3,
            "no date and time that there is",
        ),
        ("[exercise.ex02]\npoints = { q1 = 5, q12 = 1 }\n", 2, "no question “q12” of ex02"),
        ("[exercise.ex02.points]\nq1 = 5\nq2 = -1\n", 3, "must be a number from 0 to 100"),
        ('[exercise.ex02]\nweight = "two"\n', 2, "weight is “two”"),
        ("[exercise.ex02]\nwieght = 2\n", 2, "did you mean weight"),
        ("[exercise]\nex02 = 3\n", 2, "must be a table"),
        ('[late]\ntakes = "points"\n', 1, "say how many points"),
        ('[late]\ntakes = "say so"\nper_day = 2\n', 3, "per_day has no effect"),
        ('[late]\ntakes = "percent"\nper_day = 101\n', 3, "from 0 to 100"),
        ('[late]\ntakes = "percent"\nper_day = nan\n', 3, "from 0 to 100"),
        ('[late]\nnot_accepted_after = "soon"\n', 2, "no number of days"),
        ("[late]\nnot_accepted_after = true\n", 2, "no number of days"),
        ('zone = "UTC"\n[student."fox-1"]\nex02 = "a week"\n', 3, "3 days"),
        ('zone = "UTC"\n[student."fox-1"]\nevery = "2026-11-27"\n', 3, 'every = "3 days"'),
        ('zone = "UTC"\n[student."fox-1"]\nex99 = "3 days"\n', 3, "no exercise “ex99”"),
        ("full_marks = 20\n", 1, "full_marks cannot be “20”"),
    ],
)
def test_what_is_not_understood_stops_everything_and_names_the_line(tmp_path, text, line, said):
    with pytest.raises(RulesUnclear) as problem:
        rules_of(tmp_path, text)
    words = str(problem.value)
    assert said in words
    assert (f"line {line}:" in words) if line else ("line" not in words)
    assert words.endswith("Nothing was marked or changed.")
    assert "\n" not in words


@pytest.mark.parametrize("data", [b"zone = \xff", b"zone = ", b"[[[", b"a = " + b"[" * 5000])
def test_a_file_that_is_no_toml_is_one_sentence(tmp_path, data):
    path = tmp_path / "marking.toml"
    path.write_bytes(data)
    with pytest.raises(RulesUnclear, match="Nothing was marked or changed"):
        read_rules(path)
    with pytest.raises(RulesUnclear, match="cannot be read"):
        read_rules(tmp_path / "none.toml")


NAMES_IN_FILES = st.sampled_from(
    ("zone", "counts", "late", "takes", "per_day", "exercise", "ex02", "due", "points", "q1", "weight",
     "student", "fox-1", "every", "not_accepted_after", "full_marks", "\x1b[31m", "a.b")
)  # fmt: skip
VALUES = st.recursive(
    st.sampled_from(("UTC", "best", "points", "3 days", "2026-11-27 23:59", "", "\u202e"))
    | st.integers() | st.floats() | st.booleans() | st.datetimes() | st.dates() | st.times(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES_IN_FILES, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(NAMES_IN_FILES, VALUES, max_size=4))
def test_whatever_stands_in_the_file_it_is_rules_or_a_sentence(raw):
    try:
        rules = _Reader(EXAMPLE, "").rules(raw)
    except RulesUnclear as problem:
        said = str(problem)
    else:
        said = f"{rules.counts}."
    assert said.endswith(".")
    assert said.isprintable()


def test_rules_are_found_beside_what_was_handed_in_and_never_in_it(tmp_path):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "marking.toml").write_text('counts = "best"')
    assert find_rules(tmp_path / "class") is None
    (tmp_path / "marking.toml").write_text("")
    assert find_rules(tmp_path / "class") == (tmp_path / "marking.toml").resolve()
    assert find_rules(tmp_path / "class.zip") == (tmp_path / "marking.toml").resolve()
    assert find_rules(tmp_path / "class", tmp_path / "other.toml") == tmp_path / "other.toml"


def test_lines_are_found_in_every_way_to_write_a_table():
    text = 'a = 1\n[t."x y"]\n# [no]\nb = { c = 2 }\nd."e.f" = 3\n[t.z]\n'
    assert line_of(text, "a") == 1
    assert line_of(text, "t", "x y", "b", "c") == 4
    assert line_of(text, "t", "x y", "d", "e.f") == 5
    assert line_of(text, "t", "x y", "nothing") == 2
    assert line_of(text, "t", "z") == 6
    assert line_of(text, "other") is None


# --- what is late, and by whose clock -----------------------------------------------------------

RULES = Rules(
    zone=BERLIN,
    exercises={
        "ex02": ExerciseRules(
            due=read_due("2026-11-27 23:59", BERLIN), late=LateRule(Takes.POINTS, 2, 5, 1, 4)
        )
    },
    extensions={"id-7": {"ex02": read_due("2026-12-01 23:59", BERLIN)}, "owl-1": {"every": 2}},
)
IN_TIME, A_DAY, THREE = "2026-11-27T20:00:00Z", "2026-11-28T10:00:00Z", "2026-11-30T10:00:00Z"


@pytest.mark.parametrize(
    ("handed_in", "days", "timed_by"),
    [
        (WhenHandedIn(at=A_DAY, late=False, saved=THREE), 1, TimedBy.LMS),
        (WhenHandedIn(at=IN_TIME, late=True, saved=THREE), 0, TimedBy.LMS),
        (WhenHandedIn(late=True, saved=IN_TIME), 1, TimedBy.SIGN),
        (WhenHandedIn(late=True, saved=THREE), 3, TimedBy.SIGN),
        (WhenHandedIn(late=True), 1, TimedBy.SIGN),
        (WhenHandedIn(late=False, saved=THREE), 0, TimedBy.SIGN),
        (WhenHandedIn(saved=THREE), 3, TimedBy.FILE),
        (WhenHandedIn(saved=IN_TIME), 0, TimedBy.FILE),
        (WhenHandedIn(), 0, TimedBy.NOTHING),
        (WhenHandedIn(late=True, saved=THREE, name="id-7"), 0, TimedBy.FILE),
        (WhenHandedIn(saved=THREE, name="owl-1"), 1, TimedBy.FILE),
    ],
)
def test_the_platforms_word_goes_before_the_students_clock(handed_in, days, timed_by):
    late = lateness(RULES, "ex02", handed_in)
    assert (late.days, late.timed_by) == (days, timed_by)


def graded(*earned, status=RowStatus.MARKED, worth=10.0, waiting=0.0):
    results = {
        f"q{n}": QuestionResult(f"q{n}", worth, Status.MARKED, score=points / worth)
        for n, points in enumerate(earned, 1)
    }
    if waiting:
        results["q9"] = QuestionResult("q9", waiting, Status.TEACHER, by_teacher=True)
    return Graded(status, "fox-1", "ex02", results=results)


def test_the_mark_before_and_after_is_kept_with_the_reason():
    after = with_late_rule(graded(8, 4), RULES, WhenHandedIn(at=A_DAY))
    assert (after.before_late, after.score) == (12, 10)
    assert after.late == (
        "Handed in on Sat 28 Nov 2026, 11:00 (Europe/Berlin), 1 started day late: it was due until "
        "Fri 27 Nov 2026, 23:59 (Europe/Berlin). The class's late rule takes 2 points for each "
        "started day, at most 5, and never goes below 1: 12 before, 10 after."
    )
    by_file = with_late_rule(graded(8, 4), RULES, WhenHandedIn(saved=THREE))
    assert by_file.score == 12 - 5
    assert "clock of the student's own computer" in by_file.late
    in_time = with_late_rule(graded(8, 4), RULES, WhenHandedIn(at=IN_TIME))
    assert (in_time.score, in_time.late, in_time.was_late) == (12, "", False)


def test_whose_clock_it_was_is_said_of_what_came_in_time_too():
    after = with_late_rule(graded(8, 4), RULES, WhenHandedIn(saved=IN_TIME))
    assert (after.score, after.was_late, after.late) == (12, False, "")
    (said,) = after.reasons
    assert said.startswith("In time: saved on Fri 27 Nov 2026, 21:00 (Europe/Berlin). ")
    assert "clock of the student's own computer" in said
    for sure in (WhenHandedIn(at=IN_TIME, saved=IN_TIME), WhenHandedIn(late=False, saved=IN_TIME)):
        assert with_late_rule(graded(8, 4), RULES, sure).reasons == ()
    plain = Rules(exercises={"ex02": ExerciseRules(due=read_due("2026-11-27 23:59", BERLIN))})
    assert with_late_rule(graded(8, 4), plain, WhenHandedIn(saved=IN_TIME)).reasons == ()


def test_a_students_clock_is_said_wherever_it_decides():
    for handed_in in (WhenHandedIn(saved=THREE), WhenHandedIn(late=True, saved=THREE)):
        after = with_late_rule(graded(8), RULES, handed_in)
        assert "clock of the student's own computer" in " ".join((after.late, *after.reasons))


def test_what_comes_too_late_has_no_mark_which_is_not_zero():
    late = WhenHandedIn(at="2026-12-03T10:00:00Z")
    after = with_late_rule(graded(8, 4), RULES, late)
    assert after.status is RowStatus.NOT_ACCEPTED
    assert (after.before_late, after.taken) == (12, 0)
    assert "more than 4 days after that is not accepted" in after.late
    assert not is_accepted(RULES, "ex02", lateness(RULES, "ex02", late))
    assert is_accepted(RULES, "ex02", lateness(RULES, "ex02", WhenHandedIn(at=THREE)))


@pytest.mark.parametrize(
    "status", [RowStatus.NOT_GRADABLE, RowStatus.EMPTY, RowStatus.OLDER, RowStatus.NOT_ACCEPTED]
)
def test_a_late_rule_never_touches_what_has_no_mark(status):
    one = graded(status=status)
    for at in (A_DAY, "2027-01-01T00:00:00Z"):
        after = with_late_rule(one, RULES, WhenHandedIn(at=at))
        assert (after.status, after.taken, after.late, after.reasons) == (status, 0, "", ())


def test_without_a_due_time_nothing_is_taken_and_the_platforms_sign_is_passed_on():
    rules = Rules(late=LateRule(Takes.POINTS, 2))
    after = with_late_rule(graded(8), rules, WhenHandedIn(late=True, saved=THREE))
    assert (after.score, after.late) == (8, "")
    assert "do not say when it was due" in after.reasons[0]
    assert with_late_rule(graded(8), Rules(), WhenHandedIn(late=True)).reasons == ()


def test_only_saying_so_takes_nothing():
    rules = Rules(
        exercises={"ex02": ExerciseRules(read_due("2026-11-27", "UTC"), LateRule(Takes.SAY))}
    )
    after = with_late_rule(graded(8), rules, WhenHandedIn(at=THREE))
    assert after.score == 8
    assert after.late.endswith("That changes nothing in the mark.")


def test_percent_are_of_what_the_exercise_is_worth_open_answers_too():
    rules = Rules(
        exercises={
            "ex02": ExerciseRules(read_due("2026-11-27", "UTC"), LateRule(Takes.PERCENT, 10))
        }
    )
    after = with_late_rule(graded(8, waiting=10), rules, WhenHandedIn(at="2026-11-29T00:30:00Z"))
    assert after.taken == pytest.approx(4)  # two started days of 10 % of 20


@given(
    st.floats(0, 20), st.integers(0, 400), st.sampled_from(Takes), st.floats(0, 100),
    st.none() | st.floats(0, 100), st.floats(0, 100),
)  # fmt: skip
def test_no_late_rule_lifts_a_mark_or_goes_below_its_floor(
    before, days, takes, per_day, at_most, floor
):
    rule = LateRule(takes, per_day, at_most, floor)
    after = rule.after(before, days, 20)
    unit = 0.2 if takes is Takes.PERCENT else 1
    assert 0 <= after <= before
    assert after >= min(before, floor * unit)
    assert rule.after(before, days + 1, 20) <= after
    if at_most is not None:
        assert before - after <= at_most * unit + 1e-9


# --- points, weights, full marks ------------------------------------------------------------------


def test_points_change_in_one_file_and_the_rubric_goes_with_them():
    desk = Desks().get("lesson02")
    assert isinstance(desk, Desk)
    rules = Rules(exercises={"lesson02": ExerciseRules(points={"q2": 5, "q9": 4})})
    new = rules.desk(desk)
    assert new.exercise.questions["q2"].points == 5
    assert new.exercise.points == 5 + 4 + sum(
        q.points for q in desk.exercise.question if q.id not in ("q2", "q9")
    )
    assert Rules().desk(desk) is desk


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
def test_a_rubric_adds_up_to_the_new_points_and_full_marks_can_be_moved():
    desk = Desks().get("ex02")
    rules = Rules(
        exercises={"ex02": ExerciseRules(points={"q6": 6}, full_marks=FullMarks.EVERYTHING)}
    )
    new = rules.desk(desk)
    old = sum(one.points for one in exercise_key("ex02")["q6"].rubric)
    assert sum(one.points for one in new.keys["q6"].rubric) == pytest.approx(old * 2) == 6
    assert all(key.level == 1 and key.compared is None for key in new.keys.values())
    assert [one.text for one in new.keys["q6"].rubric] == [
        one.text for one in desk.keys["q6"].rubric
    ]


def test_a_zone_that_is_hours_away_changes_the_day(tmp_path):
    text = 'zone = "{}"\n[exercise.ex02]\ndue = "2026-11-27"\n'
    at = datetime(2026, 11, 27, 20, tzinfo=timezone(timedelta(hours=-5)))
    late = {}
    for zone in ("America/New_York", "Asia/Tokyo"):
        due, _ = rules_of(tmp_path, text.format(zone)).due("ex02")
        late[zone] = due.days_late(at)
    assert late == {"America/New_York": 0, "Asia/Tokyo": 1}


@pytest.mark.parametrize(
    "text",
    [
        ".".join(["a"] * 100_000) + " = 1\n",
        'zone = "UTC"\na = [\n' + ".".join(['"\u2028"'] * 50_000) + " = 1\n",
        "[late]\nper_day = " + "9" * 1_900 + "\n",
        "a = " + "[\n" * 50_000,
    ],
    ids=["dots", "dots with other line ends", "digits", "brackets"],
)
def test_rules_that_would_cost_much_are_refused_in_a_sentence(tmp_path, text):
    with no_hang(60), pytest.raises(RulesUnclear) as refused:
        rules_of(tmp_path, text)
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize("due", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_due_time_that_is_in_no_year_of_the_class_is_refused_in_a_sentence(tmp_path, due):
    with pytest.raises(RulesUnclear):
        rules_of(tmp_path, f'zone = "UTC"\n[exercise.ex02]\ndue = {due}\n')


@pytest.mark.parametrize(
    "saved",
    [
        "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_a_file_saved_at_the_end_of_time_breaks_no_rule(saved):
    after = with_late_rule(graded(8, 4), RULES, WhenHandedIn(saved=saved))
    assert (after.score, after.was_late) == (12, None)
    assert "Nothing says when" in after.reasons[0]
