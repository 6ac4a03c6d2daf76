"""The film block on a runtime that behaves as the platform does."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import crum
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from dti_xblocks.platform import assets, clock
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.models import VideoAnswer, VideoWatch
from dti_xblocks.records.video import watches
from dti_xblocks.video_block import VideoBlock
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, exported, get, make_block, page, post
from tests.video.samples import FILES, FILM, SECRETS

START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def time(monkeypatch):
    """A clock that stands still; `time.pass_by(seconds)` moves it."""
    hand = SimpleNamespace(now=START)
    monkeypatch.setattr(clock, "now", lambda: hand.now)
    hand.pass_by = lambda seconds: setattr(hand, "now", hand.now + timedelta(seconds=seconds))
    return hand


@pytest.fixture
def block(time):
    return make_block(VideoBlock, FILM, display_name="The stop", weight=4)


def row(block):
    return VideoWatch.objects.get(usage_key=str(block.scope_ids.usage_id))


def answers(block):
    return list(VideoAnswer.objects.filter(watch__usage_key=str(block.scope_ids.usage_id)).order_by("serial"))


def watch(block, spans=(), position=0.0, **more):
    return post(again(block), "watch", {"spans": json.dumps(list(spans)), "position": str(position), **more})


def play(block, time, begin, end, **more):
    """Play from `begin` to `end` in real time."""
    watch(block, **more)
    time.pass_by(end - begin)
    return watch(block, [[begin, end]], end)


def ask(block, choice="breath", attempt=0):
    return post(again(block), "answer", {"moment": "heard", "choice": choice, "attempt": str(attempt), "how": "film"})


def stop(block, at, way="words", attempt=0, **more):
    form = {"moment": "knee", "way": way, "at": str(at), "attempt": str(attempt), "how": "film", **more}
    return post(again(block), "answer", form)


def roll(block, time, to):
    """The film comes to the tape, and runs to `to`."""
    watch(block, tape="knee")
    time.pass_by(to - 3)
    watch(block, [[3, to]], to)


def test_the_page_has_the_film_and_nothing_of_the_answers(block):
    html = page(block)
    assert 'src="/static/film.mp4"' in html and 'poster="/static/film.jpg"' in html
    assert re.search(r'<track kind="captions" src="/static/film-en.vtt" srclang="en" label="English" default>', html)
    assert re.search(r'srclang="es" label="Español">', html)
    assert "autoplay" not in html and "controls" in html
    assert "What did you hear?" in html and "Stop the tape" in html and "Get off him, now" in html
    for secret in SECRETS:
        assert secret not in html, secret
    assert block.runtime.place.published == []


def test_nothing_is_told_before_its_time_by_any_door(block):
    told = [json.dumps(block.student_view_data()), json.dumps(block.index_dictionary()), watch(block).text]
    told += [post(again(block), "change_mode", {"mode": "stills", "at": "0"}).text, page(again(block, OTHER)), page(again(block))]
    for text in told:
        for secret in SECRETS:
            assert secret not in text, (secret, text[:200])
    assert "stills" in told[0] and "cannot breathe" in told[1]


@pytest.fixture
def captioned(monkeypatch):
    """The caption files of the course are there."""
    monkeypatch.setattr(assets, "_read", lambda _block, name: (FILES / name).read_bytes() if name.endswith(".vtt") else None)


def test_the_transcript_has_the_words_of_the_film_and_of_another_way_only_when_all_is_decided(block, time, captioned):
    html = page(block)
    assert "He cannot breathe.</span>" in html and "<strong>Dana:</strong> Get off him, now!" in html
    assert "No puede respirar." in html and "He sits up" not in html
    roll(block, time, 6)
    stop(block, 6)
    assert "He sits up and breathes." in page(again(block))


def test_captions_are_read_once_in_a_while(block, monkeypatch):
    read = []
    monkeypatch.setattr(assets, "_read", lambda _block, name: read.append(name))
    page(block)
    page(again(block))
    assert read == ["film-en.vtt", "film-es.vtt"]


def test_a_view_and_a_report_of_the_player_cost_few_questions_to_the_database(block, time):
    roll(block, time, 6)
    stop(block, 6)
    with CaptureQueriesContext(connection) as view:
        page(again(block))
    here = again(block)
    time.pass_by(2)
    with CaptureQueriesContext(connection) as report:
        post(here, "watch", {"spans": "[[6, 7]]", "position": "7"})
    asked = [
        one["sql"] for one in report.captured_queries if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    assert len(view.captured_queries) == 2 and len(asked) == 4, asked


@pytest.mark.parametrize("options", [{"key": "library"}, {"key": "word"}, {"services": {}}])
def test_where_there_is_no_course_it_can_be_tried_out_and_nothing_is_recorded(time, options):
    block = make_block(VideoBlock, FILM, **options)
    before = VideoWatch.objects.count()
    page(block)
    post(again(block), "answer", {"moment": "heard", "choice": "breath"})
    post(again(block), "watch", {})
    assert VideoWatch.objects.count() == before and block.runtime.place.published == []


def test_events_have_the_fields_and_types_that_the_guide_shows(block, time):
    guide = (Path(__file__).parents[3] / "docs/events.md").read_text(encoding="utf-8")
    ask(block)
    play(block, time, 0, 3)
    roll(block, time, 6)
    stop(block, 6)
    play(block, time, 6, 12)
    sent = {name: data for name, data in block.runtime.place.published if name.startswith("dti.")}
    assert len(sent) == 4
    for name, data in sent.items():
        shown = json.loads(guide.partition(f"### {name}\n")[2].partition("```json\n")[2].partition("\n```")[0])
        assert {key: type(value) for key, value in data.items()} == {key: type(value) for key, value in shown.items()}, name


def test_what_is_watched_is_merged_and_kept(block, time):
    assert "Watched: 0%" in page(block)
    play(block, time, 0, 4)
    play(block, time, 3, 6)
    assert row(block).spans == [[0.0, 6.0]] and row(block).position == 6.0
    assert "Watched: 50%" in page(again(block)) and 'data-resume="6.0"' in page(again(block))
    assert 'data-resume="0.0"' in page(again(block, OTHER))
    assert len(block.runtime.place.events("dti.video.started")) == 1


def test_a_script_that_posts_intervals_is_refused(block, time):
    assert watch(block, [[0, 12]], 12).status_code == 409  # without having begun
    assert VideoWatch.objects.filter(usage_key=str(block.scope_ids.usage_id)).count() == 0
    watch(block)
    refused = watch(block, [[0, 12]], 12)
    assert refused.status_code == 409 and "More was reported" in refused.json["error"]
    for second in range(12):  # in small pieces it is no more
        watch(block, [[second, second + 1]])
    assert row(block).watched <= 6
    time.pass_by(3)
    assert watch(block, [[0, 11]]).status_code == 409  # at twice the speed it would be six seconds
    assert watch(block, [[5, 11]]).status_code == 200


def test_a_slow_line_costs_nothing(block, time):
    watch(block)
    time.pass_by(120)
    assert watch(block, [[0, 5], [5, 12], [0, 12]], 12).status_code == 200
    assert row(block).spans == [[0.0, 12.0]]


@pytest.mark.parametrize("spans", ["no", "{}", "[[1]]", "[[2, 1]]", '[["a", 1]]', "[[true, 1]]", "[[0, NaN]]", "[1]", "9" * 5000])
def test_a_damaged_report_is_refused(block, spans):
    response = post(again(block), "watch", {"spans": spans, "position": "0"})
    assert response.status_code == 400 and VideoWatch.objects.filter(usage_key=str(block.scope_ids.usage_id)).count() == 0


def test_a_question_is_judged_and_the_first_answer_counts(block):
    html = ask(block, "joke").json["html"]
    assert "Not right" in html and "Listen again." in html and "Right would have been:" in html and "data-dti-focus" in html
    assert [(one.result, one.points) for one in answers(block)] == [("wrong", 0.0)]
    html = ask(block, "breath", 1).json["html"]
    assert "(practice)" in html and "your first answer: Not right" in html
    assert [(one.attempt, one.result) for one in answers(block)] == [(1, "wrong"), (2, "right")]
    assert block.runtime.place.events("grade") == [{"value": 0.0, "max_value": 1.0, "only_if_higher": True}]
    assert block.runtime.place.events("dti.video.answered")[0] == {
        "moment": "heard", "attempt": 1, "result": "wrong", "how": "film", "points": 0.0, "choices": ["joke"],
    }  # fmt: skip


def test_a_double_press_is_one_answer(block):
    assert ask(block).status_code == ask(block).status_code == ask(block, "joke").status_code == 200
    assert [(one.attempt, one.result) for one in answers(block)] == [(1, "right")]


@pytest.mark.parametrize(
    ("at", "result", "points", "said"),
    [(4, "early", 0, "You saw too little yet."), (6, "in-time", 3, "He breathes."), (8, "late", 2, "Too much time went."),
     (9.5, "too-late", 0, "He was still by then.")],
)  # fmt: skip
def test_a_tape_is_judged_by_the_time_of_the_film(block, time, at, result, points, said):
    roll(block, time, at)
    response = stop(block, at)
    assert response.status_code == 200 and said in response.json["html"] and "Clear words." in response.json["html"]
    [one] = answers(block)
    assert (one.result, one.points, one.possible, one.at, one.how, one.picked) == (result, points, 3, at, "film", ["words"])
    assert block.runtime.place.events("dti.video.stepped_in")[0]["result"] == result
    assert ("data-dti-other" in response.json["html"]) == (result == "in-time")


def test_a_way_that_is_not_the_best_earns_less(block, time):
    roll(block, time, 6)
    stop(block, 6, "wait")
    assert [one.points for one in answers(block)] == [2]


def test_a_tape_that_nobody_stopped(block, time):
    roll(block, time, 10)
    html = stop(block, "", way="", never="1").json["html"]
    assert "You did not step in" in html and "He died." in html
    assert [(one.result, one.at, one.points) for one in answers(block)] == [("never", None, 0)]


def test_nobody_steps_in_at_a_time_that_cannot_be(block, time):
    assert stop(block, 6).status_code == 409  # the tape has not begun
    watch(block, tape="knee")
    refused = stop(block, 9.5)
    assert refused.status_code == 409 and "cannot have come that far" in refused.json["error"]
    time.pass_by(7)
    watch(block, [[3, 10]], 10)
    stop(block, 6)  # who has seen the end does not step in before it
    assert [(one.result, one.at) for one in answers(block)] == [("too-late", 10.0)]


def test_a_page_that_tells_the_time_a_little_late_is_believed(block, time):
    roll(block, time, 8)
    stop(block, 6.5)  # the report was on its way while the learner pressed
    assert [(one.result, one.at) for one in answers(block)] == [("in-time", 6.5)]


def test_practice_is_recorded_beside_the_first_decision(block, time):
    roll(block, time, 4)
    stop(block, 4)
    watch(block, tape="knee")  # decided: nothing runs
    assert row(block).tape == ""
    watch(block, tape="knee", again="1")
    time.pass_by(3)
    html = stop(block, 6, attempt=1).json["html"]
    assert "(practice)" in html and "In time" in html
    assert [(one.attempt, one.result) for one in answers(block)] == [(1, "early"), (2, "in-time")]
    assert "Points: 0 of 4" in page(again(block))


def still(block, to):
    return post(again(block), "turn_still", {"to": str(to)})


def test_the_same_decision_still_by_still_for_the_same_score(block, time):
    html = post(again(block), "change_mode", {"mode": "stills", "at": "0"}).json["html"]
    assert "Still 1 of 6" in html and "/static/film.mp4" not in html and "He says that he cannot breathe." in html
    assert "Nobody moves" not in html  # what comes is not there yet
    time.pass_by(3)
    assert "Answer the question first" in still(block, 1).json["error"]
    assert (
        "That is the sign" in post(again(block), "answer", {"moment": "heard", "choice": "breath", "how": "stills"}).json["html"]
    )
    html = still(block, 1).json["html"]
    assert "Stop the tape" in html and "Let it go on" in html and "Get off him, now" in html
    time.pass_by(3)
    html = still(block, 2).json["html"]
    assert "The man stops talking." in html
    html = post(again(block), "answer", {"moment": "knee", "way": "words", "how": "stills"}).json["html"]
    assert "In time" in html and "He breathes." in html
    assert html.count("data-dti-focus") == 1 and re.search(r"<h4[^>]*data-dti-focus>In time", html)
    assert [(one.moment, one.result, one.how, one.points, one.at) for one in answers(block)] == [
        ("heard", "right", "stills", 1, None), ("knee", "in-time", "stills", 3, 5.0),
    ]  # fmt: skip
    for to in range(3, 7):
        time.pass_by(3)
        html = still(block, to).json["html"]
    assert "The end of the film" in html and "Complete." in html and "Points: 4 of 4." in html
    place = block.runtime.place
    assert place.events("completion") == [{"completion": 1.0}]
    assert place.events("grade")[-1]["value"] == 1.0
    assert place.events("dti.video.finished") == [{"watched": 100, "earned": 4.0, "possible": 4.0}]
    assert "Watch the film instead" in html
    assert "/static/film.mp4" in post(again(block), "change_mode", {"mode": "film"}).json["html"]


def test_stills_that_nobody_has_stopped_are_a_decision_too(block, time):
    ask(block)
    post(again(block), "change_mode", {"mode": "stills", "at": "3"})
    for to in range(2, 6):
        time.pass_by(3)
        html = still(block, to).json["html"]
    assert "Help comes." in html
    assert [(one.moment, one.result) for one in answers(block)] == [("heard", "right"), ("knee", "never")]


def test_who_has_seen_a_still_does_not_step_in_before_it_but_for_practice(block, time):
    ask(block)
    post(again(block), "change_mode", {"mode": "stills", "at": "3"})
    for to in (2, 3, 2):
        time.pass_by(3)
        assert still(block, to).status_code == 200
    form = {"moment": "knee", "way": "words", "how": "stills"}
    post(again(block), "answer", form)
    post(again(block), "answer", {**form, "attempt": "1"})
    assert [(one.attempt, one.result) for one in answers(block)[1:]] == [(1, "late"), (2, "in-time")]


def test_who_has_seen_the_film_run_on_does_not_step_in_before_in_the_stills(block, time):
    ask(block)
    roll(block, time, 8)
    post(again(block), "change_mode", {"mode": "stills", "at": "3"})
    post(again(block), "answer", {"moment": "knee", "way": "words", "how": "stills"})
    assert [(one.result, one.at, one.how) for one in answers(block)[1:]] == [("late", 8.0, "stills")]


def test_stills_are_read_not_skipped(block, time):
    ask(block)
    post(again(block), "change_mode", {"mode": "stills", "at": "0"})
    assert still(block, 1).status_code == 409 and still(block, 4).status_code == 409
    assert still(block, 99).status_code == 409 and post(again(block), "turn_still", {"to": "x"}).status_code == 409
    time.pass_by(3)
    assert still(block, 1).status_code == 200
    assert "Still 1 of 6" in still(block, 0).json["html"]  # back goes always


def test_the_film_completes_when_enough_is_watched_and_all_answered(block, time):
    ask(block)
    play(block, time, 0, 3)
    roll(block, time, 6)
    stop(block, 6)
    assert block.runtime.place.events("completion") == []
    play(block, time, 6, 11)
    assert block.runtime.place.events("completion") == [{"completion": 1.0}]  # 11 of 12 seconds
    assert row(block).finished_at == time.now and "Complete." in page(again(block))
    page(again(block))
    assert len(block.runtime.place.events("completion")) == 1


def test_without_weight_nothing_is_said_of_points(time):
    block = make_block(VideoBlock, FILM)
    assert block.weight == 0 and "Points: 0" not in ask(block).json["html"].split("data-dti-progress")[1]


def test_who_may_not(block):
    for person, status in ((ANONYMOUS, 403), (again(block, enrolled=set()).runtime.person, 403)):
        assert post(again(block, person), "answer", {"moment": "heard", "choice": "breath"}).status_code == status
    assert get(block, "watch").status_code == 405


def test_nobody_answers_for_another(block):
    request = SimpleNamespace(user=SimpleNamespace(pk=STAFF.user_id, is_authenticated=True, username="sergeant", real_user=None))
    crum.set_current_request(request)
    try:
        assert ask(block).status_code == 403 and watch(block).status_code == 403
    finally:
        crum.set_current_request(None)
    assert answers(block) == []


@pytest.mark.parametrize("form", [{}, {"moment": "none"}, {"moment": "heard"}, {"moment": "heard", "choice": "x"},
                                  {"moment": "knee", "way": "x", "at": "5"}, {"moment": "knee", "way": "words", "at": "now"},
                                  {"moment": "knee", "way": "words", "at": "-1"}, {"moment": "knee", "way": "words", "how": "stills"}])  # fmt: skip
def test_an_answer_that_cannot_be_is_refused(block, form):
    response = post(again(block), "answer", form)
    assert response.status_code in (400, 409) and response.json["error"] and answers(block) == []


def test_in_studio_an_author_tries_it_out_and_nothing_is_recorded(time):
    block = make_block(VideoBlock, FILM, studio=True)
    assert "This is a preview for authors" in page(block, "author_view")
    assert "That is the sign" in ask(block).json["html"]
    watch(block, tape="knee")
    time.pass_by(4)
    assert "He breathes." in stop(block, 6).json["html"]
    assert "That is the sign" in page(again(block), "author_view")
    assert VideoWatch.objects.filter(usage_key=str(block.scope_ids.usage_id)).count() == 0


def test_the_records_are_away(block, monkeypatch):
    def away(*_args, **_named):
        raise RecordsUnavailableError("gone")

    monkeypatch.setattr(watches, "read", away)
    monkeypatch.setattr(watches, "held", away)
    assert "The film cannot be shown right now" in page(block)
    assert "migrations of dti_records" in page(again(block, STAFF))
    assert ask(block).status_code == 503


def test_a_film_that_cannot_be_used_is_not_shown(time):
    block = make_block(VideoBlock, '<film src="/static/film.mp4"/>')
    assert "This film is being edited." in page(block) and "VD003" not in page(block)
    assert "VD003" in page(again(block, STAFF)) or "how long" in page(again(block, STAFF))
    assert post(block, "watch", {}).status_code == 409
    assert "being edited" in page(make_block(VideoBlock, ""))


def test_staff_see_who_watched_and_when_people_stepped_in(block, time):
    for number, person in enumerate((LEARNER, OTHER)):
        here = again(block, person)
        roll(here, time, 4 + 2 * number)
        stop(here, 4 + 2 * number)
        ask(here, "joke")
    assert "report" in page(again(block, STAFF))
    html = get(again(block, STAFF), "report", json=True).json["html"]
    assert "2 people have begun" in html and "0 have finished" in html
    assert re.search(r"Too early</th><td>1</td>.*In time</th><td>1</td>.*Never stepped in</th><td>0</td>", html, re.DOTALL)
    assert html.count("dti-video-column") == 2 and "0 of them are right." in html
    assert get(again(block, LEARNER), "report", json=True).status_code == 403
    body = get(again(block, STAFF), "answers_csv").body.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(body)))
    assert [(line[0], line[1], line[3], line[5]) for line in table[1:]] == [
        ("reyes", "knee", "Too early", "4.0"), ("reyes", "heard", "Not right", ""),
        ("okafor", "knee", "In time", "6.0"), ("okafor", "heard", "Not right", ""),
    ]  # fmt: skip
    assert get(again(block, LEARNER), "answers_csv").status_code == 403
    told = list(block.generate_report_data([SimpleNamespace(username="okafor", state={})]))
    assert [(name, columns["Result"], columns["Watched (%)"]) for name, columns in told] == [
        ("okafor", "In time", 25), ("okafor", "Not right", 25),
    ]  # fmt: skip


def test_the_report_of_nobody(block):
    assert "Nobody has begun" in get(again(block, STAFF), "report", json=True).json["html"]


def test_staff_give_a_score(block):
    from xblock.scorable import Score

    assert not block.has_submitted_answer() and block.max_score() == 1.0
    ask(block)
    here = again(block)
    assert here.has_submitted_answer() and here.get_score().raw_earned == 0.25
    here.set_score(Score(3, 4))
    assert here.get_score().raw_earned == 0.75 and here.calculate_score().raw_earned == 0.25
    here.publish_grade()
    assert block.runtime.place.events("grade")[-1] == {"value": 0.75, "max_value": 1.0}


def test_a_score_that_the_platform_hands_back_is_none_that_staff_gave(block, time):
    ask(block)
    roll(block, time, 6)
    stop(block, 6)
    here = again(block)
    assert here.given is None
    assert block.runtime.place.events("grade")[-1]["value"] == here.get_score().raw_earned == 1.0


def test_the_content_goes_out_as_it_came_in(block):
    assert exported(block) == FILM


@settings(max_examples=60, deadline=None)
@given(
    handler=st.sampled_from(["watch", "answer", "turn_still", "change_mode"]),
    form=st.dictionaries(
        st.sampled_from(["spans", "position", "tape", "again", "moment", "choice", "way", "at", "how", "attempt", "never", "to", "mode"]),
        st.one_of(st.text(max_size=12), st.sampled_from(["heard", "knee", "words", "stills", "film", "1", "5", "[[0,1]]", "-1", "1e9"])),
    ),
)  # fmt: skip
def test_no_form_breaks_a_handler(block, handler, form):
    response = post(again(block), handler, form)
    assert response.status_code in (200, 400, 409), response.text
