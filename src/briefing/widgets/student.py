"""The student's code: shows the one proposed, lets the student change it, says why one is refused.

Checks nothing itself beyond its length: `save` decides what a code may be and keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from briefing.errors import BriefingError
from briefing.widgets.asking import AskingWidget
from briefing.widgets.static import esc, line

_BUILT = Path(__file__).parent / "built"
_MOST_SENT = 1_000


class CodeRefused(BriefingError):
    """A code that nobody could type by hand."""


class StudentCode(AskingWidget):
    """Show and change the code a student works under.

    Args:
        code: the code as it is now, such as `fox-4821`.
        save: takes a code, keeps it, and returns it as kept; raises a `BriefingError` whose
            sentence the page shows. Without it the code stays in `.code`.
        propose: returns another code to choose; without it there is no such button.
        **common: see `QuestionWidget`.

    The static view does not show the code: it differs from student to student, and a stored
    notebook must not.
    """

    _esm = _BUILT / "student.js"
    _css = _BUILT / "student.css"

    kind: ClassVar[str] = "student"
    word: ClassVar[str] = "Your code"

    def __init__(
        self,
        code: str,
        save: Callable[[str], str] | None = None,
        *,
        propose: Callable[[], str] | None = None,
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self._keep_code = save
        self._propose = propose
        super().__init__(
            student=code,
            config={"can_propose": propose is not None, **(config or {})},
            **common,
        )

    @property
    def code(self) -> str:
        """The code as it is kept."""
        return str(self.student)

    def wish_save(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Keep the code that was typed.

        Raises:
            CodeRefused: it is no text or longer than any code.
            BriefingError: what `save` says about it.
        """
        code = wish.get("code")
        if not isinstance(code, str):
            raise CodeRefused("Please type a code, for example fox-4821.")
        if len(code) > _MOST_SENT:
            raise CodeRefused(f"This code has {len(code):,} characters; please type a short one.")
        before = self.code
        self.student = self._keep_code(code) if self._keep_code else code.strip()
        changed = self.student != before
        words = f"Your code is now {self.student}." if changed else "Your code stays as it was."
        return {"code": self.student, "message": words}

    def wish_propose(self, _wish: Mapping[str, Any]) -> dict[str, Any]:
        """Think of another code; nothing is kept yet."""
        if self._propose is None:
            raise BriefingError("No other code can be proposed here; type one of your own.")
        return {"code": self._propose(), "message": "Press Save to take this code."}

    def static_body(self) -> str:
        """Return what the code is for, without the code."""
        words = "A code such as fox-4821 stands in your answers file instead of your name."
        return f'<div style="padding:4px 0">{esc(words)}</div>' + line(
            "Run all cells to see your code and to change it."
        )
