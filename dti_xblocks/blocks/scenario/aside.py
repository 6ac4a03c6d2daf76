"""What a learner's state says of practice: see `practice`.

`practice` is written when a run begins: `run` (number of the present run where it is practice, else 0), `start` (number of the
last run from the start), `given` (decisions that the present run was given) and `begun` (practice runs begun in this state).
`asked` is the number of the run after which the learner last opened the strongest answers. The journal knows the same of each
run, and is right where the two differ.
"""

from __future__ import annotations

from .host import ScenarioHost


def is_practice(block: ScenarioHost) -> bool:
    """Whether the present run counts for nothing, as the block's state has it."""
    return bool(block.attempt) and _number(block, "run") == block.attempt


def given(block: ScenarioHost) -> int:
    """How many decisions the present run was given, as the block's state has it."""
    return _number(block, "given")


def begun(block: ScenarioHost) -> int:
    """How many practice runs were begun in this state."""
    return _number(block, "begun")


def asked_after(block: ScenarioHost) -> bool:
    """Whether the learner opened the strongest answers after the present run, as the block's state has it."""
    return bool(block.attempt) and block.asked == block.attempt


def last_start(block: ScenarioHost) -> int:
    """The number of the last run from the start; 0 in states from before that was kept."""
    return _number(block, "start")


def _number(block: ScenarioHost, name: str) -> int:
    value = block.practice.get(name)
    return value if isinstance(value, int) else 0
