"""Choice questions: one or several groups of options, a reason for each option after a check.

Holds which options were chosen; never knows which are right: that is for the `check` callable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from briefing.errors import BriefingError
from briefing.widgets.question import QuestionWidget
from briefing.widgets.static import esc, line
from briefing.widgets.static_question import prompt_html, reasons_html

_BUILT = Path(__file__).parent / "built"
_MOST_KEPT = 500


class WrongChoice(BriefingError):
    """An answer that no choice question can hold."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Options that belong together under one prompt.

    `quote` holds words to judge, shown apart from the prompt. `several` lets more than one option
    be chosen.
    """

    id: str
    prompt: str
    options: tuple[Option, ...]
    several: bool = False
    quote: str = ""


def group_of(given: Group | Mapping[str, Any]) -> Group:
    """Return a group as a `Group`; a mapping has the same names, as a question's table has them.

    Raises:
        ValueError: a name is missing, or two options share an id.
    """
    if isinstance(given, Group):
        group = given
    else:
        try:
            options = tuple(Option(str(o["id"]), str(o["text"])) for o in given["options"])
            group = Group(
                id=str(given.get("id", "")),
                prompt=str(given.get("prompt", "")),
                options=options,
                several=bool(given.get("several", False)),
                quote=str(given.get("quote", "")),
            )
        except KeyError as missing:
            raise ValueError(f"a group of options lacks {missing}") from None
    ids = [option.id for option in group.options]
    if not ids or len(set(ids)) != len(ids):
        raise ValueError(f"group {group.id!r} needs options with ids of their own, not {ids}")
    return group


def choice_id(group: Group, option: Option, alone: bool) -> str:
    """Return what `chosen` holds for an option: `b` in a group alone, else `reading:b`."""
    return option.id if alone else f"{group.id}:{option.id}"


class Choice(QuestionWidget):
    """Choose one option, or several, in each group.

    Args:
        groups: the groups, as `Group` or as mappings with the same names.
        prompt: what is asked, above all groups.
        quote: words that the whole question is about, shown apart.
        **common: see `QuestionWidget`.

    The answer is `{"kind": "choice", "chosen": ["b"], "attempts": 0}`; with more than one group an
    option is written `group:option`. Feedback items may have an option (written in the same way)
    or a group's id as their target.

    Raises:
        ValueError: the groups are not in order.
    """

    _esm = _BUILT / "choice.js"
    _css = _BUILT / "choice.css"

    kind: ClassVar[str] = "choice"
    word: ClassVar[str] = "Choose"

    def __init__(
        self,
        groups: Sequence[Group | Mapping[str, Any]],
        *,
        prompt: str = "",
        quote: str = "",
        config: Mapping[str, Any] | None = None,
        **common: Any,
    ) -> None:
        self.groups = tuple(group_of(group) for group in groups)
        ids = [group.id for group in self.groups]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError(f"a choice question needs groups with ids of their own, not {ids}")
        self.prompt = prompt
        self.quote = quote
        super().__init__(
            config={
                "prompt": prompt,
                "quote": quote,
                "groups": [self._group_config(group) for group in self.groups],
                **(config or {}),
            },
            **common,
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen now, as `option` or `group:option`."""
        return tuple(self.answer.get("chosen", ()))

    def empty_answer(self) -> dict[str, Any]:
        """Return an answer with nothing chosen."""
        return {"kind": self.kind, "chosen": [], "attempts": 0}

    def clean(self, answer: dict[str, Any]) -> dict[str, Any]:
        """Return the answer with each option once, in the order of the question.

        Options that the question does not know stay, behind the others: they may come from another
        version of it, and nothing that a student chose is thrown away.

        Raises:
            WrongChoice: `chosen` is no list of words.
        """
        chosen = answer.get("chosen", [])
        if not isinstance(chosen, list | tuple) or not all(isinstance(c, str) for c in chosen):
            raise WrongChoice(
                "This answer is no list of options, so it cannot be kept; choose again."
            )
        if len(chosen) > _MOST_KEPT:
            raise WrongChoice(f"More than {_MOST_KEPT} options cannot be kept; choose again.")
        known = [one for group in self.groups for one in self._ids(group)]
        kept = [one for one in known if one in chosen]
        kept += [one for one in dict.fromkeys(chosen) if one not in known]
        return {**answer, "kind": self.kind, "chosen": kept}

    def static_body(self) -> str:
        """Return the prompt and every group, what is chosen marked by a filled sign."""
        parts = [prompt_html(self.prompt, self.quote)]
        parts += [self._static_group(group) for group in self.groups]
        if self.feedback.get("summary"):
            parts.append(prompt_html(str(self.feedback["summary"])))
        elif not self.chosen:
            parts.append(line("Run all cells to choose."))
        return "".join(parts)

    def _ids(self, group: Group) -> list[str]:
        alone = len(self.groups) == 1
        return [choice_id(group, option, alone) for option in group.options]

    def _group_config(self, group: Group) -> dict[str, Any]:
        return {
            "id": group.id,
            "prompt": group.prompt,
            "quote": group.quote,
            "several": group.several,
            "options": [
                {"id": one, "text": option.text, "short": option.id}
                for one, option in zip(self._ids(group), group.options, strict=True)
            ],
        }

    def _static_group(self, group: Group) -> str:
        empty, full = ("☐", "☒") if group.several else ("○", "●")
        names = {option.id: option.text for option in group.options}
        rows = []
        for one, option in zip(self._ids(group), group.options, strict=True):
            sign = full if one in self.chosen else empty
            rows.append(
                f'<div style="padding:2px 0 2px 8px">{sign} {esc(option.text)}'
                f"{reasons_html(self.feedback, one, names)}</div>"
            )
        said = reasons_html(self.feedback, group.id, names) if group.id else ""
        return (
            f'<div style="padding:6px 0">{prompt_html(group.prompt, group.quote, strong=True)}'
            f"{''.join(rows)}{said}</div>"
        )
