"""What the tests of the pledge block share: signing it, and what is on record of it."""

from dti_xblocks.records.models import SignedPledge
from tests.blocks_at_work import pledge_form
from tests.runtime import LEARNER, STAFF, again, post

SIGNED = "You have signed this pledge"


def rows(block):
    return list(SignedPledge.objects.filter(usage_key=str(block.scope_ids.usage_id)))


def sign(block, **changes):
    return post(block, "sign", pledge_form(block, **changes))


def signed(block, user=LEARNER, **changes):
    """`block` signed by `user`, loaded afresh."""
    mine = again(block, user)
    name = {"name": user.full_name} | changes
    assert sign(mine, **name).status_code == 200
    return again(block, user)


def edited(block, old, new, **changes):
    """The same block after the author has changed its words."""
    place = block.runtime.place
    place.authoring = True
    author = again(block, STAFF)
    assert old in author.content
    author.content = author.content.replace(old, new)
    author.save()
    place.authoring = False
    return again(block, **changes)
