"""Which lessons use which authorities: the way back from a reading list."""

import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace

import pytest
from django.core.cache import cache
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator

from dti_xblocks.platform.lessons import lessons

COURSE = CourseLocator("DTI", "DTI101", "2026")
GRAHAM = '<p>See <a href="/jump_to_id/m02-case-law#case-graham-v-connor">Graham</a>.</p>'
BOTH = GRAHAM + '<a href="/jump_to_id/m06-case-law#case-byrd-v-brishke">Byrd</a>'


def node(kind, name, parent=None, **fields):
    return SimpleNamespace(
        scope_ids=SimpleNamespace(usage_id=BlockUsageLocator(COURSE, kind, name), block_type=kind),
        get_parent=lambda: parent,
        display_name=name.title(),
        **{"visible_to_staff_only": False, "start": None, "data": "", **fields},
    )


def lesson(name, data, **fields):
    return node("html", f"{name}-text", node("vertical", name, node("sequential", f"{name}-part", **fields)), data=data)


@pytest.fixture
def store(monkeypatch):
    """The platform's store with html blocks; counts how often it is asked."""
    found = SimpleNamespace(pages=[], asked=0, fault=None)

    def get_items(course, qualifiers):
        assert (course, qualifiers) == (COURSE, {"category": "html"})
        found.asked += 1
        if found.fault:
            raise found.fault
        return found.pages

    module = ModuleType("xmodule.modulestore.django")
    module.modulestore = lambda: SimpleNamespace(get_items=get_items)
    for name in ("xmodule", "xmodule.modulestore"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    cache.clear()
    yield found
    cache.clear()


READING_LIST = node("dti_case_law", "m02-case-law")


def test_each_authority_leads_back_to_the_units_that_link_it_and_the_store_is_asked_once(store):
    store.pages = [
        lesson("second", GRAHAM),
        lesson("first", BOTH),
        lesson("none", '<a href="/jump_to_id/first">no authority</a>'),
    ]
    first, second = ("first", "First"), ("second", "Second")
    for _time in range(2):
        assert lessons(READING_LIST) == {"graham-v-connor": [first, second], "byrd-v-brishke": [first]}
    assert store.asked == 1


def test_what_is_not_open_to_learners_is_not_named(store):
    later = datetime.now(UTC) + timedelta(days=1)
    store.pages = [lesson("hidden", GRAHAM, visible_to_staff_only=True), lesson("later", GRAHAM, start=later)]
    assert lessons(READING_LIST) == {}


def test_a_fault_costs_the_way_back_and_no_more_and_is_not_remembered(store, caplog):
    store.fault = OSError("no database")
    assert lessons(READING_LIST) == {}
    assert "could not be found" in caplog.text
    store.fault, store.pages = None, [lesson("first", GRAHAM)]
    assert lessons(READING_LIST) == {"graham-v-connor": [("first", "First")]}


def test_there_is_none_outside_of_a_course():
    assert lessons(SimpleNamespace(scope_ids=SimpleNamespace(usage_id="a plain word"))) == {}
