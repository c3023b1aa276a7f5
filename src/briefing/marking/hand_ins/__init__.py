"""What was handed in: listed, attributed to students, read; never run, never changed."""

from briefing.marking.hand_ins.listing import listed
from briefing.marking.hand_ins.reading import read
from briefing.marking.hand_ins.refs import NOT_KNOWN, Found, NothingToMark, Ref, What, Who

__all__ = ["NOT_KNOWN", "Found", "NothingToMark", "Ref", "What", "Who", "listed", "read"]
