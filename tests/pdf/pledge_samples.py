"""Signed pledges for tests: rows in the database, and keys to seal and sign them with."""

import base64
import functools
import itertools
import math
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lxml import etree

from dti_xblocks.pledge import olx, seal, signing
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import pledges
from dti_xblocks.seals import keys, make
from dti_xblocks.seals.site import site_keys
from tests.keys import new_key

COURSE_FILE = Path(__file__).parents[2] / "course_export/vertical/m09-pledge-item-u1.xml"
WHEN = datetime(2026, 11, 23, 11, 26, 5, tzinfo=UTC)
numbers = itertools.count(1)
dice = random.Random(20261123)
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


@functools.cache
def institution(name="Example Police Department") -> dict:
    """A `DTI_PLEDGE_KEYS` of its own: sealing key, certificate and its key; the same for the same name."""
    private = new_key()
    certificate, certificate_key = make.make_certificate(name)
    return {
        "private": private,
        "public": keys.public_pem(keys.read(private).private.public_key()) + certificate,
        "certificate": certificate,
        "certificate_key": certificate_key,
    }


def sealing_only(name="Example Police Department") -> dict:
    """The same institution without a certificate to sign with."""
    return {**institution(name), "certificate": "", "certificate_key": ""}


def ring_of(setting: dict) -> keys.Keyring:
    """What a reader has: `institution.pub`."""
    return keys.read(public=[setting["public"]])


@functools.cache
def course_pledge():
    """The pledge of the course."""
    return olx.from_element(etree.parse(str(COURSE_FILE)).getroot().find("dti_pledge"))


def drawing() -> list:
    """Two strokes, as somebody draws them."""
    wave = [[40 + 9 * step, round(150 + 90 * math.sin(step / 4) * math.cos(step / 19))] for step in range(100)]
    return [wave, [[120, 250], [900, 235]]]


def signed_row(
    *,
    name="Ana Reyes",
    account="Ana Reyes",
    reason="",
    answers=("Example Police Department", "Sergeant", "4711"),
    strokes=(),
    disclosure="You can sign this pledge on this page.\nYou do not have to sign electronically.",
    language="en",
    title="The Duty to Intervene pledge",
    pledge=None,
    course="",
    chance=dice,
    **act,
):
    """A row with a document of the present format, linked, and sealed if the settings have a key; in a course of its own. Its code is
    drawn by `chance`."""
    pledge = pledge or course_pledge()
    number = next(numbers)
    course = course or f"course-v1:DTI+PDF{number}+2026"
    values = {each.id: answers[place] if place < len(answers) else "" for place, each in enumerate(pledge.questions)}
    affirmed = frozenset(each.id for each in pledge.affirmations)
    entries = signing.Entries(affirmed, values, name, reason, list(strokes), -300)
    signer = signing.Signer(number, f"officer-{number}", account)
    around = signing.Surroundings(
        title=title,
        language=language,
        disclosure=disclosure,
        disclosure_version="2",
        consent_statement="I have read this and I agree to sign this pledge electronically.",
        consent_button="I agree to sign electronically",
        sign_button="Sign the pledge",
        sign_statement="By selecting this button I sign the pledge above. My typed name is my signature.",
    )
    consent = around.consent(WHEN - timedelta(minutes=2))
    reading = signing.Reading(WHEN - timedelta(minutes=9), WHEN - timedelta(minutes=3), 325, "button")
    place = {"course_title": "Duty to Intervene", "wording_label": "2026", **act}
    block = f"block-v1:DTI+DTI101+2026+type@dti_pledge+block@pdf{number}"
    done = signing.Act(course=course, block=block, turn=1, signed_at=WHEN, **place)
    signature = signing.Signature(pledge, entries, signer, around, consent, reading, done)
    row, added = pledges.add(signature, lambda: seal.make_code(chance.choice))
    assert added
    pledge_chain.complete(course, site_keys().ring)
    return row
