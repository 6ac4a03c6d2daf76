"""The server's side of the film's editor: the page, its words, how a film stands that is not saved, drafts."""

from types import SimpleNamespace

import pytest
from django.test import override_settings

from dti_xblocks.platform import assets, films
from dti_xblocks.studio.kit.form import form_words
from dti_xblocks.studio.video.words import video_words
from dti_xblocks.video_block import VideoBlock
from tests.browser_words import said_in
from tests.runtime import LEARNER, again, exported, make_block, page, post_json
from tests.studio.pages import data_of
from tests.video.samples import FILES, FILM
from tests.video.test_rules import BROKEN, broken


def make(content=FILM, **options):
    return make_block(VideoBlock, content, studio="handler", **options)


def checked(content):
    return post_json(make(), "studio_check", {"content": content, "settings": {}})


@pytest.fixture(autouse=True)
def files(monkeypatch):
    """The caption files of the course."""
    kept = {path.name: path.read_bytes() for path in FILES.glob("*.vtt")}
    monkeypatch.setattr(assets, "_read", lambda _block, name: kept.get(name))
    return kept


def test_the_page_is_a_form_that_stands_alone_and_knows_how_the_film_stands():
    markup = page(make(), "studio_view")
    assert '<form method="post"' in markup and 'name="complete_share"' in markup and "Get off him, now" in markup
    data = data_of(markup)
    assert "studio_check" in data["check"] and "studio_pictures" in data["pictures"] and data["checked"]["problems"] == []
    assert data["checked"]["captions"]["/static/film-es.vtt"][0] == [0.5, 2.8, "No puede respirar."]
    assert data["checked"]["film"].endswith("asset@film.mp4") or "film.mp4" in data["checked"]["film"]


def test_every_word_that_the_script_says_is_there():
    words = {**form_words(), **video_words()}
    assert said_in("video-studio") - set(words) == set()


def test_an_author_finds_the_film_where_it_is():
    block = make()
    assert films.address_for_authors(block, "film.mp4") == "/asset-v1:DTI+DTI101+2026+type@asset+block@film.mp4"
    with override_settings(DTI_FILMS="https://films.example.gov/"):
        assert films.address_for_authors(block, "film.mp4") == "https://films.example.gov/film.mp4"
    assert films.address_for_authors(make(key="library"), "film.mp4") == ""
    tree = SimpleNamespace(static=SimpleNamespace(url=lambda name: f"/asset/{name}"))
    assert films.address_for_authors(SimpleNamespace(runtime=SimpleNamespace(tree=tree)), "film.mp4") == "/asset/film.mp4"


@pytest.mark.parametrize("code", BROKEN)
def test_problems_are_said_in_the_words_of_the_form(code):
    problems = checked(broken(code)).json["problems"]
    assert code in {problem["code"] for problem in problems}
    assert all("<" not in problem["message"] for problem in problems)


def test_caption_files_are_checked_too(files):
    files["film-es.vtt"] = b"WEBVTT\n\n00:02.000 --> 00:01.000\nNo"
    files["film-en.vtt"] = None
    found = {problem["code"]: problem for problem in checked(FILM).json["problems"]}
    assert found["VD031"]["line"] == 4 and "Captions es, line 3:" in found["VD031"]["message"]
    assert found["VD036"]["line"] == 3 and "cannot be read" in found["VD036"]["message"]


def test_what_is_no_film_is_said_and_nothing_is_saved():
    assert checked("<film").json["problems"][0]["code"] == "VD000"
    assert post_json(make(), "studio_check", {"content": 5}).status_code == 400
    assert post_json(make(), "studio_check", {"content": "x" * 200_001}).status_code == 413
    assert again(make()).content == FILM


def test_who_may_not_author_is_refused():
    assert post_json(make(may_write=False), "studio_check", {"content": FILM}).status_code == 403


def test_a_save_keeps_every_letter_and_one_that_would_stop_learners_is_a_draft():
    block = make()
    version = data_version(block)
    text = FILM.replace("What did you hear?", "What did he say?")
    assert post_json(block, "studio_save", save_of(text, version)).status_code == 200
    assert exported(again(block)) == text
    bad = text.replace('until="7"', 'until="4"')
    answer = post_json(again(block), "studio_save", save_of(bad, data_version(again(block)), keep="draft"))
    assert answer.status_code == 200 and "Learners cannot watch" in answer.json["sentence"]
    assert exported(again(block)) == text, "learners keep what works"


def save_of(content, version, **more):
    settings = {"display_name": "The stop", "complete_share": 90, "weight": 0}
    return {"content": content, "settings": settings, "version": version, **more}


def data_version(block):
    markup = page(again(block, LEARNER), "studio_view")
    return markup.partition('data-version="')[2].partition('"')[0]
