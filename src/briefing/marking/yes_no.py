"""Yes and no as people type them into a table, in the languages of common spreadsheets; guesses nothing.

A word that answers yes in one language and no in another is left out, such as `ne` (Czech and Greek), and
so is `o`, which looks like a nought. What a spreadsheet makes of a typed "true" is in.
"""

from __future__ import annotations

import unicodedata

_YES = (
    "yes y x ✓ ✔ true ja j wahr oui vrai sí si verdadero sì vero sim verdadeiro waar tak prawda "
    "да истина так evet ναι نعم 是 はい"
)
_NO = (
    "no n - '- – ✗ ✘ false nein falsch non faux falso não nao nee onwaar nej nei nie fałsz "
    "нет ложь ні hayır hayir όχι لا 否 いいえ"
)
YES = frozenset(_YES.split())
NO = frozenset(_NO.split())


def yes_or_no(cell: str) -> bool | None:
    """Return whether a cell says yes or no, in capitals or not; None where it says neither."""
    word = unicodedata.normalize("NFC", cell.strip().casefold())
    return True if word in YES else False if word in NO else None
