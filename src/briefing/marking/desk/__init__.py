"""Marking open answers in a notebook: what is entered stands in the table that `grade` reads."""

from briefing.marking.desk.files import carry_second_marks
from briefing.marking.desk.room import ClassDesk, open_desk

__all__ = ["ClassDesk", "carry_second_marks", "open_desk"]
