"""No file can be asked for on and on, whatever it costs to make."""

import itertools

import pytest
from django.core.cache import cache

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.blocks.base import requests
from dti_xblocks.blocks.scenario import screen
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.video_block import VideoBlock
from tests.blocks.scenario.playing import make, play
from tests.runtime import LEARNER, OTHER, STAFF, again, get, make_block
from tests.scenario.example import BEST

DOWNLOADS = [
    *(
        (CaseLawBlock, name)
        for name in ("notes_csv", "notes_markdown", "packet_file", "packet_html", "packet_print", "sources_csv")
    ),
    *(
        (PledgeBlock, name)
        for name in ("files_address", "not_signed_csv", "pdf", "printable", "printable_file", "renewal_file", "signatures_csv")
    ),
    (ReviewBlock, "reviews_csv"),
    *((ActivityBlock, name) for name in ("activity_csv", "own_words_markdown")),
    (VideoBlock, "answers_csv"),
    *((ScenarioBlock, name) for name in ("review_pdf", "runs_csv")),
]


def test_every_download_is_in_the_list():
    named = ("_csv", "_pdf", "_file", "_html", "_print", "_markdown", "_address", "pdf", "printable")
    kinds = (ActivityBlock, CaseLawBlock, PledgeBlock, ReviewBlock, ScenarioBlock, VideoBlock)
    members = ((cls, name) for cls in kinds for name in dir(cls))
    assert {(cls, name) for cls, name in members if name.endswith(named)} == set(DOWNLOADS)


@pytest.mark.parametrize(("cls", "name"), DOWNLOADS)
def test_each_download_has_an_end_for_an_hour(cls, name, monkeypatch):
    monkeypatch.setattr(requests, "TIMES_FOR_STAFF", 1)
    most = screen.PDFS if name == "review_pdf" else requests.DOWNLOADS
    block = make_block(cls, user=STAFF)
    said = [get(again(block, STAFF), name, json=True) for _time in range(most + 1)]
    assert 429 not in [answer.status_code for answer in said[:-1]]
    assert said[-1].status_code == 429 and "this hour" in said[-1].json["error"]
    assert get(again(block, LEARNER), name, json=True).status_code != 429, "each person is counted alone"


def test_a_review_is_made_as_often_as_is_sensible_and_no_more(monkeypatch):
    made = itertools.count()
    monkeypatch.setattr(screen, "render_pdf", lambda html, title: b"%PDF" + str(next(made)).encode())
    block = make()
    play(block, BEST)
    statuses = [get(again(block), "review_pdf", json=True).status_code for _time in range(60)]
    assert statuses == [200] * 30 + [429] * 30
    assert next(made) == 30
    cache.clear()  # an hour later
    assert get(again(block), "review_pdf").status_code == 200


def test_staff_may_have_more():
    block = make_block(ReviewBlock, user=STAFF)
    assert {get(again(block, STAFF), "reviews_csv").status_code for _time in range(requests.DOWNLOADS + 1)} == {200}


def test_others_are_refused_as_before():
    block = make_block(ReviewBlock, user=OTHER, enrolled={LEARNER.user_id})
    assert {get(again(block), "reviews_csv", json=True).status_code for _time in range(requests.DOWNLOADS + 1)} == {403}
