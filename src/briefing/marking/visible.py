"""Text that a stranger wrote, safe to print: `briefing.visible`, as marking calls it; adds nothing."""

from briefing.visible import visible

__all__ = ["visible"]
