"""Compare one's own answer with a partner's: a file is chosen on the page and read by `read`.

For reading only: nothing of the other's file is kept, and nothing can be changed here. The bytes
come from whoever chose the file and are hostile until `read` has accepted them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import traitlets as t

from briefing.errors import BriefingError
from briefing.widgets.annotator import Annotator
from briefing.widgets.asking import AskingWidget
from briefing.widgets.static import line

MOST_BYTES = 4_000_000
"""The largest file that is looked at, in bytes."""

MOST_MARKS = 1_000
"""The most marks of another that are shown beside one's own."""


class NotComparable(BriefingError):
    """A file that cannot be put beside one's own answer; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What `read` found in the other's file.

    `answer` is a list of marks (code points), or a label for each sentence's id; `name` is what the
    other is called; `message` says in a sentence or two what was read and what was left out.
    """

    answer: Iterable[Mapping[str, Any]] | Mapping[str, str]
    name: str
    message: str = ""


class Comparison(Annotator, AskingWidget):
    """An annotator for reading, with a button that puts another's marks beside one's own.

    Args:
        text: the text that both answers are about.
        read: takes the bytes of the chosen file and returns `Theirs`; raises a `BriefingError`
            whose sentence the page shows. Nothing else opens the file.
        choose: what stands on the button.
        **more: see `Annotator`; `save` and `check` are of no use here.
    """

    word: ClassVar[str] = "Compare"

    upload = t.Bytes().tag(sync=True, from_json=lambda value, _widget: bytes(value))

    def __init__(
        self,
        text: str,
        *,
        read: Callable[[bytes], Theirs],
        choose: str = "Choose your partner's file…",
        **more: Any,
    ) -> None:
        self._read = read
        config = {"choose": choose, "most_bytes": MOST_BYTES, **more.pop("config", {})}
        super().__init__(text, readonly=True, config=config, **more)

    def wish_compare(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Read the chosen file and show it beside the own answer.

        Raises:
            NotComparable: the file is too large, did not arrive whole, or holds too many marks.
            BriefingError: what `read` says about it.
        """
        data, self.upload = self.upload, b""
        if len(data) > MOST_BYTES:
            raise NotComparable(
                f"This file has {len(data):,} bytes; at most {MOST_BYTES:,} are read."
            )
        if wish.get("size") != len(data):
            raise NotComparable("The file did not arrive whole; please choose it once more.")
        found = self._read(data)
        answer = found.answer if isinstance(found.answer, Mapping) else list(found.answer)
        if len(answer) > MOST_MARKS:
            raise NotComparable(
                f"The file holds {len(answer):,} marks; at most {MOST_MARKS:,} can be compared."
            )
        self.compare_with(answer, found.name)
        return {"message": " ".join(filter(None, (found.message, self.agreement)))}

    def static_body(self) -> str:
        """Return the marks of both, or one's own and how to choose a file."""
        hint = "" if self.other else line("Run all cells to choose a file to compare with.")
        return super().static_body() + hint
