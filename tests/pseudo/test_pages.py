"""No word that learners and staff see is left untranslated: each block in its states, and its reports."""

import pytest

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records import models
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.video_block import VideoBlock
from tests.activity.samples import ALL
from tests.blocks.activity.test_activity_block import send as try_activity
from tests.blocks.case_law.test_case_law_notes import add
from tests.blocks.pledge.staff.at_work import PEOPLE, withdraw
from tests.blocks.pledge.staff.at_work import sign as sign_pledge
from tests.blocks.scenario.playing import choose, hidden_fields, play
from tests.blocks.scenario.reporting import HIGH, LATE
from tests.blocks.video.test_video_block import ask, roll, stop, time
from tests.blocks.video.test_video_block import play as watch
from tests.pledge.samples import PLEDGE
from tests.pseudo.plain import STATES, greek, may_stay, plain, plain_words
from tests.recorded_runs import player_of, record
from tests.runtime import LEARNER, OTHER, STAFF, again, get, make_block, page, post, search, view
from tests.scenario import sample_full, timed
from tests.scenario.example import BEST, CONTENT
from tests.video.samples import FILM

pytestmark = pytest.mark.once

__all__ = ["time"]
WORDS = {"reflect": {"text": "λογος"}, "say": {"text": "λογος"}, "plan": {"if": "λογος", "then": "εργον"}}


def made(cls, content: str, **options):
    return make_block(cls, content, display_name="τιτλε", **options)


def html(answer) -> str:
    """What a handler answers to the script."""
    assert answer.status_code == 200, answer.text
    return answer.json["html"]


def test_the_scripts_of_learners_pages():
    contents = {ScenarioBlock: greek(CONTENT), PledgeBlock: greek(PLEDGE), VideoBlock: greek(FILM), ReviewBlock: "",
                ActivityBlock: greek(ALL["sort"]), CaseLawBlock: '<authority ref="graham-v-connor"/>'}  # fmt: skip
    for cls, content in contents.items():
        words = view(made(cls, content)).json_init_args
        assert plain_words({name: value for name, value in words.items() if isinstance(value, dict)}) == [], cls


# -- the scenario ------------------------------------------------------------------------------------------------------


def test_a_scenario_from_its_opening_to_its_debrief():
    here = made(ScenarioBlock, greek(CONTENT), attempts=2)
    assert plain(page(here)) == []
    assert plain(html(post(again(here), "begin", hidden_fields(page(again(here)))))) == []
    came = choose(again(here), BEST[0][1])
    assert plain(html(came)) == [] and plain(page(again(here))) == []
    here = made(ScenarioBlock, greek(CONTENT))
    play(here, BEST)
    assert plain(page(again(here))) == []
    assert "⟦" in page(again(here))


def test_a_scenario_with_clocks_and_meters():
    here = made(ScenarioBlock, greek(timed.CONTENT))
    assert plain(page(here)) == []
    play(here, (("curb", "look"),))
    assert plain(page(again(here))) == []


def test_the_review_of_a_scenario_as_a_file():
    here = made(ScenarioBlock, greek(CONTENT))
    play(here, BEST)
    answer = get(again(here), "printable") if hasattr(here, "printable") else None
    assert answer is None or plain(answer.text) == []


@pytest.mark.parametrize("tab", ["", "tab=decisions", "tab=map", "tab=people", "tab=people&learner=1"])
def test_the_report_of_a_scenario(tab):
    here = made(ScenarioBlock, greek(sample_full.CONTENT), user=STAFF)
    from dti_xblocks.blocks.scenario.loading import scenario_of

    assert plain(html(search(again(here, STAFF), "report", tab, json=True))) == []
    record(scenario_of(here), player_of(here, 1, "reyes"), LATE, took=20)
    record(scenario_of(here), player_of(here, 2, "okafor"), HIGH, took=20)
    assert plain(html(search(again(here, STAFF), "report", tab, json=True))) == []


# -- the activity ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALL)
def test_an_activity(kind):
    here = made(ActivityBlock, greek(ALL[kind]), activity=kind)
    assert plain(page(here)) == []
    if kind in WORDS:
        try_activity(here, "write", **WORDS[kind])
    else:
        try_activity(here)
    assert plain(page(again(here))) == []
    assert plain(page(again(here, STAFF))) == []
    assert plain(html(get(again(here, STAFF), "report", json=True))) == []


# -- the case law ------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf():
    models.ReaderMark.objects.all().delete()
    yield made(CaseLawBlock, '<authority ref="graham-v-connor"/><authority ref="18-usc-242"/>', packet_title="τιτλε")
    models.ReaderMark.objects.all().delete()


def test_a_reading_list(shelf):
    assert plain(page(shelf), STATES) == []
    assert plain(page(again(shelf, STAFF)), STATES) == []


# Names of the library: courts, and the slug that a link asks for in vain.
LIBRARY = may_stay("Supreme Court United States the Congress Federal unknown nobody") | STATES


@pytest.mark.parametrize("slug", ["graham-v-connor", "18-usc-242", "unknown-v-nobody"])
def test_an_authority(shelf, slug):
    add(shelf, ref=slug)
    assert plain(html(get(again(shelf), "read", f"ref={slug}", json=True)), LIBRARY) == []


@pytest.mark.parametrize("query", ["q=force", "q=zzzzqqq", "q=&circuit=4th"])
def test_a_search(shelf, query):
    assert plain(html(search(again(shelf), "find", query, json=True)), LIBRARY) == []


def test_notes_and_packets(shelf):
    assert plain(html(get(again(shelf), "my_notes", json=True))) == []
    add(shelf, note="νοτε")
    assert plain(html(get(again(shelf), "my_notes", json=True))) == []
    assert plain(html(get(again(shelf), "packet", json=True))) == []


# -- the pledge --------------------------------------------------------------------------------------------------------


@pytest.fixture
def pledge():
    return again(made(PledgeBlock, greek(PLEDGE), enrolled={101, 102, 103}), people=PEOPLE)


def test_a_pledge_from_its_text_to_the_signature(pledge):
    assert plain(page(pledge)) == []
    sign_pledge(pledge, name="Ana Reyes")
    assert plain(page(again(pledge))) == []
    assert plain(page(again(pledge, OTHER))) == []
    assert plain(get(again(pledge), "printable").text) == []


def test_the_staffs_pages_of_a_pledge(pledge):
    assert plain(page(again(pledge, STAFF))) == []
    row = sign_pledge(pledge)
    for handler, query in (("signatures", ""), ("signatures", "status=not-signed"), ("signed_files", "")):
        assert plain(search(again(pledge, STAFF), handler, query).text) == []
    assert plain(get(again(pledge, STAFF), "signatures", f"part=record&pledge={row.id}").text) == []
    withdraw(pledge, row, reason="ονε ςας ςρονγ")
    assert plain(get(again(pledge, STAFF), "signatures", f"part=record&pledge={row.id}").text) == []
    assert plain(page(again(pledge, LEARNER))) == []


# -- the review --------------------------------------------------------------------------------------------------------


def test_a_review():
    here = made(ReviewBlock, "", show_figures="true")
    assert plain(page(here)) == []
    assert plain(html(post(again(here), "submit", {"stars": "4", "text": "τεχτ"}))) == []
    assert plain(page(again(here))) == []
    assert plain(page(again(here, STAFF))) == []


# -- the film ----------------------------------------------------------------------------------------------------------


def test_a_film_and_its_report(time):
    here = made(VideoBlock, greek(FILM), weight=4)
    assert plain(page(here)) == []
    watch(here, time, 0, 2)
    assert plain(html(ask(here))) == []
    watch(here, time, 2, 3)
    roll(here, time, 6)
    assert plain(html(stop(here, 6))) == []
    assert plain(page(again(here))) == []
    assert plain(html(get(again(here, STAFF), "report", json=True))) == []
    for still in ("0", "3", "5"):
        answer = post(again(here, OTHER), "change_mode", {"mode": "stills", "at": still})
        assert plain(html(answer)) == []


# -- the pages about a course ------------------------------------------------------------------------------------------


@pytest.fixture
def course(tables):
    """A course of staff in which Ana Reyes has done something, and Ben Okafor nothing."""
    from tests.staff import at_course

    reyes = at_course.enroll(tables, "reyes", "Ana Reyes")
    at_course.enroll(tables, "okafor", "Ben Okafor")
    at_course.complete(tables, reyes, "text", "check")
    at_course.graded(tables, reyes, 0.6, "Pass", exam=1.0)
    at_course.play(reyes, at_course.MIXED)
    at_course.sign(reyes)
    return at_course, at_course.user("sergeant")


# What the course's authors called its parts: the sample of the staff's tests is in English.
COURSE = may_stay(
    "DTI Course First Second Duty Intervene Your pledge One night Review Cases Check yourself Assessments Scenarios Pass first second "
    "lesson exam story end Arrival title Stairs Desk Aftermath Speak Wait text Leave Stepin Watch Report Cover "
    "course staff"
)


@pytest.mark.parametrize("page_of", ["people", "overview", "training"])
def test_the_staffs_page_of_a_course(course, page_of):
    from dti_xblocks.staff import training_views, views

    at_course, sergeant = course
    view_of = getattr(views, page_of, None) or getattr(training_views, page_of)
    assert plain(at_course.html(at_course.ask(view_of, sergeant)), COURSE) == []


def test_the_roster(course):
    from dti_xblocks.staff import views

    at_course, sergeant = course
    assert plain(at_course.html(at_course.ask(views.roster, sergeant)), COURSE) == []
