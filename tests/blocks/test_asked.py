"""What a request says: forms as browsers and as our script send them mean the same, and damaged ones are refused in words."""

import json

import pytest
from django.test import RequestFactory, override_settings
from webob import Request
from xblock.django.request import django_to_webob_request

from dti_xblocks.blocks.base.asked import IN_ADDRESSES, MOST_FIELDS, RefusedError, asked_of, form_of

PAIRS = [("affirm", "law"), ("affirm", "act"), ("note", "Ana – 👮\nsecond line"), ("empty", "")]


def sent(body, content_type="application/json", query=""):
    return Request.blank(f"/h?{query}", method="POST", body=body, content_type=content_type)


def test_a_form_of_the_script_and_a_plain_one_say_the_same():
    plain = Request.blank("/h", POST=PAIRS)
    script = sent(json.dumps(PAIRS).encode(), "application/json; charset=utf-8")
    assert list(form_of(script).items()) == list(form_of(plain).items()) == PAIRS
    assert form_of(script).getall("affirm") == ["law", "act"]


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{}", b"null", b"1", b'"note"', b'[["a"]]', b'[["a", "b", "c"]]', b'[["a", 1]]', b'[[1, "a"]]', b'[["a", null]]'),
        *(
            b'["ab"]x',
            b'[["a", "\\ud800"]]',
            b'[["\\udfff", "a"]]',
            b"\xff\xfe",
            b"[" * 100_000,
            b'[["a", ["b"]]]',
            b'{"a": "b"}',
        ),
        json.dumps([["a", "b"]] * (MOST_FIELDS + 1)).encode(),
    ],
)
def test_a_damaged_form_of_the_script_is_refused_in_words(body):
    with pytest.raises(RefusedError, match="arrived damaged"):
        form_of(sent(body))


def test_one_that_is_larger_than_the_site_takes_is_refused_too():
    request = RequestFactory().post("/h", json.dumps([["note", "x" * 500]]), content_type="application/json")
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100), pytest.raises(RefusedError, match="arrived damaged"):
        form_of(django_to_webob_request(request))


def test_of_an_address_only_harmless_names_are_heard_and_a_form_goes_before_it():
    request = sent(b'[["q", "step in"], ["page", "3"]]', query="q=secret&part=people&page=2&name=x")
    assert asked_of(request) == {"part": "people", "page": "3", "q": "step in"}
    assert asked_of(Request.blank("/h?q=secret&code=x&part=a%0a&part=map")) == {"part": "map"}
    assert not {"q", "code", "name"} & IN_ADDRESSES


def test_an_address_that_is_no_text_is_refused_in_words():
    with pytest.raises(RefusedError, match="address is damaged"):
        asked_of(Request.blank("/h?part=%ff"))
