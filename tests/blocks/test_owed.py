"""A grade that the platform does not take: the answer stands, and the grade is sent again until it is out."""

import re
from types import SimpleNamespace

import pytest
from xblock.scorable import Score

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.platform.progress import report_grade
from dti_xblocks.records.models import ActivityStanding, VideoAnswer
from dti_xblocks.video_block import VideoBlock
from tests.activity.samples import SORT
from tests.blocks.scenario.playing import make, play, runs_of
from tests.runtime import BlockRuntime, again, make_block, page, post
from tests.scenario.example import BEST, MIXED, POSSIBLE, WORST
from tests.video.samples import FILM

ALWAYS = 1000
FOLLOWS = "Your grade could not be passed on yet"


@pytest.fixture
def platform(monkeypatch):
    """The platform refuses the next `refuses` grades and completions."""
    state, publish = SimpleNamespace(refuses=0), BlockRuntime.publish

    def refusing(runtime, block, event, data):
        if state.refuses and event in ("grade", "completion"):
            state.refuses -= 1
            raise ConnectionError("the broker of the tasks is down")
        publish(runtime, block, event, data)

    monkeypatch.setattr(BlockRuntime, "publish", refusing)
    return state


def sorted_cards(block, group: str):
    """Every card of a sort is put into `group`, and checked."""
    html = page(again(block))
    cards = dict.fromkeys(re.findall(r'<select[^>]* name="(card-\d+)"', html), group)
    version, tries = (re.search(rf'name="{name}" value="(\w+)"', html)[1] for name in ("version", "tries"))
    return post(again(block), "answer", {"version": version, "tries": tries, **cards})


def answered(block):
    """The first question of the film is answered, right."""
    return post(again(block), "answer", {"moment": "heard", "choice": "breath", "attempt": "0", "how": "film"})


def standings_of(block):
    return list(ActivityStanding.objects.filter(usage_key=str(block.scope_ids.usage_id)))


def answers_of(block):
    return list(VideoAnswer.objects.filter(watch__usage_key=str(block.scope_ids.usage_id)))


# How each kind of block is made, what a learner does in it, and what is on record of that.
KINDS = {
    "scenario": (lambda: make(pass_mark="20"), lambda block: play(block, MIXED), runs_of),
    "activity": (
        lambda: make_block(ActivityBlock, SORT, activity="sort", weight=2),
        lambda b: sorted_cards(b, "1"),
        standings_of,
    ),
    "film": (lambda: make_block(VideoBlock, FILM, weight=4), answered, answers_of),
}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def kind(request):
    return request.param


def grades(block) -> list:
    return block.runtime.place.events("grade")


def test_a_grade_that_was_refused_is_sent_with_the_next_view(kind, platform):
    made, done, kept = kind
    block = made()
    platform.refuses = ALWAYS
    answer = done(block)
    assert answer.status_code == 200 and answer.json["html"]
    assert len(kept(block)) == 1 and grades(block) == []
    platform.refuses = 0
    assert FOLLOWS not in page(again(block))
    assert len(grades(block)) == 1 and again(block).owed == {}
    page(again(block))
    assert len(grades(block)) == 1 and len(kept(block)) == 1


def test_what_is_sent_later_is_what_would_have_been_sent_at_once(kind, platform):
    made, done, _kept = kind
    at_once, later = made(), made()
    done(at_once)
    platform.refuses = ALWAYS
    done(later)
    platform.refuses = 0
    page(again(later))
    assert grades(later) == grades(at_once) != []
    assert later.runtime.place.events("completion") == at_once.runtime.place.events("completion")


def test_a_platform_that_refuses_once_gets_it_all_the_same(kind, platform):
    made, done, kept = kind
    block = made()
    platform.refuses = 1
    assert done(block).status_code == 200
    page(again(block))
    assert len(grades(block)) == 1 and len(kept(block)) == 1


def test_while_it_is_always_refused_the_page_says_that_it_follows(kind, platform):
    made, done, kept = kind
    block = made()
    platform.refuses = ALWAYS
    done(block)
    for _view in range(2):
        html = page(again(block))
        assert FOLLOWS in html and "could not be shown" not in html
    assert len(kept(block)) == 1 and grades(block) == []


def test_completion_alone_is_sent_again_without_a_word(monkeypatch):
    block, publish = make(pass_mark="20"), BlockRuntime.publish

    def without_completion(runtime, one, event, data):
        if event == "completion":
            raise ConnectionError("the broker of the tasks is down")
        publish(runtime, one, event, data)

    with monkeypatch.context() as patched:
        patched.setattr(BlockRuntime, "publish", without_completion)
        play(block, MIXED)
        assert FOLLOWS not in page(again(block)) and list(again(block).owed) == ["completion"]
    assert len(grades(block)) == 1
    page(again(block))
    assert block.runtime.place.events("completion") == [{"completion": 1.0}] and again(block).owed == {}


def test_the_next_act_sends_it_too(platform):
    block = make()
    platform.refuses = ALWAYS
    play(block, MIXED)
    platform.refuses = 0
    post(again(block), "settle", {})
    assert [grade["value"] for grade in grades(block)] == [4000 / POSSIBLE]


def test_of_two_grades_that_were_refused_the_one_that_counts_is_sent(platform):
    block = make()
    platform.refuses = ALWAYS
    play(block, BEST)
    play(block, WORST, handler="again")
    platform.refuses = 0
    page(again(block))
    assert [grade["value"] for grade in grades(block)] == [1.0]


@pytest.mark.parametrize(("keep_higher", "sent"), [(True, 0.8), (None, 0.3), (False, 0.3)])
def test_a_better_grade_that_was_refused_is_lost_only_where_the_latest_counts(platform, keep_higher, sent):
    """An activity reports its latest try, and the platform keeps the higher grade: which it has not been told of."""
    block = make_block(ActivityBlock, SORT, activity="sort", weight=2)
    platform.refuses = 1
    report_grade(block, 0.8, 1.0, keep_higher)
    assert grades(block) == []
    report_grade(block, 0.3, 1.0, keep_higher)
    assert [grade["value"] for grade in grades(block)] == [sent] and block.owed == {}


def test_what_staff_give_is_not_overruled_by_what_was_owed(platform):
    block = make()
    platform.refuses = ALWAYS
    play(block, MIXED)
    platform.refuses = 0
    given = again(block)
    given.set_score(Score(1.0, 1.0))
    given.publish_grade(only_if_higher=False)
    given.save()
    page(again(block))
    assert [grade["value"] for grade in grades(block)] == [1.0]


def test_staff_and_their_tasks_are_told_of_what_fails(platform):
    block = make()
    play(block, MIXED)
    platform.refuses = 1
    with pytest.raises(ConnectionError):
        again(block).rescore(only_if_higher=False)


def test_staff_who_look_as_the_learner_send_nothing(platform, monkeypatch):
    block = make()
    platform.refuses = ALWAYS
    play(block, MIXED)
    platform.refuses = 0
    monkeypatch.setattr("dti_xblocks.blocks.base.requests.is_impersonated", lambda learner: True)
    assert FOLLOWS in page(again(block))
    assert grades(block) == []
