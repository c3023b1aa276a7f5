"""Marking open answers in a notebook: what is entered stands in the table that `grade` reads."""

from briefing.marking.desk.room import ClassDesk, open_desk

__all__ = ["ClassDesk", "open_desk"]
