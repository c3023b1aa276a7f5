"""What axe finds in a page, in the light and in the dark."""

from pathlib import Path

import axe_core_python

# In the dark only the colours are others: the rest of the page is the one that was looked at in the light.
RULES = {
    "light": "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']",
    "dark": "{type: 'rule', values: ['color-contrast']}",
}


def violations(page, scheme):
    """Return the rule and the first element of each of axe's findings in a page of that colour scheme."""
    axe = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
    page.evaluate(axe)
    wanted = f"{{runOnly: {RULES[scheme]}, resultTypes: ['violations']}}"
    found = page.evaluate(f"axe.run(document, {wanted}).then((all) => all.violations)")
    return [(one["id"], one["nodes"][0]["html"]) for one in found]
