"""Statements reach a learning record store by event-routing-backends, the platform's own way there, as it is on the index."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from suite import pins

from dti_xblocks.platform import record_store, xapi
from tests.record_store import record_store as a_record_store
from tests.test_docs import blocks_of_json

ROOT = Path(__file__).parents[2]
PACKAGE = "edx-event-routing-backends>=10"
PLATFORMS_OWN = "edx.course.enrollment.activated"


def whitelist(names):
    return {"ENGINE": record_store.LISTS, "OPTIONS": {"whitelist": names}}


def lists(settings) -> tuple:
    router = settings.EVENT_TRACKING_BACKENDS["event_transformer"]["OPTIONS"]
    inner = router["backends"]["xapi"]["OPTIONS"]["processors"][0]
    return (
        settings.EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS,
        settings.EVENT_BUS_TRACKING_LOGS,
        router["processors"][0]["OPTIONS"]["whitelist"],
        inner["OPTIONS"]["whitelist"],
    )


def routed() -> SimpleNamespace:
    """The settings as event-routing-backends leaves them."""
    router = {"processors": [whitelist({PLATFORMS_OWN})]}
    router["backends"] = {
        "xapi": {"OPTIONS": {"processors": [whitelist([PLATFORMS_OWN]), {"ENGINE": "another", "OPTIONS": {}}]}},
        "caliper": {"OPTIONS": {"processors": [whitelist([PLATFORMS_OWN])]}},
    }
    return SimpleNamespace(
        EVENT_TRACKING_BACKENDS_ALLOWED_XAPI_EVENTS=[PLATFORMS_OWN],
        EVENT_BUS_TRACKING_LOGS={PLATFORMS_OWN},
        EVENT_TRACKING_BACKENDS={"event_transformer": {"OPTIONS": router}, "logger": {"OPTIONS": {}}},
    )


def test_our_events_join_those_of_the_platform_on_every_list():
    settings = routed()
    record_store.allow(settings)
    record_store.allow(settings)
    for names in lists(settings):
        assert sorted(names) == sorted([PLATFORMS_OWN, *xapi.EVENTS])


def test_caliper_which_has_no_words_for_them_does_not_get_them():
    settings = routed()
    record_store.allow(settings)
    processors = settings.EVENT_TRACKING_BACKENDS["event_transformer"]["OPTIONS"]["backends"]["caliper"]["OPTIONS"]["processors"]
    assert processors == [whitelist([PLATFORMS_OWN])]


def test_settings_that_are_read_before_theirs_have_a_list_that_theirs_add_to():
    settings = SimpleNamespace()
    record_store.allow(settings)
    assert vars(settings) == {record_store.ALLOWED: list(xapi.EVENTS)}


def test_without_the_package_nothing_is_set():
    from dti_xblocks.records.settings import plugin_settings

    assert not record_store.is_installed()  # the tests' own environment has it not
    settings = SimpleNamespace()
    plugin_settings(settings)
    assert not hasattr(settings, record_store.ALLOWED)


@pytest.fixture(scope="module")
def with_the_package(tmp_path_factory) -> dict:
    """The environment of a process in which event-routing-backends can be imported, beside all that we have."""
    if sys.version_info < (3, 12):
        pytest.skip("event-routing-backends needs Python 3.12")
    if not pins.index_answers():
        pytest.skip("no package index answers: event-routing-backends cannot be installed")
    home = tmp_path_factory.mktemp("routing")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--prefix", str(home), *pins.PATIENCE]
    command += ["--constraint", str(ROOT / "scripts/current-stack.txt"), PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = next(home.rglob("event_routing_backends")).parent
    return {**os.environ, "PYTHONPATH": f"{found}{os.pathsep}{ROOT}", "PYTHONWARNINGS": "ignore"}


@pytest.mark.once
@pytest.mark.packaging
@pytest.mark.slow
@pytest.mark.parametrize("first", ["ours", "theirs"])
def test_a_record_store_takes_a_statement_of_every_event(first, with_the_package, tmp_path):
    events = tmp_path / "events.json"
    events.write_text(json.dumps([[name, data] for name, data in examples().items()]), encoding="utf-8")
    with a_record_store() as store:
        command = [sys.executable, str(ROOT / "tests/platform/routing_site.py"), store.address, str(events), first]
        done = subprocess.run(command, env=with_the_package, capture_output=True, text=True, check=False)
    assert store.refused == []
    assert done.returncode == 0, done.stderr[-3000:]
    assert [one["verb"]["id"] for one in store.kept] == [xapi.VERBS[xapi.ROWS[name].verb] for name in examples()]
    for (name, data), statement in zip(examples().items(), store.kept, strict=True):
        said = xapi.statement(name, data)
        assert statement["object"]["definition"]["type"] == said.type
        result = statement.get("result", {})
        assert bool(result.pop("duration", None)) == bool(said.result.pop("duration", None))  # which it writes in minutes
        assert result == said.result
        assert said.context.items() <= statement["context"]["extensions"].items()
        assert statement["context"]["contextActivities"]["parent"][0]["id"].endswith("course-v1:DTI+DTI101+2026")
        assert set(statement["actor"]["account"]) == {"homePage", "name"}
    assert not [word for word in ("reyes", "Reyes", "jordan") if word in json.dumps(store.kept)]
    assert len({one["id"] for one in store.kept}) == len(store.kept)


def examples() -> dict:
    """An event of each kind, as the guide has them; that it has what is sent is tested there."""
    return blocks_of_json()
