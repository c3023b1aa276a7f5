"""Moodle's grading worksheet: which column holds what."""

import pytest

from briefing.marking.imports import ImportRefused
from briefing.marking.imports.worksheet import Worksheet

HEADER = "Identifier,Full name,Grade,Maximum grade,Grade can be changed,Feedback comments"


def sheet(tmp_path, *lines, header=HEADER, **named):
    path = tmp_path / "grades.csv"
    path.write_text("\n".join((header, *lines)))
    return Worksheet.read(path, **named)


def test_columns_are_known_by_their_headings_and_people_by_their_identifier(tmp_path):
    found = sheet(tmp_path, "Participant 7,Ana B,,20.00,Yes,", "Participant 8,Bo C,,20.00,No,")
    assert (found.grades, found.comments, found.possible) == (2, 5, 20)
    people = found.people()
    assert [(one.ids["identifier"], one.name) for one in people] == [("7", "Ana B"), ("8", "Bo C")]
    assert found.locked(people) == people[1:]
    assert found.locked(people[:1]) == []
    assert found.line(people[1])[1] == "Bo C"


def test_a_heading_that_is_named_goes_before_one_that_is_known(tmp_path):
    header = "Identifier,Full name,Grade,Maximum grade,Points,Remark"
    found = sheet(
        tmp_path, "Participant 7,Ana B,,20.00,,", header=header, grade="points ", feedback="Remark"
    )
    assert (found.grades, found.comments) == (4, 5)


def test_what_a_grade_is_out_of_is_found_by_its_heading_before_its_place(tmp_path):
    header = "Identifier,Full name,Grade,Last modified,Maximum grade"
    assert sheet(tmp_path, "Participant 7,Ana B,,5,20.00", header=header).possible == 20
    header = "Identifier,Full name,Grade,Suurin,Last modified"
    assert sheet(tmp_path, "Participant 7,Ana B,,15.00,-", header=header).possible == 15


def test_lines_that_a_spreadsheet_cut_short_are_as_wide_as_the_headings(tmp_path):
    found = sheet(tmp_path, "Participant 7,Ana B,,20.00", "Participant 8,Bo C")
    assert {len(line) for line in found.body} == {6}
    assert found.locked(found.people()) == []


def test_a_scale_of_one_word_is_a_scale(tmp_path):
    header = HEADER.replace("Maximum grade", "Scale")
    with pytest.raises(ImportRefused, match=r"gives no points but words \(Passed\)"):
        sheet(tmp_path, "Participant 7,Ana B,,Passed,Yes,", header=header)


def test_a_table_without_identifiers_or_without_grades_is_refused(tmp_path):
    with pytest.raises(ImportRefused, match="is not a grading worksheet"):
        sheet(tmp_path, "7,Ana B,,20.00,Yes,")
    with pytest.raises(
        ImportRefused, match="say which of these it is: Identifier; Full name; Points"
    ):
        sheet(tmp_path, "Participant 7,Ana B,", header="Identifier,Full name,Points")
