"""When a file was saved, as far as it can be believed."""

from datetime import UTC, datetime

import pytest
from test_marking_grade import answers_file, gradebook, put

from briefing.answers.saved_time import believable
from briefing.keys import has_solutions
from briefing.marking.classroom import grade_folder

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("saved", "believed"),
    [
        ("2026-11-22T11:40:00Z", "2026-11-22T11:40:00Z"),
        ("2026-11-22T11:40:00.123+02:00", "2026-11-22T09:40:00Z"),
        ("2026-11-23T11:40:00Z", "2026-11-23T11:40:00Z"),  # a clock that is ahead
        ("0300-01-01T00:00:00Z", "0300-01-01T00:00:00Z"),  # sorts before any other
        ("2026-11-24T11:40:00Z", ""),
        ("9999-12-31T23:59:59-12:00", ""),
        ("0001-01-01T00:00:00+12:00", ""),
        ("2026-13-22T11:40:00Z", ""),
        ("2026-11-22", ""),
        ("2026-11-22T11:40:00", ""),
        ("２０２６-11-22T11:40:00Z", ""),
        ("zzzz", ""),
        ("", ""),
    ],
)
def test_only_a_time_that_can_be_is_believed(saved, believed):
    assert believable(saved, NOW) == believed


@pytest.mark.skipif(not has_solutions(), reason="needs the key of ex02")
@pytest.mark.parametrize("saved", ["zzzz", "2999-01-01T00:00:00Z"])
def test_a_made_up_time_does_not_win_over_the_true_file(tmp_path, saved):
    true = answers_file(saved="2020-11-22T10:00:00Z", revision=3)
    put(tmp_path, "class/true.json", true)
    put(tmp_path, "class/other.json", answers_file({}, saved=saved, revision=9))
    grade_folder(tmp_path / "class", tmp_path / "out")
    rows = gradebook(tmp_path / "out")
    assert [row["score"] for row in rows if row["status"] == "marked"] == ["17"]
    assert any("other.json" in row["reason"] for row in rows)
