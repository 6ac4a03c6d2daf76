"""The journal of a run: written entry by entry, read back to the letter, begun once."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.scenario import journal, times
from dti_xblocks.records.scenario.runs import Player

NOW = datetime(2026, 11, 23, 11, 26, 5, 123456, tzinfo=UTC)
numbers = itertools.count()


@pytest.fixture
def player():
    number = next(numbers)
    return Player(7000 + number, f"u{number}", "course", f"journal-block-{number}")


def entry(scene="one", choice="a", after=0, *how):
    return [scene, choice, (NOW + timedelta(seconds=after)).isoformat(), *how]


def write(player, *entries, attempt=1):
    with journal.held(player, attempt) as held:
        for each in entries:
            held.append(each, led_to="next", seconds=3)


def test_there_is_none_before_the_first_run(player):
    assert journal.latest_attempt(player) == 0
    assert journal.read(player, 1) is None
    with journal.held(player, 1) as held:
        assert held is None


def test_a_run_begins_and_is_empty(player):
    begun = journal.begin(player, 0, NOW, pace=10, version="v" * 64)
    assert begun == journal.Begun(1, True, NOW, 10, "v" * 64)
    assert journal.latest_attempt(player) == 1
    assert journal.read(player, 1) == journal.Entries([], NOW, 10, "v" * 64)


def test_a_page_made_before_the_latest_run_begins_none(player):
    journal.begin(player, 0, NOW, pace=0)
    assert journal.begin(player, 0, NOW + timedelta(hours=1), pace=1) == journal.Begun(1, False, NOW, 0, "")
    journal.begin(player, 1, NOW)
    assert journal.begin(player, 0, NOW).attempt == 2
    assert models.ScenarioStart.objects.filter(usage_key=player.usage_key).count() == 2


def test_a_run_goes_on_after_the_number_of_the_page(player):
    """The block's own state may know of runs that could not be recorded."""
    assert journal.begin(player, 4, NOW) == journal.Begun(5, True, NOW, 1, "")


def test_entries_come_back_to_the_letter(player):
    journal.begin(player, 0, NOW)
    times = ("2026-11-23T11:26:05+00:00", "2026-11-23T11:26:05.100000+00:00", "2026-11-23T11:26:05Z", "2026-11-23T12:26:05+01:00")
    entries = [
        ["one", "", times[0]],
        *(["scene-ü", "choice", at] for at in times[1:]),
        ["two", "said-nothing", times[0], "time-up"],
    ]
    write(player, *entries)
    assert journal.read(player, 1).decisions == entries
    with journal.held(player, 1) as held:
        assert (held.decisions, held.started_at, held.pace, held.version) == (entries, NOW, 1, "")


def test_what_is_written_says_where_it_led_and_how_long_it_took(player):
    journal.begin(player, 0, NOW)
    with journal.held(player, 1) as held:
        held.append(entry("one", "", 1))
        held.append(entry("one", "a", 9, "time-up"), led_to="two", seconds=8)
    rows = models.ScenarioDecision.objects.filter(run__usage_key=player.usage_key).order_by("serial")
    columns = ("serial", "position", "scene", "choice", "how", "led_to", "seconds", "at", "at_text")
    assert list(rows.values_list(*columns)) == [
        (0, 0, "one", "", "", "", None, NOW + timedelta(seconds=1), ""),
        (1, 1, "one", "a", "time-up", "two", 8, NOW + timedelta(seconds=9), ""),
    ]


def test_an_entry_at_an_earlier_position_replaces_what_followed(player):
    journal.begin(player, 0, NOW)
    write(player, entry("one"), entry("two"), entry("three"))
    with journal.held(player, 1) as held:
        held.append(entry("two", "b", 60), "four", position=1)
        assert held.decisions == [entry("one"), entry("two", "b", 60)]
    write(player, entry("four", "c", 70))
    assert journal.read(player, 1).decisions == [entry("one"), entry("two", "b", 60), entry("four", "c", 70)]
    assert models.ScenarioDecision.objects.filter(run__usage_key=player.usage_key).count() == 5


@pytest.mark.parametrize("position", [-1, 2])
def test_there_is_no_position_outside_the_list(player, position):
    journal.begin(player, 0, NOW)
    write(player, entry())
    with pytest.raises(ValueError, match="position"), journal.held(player, 1) as held:
        held.append(entry(), position=position)
    assert journal.read(player, 1).decisions == [entry()]


def test_what_is_in_hand_is_a_copy(player):
    journal.begin(player, 0, NOW)
    mine = entry()
    write(player, mine)
    with journal.held(player, 1) as held:
        held.append(mine)
        mine[1] = "changed"
        assert held.decisions[1] == entry()


def test_a_fault_in_the_middle_leaves_nothing(player):
    journal.begin(player, 0, NOW)
    with pytest.raises(ZeroDivisionError), journal.held(player, 1) as held:
        held.append(entry())
        raise ZeroDivisionError
    assert journal.read(player, 1).decisions == []
    write(player, entry())
    assert journal.read(player, 1).decisions == [entry()]


def test_people_blocks_and_runs_are_kept_apart(player):
    others = [Player(player.user_id + 900, "x", "c", player.usage_key), Player(player.user_id, "x", "c", player.usage_key + "x")]
    for number, who in enumerate([player, *others]):
        journal.begin(who, 0, NOW)
        write(who, entry(f"scene-{number}"))
    journal.begin(player, 1, NOW)
    assert [journal.read(who, 1).decisions[0][0] for who in [player, *others]] == ["scene-0", "scene-1", "scene-2"]
    assert journal.read(player, 2).decisions == []


def test_a_page_costs_one_query(player):
    journal.begin(player, 0, NOW)
    write(player, entry(), entry("two"))
    queries = []
    with connection.execute_wrapper(lambda execute, *call: queries.append(call[0]) or execute(*call)):
        journal.read(player, 1)
    assert len(queries) == 1, queries


def test_rows_that_a_plain_read_does_not_show_are_read_again(player):
    """What REPEATABLE READ does in MySQL: the counter, read with a lock, is ahead of what an older view shows."""
    journal.begin(player, 0, NOW)
    write(player, entry("one"), entry("two"), entry("three"))
    rows = models.ScenarioDecision.objects.filter(run__usage_key=player.usage_key)
    start = models.ScenarioStart.objects.get(usage_key=player.usage_key)

    class Older:
        """Shows one row of three, unless one is asked for by its number."""

        def filter(self, **which):
            return rows.filter(serial=which["serial"]) if "serial" in which else self

        def order_by(self, _name):
            return rows.order_by("serial")[:1]

    class View:
        class ScenarioDecision:
            objects = Older()

    assert journal._held_entries(View, start) == [entry("one"), entry("two"), entry("three")]


@pytest.mark.parametrize("error", [OperationalError, IntegrityError])
def test_what_the_database_refuses_is_told_and_the_transaction_around_lives_on(player, monkeypatch, error):
    journal.begin(player, 0, NOW)

    def refuse(*_arguments, **_values):
        raise error("no")

    with transaction.atomic():
        with monkeypatch.context() as patch:
            patch.setattr(journal._DECISION, "write", refuse)
            with pytest.raises(RecordsUnavailableError), journal.held(player, 1) as held:
                held.append(entry())
        write(player, entry("two"))
    assert journal.read(player, 1).decisions == [entry("two")]


def test_missing_tables_are_told(player):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dti_records_scenariostart RENAME TO gone")
    try:
        for call in (
            lambda: journal.latest_attempt(player),
            lambda: journal.begin(player, 0, NOW),
            lambda: journal.read(player, 1),
            lambda: journal.held(player, 1).__enter__(),
        ):
            with pytest.raises(RecordsUnavailableError):
                call()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE gone RENAME TO dti_records_scenariostart")


TIMES = (
    "2026-11-23T11:26:05+00:00",
    "2026-11-23T11:26:05.123456+00:00",
    "2026-11-23T11:26:05.500000+00:00",
    "2026-11-23T11:26:05.000010+00:00",
    "2026-11-23T11:26:05Z",
    "2026-11-23T13:26:05.5+02:00",
    "2026-11-23 11:26:05+00:00",
)


def test_many_runs_are_read_to_the_letter_as_one_is(player):
    for attempt in (1, 2):
        journal.begin(player, attempt - 1, NOW)
        write(
            player, *([f"scene-{attempt}", "a", at] for at in TIMES), ["last", "b", NOW.isoformat(), "time-up"], attempt=attempt
        )
    rows = models.ScenarioDecision.objects.filter(run__user_id=player.user_id)
    found = journal.of_many(rows, "run__attempt")
    assert found == {attempt: journal.read(player, attempt).decisions for attempt in (1, 2)}
    assert [at for _scene, _choice, at in found[2][:-1]] == list(TIMES)


def test_a_connection_in_another_time_zone_gives_the_same(player, monkeypatch):
    journal.begin(player, 0, NOW)
    write(player, *(["scene", "a", at] for at in TIMES))
    rows = models.ScenarioDecision.objects.filter(run__user_id=player.user_id)
    found = journal.of_many(rows, "run__attempt")
    monkeypatch.setattr(type(connection), "timezone_name", "America/Chicago", raising=False)
    assert journal.of_many(rows, "run__attempt") == found


@pytest.mark.parametrize(
    ("cast", "iso"),
    [
        ("2026-01-01 09:30:00", "2026-01-01T09:30:00+00:00"),
        ("2026-01-01 09:30:00.000005", "2026-01-01T09:30:00.000005+00:00"),
        ("2026-01-01 09:30:00.000000", "2026-01-01T09:30:00+00:00"),
        ("2026-01-01 09:30:00.5+00", "2026-01-01T09:30:00.500000+00:00"),
        ("2026-01-01 09:30:00+00", "2026-01-01T09:30:00+00:00"),
    ],
)
def test_a_time_as_databases_write_it_becomes_iso(cast, iso):
    assert times.iso_of(cast) == iso
