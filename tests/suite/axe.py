"""What axe-core finds on a page."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT

COLORS = ("color-contrast", "link-in-text-block")  # the rules that look at colors
LAYOUT = ("target-size", "scrollable-region-focusable")  # the rules that look at sizes
RUN = "([context, options]) => axe.run(context || document, options).then((found) => found.violations)"


def violations(page, rules: tuple[str, ...] = (), context: dict | None = None) -> list[dict]:
    """The violations on the page as it stands, by all rules or by `rules`; in all of it, or as `context` says (see axe.run)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    return page.evaluate(RUN, [context, options])
