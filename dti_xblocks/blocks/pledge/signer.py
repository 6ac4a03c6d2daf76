"""The state of a signer: the signatures on record, which of them count, and the steps to the next one."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from ...pages.pledge import words as pledge_words
from ...platform import clock
from ...platform.learner import Learner, in_studio, keeps_records
from ...platform.progress import report_completion, report_grade
from ...pledge import journey, validity
from ...pledge.model import Pledge
from ...pledge.signing import Surroundings
from ...pledge.validity import Terms, Validity
from ...pledge.wording import shown_hash, wording_hash
from ...records.pledge import events as pledge_events
from ...records.pledge import pledges
from ...records.pledge.rows import SignedRow
from .host import PledgeHost

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SignerState:
    """The pledge and a signer at one moment. `signed` is what this person has signed here, oldest first; `around` is what
    the page shows around the pledge, in its language."""

    pledge: Pledge
    wording_hash: str
    signed: list[SignedRow]
    validity: Validity[SignedRow]
    journey: journey.Journey
    around: Surroundings
    now: datetime

    @property
    def turn(self) -> int:
        """The number of the signature that comes next, from 1."""
        return self.validity.turn

    @property
    def may_sign(self) -> bool:
        """True where no signature counts, or what counts ends soon."""
        return self.validity.may_sign

    @property
    def shown(self) -> str:
        """The hash of the text on the page."""
        return shown_hash(self.pledge, self.around.title, self.around.as_dict())


def signed_by(block: PledgeHost, learner: Learner | None) -> list[SignedRow]:
    """What `learner` has signed here, oldest first."""
    if learner is None or in_studio(block):
        return []
    return pledges.of_learner(learner.user_id, block.where.usage)


def signer_state(block: PledgeHost, learner: Learner | None, pledge: Pledge, signed: list[SignedRow]) -> SignerState:
    """The state of `learner` with `pledge`; `signed` are the signatures on record."""
    now = clock.now().replace(microsecond=0)
    current = wording_hash(pledge)
    judged = validity.judge(signed, current, Terms(block.valid_months, block.remind_days), now)
    around = pledge_words.surroundings(block.display_name)
    events = []
    if learner is not None and judged.may_sign and keeps_records(block):
        events = pledge_events.of_learner(learner.user_id, block.where.usage, journey.KINDS)
        now = clock.not_before(now, *(event.at for event in events))
    steps = journey.read_journey(events, judged.turn, current, pledge_words.DISCLOSURE_VERSION)
    if not keeps_records(block):  # an author tries it out: there is nothing to agree to
        steps = journey.Journey(steps.reading, around.consent(now), 0)
    return SignerState(pledge, current, signed, judged, steps, around, now)


def report_once(block: PledgeHost, row: SignedRow) -> None:
    """Report grade and completion for what is on record, unless done: also when staff have reset the learner's state."""
    if block.reported != row.code:
        report_grade(block, 1.0, 1.0)
        report_completion(block)
        block.reported = row.code
