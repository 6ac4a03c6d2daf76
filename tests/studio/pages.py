"""What an editor's page has for its script, for the tests of all editors."""

import json
import re

from tests.runtime import again, page


def data_of(markup: str) -> dict:
    """The data in a page."""
    return json.loads(re.search(r'<script type="application/json" data-dti-data>(.*?)</script>', markup, re.DOTALL)[1])


def version_of(block) -> str:
    """The version that the block's page shows."""
    return re.search(r'data-version="(\w+)"', page(again(block), "studio_view"))[1]


def body_of(block, content: str, **settings) -> dict:
    """What the page sends to save `content` and `settings`."""
    return {"settings": settings, "content": content, "version": version_of(block)}
