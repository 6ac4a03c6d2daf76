"""Django is configured once in each process, as the preview configures it: the tests run on the runtime that people use."""

import gc
import shutil
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings
from suite import chromium, schedule, states, zygote
from suite.progress import Progress

from dti_xblocks.course.preview.settings import configure

STATE = Path(tempfile.mkdtemp(prefix="dti-tests-"))

# The same examples on every machine, and no verdict on its pace. Fixtures of a function serve all examples of it.
NO_VERDICT = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("suite", deadline=None, derandomize=True, database=None, suppress_health_check=NO_VERDICT)
settings.load_profile("suite")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(config), "suite-progress")
    if getattr(config.option, "dist", "no") != "no" and not hasattr(config, "workerinput"):
        return  # it only hands out tests
    configure(STATE)
    from django.core.management import call_command
    from django.db.backends.signals import connection_created

    from dti_xblocks.course.preview import database  # noqa: F401 - its receiver comes first

    connection_created.connect(states.hurry)
    call_command("migrate", verbosity=0)
    states.keep(STATE)


@pytest.fixture(scope="module", autouse=True)
def tables_as_they_began():
    """No file finds rows of another one: which files ran before in this process is a matter of luck."""
    states.restore()


@pytest.fixture(autouse=True)
def nobody_has_asked_yet(monkeypatch):
    """How often people may ask is counted in the cache, over all tests of a process. No minute ends in the middle of a test."""
    from django.core.cache import cache

    from dti_xblocks.platform import limits

    cache.clear()
    limits.own.clear()
    now = time.time()
    still = SimpleNamespace(time=lambda: now)
    monkeypatch.setattr("django_ratelimit.core.time", still)
    monkeypatch.setattr(limits, "time", still)


def pytest_unconfigure():
    zygote.close()
    shutil.rmtree(STATE, ignore_errors=True)
    states.forget()


def pytest_runtest_setup(item):
    if not item.get_closest_marker("browser"):
        chromium.close()


def pytest_sessionfinish():
    chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Thirteen thousand tests are collected, and stay: the garbage collector does not look among them, now or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)  # before `-m` looks at the markers
def pytest_collection_modifyitems(items):
    schedule.arrange(items)


def pytest_xdist_auto_num_workers():
    return schedule.workers()


def pytest_xdist_make_scheduler(config, log):
    return schedule.scheduler(config, log) if config.option.dist == "load" else None
