"""A run whose times are out of order is recorded, and the log says so."""

from datetime import UTC, datetime, timedelta

from dti_xblocks.records.scenario import runs

START = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_a_run_that_ends_before_it_begins_is_logged(caplog):
    player = runs.Player(1, "a", "course-v1:Times+1+2026", "block-v1:times")
    path = [["a", "b", START.isoformat()]]
    assert runs.finish(player, runs.Finished(1, "v", path, "safe", "good", 1, 1, START, START))
    assert "ends before it begins" not in caplog.text
    assert runs.finish(player, runs.Finished(2, "v", path, "safe", "good", 1, 1, START, START - timedelta(days=400)))
    assert "A run of block-v1:times ends before it begins." in caplog.text
