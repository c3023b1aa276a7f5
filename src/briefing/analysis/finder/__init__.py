"""The attribution finder: rules that find who says what in English news prose; no model, no network.

Read it in this order: `cues` (the says-words), `quotations`, `sentences`, `phrases`, `rules`,
`other_rules`, `find`. A machine's answer is no evidence: see `docs/attribution-finder.md`.
"""

from briefing.analysis.finder.attribution import Attribution, Mode
from briefing.analysis.finder.find import RULES, find_attributions

__all__ = ["RULES", "Attribution", "Mode", "find_attributions"]
