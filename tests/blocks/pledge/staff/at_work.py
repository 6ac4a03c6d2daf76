"""What the tests of the staff's side share."""

import csv
import io
import re

from dti_xblocks.records.models import (
    PledgeChain,
    PledgeEvent,
    PledgeLink,
    PledgePending,
    SignedPledge,
)
from tests.blocks_at_work import pledge_form
from tests.runtime import COURSE, LEARNER, OTHER, STAFF, Person, again, post, search

THIRD = Person(103, "zhou", "Chris Zhou")
PEOPLE = [(person.user_id, person.username, person.full_name) for person in (LEARNER, OTHER, THIRD)]
OTHER_STAFF = Person(202, "lieutenant", "Lee Ott")  # staff of another course: to this one the platform calls them no staff


def forget_course():
    course = str(COURSE)
    for model in (SignedPledge, PledgeEvent):
        model.objects.filter(course_key=course).delete()
    for model in (PledgeChain, PledgeLink, PledgePending):
        model.objects.filter(chain=course).delete()


def sign(block, user=LEARNER, **changes):
    """The signature of `user`, as its row."""
    mine = again(block, user)
    assert post(mine, "sign", pledge_form(mine, **{"name": user.full_name} | changes)).status_code == 200
    return SignedPledge.objects.filter(usage_key=block.where.usage, user_id=user.user_id).order_by("-id").first()


def staff(block):
    return again(block, STAFF)


def listed(block, query=""):
    """(username, status) of the people on a page of the list."""
    html = search(staff(block), "signatures", query).text
    cells = re.findall(r'<th scope="row">(.*?)</th>.*?dti-staff-status[^>]*>([^<]+)<', html)
    return [(re.sub("<[^>]+>", "", name), status) for name, status in cells]


def reads(block):
    return [event.document["details"] for event in PledgeEvent.objects.filter(usage_key=block.where.usage, kind="staff-read")]


def table(response):
    return list(csv.reader(io.StringIO(response.body.decode("utf-8-sig"))))


def withdraw(block, row, user=STAFF, **changes):
    form = {"pledge": str(row.id), "reason": "Signed under a wrong account.", "confirm": "yes"} | changes
    return post(again(block, user), "withdraw_signature", {name: value for name, value in form.items() if value is not None})
