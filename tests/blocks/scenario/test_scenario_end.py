"""How a story ends and what came of it for the learner: two beats, of which the journal knows nothing."""

import pytest

from tests.blocks.scenario.playing import choose, hidden_fields, make, play, reset, runs_of, went_on
from tests.runtime import again, page, post
from tests.scenario.example import BEST, CONTENT, WORST

STORY, RESULT = "Stopped-story", "You finished this scenario and passed."


def to_the_end(block):
    """The screens on *Continue* at the end of the strongest path: how it ends, and the fields of the consequence before it."""
    post(block, "begin", {"attempt": "0", "pace": "1"})
    for _scene, choice in BEST[:-1]:
        choose(again(block), choice)
    came = choose(again(block), BEST[-1][1]).json["html"]
    assert "Continue to the end" in came and STORY not in came
    return post(again(block), "go_on", hidden_fields(came)).json["html"], hidden_fields(came)


def test_the_story_of_the_ending_stands_alone_and_the_result_follows():
    block = make()
    end, _came = to_the_end(block)
    assert STORY in end and "Stopped-title" in end and "Continue to the result" in end
    assert not [words for words in (RESULT, "points", "Your decisions", "From the start", "dti-score-ring") if words in end]
    assert [run.ending for run in runs_of(block)] == ["stopped"], "the run is over with the decision"
    assert STORY in page(again(block)) and RESULT not in page(again(block)), "a reload shows it again"
    result = post(again(block), "go_on", hidden_fields(end)).json["html"]
    assert RESULT in result and STORY in result[result.index("How it ended") :], "it can be read again"
    assert STORY not in result[: result.index("How it ended")]
    assert RESULT in page(again(block)), "and stays"


def test_it_is_a_view_and_no_decision():
    block = make()
    end, _came = to_the_end(block)
    before = again(block)
    entries, events = before.decisions, [name for name, _data in block.runtime.place.published]
    post(again(block), "go_on", hidden_fields(end))
    after = again(block)
    assert after.decisions == entries and [name for name, _data in block.runtime.place.published] == events
    assert block.runtime.place.events("grade") == [{"value": 1.0, "max_value": 1.0}]


def test_a_second_press_leaves_nothing_out_and_leads_nowhere_else():
    block = make()
    end, came = to_the_end(block)
    assert STORY in post(again(block), "go_on", came).json["html"], "Continue to the end, pressed twice"
    for _press in range(2):
        assert RESULT in post(again(block), "go_on", hidden_fields(end)).json["html"]
    assert RESULT in post(again(block), "go_on", came).json["html"], "a window that is still on the consequence"


@pytest.mark.parametrize("gone_on", [None, len(BEST)])
def test_a_run_that_ended_before_there_was_this_beat_shows_its_result(gone_on):
    block = make()
    to_the_end(block)
    before = again(block)
    before.gone_on, before.at_end = gone_on, False
    before.save()
    assert RESULT in page(again(block)) and "Continue to the result" not in page(again(block))


def test_a_run_begun_before_there_was_this_beat_has_it_too():
    block = make()
    play(block, BEST[:-1])
    before = again(block)
    del before.at_end
    before.save()
    choose(again(block), BEST[-1][1])
    assert "Continue to the end" in page(again(block))
    assert RESULT in went_on(block)


def test_the_next_run_begins_without_it_and_has_one_of_its_own():
    block = make()
    end, _came = to_the_end(block)
    first = post(again(block), "again", hidden_fields(end)).json["html"]
    assert "Arrival-title" in first and "Continue to the result" not in first
    for _scene, choice in WORST[:-1]:
        choose(again(block), choice)
    came = choose(again(block), WORST[-1][1]).json["html"]
    end = post(again(block), "go_on", hidden_fields(came)).json["html"]
    assert "Lost-story" in end and "Continue to the result" in end


def test_after_a_reset_nothing_of_it_is_left():
    block = make()
    to_the_end(block)
    reset(block)
    assert "Start the scenario" in page(again(block))


def test_its_words_have_faces_and_its_title_stands_on_its_picture():
    told = '<image src="/static/yard.webp" alt="Yard-picture"/><say who="Ana Reyes">Done.</say><p>Stopped-story.</p>'
    end, _came = to_the_end(make(CONTENT.replace("<p>Stopped-story.</p>", told)))
    assert "dti-stage" in end and end.count("Yard-picture") == 1 and 'src="/static/yard.webp"' in end
    assert "Ana Reyes" in end and "Done." in end
    assert "data-dti-read" in end and "data-dti-voice" in end, "it can be read aloud"
