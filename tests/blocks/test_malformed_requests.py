"""Requests that no browser sends: whatever is wrong with headers, query or body, every handler answers, and none fails."""

import random
from collections.abc import Iterator

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import RequestFactory
from webob import Request
from xblock.core import XBlock
from xblock.django.request import DjangoWebobRequest, webob_to_django_response

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.video_block import VideoBlock
from tests.activity.samples import SORT
from tests.pledge.samples import PLEDGE
from tests.runtime import LEARNER, STAFF, again, make_block
from tests.scenario.example import CONTENT
from tests.video.samples import FILM

BLOCKS = {
    ScenarioBlock: CONTENT,
    CaseLawBlock: '<authority ref="graham-v-connor"/>',
    PledgeBlock: PLEDGE,
    ReviewBlock: "<prompt><p>What helped?</p></prompt>",
    ActivityBlock: SORT,
    VideoBlock: FILM,
}
TIMES = 24  # requests to each handler
METHODS = ("POST", "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "get", "X\xff")
REFERERS = (
    *(
        "http://[x",
        "http://localhost]/",
        "http://[::1",
        "//localhost/x",
        "javascript://localhost/%0aalert(1)",
        "http://localhost:x/",
    ),
    *(
        "ftp://localhost/x",
        "http://localhost/\ta",
        "http://localhost/\r\nX-Own: 1",
        "http://localhost/\xff\xfe",
        "http://\u2100.example/",
    ),
    *("\x00", "http://", ":", "http://localhost/" + "a" * 9000, "http://lo%63alhost/", "http://user:secret@localhost/"),
)
ACCEPTS = ("application/json", "", "*/*;q=", "text/html;;;q=x", "\xff", "a" * 5000, ",,,")
CONTENT_TYPES = (
    *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=latin-1", "application/json"),
    *("application/x-www-form-urlencoded; charset=none-such", "application/x-www-form-urlencoded; charset=\xff"),
    *(
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=\xff",
    ),
    *("multipart/form-data; boundary=x; charset=utf-7", f"multipart/form-data; boundary={'x' * 300}", "", ";", "/", "text/\x00"),
    *("application/json; charset=utf-16", "multipart/mixed; boundary=x", "application/x-www-form-urlencoded; charset=idna"),
    "application/x-www-form-urlencoded; charset=rot13",
)
BODIES = (
    *(b"", b"a=b&a=c", b"%ff=%fe&code=%00", b"\xff\xfe\x00", b"=&=&&;", b"{}", b"[]", b"null", b'"\\ud800"', b"[" * 5000),
    *(b"--x\r\nbroken", b"--x\r\nContent-Disposition: form-data; name=stars\r\n\r\n5\r\n--x--\r\n"),
    b'--x\r\nContent-Disposition: form-data; name="stars"; filename="a"\r\n\r\n5\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="stars"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--\r\n',
    *(b"stars=5&text=%ED%A0%80", b"attempt=1&step=999999999999999999999&choice=%00&scene=x", b"settings=1&content=\xc3"),
    b'{"settings": {"display_name": "\\ud800"}, "content": "\\u0000", "version": "x"}',
)
QUERIES = (
    *("", "%ff=%ff", "code=%00&page=%ED%A0%80", "page=" + "9" * 5000, "=&=&&", "code=x&code=y", "q=%", "\xff=\xfe", "a" * 3000),
    *(
        "after=-1&page=-1",
        "part=%2e%2e&which=x&learner=%00",
        "ref=..%2f&section=x&slug=%ff",
        "after=1e9&status=\xe9",
        "q=" + "(" * 900,
    ),
)
HEADERS = {
    "HTTP_HOST": ("localhost", "localhost:80", "[::1]:80", "localhost:x"),
    "HTTP_COOKIE": ("", "csrftoken=\xff", "=;=;", "a" * 4000),
    "HTTP_ACCEPT_LANGUAGE": ("", "\xff", "x" * 3000, "en;q=nan"),
    "HTTP_RANGE": ("bytes=-", "bytes=9-1", "\xff"),
    "HTTP_IF_MODIFIED_SINCE": ("yesterday", "\xff"),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest", "\xff"),
    "HTTP_CONTENT_ENCODING": ("gzip",),
}


def handlers(cls) -> list[str]:
    """The names of its handlers. Looked up without touching the class, on which XBlock makes more members when asked for them."""
    members = {name: member for base in reversed(cls.__mro__) for name, member in vars(base).items()}
    return sorted(name for name, member in members.items() if getattr(member, "_is_xblock_handler", False))


def environments(seed: str) -> Iterator[dict]:
    """What a server would make of the requests, the same for each run of a test."""
    dice = random.Random(seed)
    for _time in range(TIMES):
        body = dice.choice(BODIES)
        made = {
            "REQUEST_METHOD": dice.choice((*METHODS, *("POST", "GET") * 5)),
            "QUERY_STRING": dice.choice(QUERIES),
            "CONTENT_TYPE": dice.choice(CONTENT_TYPES),
            "HTTP_REFERER": dice.choice(REFERERS),
            "HTTP_ACCEPT": dice.choice(ACCEPTS),
            "body": body,
            "CONTENT_LENGTH": str(len(body)),
        }
        for name in dice.sample(sorted(HEADERS), 2):
            made[name] = dice.choice(HEADERS[name])
        yield made


def as_webob(environ: dict) -> Request:
    body = environ.pop("body")
    return Request.blank("/handler", environ={**environ, "REQUEST_METHOD": "POST"}, body=body, method=environ["REQUEST_METHOD"])


def as_the_platform_makes_it(environ: dict) -> Request | None:
    """Django's request inside of webob's, as blocks get it in Open edX. None where Django itself does not take it."""
    rest = {name: value for name, value in environ.items() if name not in ("body", "REQUEST_METHOD", "CONTENT_TYPE")}
    try:
        return DjangoWebobRequest(
            RequestFactory().generic(environ["REQUEST_METHOD"], "/handler", environ["body"], environ["CONTENT_TYPE"], **rest)
        )
    except (SuspiciousOperation, LookupError):  # an encoding that is none, which it would read the query in
        return None


@pytest.mark.parametrize("made_by", [as_webob, as_the_platform_makes_it])
@pytest.mark.parametrize(("cls", "name"), [(cls, name) for cls in BLOCKS for name in handlers(cls)])
def test_every_handler_answers_whatever_is_malformed(cls, name, made_by):
    at_work = name.startswith("studio_")
    block = make_block(cls, BLOCKS[cls], studio="handler" if at_work else "", user=STAFF if at_work else LEARNER)
    asked = 0
    for number, environ in enumerate(environments(f"{cls.__name__} {name}")):
        person = STAFF if at_work or number % 2 else LEARNER
        block = again(block, person)
        request = made_by(dict(environ))
        if request is None:
            continue
        asked += 1
        answer = block.runtime.handle(block, name, request)
        block.save()
        assert answer.status_code < 500, environ
        webob_to_django_response(answer)  # which refuses headers that cannot be sent
    assert asked > TIMES / 2


def test_every_kind_of_block_is_asked():
    assert {cls for _name, cls in XBlock.load_classes() if cls.__module__.startswith("dti_xblocks")} == set(BLOCKS)
    assert all(handlers(cls) for cls in BLOCKS)
