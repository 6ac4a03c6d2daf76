"""What the tests of the pledge share: the steps to it, and a form filled in as a learner would."""

import re

from tests import runtime


def shown(block) -> str:
    """The hash of the text on the page of `block`."""
    return re.search(r'name="shown" value="([0-9a-f]{64})"', runtime.page(block))[1]


def read_to_end(block, **changes):
    """Say that the end of the pledge was reached; the answer."""
    return runtime.post(block, "read_to_end", {"shown": shown(block), "seconds": "0", **changes})


def agree(block, **changes):
    """Agree to sign electronically; the answer."""
    form = {"shown": shown(block), "consent": "yes", **changes}
    return runtime.post(block, "agree", {name: value for name, value in form.items() if value is not None})


def pledge_form(block, **changes) -> list[tuple[str, str]]:
    """The pledge's form, completely filled in for Ana Reyes, after the steps before it.

    `changes` replace fields, None leaves one out.
    """
    if "data-dti-wanted" in runtime.page(block):
        assert read_to_end(block).status_code == 200
    if 'name="turn"' not in runtime.page(block):
        assert agree(block).status_code == 200
    html = runtime.page(block)
    form = {
        "shown": shown(block),
        "turn": re.search(r'name="turn" value="(\d+)"', html)[1],
        "affirm": ["law", "act"],
        "answer-agency": "Sunset Police Department",
        "answer-rank": "",
        "offset": "-300",
        "name": "Ana Reyes",
        "reason": "",
        **{name.replace("answer_", "answer-"): value for name, value in changes.items()},
    }
    pairs = ((name, value if isinstance(value, list) else [value]) for name, value in form.items() if value is not None)
    return [(name, each) for name, values in pairs for each in values]
