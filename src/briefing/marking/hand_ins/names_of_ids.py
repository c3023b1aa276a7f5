"""Find ids that go with more than one name, so that they tell nobody apart; opens nothing."""

from __future__ import annotations

from briefing.marking.hand_ins.names import folded


class NamesOfIds:
    """The names that go with ids: the first of each, and which ids have several.

    Attributes:
        first: id → the first name that it was met with.
        several: the ids that were met with another name as well.
    """

    def __init__(self) -> None:
        self.first: dict[str, str] = {}
        self.several = set[str]()

    def add(self, own: str, name: str) -> None:
        """Take a name that goes with an id."""
        if not one_name(self.first.setdefault(own, name), name):
            self.several.add(own)


def one_name(one: str, other: str) -> bool:
    """Say whether two names are one, however a system writes its accents."""
    return one == other or folded(one) == folded(other)
