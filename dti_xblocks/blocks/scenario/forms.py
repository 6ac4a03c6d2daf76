"""What a learner's form says: from which screen it was made, and what is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...content import whole_number
from ...scenario import play
from ..base import RefusedError

PACES = {"on": play.AS_WRITTEN, "extended": play.EXTENDED, "off": play.NO_CLOCK}


@dataclass(frozen=True)
class Decision:
    """A form of the present scene: made from run `attempt` when it had `step` entries and stood in `scene` (an id).

    `choice` is the id of what was chosen, "" for nothing; `time_up` says that the page's clock ran out.
    """

    attempt: int
    step: int
    scene: str
    choice: str
    time_up: bool

    @classmethod
    def read(cls, form: Mapping[str, str]) -> Decision:
        """The decision in `form`. Raises `RefusedError` for a damaged one."""
        step, attempt = number_in(form, "step"), number_in(form, "attempt")
        return cls(attempt, step, form.get("scene", ""), form.get("choice", ""), bool(form.get("time_up")))


def number_in(form: Mapping[str, str], name: str) -> int:
    """The whole number in a field of a form. Raises `RefusedError` for anything else."""
    number = whole_number(form.get(name))
    if number is None:
        raise RefusedError(_("The form arrived damaged. Reload the page and try again."))
    return number


def chosen_pace(form: Mapping[str, str], clock_rule: str) -> int:
    """What the learner picked before the start, where the block's `clock_rule` lets them pick."""
    offered = {str(pace): pace for pace in (play.AS_WRITTEN, play.EXTENDED, play.NO_CLOCK)}
    return PACES.get(clock_rule, offered.get(form.get("pace", ""), play.AS_WRITTEN))
