"""Hand-in: downloads the answers file with a receipt, loads one back, brings earlier versions back.

Makes no file and reads none itself: the bytes come from `pack` and go to `load`, which decide
everything, also whether a loaded file may take the place of what is there; so do `versions` and
`restore` for what was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

import traitlets as t

from briefing.errors import BriefingError
from briefing.widgets.asking import AskingWidget
from briefing.widgets.static import esc, line

_BUILT = Path(__file__).parent / "built"

MOST_BYTES = 4_000_000
"""The largest file that is loaded back, in bytes."""


class FileTooLarge(BriefingError):
    """A file that is larger than any answers file."""


@dataclass(frozen=True, slots=True)
class HandInReceipt:
    """What the student hears about the file that was downloaded.

    `saved` is ISO 8601, empty when nothing was saved yet; `empty` names the questions without an
    answer, as a student reads them; `partly` those that were begun, with how far they got;
    `answered` is the number of all that hold an answer; `place` says where the same file lies, such
    as `work/ex02.answers.json`.
    """

    revision: int
    saved: str
    empty: Sequence[str] = ()
    answered: int = 0
    place: str = ""
    partly: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier version of the answers, as a student may bring it back.

    `name` tells it from all others; `saved` is ISO 8601; `why` says in words why it was put aside,
    empty for an ordinary save; `holds` says in words what it holds, an item for each answer.
    """

    name: str
    revision: int
    saved: str
    answered: int
    why: str = ""
    holds: Sequence[str] = ()


Pack = Callable[[], tuple[str, bytes, HandInReceipt]]
Load = Callable[[bytes], str]
Carry = Callable[[], dict[str, Any]]


class HandIn(AskingWidget):
    """Download the answers file and load one back.

    Args:
        pack: returns the file's name, its bytes and the receipt; may raise a `BriefingError`.
        load: takes the bytes of a file, returns one sentence about what was done; raises a
            `BriefingError` with a sentence when the file cannot be used. Without it nothing can
            be loaded back.
        versions: returns the earlier versions, the latest first; needs `restore`.
        restore: takes the name of one, brings it back, returns one sentence about what was done;
            raises a `BriefingError` with a sentence when it cannot.
        carry: returns what the static view's output holds for programs, by MIME type.
        place: where the same file lies, for the note under the buttons.
        borrowed: whether this computer will forget everything when the session ends (Binder); the
            widget then asks for a download before leaving.
        **common: see `QuestionWidget`.
    """

    _esm = _BUILT / "handin.js"
    _css = _BUILT / "handin.css"

    kind: ClassVar[str] = "handin"
    word: ClassVar[str] = "Hand in"

    data = t.Bytes().tag(sync=True)
    upload = t.Bytes().tag(sync=True, from_json=lambda value, _widget: bytes(value))

    def __init__(
        self,
        pack: Pack,
        load: Load | None = None,
        *,
        versions: Callable[[], Sequence[Version]] | None = None,
        restore: Callable[[str], str] | None = None,
        carry: Carry | None = None,
        place: str = "",
        borrowed: bool = False,
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self._pack = pack
        self._load = load
        self._versions = versions
        self._restore = restore
        self._carry = carry
        self.place = place
        self.borrowed = borrowed
        super().__init__(
            config={
                "place": place,
                "borrowed": borrowed,
                "can_load": load is not None,
                "can_restore": versions is not None and restore is not None,
                "most_bytes": MOST_BYTES,
                **(config or {}),
            },
            **common,
        )

    def wish_pack(self, _wish: Mapping[str, Any]) -> dict[str, Any]:
        """Make the file and put its bytes where the page finds them."""
        name, data, receipt = self._pack()
        self.data = data
        return {
            "name": name,
            "size": len(data),
            "revision": receipt.revision,
            "saved": receipt.saved,
            "empty": [str(one) for one in receipt.empty],
            "partly": [str(one) for one in receipt.partly],
            "answered": receipt.answered,
            "place": receipt.place or self.place,
        }

    def wish_load(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Hand the bytes of the chosen file on.

        Raises:
            FileTooLarge: it has more than four million bytes.
            BriefingError: what `load` says about it.
        """
        data, self.upload = self.upload, b""
        if self._load is None:
            raise BriefingError("Nothing can be loaded here.")
        if len(data) > MOST_BYTES:
            raise FileTooLarge(
                f"This file has {len(data):,} bytes; an answers file has at most {MOST_BYTES:,}."
            )
        if wish.get("size") != len(data):
            raise BriefingError("The file did not arrive whole; please choose it once more.")
        return {"message": self._load(data)}

    def wish_versions(self, _wish: Mapping[str, Any]) -> dict[str, Any]:
        """List the earlier versions."""
        found = self._versions() if self._versions else ()
        return {
            "versions": [{**asdict(one), "holds": [str(h) for h in one.holds]} for one in found]
        }

    def wish_restore(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Bring the version of that name back.

        Raises:
            BriefingError: what `restore` says about it.
        """
        name = wish.get("name")
        if self._restore is None or not isinstance(name, str) or len(name) > 300:
            raise BriefingError("This version cannot be brought back here; run the cell again.")
        return {"message": self._restore(name)}

    def static_more(self) -> dict[str, Any]:
        """Return what a program finds in a notebook that is handed in; see `carry`."""
        return self._carry() if self._carry else {}

    def static_body(self) -> str:
        """Return what the widget is for and where the file lies."""
        where = (
            f'<div style="padding:4px 0">The same file lies in <code>{esc(self.place)}</code>.</div>'
            if self.place
            else ""
        )
        return f"{where}{line('Run all cells to download your answers or to load a file back.')}"
