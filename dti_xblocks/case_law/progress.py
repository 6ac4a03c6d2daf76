"""How far somebody has come with a list of authorities, and when the list is complete."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from .model import Authority

OPENED, ENDED, CHECKED = "opened", "ended", "checked"
STEPS = (OPENED, ENDED, CHECKED)
ANY = "any"  # the rule of a list to look things up in: it is enough to have opened one
Steps = Mapping[str, Collection[str]]  # the steps taken, by the slug of the authority


@dataclass(frozen=True)
class Summary:
    """How many of `total` authorities are done by the author's rule, and whether that completes the list."""

    done_count: int
    total: int
    complete: bool


def is_done(steps: Collection[str], authority: Authority, complete_when: str) -> bool:
    """True when `steps` are what the author's rule wants for `authority`. Without a question, the end of the text counts."""
    wanted = ENDED if complete_when == CHECKED and authority.check is None else OPENED if complete_when == ANY else complete_when
    return wanted in steps


def summary(steps: Steps, authorities: Iterable[Authority], complete_when: str, packet_taken: bool) -> Summary:
    """The state of the list `authorities`. Where opening is enough, whoever has taken the packet (`packet_taken`) is done."""
    done = [is_done(steps.get(one.slug, ()), one, complete_when) for one in authorities]
    enough = all(done) or (complete_when == ANY and any(done))
    complete = enough or (complete_when in (OPENED, ANY) and packet_taken)
    return Summary(sum(done), len(done), complete)
