"""What the handlers of all editors have in common: method, rights, a damaged or too large request, each with its sentence."""

import json

import pytest
from django.http.request import RawPostDataException
from django.test import RequestFactory, override_settings
from runtime import STAFF, again, get, make_block, post, post_json
from xblock.django.request import django_to_webob_request

from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.video_block import VideoBlock

SAVED = "The content is too large to be saved. Divide it into several blocks."
CHECKED = "The content is too large to be checked while you write. It is checked when you save."
PLAYED = "The content is too large to be played."
HANDLERS = [
    (ScenarioBlock, "studio_save", SAVED),
    (CaseLawBlock, "studio_save", SAVED),
    (PledgeBlock, "studio_save", SAVED),
    (ReviewBlock, "studio_save", SAVED),
    (VideoBlock, "studio_save", SAVED),
    (CaseLawBlock, "studio_check", CHECKED),
    (PledgeBlock, "studio_check", CHECKED),
    (ReviewBlock, "studio_check", CHECKED),
    (VideoBlock, "studio_check", CHECKED),
    (ScenarioBlock, "studio_play", PLAYED),
    (CaseLawBlock, "studio_find", "That is too much to search for. Use a few words."),
]
each = pytest.mark.parametrize(("cls", "handler"), [(cls, handler) for cls, handler, _sentence in HANDLERS])


def answer_to(block, handler, request):
    return block.runtime.handle(block, handler, django_to_webob_request(request))


@each
@pytest.mark.parametrize("form", [{"content": "<p/>"}, {}])
def test_a_form_that_the_platform_has_read_before_us_arrives_damaged(cls, handler, form):
    request = RequestFactory().post("/handler", form)  # multipart
    assert "content" in request.POST or not form  # as the middleware against forged requests reads it
    with pytest.raises(RawPostDataException):
        _ = request.body
    block = make_block(cls, studio="handler")
    answer = answer_to(block, handler, request)
    assert (answer.status_code, answer.json) == (400, {"error": "The form arrived damaged. Please try again."})
    block.save()  # as the platform does after every handler
    assert again(block).content == block.content == make_block(cls).content


@pytest.mark.parametrize(("cls", "handler", "sentence"), HANDLERS)
def test_a_request_that_is_too_large_is_refused(cls, handler, sentence):
    body = json.dumps({"settings": {}, "content": "x" * 200, "version": "", "start": "", "decisions": []})
    request = RequestFactory().post("/handler", body, content_type="application/json")
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100):
        answer = answer_to(make_block(cls, studio="handler"), handler, request)
    assert (answer.status_code, answer.json) == (413, {"error": sentence})


@each
def test_only_a_form_that_is_sent_is_answered(cls, handler):
    answer = get(make_block(cls, studio="handler"), handler)
    assert (answer.status_code, answer.json) == (405, {"error": "Please use the form on the page."})


@each
def test_who_may_not_change_the_course_is_told_so_before_the_request_is_read(cls, handler):
    block = make_block(cls, user=STAFF)
    answer = post(block, handler, {"not": "JSON"})
    sentence = "You may not change this course." + (" Nothing was saved." if handler == "studio_save" else "")
    assert (answer.status_code, answer.json) == (403, {"error": sentence})


def test_a_search_in_the_library_that_is_not_text_arrives_damaged_and_one_without_end_is_refused():
    block = make_block(CaseLawBlock, studio="handler")
    damaged = post_json(block, "studio_find", ["q"])
    assert (damaged.status_code, damaged.json) == (400, {"error": "The form arrived damaged. Please try again."})
    endless = post_json(block, "studio_find", {"q": "x" * 4001})
    assert (endless.status_code, endless.json) == (400, {"error": "That is too much to search for. Use a few words."})
