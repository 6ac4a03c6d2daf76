"""Grades, completion and tracking events: what a block tells the platform."""

from __future__ import annotations

from .learner import keeps_records


def publish_grade(block, earned: float, possible: float, only_if_higher: bool | None = None) -> None:
    """Report `earned` of `possible` points (both in the block's raw points; the platform applies `weight`).

    With `only_if_higher` the platform keeps a higher grade that it has.
    """
    if keeps_records(block):
        grade = {"value": earned, "max_value": possible}
        block.runtime.publish(block, "grade", grade if only_if_higher is None else {**grade, "only_if_higher": only_if_higher})


def publish_completion(block, share: float = 1.0) -> None:
    """Report completion, 0.0 to 1.0. Outside a course there is nobody to report to."""
    if keeps_records(block):
        block.runtime.publish(block, "completion", {"completion": share})


def emit(block, name: str, data: dict) -> None:
    """Send the tracking event `name` (for example `dti.pledge.signed`) with JSON-ready `data`."""
    if keeps_records(block):
        block.runtime.publish(block, name, data)
