"""The students' version of the course: what goes in, that nothing graded does, where it is launched."""

from briefing.release.build import ReleaseRefused, Summary, make_release
from briefing.release.leaks import Leak, find_leaks

__all__ = ["Leak", "ReleaseRefused", "Summary", "find_leaks", "make_release"]
