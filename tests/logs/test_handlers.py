"""No handler of a block brings what a person wrote into the platform's logs, wherever it is served and whoever asks how.

The handlers are found, not listed: one that is added is held to the same.
"""

import json

import pytest
from django.test import RequestFactory
from webob import Response
from xblock.core import XBlock

from dti_xblocks.blocks.base import asked
from dti_xblocks.review_block import ReviewBlock
from tests.blocks.test_malformed_requests import BLOCKS, handlers
from tests.logs.platform_log import THE_PLATFORMS, Logs, addresses, patterns
from tests.logs.watched import EVERYTHING, WatchedRequest
from tests.runtime import LEARNER, STAFF, again, entry_point, make_block

SECRET = "My sergeant, badge 4711"
NAMES = ("name", "note", "text", "reason", "q", "code", "answer-badge", *sorted(asked.IN_ADDRESSES))
EVERY_HANDLER = [(cls, name) for cls in BLOCKS for name in handlers(cls)]


class SeededBlock(ReviewBlock):
    """A review with a handler that was added carelessly: it reads a search from the address."""

    @XBlock.handler
    def careless(self, request, suffix=""):
        return Response(request.GET.get("q", ""))

    @XBlock.handler
    def worse(self, request, suffix=""):
        return Response(str(dict(request.GET)))


def asked_in_every_way(path):
    """Django's requests to `path` with the secret in all that can be filled in: as links and forms have it, and as our script does."""
    make, fields = RequestFactory(), dict.fromkeys(NAMES, SECRET)
    yield make.get(path, fields)
    yield make.post(path, fields)
    yield make.generic("POST", path, "&".join(f"{name}={SECRET}" for name in NAMES), "application/x-www-form-urlencoded")
    yield make.generic("POST", path, json.dumps(list(fields.items())), "application/json")
    yield make.generic("POST", path, json.dumps(fields), "application/json")


def logged(tag, name, of=patterns):
    """The lines of the tracking log that have the secret after each way to ask for this handler, wherever it is served."""
    found = []
    for project, path in addresses(tag, name):
        logs = Logs(of(project))
        for request in asked_in_every_way(path):
            logs.take(request)
        found += [line for line in logs.tracking if SECRET in line]
    return found


def heard(cls, name):
    """What of an address the handler looks at, asked by a learner, by staff and in Studio, by GET and by POST."""
    found = set()
    for studio, person in (("", LEARNER), ("", STAFF), ("handler", STAFF)):
        block = make_block(cls, BLOCKS.get(cls, ""), studio=studio, user=person)
        for method in ("GET", "POST"):
            request = WatchedRequest.blank(f"/h?{'&'.join(f'{one}=1' for one in NAMES)}", method=method)
            again(block).runtime.handle(again(block), name, request)
            found |= request.heard
    return found


@pytest.mark.parametrize(("cls", "name"), EVERY_HANDLER)
def test_the_tracking_log_has_nothing_that_is_typed(cls, name):
    assert logged(entry_point(cls), name) == []


@pytest.mark.parametrize(("cls", "name"), EVERY_HANDLER)
def test_a_handler_hears_nothing_of_an_address_but_what_may_stand_there(cls, name):
    assert heard(cls, name) <= asked.IN_ADDRESSES


def test_what_may_stand_in_an_address_is_known_to_be_no_word_of_a_person():
    assert not asked.IN_ADDRESSES & {"q", "code", "name", "note", "text", "reason", "learner", "username", "consent", "answer"}


def test_a_handler_that_is_added_without_protection_is_found():
    assert heard(SeededBlock, "careless") == {"q"}
    assert EVERYTHING in heard(SeededBlock, "worse")
    assert {"careless", "worse"} <= set(handlers(SeededBlock)), "it is among those that are found"


def test_a_block_whose_name_is_not_ours_is_found():
    assert logged("seeded_review", "submit")
    assert logged("problem", "problem_check"), "other people's blocks are logged as before"


def test_every_block_is_named_so_that_its_addresses_are_left_out():
    ours = {name for name, cls in XBlock.load_classes() if cls.__module__.startswith("dti_xblocks")}
    assert ours == {entry_point(cls) for cls in BLOCKS}


@pytest.mark.parametrize("one", range(3))
def test_each_of_our_patterns_is_needed(one):
    """Without one of them something is logged: the tests above can fail."""
    from dti_xblocks.platform.tracking import PATTERNS

    others = [*THE_PLATFORMS, *(pattern for pattern in PATTERNS if pattern != PATTERNS[one])]
    assert bool(logged("dti_review", "submit", of=lambda _project: others)) == (one > 0)


def test_what_our_script_sends_is_not_logged_even_where_a_site_has_lost_our_patterns():
    for project, path in addresses("dti_review", "submit"):
        logs = Logs(THE_PLATFORMS)
        logs.take(RequestFactory().generic("POST", path, json.dumps([["text", SECRET]]), "application/json"))
        assert len(logs.tracking) == 1, project
        assert logs.lines_with(SECRET) == []


def test_events_keep_who_asked_and_where():
    for project, path in addresses("dti_pledge", "sign"):
        logs = Logs(patterns(project))
        assert logs.take(RequestFactory().post(path, {"name": SECRET}, HTTP_REFERER="http://lms/unit")) == {
            "path": path,
            "referer": "http://lms/unit",
        }
        assert logs.tracking == []
