"""Points as a learning platform imports them; nobody who could not be marked ever gets a zero by it."""

from briefing.marking.imports.canvas import canvas_import
from briefing.marking.imports.from_gradebook import Results, results_in
from briefing.marking.imports.moodle import moodle_gradebook, moodle_worksheet
from briefing.marking.imports.pages_back import moodle_pages, plain_pages, write_parcel
from briefing.marking.imports.putting import Put, put
from briefing.marking.imports.rows import ImportRefused, ImportRow, Made, ZeroFor
from briefing.marking.imports.up_to_date import need_marked_again

__all__ = [
    "ImportRefused",
    "ImportRow",
    "Made",
    "Put",
    "Results",
    "ZeroFor",
    "canvas_import",
    "moodle_gradebook",
    "moodle_pages",
    "moodle_worksheet",
    "need_marked_again",
    "plain_pages",
    "put",
    "results_in",
    "write_parcel",
]
