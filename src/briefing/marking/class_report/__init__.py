"""The class report of one exercise: what each file contributes, exact sums, one page; marks nothing.

`seen_of` takes from one marked file what the report needs, `ClassSums` adds it up in any order, and
`class_page` writes the page. No name, code or free answer of a student is kept on the way.
"""

from briefing.marking.class_report.page import class_page
from briefing.marking.class_report.seen import Seen, seen_of
from briefing.marking.class_report.sums import ClassSums

__all__ = ["ClassSums", "Seen", "class_page", "seen_of"]
