"""Many requests of one learner to the scenario block at the same moment, on whatever database Django has.

A learner's state is kept as the LMS keeps it: one row, read when the block is loaded. When the request ends the fields that
changed are put over those that the row then has: the last to write wins. `atomic` puts each request into one transaction, as
ATOMIC_REQUESTS does.
"""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace

from django.db import connection, transaction

from dti_xblocks.blocks.scenario.players import player_of_state
from dti_xblocks.records import models
from dti_xblocks.records.scenario import journal, runs
from dti_xblocks.scenario_block import ScenarioBlock
from tests import runtime

TABLE = "dti_test_state"
SCENES = 3
CHOICES = 4


def content() -> str:
    """Three scenes, the second against a clock; whatever is chosen leads on."""
    scenes = []
    for number in range(SCENES):
        to = f"scene-{number + 1}" if number + 1 < SCENES else "safe"
        clock = ' clock="600" timeout="choice-0"' if number == 1 else ""
        choices = "".join(
            f'<choice id="choice-{choice}" to="{to}" points="{choice}"><text>T{choice}</text>'
            f"<outcome><p>O</p></outcome><why><p>W</p></why></choice>"
            for choice in range(CHOICES)
        )
        scenes.append(f'<scene id="scene-{number}" title="S{number}" level="words"{clock}><p>Story.</p>{choices}</scene>')
    level = '<level id="words" title="Plain words">Say it.</level>'
    ending = '<ending id="safe" title="Safe" result="good"><p>End.</p></ending>'
    return f"<introduction><p>Hello.</p></introduction>{level}{''.join(scenes)}{ending}"


class LearnerState(runtime.JsonStore):
    """What was authored, and what one row says of one learner."""

    def __init__(self, authored: dict, state: dict):
        super().__init__(authored)
        self.state, self.changed = state, {}

    def has(self, key):
        return key.field_name in self.state if key.user_id else super().has(key)

    def get(self, key):
        return json.loads(json.dumps(self.state[key.field_name])) if key.user_id else super().get(key)

    def set(self, key, value):
        assert key.user_id, f"{key.field_name} is the author's"
        self.state[key.field_name] = self.changed[key.field_name] = json.loads(json.dumps(value))


class Site:
    """One scenario block in a course, and the learners before it."""

    def __init__(self):
        self.block = runtime.make_block(ScenarioBlock, content())
        self.usage_key = str(self.block.scope_ids.usage_id)

    @staticmethod
    def set_up() -> None:
        """Make the table of the states, once for a database."""
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {TABLE} (owner INTEGER PRIMARY KEY, state TEXT NOT NULL)")

    @staticmethod
    def tear_down() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {TABLE}")

    @staticmethod
    def arrive(person) -> None:
        """The learner's row is there, as it is after the first look at the page."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} (owner, state) VALUES (%s, '{{}}')", [person.user_id])

    def load(self, person):
        """The block as it is loaded at the beginning of a request."""
        place = self.block.runtime.place
        store = LearnerState(place.store.db_dict, self.state(person))
        place = replace(place, store=store, published=[], enrolled={person.user_id})
        keys = self.block.scope_ids._replace(user_id=f"anonymous-{person.user_id}")
        return runtime.BlockRuntime(place, person).construct_xblock_from_class(self.block.unmixed_class, keys)

    def save(self, block, person) -> None:
        """What the platform does at the end of a request."""
        if block.runtime.place.store.changed:
            state = json.dumps({**self.state(person), **block.runtime.place.store.changed})
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {TABLE} SET state = %s WHERE owner = %s", [state, person.user_id])

    @staticmethod
    def state(person) -> dict:
        """What the learner's row says."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT state FROM {TABLE} WHERE owner = %s", [person.user_id])
            return json.loads(cursor.fetchone()[0])

    def request(self, person, handler: str, form: dict, atomic: bool = False, ready=lambda: None):
        """(status, HTML, events) of one request; it is `ready` when the block is loaded."""
        with transaction.atomic() if atomic else nullcontext():
            block = self.load(person)
            ready()
            answer = runtime.post(block, handler, form)
            self.save(block, person)
        return answer.status_code, answer.json.get("html", answer.text), [name for name, _data in block.runtime.place.published]

    def page(self, person) -> str:
        return runtime.page(self.load(person))


def fields(html: str) -> dict:
    """The hidden fields of the form on the page, as a browser sends them."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {name: value for name, value in found if "csrf" not in name}


def handler_on(html: str) -> str | None:
    """Which of the handlers that go on the page's form is for; None at the ending."""
    found = re.search(r'action="[^"]*/(begin|choose|enter|go_on)[/"?#]', html)
    return found[1] if found else None


def check_everybody_gets_on(size: int, atomic: bool = False, user_id: int = 9500) -> None:
    """At each step all send the same form with different choices: one counts, all are answered with what came of it."""
    site, person = Site(), runtime.Person(user_id, f"racer{user_id}", "Ana Reyes")
    site.arrive(person)
    told = []
    for handler in ("begin", "choose", "go_on", "enter", "choose", "go_on", "choose", "go_on", "go_on", "again"):
        html = site.page(person)
        form, gate = fields(html), threading.Barrier(size, timeout=240)
        assert handler_on(html) == (None if handler == "again" else handler), html

        def send(number, handler=handler, form=form, gate=gate):
            try:
                return site.request(person, handler, {**form, "choice": f"choice-{number % CHOICES}"}, atomic, gate.wait)
            finally:
                connection.close()

        with ThreadPoolExecutor(size) as threads:
            answers = list(threads.map(send, range(size)))
        assert [status for status, _html, _events in answers] == [200] * size, answers[0]
        now = fields(site.page(person))
        assert now != form, "nobody got on"
        assert [fields(html) for _status, html, _events in answers] == [now] * size
        told += [event for _status, _html, events in answers for event in events]
    rows = models.ScenarioDecision.objects.filter(run__usage_key=site.usage_key, run__user_id=user_id).order_by("serial")
    assert [(row.position, row.scene, bool(row.choice)) for row in rows] == [
        *[(0, "scene-0", True), (1, "scene-1", False), (2, "scene-1", True), (3, "scene-2", True)],
    ]
    run = models.ScenarioRun.objects.get(usage_key=site.usage_key, user_id=user_id)
    player = player_of_state(site.load(person))
    assert [entry[:2] for entry in runs.paths(player)[1]] == [[row.scene, row.choice] for row in rows]
    assert run.earned == sum(int(row.choice[-1]) for row in rows if row.choice)
    assert (journal.latest_attempt(player), journal.read(player, 2).decisions) == (2, [])
    counted = {name: told.count(f"dti.scenario.{name}") for name in ("started", "clock_started", "decided", "ended", "retried")}
    assert counted == {"started": 1, "clock_started": 1, "decided": 3, "ended": 1, "retried": 1}, counted


def check_a_replay_begins_once(size: int, atomic: bool = False, user_id: int = 9700) -> None:
    """All press *Replay from the turn* at once: one practice run begins, with the decisions before the turn, and all are in it."""
    site, person = Site(), runtime.Person(user_id, f"racer{user_id}", "Ana Reyes")
    site.arrive(person)
    site.request(person, "begin", {"attempt": "0"})
    for handler, choice in (
        ("choose", 3),
        ("go_on", 0),
        ("enter", 0),
        ("choose", 0),
        ("go_on", 0),
        ("choose", 0),
        ("go_on", 0),
        ("go_on", 0),
    ):
        site.request(person, handler, {**fields(site.page(person)), "choice": f"choice-{choice}"}, atomic)
    form, gate = fields(site.page(person)), threading.Barrier(size, timeout=240)
    results = site.state(person)["results"]

    def send(_number):
        try:
            return site.request(person, "replay", form, atomic, gate.wait)
        finally:
            connection.close()

    with ThreadPoolExecutor(size) as threads:
        answers = list(threads.map(send, range(size)))
    assert [status for status, _html, _events in answers] == [200] * size, answers[0]
    now = fields(site.page(person))
    assert (now["attempt"], now["step"], now["scene"]) == ("2", "1", "scene-1")
    assert [fields(html) for _status, html, _events in answers] == [now] * size
    assert [event for _status, _html, events in answers for event in events] == ["dti.scenario.replayed"]
    starts = models.ScenarioStart.objects.filter(usage_key=site.usage_key, user_id=user_id).order_by("attempt")
    told = [(start.attempt, start.practice, start.replays, start.given, start.entries, start.length) for start in starts]
    assert told == [(1, False, 0, 0, 4, 4), (2, True, 1, 1, 1, 1)], told
    rows = models.ScenarioDecision.objects.filter(run=starts[1])
    assert list(rows.values_list("serial", "position", "scene", "choice", "led_to")) == [(0, 0, "scene-0", "choice-3", "scene-1")]
    assert site.state(person)["results"] == results
    assert models.ScenarioRun.objects.filter(usage_key=site.usage_key, user_id=user_id).count() == 1


def play_through(site: Site, person, own: int) -> list[int]:
    """Play a run that has begun, as fast as one can, always with choice `own`; the statuses of all answers."""
    statuses = []
    while handler := handler_on(html := site.page(person)):
        status, _html, _events = site.request(person, handler, {**fields(html), "choice": f"choice-{own % CHOICES}"})
        statuses.append(status)
    return statuses
