"""What the tests of the pledge's editor share: asking it, and saving."""

from dti_xblocks.pledge import olx
from dti_xblocks.pledge.wording import wording_hash
from dti_xblocks.pledge_block import PledgeBlock
from tests.pledge.samples import PLEDGE
from tests.runtime import again, make_block, post_json
from tests.studio.pages import version_of

CHANGED = PLEDGE.replace("I will step in.", "I will step in at once.")


def make(content=PLEDGE, **options):
    return make_block(PledgeBlock, content, **{"studio": "handler", "display_name": "Our pledge", **options})


def saved(block, content=PLEDGE, settings=None, **more):
    return post_json(
        again(block), "studio_save", {"settings": settings or {}, "content": content, "version": version_of(block), **more}
    )


def asked(block, content=PLEDGE, **more):
    return post_json(again(block), "studio_check", {"content": content, **more})


def hash_of(content: str) -> str:
    return wording_hash(olx.read(content))
