"""The people of a scenario in the block: lines with faces, the card of a new role between two beats, what never reaches the page."""

import re
from types import SimpleNamespace

import pytest

from dti_xblocks.course.preview.static_files import StaticFiles
from dti_xblocks.scenario_block import ScenarioBlock
from tests.blocks.scenario.playing import choose, hidden_fields, make, play, went_on
from tests.runtime import again, make_block, page, post
from tests.scenario.sample_cast import CONTENT

CARD = ("You are now Sergeant Okafor", "Okafor-role", "Okafor-knows.", "Okafor-knows-not.")


def to_the_card(pace="0"):
    """A run on the card, and the fields of its form."""
    block = make(CONTENT)
    first = post(block, "begin", {"attempt": "0", "pace": pace})
    came = post(again(block), "choose", {**hidden_fields(first.json["html"]), "choice": "stop"}).json["html"]
    assert "Stop-outcome." in came and not any(part in came for part in CARD)
    card = post(again(block), "go_on", hidden_fields(came)).json["html"]
    assert all(part in card for part in CARD)
    return block, card, hidden_fields(came)


def test_a_new_role_is_a_beat_of_its_own_between_the_consequence_and_the_scene():
    block, card, came = to_the_card()
    assert "Office-title" not in card and "Stop-outcome." not in card and "data-dti-choices" not in card
    entries, events = again(block).decisions, len(block.runtime.place.events("dti.scenario.decided"))
    assert all(part in page(again(block)) for part in CARD), "a reload shows it again"
    assert CARD[0] in post(again(block), "go_on", came).json["html"], "a second press of the consequence does not leave it"
    scene = post(again(block), "go_on", hidden_fields(card)).json["html"]
    assert "Office-title" in scene and "Okafor-knows." not in scene
    assert "Office-title" in page(again(block))
    assert (again(block).decisions, len(block.runtime.place.events("dti.scenario.decided"))) == (entries, events)


def test_the_card_comes_before_the_clock_and_never_while_it_runs():
    block, card, _came = to_the_card(pace="1")
    gate = post(again(block), "go_on", hidden_fields(card)).json["html"]
    assert "Start the clock" in gate and "Office-story." not in gate
    behind = again(block)
    behind.met = 0  # as after a save that was lost
    behind.save()
    running = post(again(block), "enter", hidden_fields(gate)).json["html"]
    assert "Office-story." in running and CARD[0] not in running


def test_who_stays_who_they_are_gets_no_card_and_a_new_run_shows_it_anew():
    block = make(CONTENT)
    post(block, "begin", {"attempt": "0", "pace": "0"})
    choose(again(block), "wait")
    assert "Walk-title" in went_on(block)
    choose(again(block), "tell")
    card = went_on(block)
    assert CARD[0] in card
    post(again(block), "go_on", hidden_fields(card))
    choose(again(block), "ask")
    assert "Open-title" in went_on(block)
    post(again(block), "again", hidden_fields(page(again(block))))
    choose(again(block), "stop")
    assert CARD[0] in went_on(block)


def test_a_decision_that_comes_from_another_window_while_the_card_is_shown_counts():
    block, _card, came = to_the_card()
    answer = post(again(block), "choose", {**came, "scene": "office", "choice": "ask"})
    assert answer.status_code == 200 and "Ask-outcome." in answer.json["html"]


def test_a_run_from_before_there_were_roles_goes_on():
    bare = CONTENT.replace(' as="okafor"', ' as="delaney"')
    block = make(bare)
    play(block, [("lot", "wait"), ("walk", "tell")])
    again(block, authoring=True)
    author = again(block)
    author.content = CONTENT
    author.save()
    again(block, authoring=False)
    assert CARD[0] in page(again(block)), "it is only a view"
    assert [entry[:2] for entry in again(block).decisions] == [["lot", "wait"], ["walk", "tell"]]


def test_a_scene_as_a_page_has_it():
    html = post(make(CONTENT), "begin", {"attempt": "0"}).json["html"]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))
    order = [
        "Lot-place", "Lot-title", "Lot-story.", "Officer Tillman: Tillman-speech.", "Officer Delaney (you): Delaney-speech.",
        "Mr. Vail: Vail-speech.", "Sergeant Okafor, on the radio: Okafor-radio.", "Stop-text.",
    ]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert re.search(r'<img src="/static/lot.webp" alt="Lot-picture" width="\d+" height="\d+"', html)
    assert html.count("Lot-picture") == 1
    assert '<img class="dti-face" src="/static/tillman.webp" alt=""' in html
    assert 'data-dti-audio="/static/lot.mp3"' in html and 'data-dti-audio="/static/tillman-1.mp3"' in html
    assert "autoplay" not in html and "<audio" not in html
    assert re.search(r"<button[^>]*data-dti-voice[^>]* hidden>", html), "a script shows it"


def test_a_scene_whose_picture_has_a_second_size_offers_it(tmp_path):
    (tmp_path / "static").mkdir()
    for name in ("lot.webp", "lot-640.webp", "tillman.webp", "tillman-640.webp"):
        (tmp_path / "static" / name).write_bytes(b"")
    block = make(CONTENT)
    block.runtime.tree = SimpleNamespace(static=StaticFiles(tmp_path / "static"))
    html = post(block, "begin", {"attempt": "0"}).json["html"]
    assert re.search(r'<picture><source media="[^"]+" srcset="/static/lot-640.webp"><img src="/static/lot.webp"', html)
    assert html.count("<source") == 1, "faces are small already"


def test_everybody_is_introduced_before_the_start_and_nobody_else():
    html = page(make(CONTENT))
    assert html.index("Who is who") < html.index("Delaney-role") < html.index("Okafor-role")
    assert "Okafor-knows" not in html and "Vail" not in html
    assert "Who is who" not in page(make())


@pytest.mark.parametrize("address", ["https://example.org/x.webp", "javascript:alert(1)", "/static/../x.webp"])
def test_no_picture_or_voice_from_elsewhere_is_shown(address):
    content = CONTENT.replace("/static/tillman.webp", address).replace("/static/tillman-1.mp3", address)
    content = content.replace("/static/lot.webp", address).replace("/static/lot.mp3", address)
    html = post(make(content), "begin", {"attempt": "0"}).json["html"]
    assert address not in html and "WT" in html and "Lot-title" in html


def test_what_people_are_called_and_know_is_escaped_and_cleaned():
    content = CONTENT.replace("Sergeant Okafor", "&lt;b&gt;Okafor").replace(
        "<p>Okafor-knows.</p>", "<p>A <script>alert(1)</script></p>"
    )
    block = make_block(ScenarioBlock, content)
    post(block, "begin", {"attempt": "0", "pace": "0"})
    choose(again(block), "stop")
    card = went_on(block)
    assert "&lt;b&gt;Okafor" in card and "<b>Okafor" not in card and "<script" not in card
