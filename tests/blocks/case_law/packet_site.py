"""How a learner asks for a packet and follows its links: for the tests of packets."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from lxml import etree

from dti_xblocks.case_law.anchoring import anchor_at
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.records.case_law import marks
from tests.runtime import COURSE, LEARNER, Person, get, make_block, post

TWO = '<authority ref="graham-v-connor"/><authority ref="18-usc-242"/>'
STRANGER = Person(301, "stranger", "Not Enrolled")
GRAHAM = library().get("graham-v-connor")


def block(inner=TWO, **options):
    return make_block(CaseLawBlock, inner, display_name="Case law", packet_title="Packet: one & two", **options)


def html(answer):
    assert answer.status_code == 200, answer.body
    return etree.HTML(json.loads(answer.body)["html"])


def text(tree) -> str:
    return " ".join("".join(tree.itertext()).split())


def title(tree) -> str:
    return text(tree.xpath("//h4")[0])


def ask(here, query="", **form):
    return html(post(here, "packet_make", {"which": "module", "format": "pdf", **form}))


def link(tree, words):
    """The query of the link with these words, for `get`."""
    (address,) = [node.get("href") for node in tree.xpath("//a") if words in text(node)]
    return urlsplit(address)


def follow(here, address, **options):
    return get(here, address.path.rstrip("/").rpartition("/")[2], address.query, **options)


def note(here, words="My own words.", person=LEARNER):
    anchor = anchor_at(GRAHAM.parts, "facts", 0, 0, 20)
    marks.add(
        person.user_id,
        str(COURSE),
        f"key-{words}"[:12].lower().replace(" ", "-").replace(".", ""),
        GRAHAM.slug,
        anchor,
        words,
        datetime.now(UTC),
    )
