"""Whoever walks through a block and writes where they can leaves nothing of it in the platform's logs, nor in any address."""

from urllib.parse import quote, quote_plus

import pytest
from django.test import override_settings
from django.utils.safestring import mark_safe
from webob import Response
from xblock.core import XBlock

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.blocks.base import asked
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.copies import Copy
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.models import SignedPledge
from dti_xblocks.review_block import ReviewBlock
from tests.activity.samples import ALL
from tests.blocks.test_malformed_requests import BLOCKS, handlers
from tests.blocks_at_work import agree, pledge_form
from tests.logs.crawler import SECRET, Crawler
from tests.runtime import LEARNER, OTHER, STAFF, BlockRuntime, again, get, make_block, post, post_json

BADGE, REASON, NOTE = "Badge-4711", "a married name", "Sergeant Smith stood by"
# Handlers that no link or form without a script leads to, and why.
NOT_WALKED = {
    "packet_state": "the script asks it",
    "files_state": "the script asks it",
    "files_address": "another handler asks it",
    "packet_print": "its link is in an answer to the script",
    "settle": "the script sends it",
    "enter": "it takes a scene with a clock",
    "replay": "the walk keeps to a strongest path",
    "open_answers": "on a strongest path there is nothing to open",
    "printable_file": "nothing links it",
    "look_again": "it stands where a signature waits for its seal",
    "write": "activities of one's own words have it: see their walk",
    "forget": "as above",
    "own_words_markdown": "as above",
}


class SeededBlock(ReviewBlock):
    """A review with a search that was added carelessly: its form puts the words into the address."""

    def screen(self, learner):
        action = self.runtime.handler_url(self, "careless")
        return mark_safe(f'<form method="get" action="{action}"><input type="search" name="words"></form>')

    @XBlock.handler
    def careless(self, request, suffix=""):
        return Response("")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """No PDF is made, and nobody is told to ask less often: this is about the requests."""
    from dti_xblocks import pdf
    from dti_xblocks.blocks.pledge import downloads
    from dti_xblocks.blocks.scenario import screen
    from dti_xblocks.platform import limits
    from dti_xblocks.records import tasks

    copy = Copy(b"%PDF-", "sealed")
    for module in (downloads, tasks):
        monkeypatch.setattr(module, "copy_of", lambda *_args, **_more: copy)
    monkeypatch.setattr(screen, "render_pdf", lambda *_args, **_more: b"%PDF-")
    monkeypatch.setattr(pdf, "render_apart", lambda *_args, **_more: b"%PDF-")
    monkeypatch.setattr(limits, "wait", lambda *_args: 0)
    with override_settings(DTI_RENDER="request", DTI_PLEDGE_KEYS=None):
        yield


def at_work(cls):
    """A block of a course with two learners, whose people are known."""
    options = {"valid_months": 12} if cls is PledgeBlock else {}
    block = make_block(cls, BLOCKS[cls], **options)
    return again(block, people=[(one.user_id, one.username, one.full_name) for one in (LEARNER, OTHER)])


def left(walk, *secrets):
    """The lines of the logs that have one of the secrets, written in whatever way."""
    words = (SECRET, *secrets)
    return walk.logs.lines_with(*words, *(quote(word) for word in words), *(quote_plus(word) for word in words))


@pytest.mark.parametrize("cls", BLOCKS)
def test_a_walk_leaves_no_word_in_the_logs(cls):
    block, secrets = at_work(cls), []
    if cls is PledgeBlock:  # one has signed already
        mine = again(block, OTHER)
        answers = {"answer_agency": BADGE, "name": "Ben Married", "reason": REASON}
        assert post(mine, "sign", pledge_form(mine, **answers)).status_code == 200
    if cls is CaseLawBlock:  # who has a note already
        note = {"ref": "graham-v-connor", "passage": "facts:0:0:9", "key": "0123456789ab", "note": NOTE}
        assert post(again(block, LEARNER), "mark_add", note).status_code == 200
        secrets = [NOTE]
    learner, staff = (Crawler(block, person).go() for person in (LEARNER, STAFF))
    if cls is PledgeBlock:
        codes = list(SignedPledge.objects.filter(usage_key=block.where.usage).values_list("code", flat=True))
        assert len(codes) > 1, "the learner who walked has signed too"
        secrets = [BADGE, REASON, "Married", *codes, *(code.replace("-", "") for code in codes)]
    for walk in (learner, staff):
        assert left(walk, *secrets) == []
        assert not walk.wrote & asked.IN_ADDRESSES, "what is typed has a name that no address may have"
    assert {name for name in handlers(cls) if not name.startswith("studio_")} - {*learner.seen, *staff.seen} <= set(NOT_WALKED)


@pytest.mark.parametrize("cls", BLOCKS)
def test_a_walk_goes_on_where_no_event_can_be_written(cls, monkeypatch, caplog):
    lost, publish = [], BlockRuntime.publish

    def refusing(runtime, block, event, data):
        if not event.startswith("dti."):
            return publish(runtime, block, event, data)
        lost.append(event)
        raise ConnectionError(f"no service takes {data}")

    monkeypatch.setattr(BlockRuntime, "publish", refusing)
    block = at_work(cls)
    for person in (LEARNER, STAFF):
        Crawler(block, person).go()
    assert lost
    assert caplog.text.count("could not be written") == len(lost)


@pytest.mark.parametrize("kind", ["reflect", "say", "plan"])
def test_words_of_ones_own_are_in_no_log(kind):
    walk = Crawler(make_block(ActivityBlock, ALL[kind], activity=kind), LEARNER).go()
    assert walk.wrote and left(walk) == [] and "write" in walk.seen
    assert {"forget", "own_words_markdown"} <= set(walk.seen) or kind == "say", "there it is kept only if one wants"


def test_the_walk_writes_where_people_write():
    notes = at_work(CaseLawBlock)
    walk = Crawler(notes, LEARNER).go()
    assert {"q", "note"} <= walk.wrote
    assert Crawler(at_work(ReviewBlock), LEARNER).go().wrote == {"text"}


def test_an_author_s_preview_leaves_no_word_either():
    for cls in BLOCKS:
        block = make_block(cls, BLOCKS[cls], studio=True, user=STAFF)
        walk = Crawler(block, STAFF, each=3, view="author_view").go()
        assert walk.logs.access, cls
        assert left(walk) == []


def test_a_form_that_puts_words_into_an_address_is_found():
    block = make_block(SeededBlock, BLOCKS[ReviewBlock])
    assert left(Crawler(block, LEARNER).go())


def test_old_addresses_with_a_code_or_a_word_in_them_are_not_heard():
    block = at_work(PledgeBlock)
    mine = again(block, LEARNER)
    agree(mine)
    assert post(mine, "sign", pledge_form(mine)).status_code == 200
    row = SignedPledge.objects.get(usage_key=block.where.usage)
    assert get(again(block, LEARNER), "pdf", f"code={row.code}", json=True).status_code == 404
    assert row.code not in get(again(block, STAFF), "signatures", f"part=record&code={row.code}", json=True).text
    assert "reyes" in get(again(block, STAFF), "signatures", "q=nobody").text


def test_an_editor_s_search_is_posted():
    block = make_block(CaseLawBlock, BLOCKS[CaseLawBlock], studio="handler", user=STAFF)
    assert post_json(block, "studio_find", {"q": "graham"}).json["results"]
    assert get(block, "studio_find", "q=graham").status_code == 405
