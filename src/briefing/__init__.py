"""Reading the Briefing: the public face of the course software.

`import briefing` stays cheap: names below are looked up when they are first used, and nothing here
imports pandas or matplotlib.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "1.0.0"

if TYPE_CHECKING:
    from briefing.corpus import articles as articles
    from briefing.corpus.concordance import concordance as concordance
    from briefing.corpus.quote import quote as quote
    from briefing.corpus.story import story as story
    from briefing.course import exercise as exercise
    from briefing.course import my_code as my_code
    from briefing.course.explorer import evidence as evidence
    from briefing.course.progress import progress as progress
    from briefing.course.provenance import provenance as provenance
    from briefing.course.side_by_side import side_by_side as side_by_side
    from briefing.keys.worked import worked as worked
    from briefing.keys.worked import worked_mode as worked_mode
    from briefing.keys.worked_frames import worked_frame as worked_frame
    from briefing.keys.worked_numbers import worked_number as worked_number

_HOMES = {
    "articles": "briefing.corpus",
    "concordance": "briefing.corpus.concordance",
    "evidence": "briefing.course.explorer",
    "exercise": "briefing.course",
    "my_code": "briefing.course",
    "progress": "briefing.course.progress",
    "provenance": "briefing.course.provenance",
    "quote": "briefing.corpus.quote",
    "side_by_side": "briefing.course.side_by_side",
    "story": "briefing.corpus.story",
    "worked": "briefing.keys.worked",
    "worked_frame": "briefing.keys.worked_frames",
    "worked_mode": "briefing.keys.worked",
    "worked_number": "briefing.keys.worked_numbers",
}

__all__ = [
    "__version__",
    "articles",
    "concordance",
    "evidence",
    "exercise",
    "my_code",
    "progress",
    "provenance",
    "quote",
    "side_by_side",
    "story",
    "worked",
    "worked_frame",
    "worked_mode",
    "worked_number",
]


def __getattr__(name: str) -> Any:
    """Import a public name from its home module on first use (PEP 562)."""
    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module 'briefing' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
