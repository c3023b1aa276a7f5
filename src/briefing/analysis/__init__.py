"""What can be counted in the articles: tables in, tables out; nothing here draws or marks."""

from briefing.analysis.finder import Attribution, find_attributions

__all__ = ["Attribution", "find_attributions"]
