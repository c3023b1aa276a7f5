"""A disk for widgets under test: takes what is saved and remembers it."""

import json
from dataclasses import dataclass


@dataclass
class Saved:
    revision: int
    saved_iso: str = "2026-11-22T19:40:00Z"
    message: str = ""


class Disk:
    """Remembers what was saved (`saved`) and on which revision it was based (`bases`)."""

    def __init__(self):
        self.saved = []
        self.bases = []

    def __call__(self, payload, base):
        # By way of JSON, as on a real disk: what the widget changes later must not change this.
        self.saved.append(json.loads(json.dumps(payload)))
        self.bases.append(base)
        return Saved(len(self.saved))

    def cells(self):
        """Return the cells of the last save; none where nothing was saved."""
        return self.saved[-1]["cells"] if self.saved else {}
