"""What is required before a signature: an opening date, a result in the course, reading to the end."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ...platform.learner import Learner, keeps_records
from ...platform.results import result_of
from ...pledge import journey
from ...pledge.opening import opening
from ...templating.dates import day_text
from .host import PledgeHost
from .signer import SignerState


def missing_before(block: PledgeHost, learner: Learner | None, now: datetime) -> list[str]:
    """What is still missing before the pledge may be signed, as sentences; empty when nothing is."""
    missing = []
    opens = opening(block.opens_on)  # an unsound one is a problem of the content: nobody gets here
    if opens is not None and now < opens:
        missing.append(_("This pledge can be signed from {day} on.").format(day=day_text(opens)))
    if block.gate_block.strip() and learner is not None:
        missing += _missing_result(block, learner)
    return missing


def wants_reading(block: PledgeHost, state: SignerState) -> bool:
    """True where the signer has to say first that the pledge was read to its end."""
    return bool(block.require_reading and state.journey.reading.by != journey.BUTTON and keeps_records(block))


def _missing_result(block: PledgeHost, learner: Learner) -> list[str]:
    result = result_of(block, learner, block.gate_block.strip())
    if result is None:
        return [_("Whether you may sign cannot be checked right now. Please try again in a while, or tell your course staff.")]
    if not result.found:
        return [_("What has to be passed first cannot be found in this course. Please tell your course staff.")]
    needed = block.gate_percent
    if result.share is None:
        return [_("First complete “{title}” with at least {needed}%. You have no result there yet.").format(
            title=result.title, needed=needed)]  # fmt: skip
    have = int(result.share * 100 + 1e-9)
    if have < needed and not result.shown:
        return [_("First complete “{title}” with at least {needed}%. Your result there is not enough yet.").format(
            title=result.title, needed=needed)]  # fmt: skip
    if have < needed:
        return [_("First complete “{title}” with at least {needed}%. You have {have}% so far.").format(
            title=result.title, needed=needed, have=have)]  # fmt: skip
    return []
