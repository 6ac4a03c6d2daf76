"""Random scenarios, sound and unsound, and random learners: no crash, no wrong score, no word before its time."""

import dataclasses
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dti_xblocks.scenario import debrief, olx, play, rules
from dti_xblocks.scenario.cast import becomes
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.model import Choice, Effect, Ending, Need, Scene
from dti_xblocks.scenario.screen import present
from tests.scenario import by_hand
from tests.scenario.made_up import WORD, scenarios, written

pytestmark = pytest.mark.once

BEGIN = datetime(2026, 11, 2, 10, tzinfo=UTC)


def fuzz(examples: int):
    """The same examples every time, so that a failure elsewhere can be seen here."""
    return settings(max_examples=examples, deadline=None, derandomize=True, database=None)


def lookup(slug):
    return f"caption of {slug}", ", citation"


# -- learners ----------------------------------------------------------------------------------------------------------


class Learner:
    """Plays through `play`, and lives the same life by hand. `seen` are the states on the way."""

    def __init__(self, story, pace):
        self.story, self.pace, self.now = story, pace, BEGIN
        self.state = play.replay(story, [], pace, self.now)
        self.life = by_hand.born(story)
        self.seen = [self.state]

    def go_on(self, draw) -> None:
        """One random thing that a learner does. Never stands still for ever: a clock that waits is started."""
        state, at = self.state, self.now
        self.now += timedelta(seconds=draw(st.sampled_from([0, 1, 4, 30, 7000])))
        if state.waits:
            assert play.decide(self.story, state, state.choices[0].id, self.now, self.pace) is None
            self.state = play.start_clock(self.story, state, at, self.pace)
            self.now = at
        else:
            self.state = play.replay(self.story, state.stored(), self.pace, self.now)
            if len(self.state.steps) > len(state.steps):  # the clock was faster
                self.life = by_hand.live(self.story, self.life, by_hand.late_of(self.story, self.life))
            else:
                choice = draw(st.sampled_from(self.state.choices))
                assert choice in by_hand.open_to(self.story, self.life)
                self.state = play.decide(self.story, self.state, choice.id, self.now, self.pace)
                self.life = by_hand.live(self.story, self.life, choice)
        self.seen.append(self.state)


@st.composite
def learners(draw, most: int = 14):
    """Learners at the end of their run, or tired of it."""
    learner = Learner(draw(scenarios()), draw(st.sampled_from([play.AS_WRITTEN, play.EXTENDED, play.NO_CLOCK])))
    while learner.state.ending is None and len(learner.seen) < most:
        learner.go_on(draw)
    return learner


@fuzz(150)
@given(learners())
def test_a_run_is_what_it_is_by_hand(learner):
    life, state = learner.life, learner.state
    possible = analysis(learner.story).possible
    assert state.standing.place == life.place
    assert dict(zip((meter.id for meter in learner.story.meters), state.standing.meters, strict=True)) == dict(life.meters)
    assert [choice.id for choice in state.choices] == [choice.id for choice in by_hand.open_to(learner.story, life)]
    assert state.earned == min(life.earned, possible)
    assert (state.lost, state.possible) == (0, possible)
    assert 0 <= state.share <= 1
    went_back = any((step.scene.id, step.after.place) in analysis(learner.story).back for step in state.steps)
    if state.ending and not went_back and not any(step.late for step in state.steps):
        assert life.earned <= possible


@fuzz(60)
@given(learners())
def test_what_is_stored_is_the_whole_truth(learner):
    stored = json.loads(json.dumps(learner.state.stored()))
    assert play.replay(learner.story, stored, learner.pace) == learner.state
    again = olx.read(written(learner.story), learner.story.score_by)
    assert play.replay(again, stored, learner.pace) == learner.state


@fuzz(60)
@given(learners())
def test_a_review_adds_up(learner):
    state = learner.state
    if state.ending is None:
        with pytest.raises(ValueError):
            debrief.look_back(learner.story, state, 70, lookup, answers=True)
        return
    review = debrief.look_back(learner.story, state, 70, lookup, BEGIN.isoformat(), answers=True)
    assert min(sum(d.points for d in review.decisions) + (review.ending_points or 0), state.possible) == state.earned
    assert all(0 <= decided.points <= decided.best for decided in review.decisions)
    assert 0 <= review.percent <= 100
    assert review.passed is (state.earned * 100 >= 70 * state.possible)
    went_back = any((step.scene.id, step.after.place) in analysis(learner.story).back for step in state.steps)
    if state.earned == state.possible and not went_back and not any(step.late for step in state.steps):
        assert [decided.stronger for decided in review.decisions] == [None] * len(review.decisions)
    if state.earned < state.possible:
        assert any(decided.stronger for decided in review.decisions)
    rows = [row.yours for row in review.map if row.yours]
    assert [row.title for row in rows] == [*(step.scene.title for step in state.steps), state.ending.title]
    assert [row.strongest.title for row in review.map if row.strongest and row.strongest.choice] == [
        learner.story.scene(scene).title for scene, _choice in analysis(learner.story).path
    ]


# -- the analysis ---------------------------------------------------------------------------------------------------------


@fuzz(150)
@given(scenarios())
def test_the_analysis_is_what_it_is_by_hand(story):
    try:
        every = by_hand.lives(story, clocks=True)
        most, with_clocks = (by_hand.most_earned(story, clocks, analysis(story).back) for clocks in (False, True))
        hopeless = by_hand.hopeless(story)
    except by_hand.TooManyError:
        assume(False)
    found = analysis(story)
    assert found.complete
    assert found.reached == {life.place for life in every}
    assert (found.stuck, found.endless) == (set(), hopeless)
    if most is not None:
        assert analysis(story).possible == most
        assert bool(found.idle) is (with_clocks > most)
    held = {f"{life.place}/{choice.id}" for life in every for choice in by_hand.open_to(story, life) if choice.needs}
    held |= {life.place for life in every if story.place(life.place).needs}
    assert found.held == held


@fuzz(100)
@given(scenarios())
def test_the_strongest_path_can_be_played_and_earns_it_all(story):
    stored = [[scene, choice, BEGIN.isoformat()] for scene, choice in analysis(story).path]
    state = play.replay(story, stored, play.NO_CLOCK)
    assert (state.lost, state.ending.id, state.earned) == (0, analysis(story).ending, analysis(story).possible)
    step_by_step = play.replay(story, [], play.NO_CLOCK)
    while step_by_step.scene:
        best = analysis(story).best_choice(step_by_step.standing)
        step_by_step = play.decide(story, step_by_step, best, BEGIN, play.NO_CLOCK)
    assert step_by_step == state


# -- OLX ---------------------------------------------------------------------------------------------------------------


@fuzz(60)
@given(scenarios())
def test_a_scenario_written_as_olx_is_read_as_it_was(story):
    text = written(story)
    read = olx.read(text, story.score_by)
    assert read == story
    found, expected = rules.check(read), rules.check(story)
    assert sorted((p.code, p.where, p.message) for p in found) == sorted((p.code, p.where, p.message) for p in expected)
    for between in ("", "\n", "\n\t\t", "  "):
        assert olx.read(written(story, between), story.score_by).version == story.version


# -- unsound scenarios -------------------------------------------------------------------------------------------------


def _id(draw, story):
    every = [*story.scenes, *story.endings, *story.levels, *story.meters, *(c for scene in story.scenes for c in scene.choices)]
    return draw(st.sampled_from(["", "nowhere", "No Id", "x" * 70, *(item.id for item in every)]))


def _number(draw):
    return draw(st.sampled_from([None, None, -999_999, -1, 0, 1, 7, 999_999]))


def _need(draw, story):
    kind = draw(st.sampled_from(["", "meter", "choice", "level"]))
    scene = draw(st.sampled_from(story.scenes)) if story.scenes else None
    pairs = [f"{scene.id}/{choice.id}" for choice in scene.choices] if scene else []
    ref = draw(st.sampled_from(["", "/", "a/b/c", *pairs])) if kind == "choice" else _id(draw, story)
    return Need(kind, ref, _number(draw), _number(draw), draw(st.booleans()))


def _changed(draw, story, item):
    """`item` with one thing in it changed for the worse, or for nothing."""
    few = lambda items: tuple(draw(st.lists(st.sampled_from(items), max_size=len(items) + 1)) if items else ())  # noqa: E731
    ways = {
        "id": lambda: _id(draw, story),
        "to": lambda: _id(draw, story),
        "otherwise": lambda: _id(draw, story),
        "timeout": lambda: _id(draw, story),
        "level": lambda: _id(draw, story),
        "you": lambda: _id(draw, story),
        "title": lambda: "",
        "points": lambda: draw(st.sampled_from([None, 0, 999_999])),
        "clock": lambda: _number(draw),
        "start": lambda: _number(draw),
        "lowest": lambda: _number(draw),
        "highest": lambda: _number(draw),
        "show": lambda: "never",
        "result": lambda: "",
        "offered": lambda: not item.offered,
        "lines": lambda: few(item.lines),
        "choices": lambda: few(item.choices),
        "needs": lambda: (*few(item.needs), _need(draw, story)),
        "effects": lambda: (*few(item.effects), Effect(_id(draw, story), _number(draw))),
    }
    names = [name for name in ways if hasattr(item, name)]
    name = draw(st.sampled_from(names))
    return replace(item, **{name: ways[name]()})


@st.composite
def unsound(draw):
    """Scenarios with a few random things changed; some are still sound."""
    story = draw(scenarios())
    for _ in range(draw(st.integers(1, 3))):
        group = draw(st.sampled_from(["scenes", "scenes", "endings", "levels", "meters", "people", "score_by"]))
        items = getattr(story, group)
        if group == "score_by":
            story = replace(story, score_by=draw(st.sampled_from(["luck", "both"])))
        elif items:
            number = draw(st.integers(0, len(items) - 1))
            item = items[number]
            if isinstance(item, Scene) and item.choices and draw(st.booleans()):
                which = draw(st.integers(0, len(item.choices) - 1))
                worse = _changed(draw, story, item.choices[which])
                item = replace(item, choices=(*item.choices[:which], worse, *item.choices[which + 1 :]))
            else:
                item = _changed(draw, story, item)
            kept = () if draw(st.integers(0, 9)) == 0 else (item,) * draw(st.sampled_from([1, 1, 1, 2]))
            story = replace(story, **{group: (*items[:number], *kept, *items[number + 1 :])})
    return story


def play_anyhow(draw, story) -> None:
    """A playable scenario is lived through without a crash, and nobody gets more than there is."""
    learner = play.replay(story, [], play.AS_WRITTEN, BEGIN)
    now = BEGIN
    for _step in range(10):
        present(story, learner, lookup, now)
        if learner.ending:
            debrief.look_back(story, learner, 70, lookup, answers=True)
            break
        assert learner.choices, "nobody may be stuck"
        now += timedelta(seconds=draw(st.sampled_from([1, 700])))
        if learner.waits:
            learner = play.start_clock(story, learner, now)
            continue
        late = play.replay(story, learner.stored(), play.AS_WRITTEN, now)
        learner = late if late.ending or late.waits else play.decide(story, late, draw(st.sampled_from(late.choices)).id, now)
    assert 0 <= learner.earned <= learner.possible
    assert 0 <= learner.share <= 1


@fuzz(400)
@given(unsound(), st.data())
def test_rules_judge_anything_and_what_they_let_pass_can_be_played(story, data):
    problems = rules.check(story, {"slug1q"}, 70)
    rules.check(olx.read(written(story), story.score_by), None, None)
    if rules.playable(problems):
        play_anyhow(data.draw, story)


@fuzz(150)
@given(scenarios(), st.data())
def test_damaged_olx_is_refused_or_judged(story, data):
    text = written(story)
    pieces = re.split(r"(<[^>]*>)", text)
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.integers(0, len(pieces) - 1))
        other = data.draw(st.sampled_from(["", "<p>", "</p>", "<needs/>", "<choice/>", "<scene/>", "&", "x", *pieces[:40]]))
        pieces[number] = other
    try:
        read = olx.read("".join(pieces))
    except olx.ScenarioUnreadableError as error:
        assert str(error)
        return
    rules.check(read)


# -- stored state that has been damaged, or is of another version ------------------------------------------------------

JUNK = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["time-up", "9999-12-31T23:59:59+00:00", "0001-01-01T00:00+23:59"]),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=6,
)


@fuzz(150)
@given(learners(), st.data())
def test_damaged_state_is_cut_where_it_stops_to_make_sense(learner, data):
    stored = learner.state.stored()
    for _ in range(data.draw(st.integers(1, 3))):
        kind = data.draw(st.sampled_from(["drop", "junk", "part", "twice", "tail"]))
        number = data.draw(st.integers(0, max(0, len(stored) - 1)))
        if kind == "tail" or not stored:
            stored = [*stored, data.draw(JUNK)]
        elif kind == "drop":
            stored = [*stored[:number], *stored[number + 1 :]]
        elif kind == "twice":
            stored = [*stored[:number], stored[number], *stored[number:]]
        elif kind == "junk" or not isinstance(stored[number], list) or not stored[number]:
            stored = [*stored[:number], data.draw(JUNK), *stored[number + 1 :]]
        else:
            entry = list(stored[number])
            entry[data.draw(st.integers(0, len(entry) - 1))] = data.draw(JUNK)
            stored = [*stored[:number], entry, *stored[number + 1 :]]
    pace = data.draw(st.sampled_from([0, 1, 10]))
    state = play.replay(learner.story, stored, pace)
    kept = state.stored()
    assert kept == stored[: len(kept)] and state.lost == len(stored) - len(kept)
    assert play.replay(learner.story, kept, pace) == replace(state, lost=0)
    assert 0 <= state.earned <= state.possible
    later = play.replay(learner.story, stored, pace, BEGIN + timedelta(days=9))
    assert later.entries[: len(kept)] == state.entries and len(later.entries) <= len(kept) + 1
    present(learner.story, later, lookup, BEGIN)
    later.log(BEGIN.isoformat())


@fuzz(100)
@given(learners(), st.data())
def test_a_changed_scenario_keeps_what_still_fits(learner, data):
    worse = learner.story
    number = data.draw(st.integers(0, len(worse.scenes) - 1))
    scene = _changed(data.draw, worse, worse.scenes[number])
    kept = () if data.draw(st.booleans()) else (scene,)
    worse = replace(worse, scenes=(*worse.scenes[:number], *kept, *worse.scenes[number + 1 :]))
    assume(rules.playable(rules.check(worse)))
    state = play.replay(worse, learner.state.stored(), learner.pace)
    assert state.stored() == learner.state.stored()[: len(state.entries)]
    assert state.lost == len(learner.state.entries) - len(state.entries)
    assert 0 <= state.earned <= state.possible
    assert (state.scene is None) is (state.ending is not None)


# -- what the browser gets ---------------------------------------------------------------------------------------------


def due(story, state, now) -> set[str]:
    """The words that may be on the page, and no others."""
    words: set[str] = set()

    def tell(*values):
        for value in values:
            told = dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value
            words.update(re.findall(WORD, repr(told)))

    def lines(place):
        for line in place.lines:
            person = story.person(getattr(line, "by", ""))
            tell(*((line.html, person.name, person.role, person.portrait) if person else (line,)))

    for level in story.levels:
        tell(level.title, level.html)
    for meter in story.meters:
        if meter.show == "play":
            tell(meter.title, meter.html)
    if state is None:
        tell(story.introduction, *((person.name, person.role, person.portrait) for person in story.people))
        return words
    if state.last:
        choice = state.last.choice
        tell(choice.text, choice.outcome, choice.why, choice.authorities)
    if state.scene:
        tell(state.scene.id, state.scene.title, state.scene.place, state.scene.time)
        become = becomes(story, state)
        if become:
            tell(become.name, become.role, become.portrait, become.knows, become.knows_not)
        if not state.waits:
            lines(state.scene)
            tell(*((choice.id, choice.text) for choice in state.choices))
    else:
        tell(state.ending.title)
        lines(state.ending)
    return words


def told(screen) -> str:
    return repr(dataclasses.asdict(screen))


@fuzz(120)
@given(learners())
def test_a_page_holds_what_is_due_and_nothing_else(learner):
    assert set(re.findall(WORD, told(present(learner.story, None, lookup, BEGIN)))) == due(learner.story, None, BEGIN)
    for state in learner.seen:
        page = told(present(learner.story, state, lookup, BEGIN))
        assert set(re.findall(WORD, page)) == due(learner.story, state, BEGIN)
        assert not re.findall(r"\d{5}", page), "points are told in the review only"


@fuzz(60)
@given(learners())
def test_a_page_is_made_of_words_and_numbers(learner):
    """No part of it is a piece of the scenario that could carry more than is shown."""

    def parts(value):
        yield value
        inside = vars(value).values() if dataclasses.is_dataclass(value) else value
        for part in inside if not isinstance(inside, (str, int, float, type(None))) else ():
            yield from parts(part)

    for state in learner.seen:
        for part in parts(present(learner.story, state, lookup, BEGIN)):
            assert not isinstance(part, (Choice, Scene, Ending, Need, Effect, play.State, play.Step))


@fuzz(60)
@given(learners())
def test_a_review_tells_of_the_two_paths_only(learner):
    story, state = learner.story, learner.state
    assume(state.ending)
    words = set(re.findall(WORD, told(debrief.look_back(story, state, 70, lookup, answers=True))))
    passed = {step.scene.id for step in state.steps} | {scene for scene, _choice in analysis(story).path}
    for scene in story.scenes:
        if scene.id not in passed:
            assert not words & set(re.findall(WORD, repr((scene.title, scene.lines, scene.choices))))
    for ending in story.endings:
        if ending.id not in (state.ending.id, analysis(story).ending):
            assert not words & set(re.findall(WORD, repr((ending.title, ending.lines))))
