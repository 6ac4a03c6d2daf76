"""Our own pages, below /dti/: found through the plugin's addresses, so that a page that is added is held to the same."""

import re
from importlib import import_module

import pytest
from django.core import checks
from django.test import RequestFactory, override_settings
from django.urls import URLPattern, path
from django.urls.resolvers import RegexPattern, URLResolver

from dti_xblocks.platform import tracking
from dti_xblocks.records.apps import RecordsConfig
from tests.logs.platform_log import PROJECTS, THE_PLATFORMS, Logs, patterns

CODE = "7QXD-03MB-K9TR-H4WN"


def pages(found, start=""):
    """The path of every page below `found`, with something in place of what is variable."""
    for one in found:
        here = start + re.sub(r"/\?\$|[\^$\\]", "", str(one.pattern))
        if isinstance(one, URLPattern):
            yield here.replace("<str:token>", "token:signed")
        else:
            yield from pages(one.url_patterns, here)


def ours(project):
    """The paths of the plugin in a project, as the platform's loader puts them there."""
    config = RecordsConfig.plugin_app["url_config"].get(PROJECTS[project])
    if config is None:
        return []
    module = import_module(f"{RecordsConfig.name}.{config['relative_path']}")
    return list(pages([URLResolver(RegexPattern(config["regex"]), module)], "/"))


def logged(project, paths):
    logs = Logs(patterns(project))
    for one in paths:
        for request in (RequestFactory().get(one, {"code": CODE}), RequestFactory().post(one, {"code": CODE})):
            logs.take(request)
    return logs.tracking


@pytest.mark.parametrize("project", PROJECTS)
def test_no_request_to_a_page_of_ours_is_in_the_tracking_log(project):
    paths = ours(project)
    assert ("/dti/verify" in paths) == (project == "lms")
    assert len(paths) == (10 if project == "lms" else 0)
    assert logged(project, paths) == []


def test_a_page_that_is_added_elsewhere_is_found():
    assert logged("lms", pages([path("dti-verify", lambda _request: None)], "/"))


@pytest.mark.parametrize("own", [None, (), (r"^/event",), [r"^/event", tracking.PATTERNS[0]]])
@pytest.mark.parametrize("project", PROJECTS)
def test_what_the_site_has_set_stays_and_ours_is_there_once(project, own):
    found = patterns(project, own)
    assert found[: len(own or ())] == list(own or ())
    assert sorted(found) == sorted({*(own or ()), *tracking.PATTERNS})


@pytest.mark.parametrize("name", ["common.djangoapps.track.middleware.TrackMiddleware", "track.middleware.TrackMiddleware"])
def test_a_check_says_where_a_site_has_lost_our_patterns(name):
    with override_settings(MIDDLEWARE=[f"x.{name}"], TRACKING_IGNORE_URL_PATTERNS=list(THE_PLATFORMS)):
        (found,) = [one for one in checks.run_checks() if one.id == "dti_records.W013"]
        assert "/dti/verify" in found.msg and all(pattern in found.hint for pattern in tracking.PATTERNS)
    for enough in (tracking.with_ours(THE_PLATFORMS), [r"^/"], [r".*handler", r"^/dti"]):
        with override_settings(MIDDLEWARE=[f"x.{name}"], TRACKING_IGNORE_URL_PATTERNS=enough):
            assert tracking.problems() == []
    with override_settings(MIDDLEWARE=[], TRACKING_IGNORE_URL_PATTERNS=None):
        assert tracking.problems() == [], "without that middleware there is no such log"
