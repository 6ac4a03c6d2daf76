"""What axe-core finds on a page.

Contrast is the dearest of its rules, and what it says of a text hangs on nothing but how the text looks: its color, its size and
weight, and what is behind it. So each look is judged once in a process, whatever page it is met on next: a look counts as judged
when axe has passed it. One that fails is judged again wherever it stands.
"""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT

COLORS = ("color-contrast", "link-in-text-block")  # the rules that look at colors
LAYOUT = ("target-size", "scrollable-region-focusable")  # the rules that look at sizes
RUN = Path(__file__).with_name("axe.js").read_text(encoding="utf-8")
# `preload` fetches the style sheets once more for a rule that is not run, frames have no axe in them.
OPTIONS = {"resultTypes": ["violations"], "preload": False, "iframes": False}
TRIES = 3  # how often a look is judged that axe cannot decide on, a text over a picture for example
_judged: dict[str, int] = {}  # a look, and how often axe was asked; `TRIES` where it is decided


def violations(page, rules: tuple[str, ...] = (), context: dict | None = None) -> list[dict]:
    """The violations on the page as it stands, by all rules or by `rules`; in all of it, or as `context` says (see axe.run)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    others = [rule for rule in rules if rule not in COLORS]
    colors = [rule for rule in COLORS if not rules or rule in rules]
    named = {"runOnly": others} if rules else {"rules": {rule: {"enabled": False} for rule in COLORS}}
    options = {**OPTIONS, **named} if others or not rules else None
    known = [look for look, asked in _judged.items() if asked >= TRIES]
    answer = page.evaluate(RUN, [context or {}, options, {**OPTIONS, "runOnly": colors} if colors else None, known])
    for look in answer["asked"]:
        _judged[look] = _judged.get(look, 0) + 1
    _judged.update(dict.fromkeys(answer["passed"], TRIES))
    for look in answer["failed"]:
        _judged.pop(look, None)
    return answer["violations"]
