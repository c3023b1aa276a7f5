"""An exercise in a notebook: its questions, widgets, answers and feedback joined."""

from briefing.course.exercises import Exercise, exercise, my_code

__all__ = ["Exercise", "exercise", "my_code"]
