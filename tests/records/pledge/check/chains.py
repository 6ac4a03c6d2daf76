"""Chains to be checked: signed, sealed, and spoiled."""

import itertools
from datetime import UTC, datetime, timedelta

from django.test import override_settings

from dti_xblocks.pledge import seal, signing
from dti_xblocks.pledge.model import Affirmation, Pledge, Question
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import check as pledge_check
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge import pledges
from dti_xblocks.seals import keys
from tests.keys import new_key

WHEN = datetime(2026, 11, 23, 11, 26, tzinfo=UTC)
PLEDGE = Pledge(
    preamble="<p>I “intervene”.</p>",
    affirmations=(Affirmation("a", "I stop."), Affirmation("b", "I report.")),
    questions=(Question("rank", "Rank", False),),
    closing="<p>So be it.</p>",
)
numbers = itertools.count(1)


def ring_of(private: str, *before: str) -> keys.Keyring:
    earlier = [keys.public_pem(keys.read(each).private.public_key()) for each in before]
    return keys.read(private, earlier)


KEY, SECOND_KEY = new_key(), new_key()
RING, SECOND_RING = ring_of(KEY), ring_of(SECOND_KEY, KEY)


def signing_with(private: str):
    return override_settings(DTI_PLEDGE_KEYS={"private": private} if private else None)


def sign(
    chain: str, user_id: int, turn: int = 1, name: str = "Ana Reyes", valid: bool = True, account: str = "Ana Reyes", **times
):
    block = f"block-v1:{chain}+pledge"
    until = WHEN + timedelta(days=365) if valid else None
    origin = {"address": "192.0.2.7", "browser": "Mozilla/5.0 “Test”"}
    act = signing.Act(chain, block, turn, times.get("signed", WHEN), until, "2026", "Duty", origin=origin, salt=f"{user_id:032x}")
    consent = signing.Consent("I agree.", "Agree", "Disclosure.", "1", times.get("given", WHEN - timedelta(minutes=1)))
    reading = signing.Reading(WHEN - timedelta(minutes=5), WHEN - timedelta(minutes=2), 180, "button")
    around = signing.Surroundings(
        "Pledge", "en", "Disclosure.", "1", "I agree.", "Agree", "Sign the pledge", "By pressing it I sign."
    )
    entries = signing.Entries(frozenset({"a", "b"}), {"rank": "Sergeant"}, name)
    signer = signing.Signer(user_id, f"u{user_id}", account)
    signature = signing.Signature(PLEDGE, entries, signer, around, consent, reading, act)
    return pledges.add(signature, lambda: f"{next(numbers):04d}-TEST-TEST-CHCK")[0]


def note(chain: str, user_id: int, kind: str = "consented", key: str = "t1/consented/1", pledge=None):
    where = {"course_key": chain, "usage_key": f"block-v1:{chain}+pledge", "at": WHEN}
    happening = pledge_events.Happening(kind, key, user_id, f"u{user_id}", **where, details={"n": [1, "é"]}, pledge=pledge)
    return pledge_events.note(happening)[0]


def new_course() -> str:
    return f"course-v1:Check+{next(numbers)}+2026"


def fill(chain: str, people: int = 4) -> str:
    """Each of `people` agrees and signs: twice as many links."""
    for user_id in range(1, people + 1):
        note(chain, user_id)
        sign(chain, user_id)
    return chain


def drop_course(chain: str) -> None:
    for model in (models.PledgeLink, models.PledgeChain, models.PledgePending):
        model.objects.filter(chain=chain).delete()
    for model in (models.SignedPledge, models.PledgeEvent):
        model.objects.filter(course_key=chain).delete()


def faults(chain: str, ring=RING, **more) -> list[tuple[str, str]]:
    return [(each.table, each.fault) for each in pledge_check.check(chain, ring, **more).findings]


def links(chain: str) -> list:
    return list(models.PledgeLink.objects.filter(chain=chain).order_by("position"))


def columns() -> list:
    found = []
    for model in (models.SignedPledge, models.PledgeEvent, models.PledgeLink):
        found += [(model, field) for field in model._meta.concrete_fields]
    return found


def rewrite(chain: str) -> None:
    """Make every link fit the one before it, as who can write to the database could."""
    previous = seal.START
    for link in links(chain):
        link.previous = previous
        link.digest = previous = seal.digest(pledge_chain.payload_of(link))
        link.save()
    models.PledgeChain.objects.filter(chain=chain).update(head=previous)


def cut_off(chain: str, fixed: bool) -> pledge_check.Head:
    """Remove the last two links and their records, and with `fixed` note the end accordingly; the end as it was."""
    head = pledge_check.check(chain, RING).head
    for link in links(chain)[-2:]:
        {"pledge": models.SignedPledge, "event": models.PledgeEvent}[link.kind].objects.filter(id=link.entry_id).delete()
        link.delete()
    if fixed:
        last = links(chain)[-1]
        models.PledgeChain.objects.filter(chain=chain).update(length=6, signed=6, head=last.digest)
    return head
