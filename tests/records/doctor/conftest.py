"""A site on which all is well, to be broken in one place."""

import shutil

import pytest
from django.test import override_settings


@pytest.fixture
def platform(monkeypatch):
    from tests.records.doctor.a_platform import COURSE, Platform, install

    found = install(monkeypatch, Platform().course())
    from dti_xblocks.platform import course_setup

    found.modes.add(course_id=course_setup.course_key(COURSE), mode_slug="honor", currency="usd")
    found.switches.add(name=course_setup.SWITCH, active=True)
    return found


@pytest.fixture(scope="session")
def folder_of_keys(tmp_path_factory):
    """Made once: a certificate's key takes a second."""
    from dti_xblocks.seals import make

    folder = tmp_path_factory.mktemp("doctor") / "keys"
    make.make_keys(folder, "Example Police Department")
    return folder


@pytest.fixture
def site(platform, folder_of_keys, tmp_path, monkeypatch):
    """Settings as the Tutor plugin makes them; keys of its own; a worker that answers at once; fonts for everything."""
    from dti_xblocks.pdf import scripts
    from dti_xblocks.platform import conf, tracking
    from dti_xblocks.records import tasks
    from dti_xblocks.records.management.doctor import work
    from dti_xblocks.seals import pades

    shutil.copytree(folder_of_keys, tmp_path / "keys")
    monkeypatch.setattr("dti_xblocks.pdf.render_apart", lambda *_page, **_options: b"%PDF-")  # it takes a second; one test has it
    monkeypatch.setattr(scripts, "without_fonts", list)
    monkeypatch.setattr(pades, "installed", lambda: True)
    monkeypatch.setattr(work, "OF_ONE_PROCESS", ())
    monkeypatch.setattr(work, "way_here", lambda task: conf.CELERY)
    monkeypatch.setattr(tasks.echo, "apply_async", lambda arguments, **_options: tasks.echo(*arguments), raising=False)
    blocks = ["problem", "dti_scenario", "dti_case_law", "dti_pledge", "dti_review", "dti_activity", "dti_video"]
    with override_settings(
        DTI_PLEDGE_KEYS=str(tmp_path / "keys"),
        LIBRARY_ENABLED_BLOCKS=blocks,
        TRACKING_IGNORE_URL_PATTERNS=tracking.with_ours([r"^/event"]),
        MIDDLEWARE=["common.djangoapps.track.middleware.TrackMiddleware"],
    ):
        yield tmp_path
