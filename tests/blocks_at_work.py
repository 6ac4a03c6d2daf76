"""What the tests of the pledge share: a form filled in as a learner would."""

import re

from tests import runtime


def pledge_form(block, **changes) -> list[tuple[str, str]]:
    """The pledge's form, completely filled in for Ana Reyes; `changes` replace fields, None leaves one out."""
    shown = re.search(r'name="shown" value="([0-9a-f]{64})"', runtime.page(block))[1]
    form = {
        "shown": shown,
        "affirm": ["law", "act"],
        "answer-agency": "Sunset Police Department",
        "answer-rank": "",
        "consent": "yes",
        "name": "Ana Reyes",
        "reason": "",
        **{name.replace("answer_", "answer-"): value for name, value in changes.items()},
    }
    pairs = ((name, value if isinstance(value, list) else [value]) for name, value in form.items() if value is not None)
    return [(name, each) for name, values in pairs for each in values]
