"""The base of every widget: what it holds, how it saves, how it asks for feedback.

A widget takes plain values and two callables. It never reads a file, an article or a key itself,
so that it works on any text without the course around it.

Saving: the browser sets `answer` and raises `edit` in one message; Python hands the answer to
`save` and sets `ack` only when that has returned, so that what the page calls saved is on disk.
Several pages may show one widget: `by` says which of them made an edit (two may raise `edit` to the
same number), and `based` which revision it had seen, so that none overwrites another unheard.
Checking: the browser raises `check`; Python counts the attempt, saves it, and sets `feedback`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

import anywidget
import traitlets as t

from briefing.errors import BriefingError
from briefing.widgets.feedback import Feedback
from briefing.widgets.static import page, static_id


class SaveReceipt(Protocol):
    """What `save` returns once the answer is on disk."""

    @property
    def revision(self) -> int:
        """The revision of the file that holds the answer."""

    @property
    def saved_iso(self) -> str:
        """When it was written, as `2026-11-22T19:40:00Z`."""


MOST_ATTEMPTS = 1_000_000_000
"""Beyond this nothing is counted: an answers file holds no greater number."""

Save = Callable[[dict[str, Any], int | None], SaveReceipt]
Check = Callable[[dict[str, Any]], Feedback]


class QuestionWidget(anywidget.AnyWidget):
    """One question on the screen, with its answer, its saving and its feedback.

    Args:
        question: a stable name such as `"ex02/q1"`; empty for a widget that stands alone.
        title: the accessible name, shown above the widget.
        student: the student's code; the browser's own copy lies under it.
        answer: the answer to start from, in compact form, or None for an empty one.
        save: called with the answer and the revision it was based on (None when unknown);
            returns a receipt when the answer is on disk, raises a `BriefingError` whose sentence
            the page shows. Without it the answer stays in memory.
        check: called with the answer, returns `Feedback`; without it there is no check button.
        newer: called with a revision now and then, says whether the file's answer is later (another
            window, an earlier version brought back); the page then asks to run all cells.
        revision: the revision of the file that `answer` came from.
        saved: when that was saved (ISO 8601), empty when never.
        readonly: show the answer and let nobody change it.
        config: what the browser side needs to know beyond this.
    """

    kind: ClassVar[str] = ""
    word: ClassVar[str] = "Question"

    question = t.Unicode().tag(sync=True)
    title = t.Unicode().tag(sync=True)
    student = t.Unicode().tag(sync=True)
    answer = t.Dict().tag(sync=True)
    edit = t.Int().tag(sync=True)
    by = t.Unicode().tag(sync=True)
    based = t.Int().tag(sync=True)
    ping = t.Int().tag(sync=True)
    ack = t.Dict().tag(sync=True)
    check = t.Int().tag(sync=True)
    feedback = t.Dict().tag(sync=True)
    readonly = t.Bool().tag(sync=True)
    can_check = t.Bool().tag(sync=True)
    config = t.Dict().tag(sync=True)
    static_id = t.Unicode().tag(sync=True)

    def __init__(
        self,
        *,
        question: str = "",
        title: str = "",
        student: str = "",
        answer: Mapping[str, Any] | None = None,
        save: Save | None = None,
        check: Check | None = None,
        newer: Callable[[int], bool] | None = None,
        revision: int = 0,
        saved: str = "",
        readonly: bool = False,
        config: Mapping[str, Any] | None = None,
    ) -> None:
        self._save = save
        self._check = check
        self._newer = newer
        self._revision = revision
        self._edited = (0, "")
        self._saved_by: dict[str, int] = {}
        start = self.clean({**self.empty_answer(), **(answer or {})})
        self._attempts = int(start.get("attempts", 0) or 0)
        super().__init__(
            question=question,
            title=title or self.word,
            student=student,
            answer=start,
            ack=self._receipt(0, True, revision, saved, ""),
            readonly=readonly,
            can_check=check is not None and not readonly,
            config={"kept": "file" if save else "memory", **(config or {})},
            static_id=static_id(question or f"{self.kind}-{title}"),
        )
        self.observe(self._on_edit, ["edit", "by"])
        self.observe(self._on_check, "check")
        self.observe(self._on_ping, "ping")

    def empty_answer(self) -> dict[str, Any]:
        """Return the answer of someone who has not answered yet, in compact form."""
        return {"kind": self.kind}

    def clean(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer as it may be kept.

        Raises:
            BriefingError: it cannot be kept; the sentence says why.
        """
        return answer

    @property
    def attempts(self) -> int:
        """How often feedback was asked for."""
        return self._attempts

    def static_body(self) -> str:
        """Return the inside of the static view as escaped HTML; subclasses say what stands there."""
        return ""

    def static_html(self) -> str:
        """Return the whole static view: deterministic, escaped, inline styles only."""
        return page(self.static_id, self.title, self.static_body())

    def static_more(self) -> dict[str, Any]:
        """Return what the static view's output carries besides HTML, by MIME type; mostly nothing."""
        return {}

    def show(self) -> None:
        """Display the static view as an output of its own, then the live widget."""
        from IPython.display import HTML, display

        more = self.static_more()
        if more:
            plain = "<IPython.core.display.HTML object>"  # as IPython says of a static view alone
            static = {"text/plain": plain, "text/html": self.static_html(), **more}
            display(static, raw=True)  # type: ignore[no-untyped-call]
        else:
            display(HTML(self.static_html()))  # type: ignore[no-untyped-call]
        bundle = self._repr_mimebundle_()
        if bundle:
            data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
            display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]

    def _ipython_display_(self) -> None:
        self.show()

    def __repr__(self) -> str:
        """Return a fixed text: nbval compares it, and a notebook stores it."""
        name = f" {self.question}" if self.question else ""
        return f"<{type(self).__name__}{name}: run all cells to answer>"

    def _receipt(
        self, edit: int, ok: bool, revision: int, saved: str, message: str, aside: str = ""
    ) -> dict[str, Any]:
        return {
            "edit": edit,
            "by": self.by,
            "check": self.check,
            "ok": ok,
            "revision": revision,
            "saved": saved,
            "message": message,
            "aside": aside,
        }

    def _on_edit(self, _change: Mapping[str, Any]) -> None:
        edited = (self.edit, self.by)
        if self.readonly or edited == self._edited:
            return
        self._edited = edited
        self.ack = self._keep(dict(self.answer), self.edit, self._base())

    def _base(self) -> int | None:
        """The revision that the page's answer was worked out from; None when unknown."""
        if not self.by:
            return self._revision or None
        return max(self.based, self._saved_by.get(self.by, 0))

    def _on_check(self, _change: Mapping[str, Any]) -> None:
        if self._check is None or self.readonly:
            return
        number = self.check
        try:
            # A try is counted where it is kept, so that closing the page does not give it back.
            self._attempts = min(self._attempts + 1, MOST_ATTEMPTS)
            answer = self._with_attempts(self.clean(dict(self.answer)))
            self.ack = self._keep(answer, self.edit, self._revision or None)
            told = self._check(answer)
        except BriefingError as problem:
            told = Feedback(summary=str(problem))
        except Exception as problem:
            # Whatever goes wrong in a check, the page must hear of it, or it would wait for ever.
            told = Feedback(summary=f"The check stopped with {type(problem).__name__}: {problem}")
        # With the edit it is about: a page that comes back must know whether that still stands.
        self.feedback = {**told.as_dict(number, self._attempts), "edit": self.edit}

    def _on_ping(self, change: Mapping[str, Any]) -> None:
        try:
            newer = self._newer is not None and self._newer(self._revision)
        except Exception:  # whether the file is later is a hint; the answer to the ping is not
            newer = False
        self.ack = {**self.ack, "ping": int(change["new"]), "newer": newer}

    def _with_attempts(self, answer: dict[str, Any]) -> dict[str, Any]:
        return {**answer, "attempts": self._attempts} if "attempts" in answer else answer

    def _keep(self, answer: dict[str, Any], edit: int, base: int | None) -> dict[str, Any]:
        saved = str(self.ack.get("saved", ""))
        try:
            kept = self._with_attempts(self.clean(answer))
            if self._save is None:
                self._revision += 1
                self._saved_by[self.by] = self._revision
                self.kept(kept)
                return self._receipt(edit, True, self._revision, "", "")
            receipt = self._save(kept, base)
        except BriefingError as problem:
            return self._receipt(edit, False, self._revision, saved, str(problem))
        except Exception as problem:
            sentence = f"Your answer was not saved: {type(problem).__name__}, {problem}"
            return self._receipt(edit, False, self._revision, saved, sentence)
        self._revision = receipt.revision
        self._saved_by[self.by] = receipt.revision
        self.kept(kept)
        message, aside = (str(getattr(receipt, name, "") or "") for name in ("message", "aside"))
        return self._receipt(edit, True, receipt.revision, receipt.saved_iso, message, aside)

    def kept(self, answer: dict[str, Any]) -> None:
        """Hear that `answer` is kept now; subclasses may tell listeners."""
