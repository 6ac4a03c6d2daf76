"""What the tests of the pledge's editor share: asking it, and saving."""

import json
import re

from dti_xblocks.pledge import olx
from dti_xblocks.pledge.wording import wording_hash
from dti_xblocks.pledge_block import PledgeBlock
from tests.pledge.samples import PLEDGE
from tests.runtime import again, make_block, page, post_json

CHANGED = PLEDGE.replace("I will step in.", "I will step in at once.")


def make(content=PLEDGE, **options):
    return make_block(PledgeBlock, content, **{"studio": "handler", "display_name": "Our pledge", **options})


def data_of(markup: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" data-dti-data>(.*?)</script>', markup, re.DOTALL)[1])


def version_of(block) -> str:
    return re.search(r'data-version="(\w+)"', page(again(block), "studio_view"))[1]


def saved(block, content=PLEDGE, settings=None, **more):
    return post_json(
        again(block), "studio_save", {"settings": settings or {}, "content": content, "version": version_of(block), **more}
    )


def asked(block, content=PLEDGE, **more):
    return post_json(again(block), "studio_check", {"content": content, **more})


def hash_of(content: str) -> str:
    return wording_hash(olx.read(content))
