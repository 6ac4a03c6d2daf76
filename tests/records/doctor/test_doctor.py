"""The doctor finds a healthy site healthy, and in each broken one what is broken, with how to mend it."""

import importlib.metadata
import io
import json
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from xblock.core import XBlock
from xblock.plugin import AmbiguousPluginError

from dti_xblocks import __version__
from dti_xblocks.pdf import NotRenderedError, apart, rendering, scripts
from dti_xblocks.platform import clock
from dti_xblocks.records import models, tasks
from dti_xblocks.records.management.doctor import cheap, data, versions, work
from dti_xblocks.records.management.doctor import site as site_checks
from dti_xblocks.records.management.doctor.finding import ABSENT, NOTE, OK, WRONG
from tests.records.doctor.a_platform import COURSE, plain
from tests.records.pledge.check.chains import drop_course, fill, new_course

pytestmark = pytest.mark.slow


def doctor(*more, course=COURSE) -> tuple[int, list[dict]]:
    """The exit code, and the findings."""
    out, code = io.StringIO(), 0
    try:
        call_command("dti_doctor", *more, course=[course] if course else [], json=True, stdout=out)
    except SystemExit as end:
        code = end.code
    told = json.loads(out.getvalue())
    assert told["version"] == __version__
    assert told["healthy"] == (code == 0) == (not [one for one in told["findings"] if one["state"] == WRONG])
    return code, told["findings"]


def wrong(found) -> list[dict]:
    return [one for one in found if one["state"] == WRONG]


def only(found, check: str) -> dict:
    """The one finding that is wrong: nothing else may be, and it says how to mend it."""
    (one,) = wrong(found)
    assert one["check"] == check and one["mend"], one
    return one


def test_a_healthy_site(site):
    code, found = doctor()
    assert (code, [one for one in found if one["state"] != OK]) == (0, [])
    assert {one["check"] for one in found} == {
        "versions", "settings", "blocks", "tables", "key files", "keys", "chain", "storage", "PDF", "fonts", "worker",
        "tracking log", "libraries", "translations", "languages", "certificates", "course",
    }  # fmt: skip


def test_here_where_there_is_no_platform():
    """Nothing fails; what this process does not have is said to be absent."""
    code, found = doctor("--wait", "0.1")
    assert (code, wrong(found)) == (0, [])
    absent = {one["check"] for one in found if one["state"] == ABSENT}
    assert absent == {"tracking log", "libraries", "languages", "certificates", "course"}
    assert all("not on this server" in one["says"].lower() or "Studio" in one["says"] or "There is no" in one["says"]
               for one in found if one["state"] == ABSENT)  # fmt: skip


def test_what_a_person_reads(site):
    out = io.StringIO()
    with override_settings(DTI_RENDER="pigeon", LIBRARY_ENABLED_BLOCKS=[]), pytest.raises(SystemExit) as end:
        call_command("dti_doctor", course=[COURSE], stdout=out, no_color=True)
    text = out.getvalue()
    assert end.value.code == 1
    assert "WRONG  settings: settings.DTI_RENDER is 'pigeon'" in text
    assert "note   libraries: Content libraries do not offer dti_scenario" in text
    assert plain(text).count("->") == 2
    assert text.splitlines()[-1].startswith(f"dti-xblocks {__version__}: ") and text.rstrip().endswith(
        "1 note, 1 wrong, 0 absent"
    )


# -- broken in one place ---------------------------------------------------------------------------------------------------


def test_a_migration_that_has_not_run(site):
    recorder = MigrationRecorder(connection)
    last = max(name for app, name in recorder.applied_migrations() if app == data.APP)
    recorder.record_unapplied(data.APP, last)
    try:
        found = doctor()[1]
    finally:
        recorder.record_applied(data.APP, last)
    one = only(found, "tables")
    assert last in one["says"] and one["mend"] == "./manage.py lms migrate dti_records"


def test_a_table_that_is_gone(site, monkeypatch):
    real = connection.introspection.table_names
    monkeypatch.setattr(
        connection.introspection, "table_names", lambda *more: [name for name in real(*more) if "coursereview" not in name]
    )
    assert models.CourseReview._meta.db_table in only(doctor()[1], "tables")["says"]


def test_a_database_that_does_not_answer(monkeypatch):
    def gone(_connection):
        raise DatabaseError("server has gone away\nmore")

    monkeypatch.setattr(data, "MigrationExecutor", gone)
    (one,) = data.tables()
    assert (one.state, one.says) == (WRONG, "The database does not answer: server has gone away")


def test_keys_that_others_can_read(site):
    (site / "keys/sealing-key.pem").chmod(0o644)
    one = only(doctor()[1], "key files")
    assert one["mend"] == f"chmod 600 {site}/keys/sealing-key.pem"
    assert [each.id for each in checks.run_checks() if str(each.id).startswith("dti_records.W")] == ["dti_records.W014"]


def test_keys_that_are_of_two_minds(site):
    (site / "keys/sealing-key.pem").write_text("no key")
    one = only(doctor()[1], "keys")
    assert "cannot be read" in one["says"] and "no key" not in json.dumps(one)


def test_a_folder_of_keys_that_is_not_mounted(site):
    with override_settings(DTI_PLEDGE_KEYS="/nowhere/at/all"):
        found = doctor()[1]
    assert [one["check"] for one in wrong(found)] == ["settings", "keys"]
    assert "/nowhere/at/all" in wrong(found)[0]["says"]


def test_no_keys_are_a_note(site):
    with override_settings(DTI_PLEDGE_KEYS=None):
        code, found = doctor()
    assert code == 0
    assert [(one["check"], "not sealed" in one["says"]) for one in found if one["state"] == NOTE] == [("key files", True)]


@pytest.mark.parametrize(
    ("days", "state", "words"), [(-4000, WRONG, "not valid yet"), (3630, NOTE, "ends on"), (4000, WRONG, "has expired")]
)
def test_a_certificate_has_its_time(site, monkeypatch, days, state, words):
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=days))
    (one,) = data.seals()
    assert (one.state, words in one.says, bool(one.mend)) == (state, True, True)


def test_without_pyhanko_files_are_sealed_only(site, monkeypatch):
    from dti_xblocks.seals import pades

    monkeypatch.setattr(pades, "installed", lambda: False)
    (one,) = data.seals()
    assert one.state == NOTE and "dti-xblocks[sign]" in one.mend


def test_a_record_that_was_altered(site):
    chain = fill(new_course(), people=1)
    try:
        assert wrong(doctor()[1]) == []
        models.SignedPledge.objects.filter(course_key=chain).update(full_name="Somebody Else")
        one = only(doctor()[1], "chain")
        assert chain in one["says"] and one["mend"].startswith(f"./manage.py lms verify_pledges {chain}")
    finally:
        drop_course(chain)


def test_a_record_that_waits_for_its_link_is_a_note(site):
    chain = new_course()
    models.PledgePending.objects.create(chain=chain, kind="pledge", entry_id=10**6, entry="0" * 64)
    try:
        waiting, lost = (each for each in data.chain() if chain in each.says)  # and there is no such record
        assert (waiting.state, waiting.mend) == (NOTE, "./manage.py lms verify_pledges --complete")
        assert lost.state == WRONG
    finally:
        drop_course(chain)


def test_a_chain_too_long_to_be_checked_here_says_so(site, monkeypatch):
    monkeypatch.setattr(data, "MOST_LINKS", 1)
    chain = fill(new_course(), people=1)
    try:
        (one,) = [each for each in data.chain() if chain in each.says]
        assert one.state == NOTE and "too many to check here" in one.says
    finally:
        drop_course(chain)


def test_a_storage_that_cannot_be_written(site):
    (site / "file").write_text("no folder")
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(site / "file/below")}}
    with override_settings(STORAGES={"default": backend, "packets": backend}, DTI_PACKET_STORAGE="packets"):
        one = only(doctor()[1], "storage")
    assert "“packets”" in one["says"]


def test_a_storage_leaves_nothing_behind(site):
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(site / "media")}}
    with override_settings(STORAGES={"default": backend}):
        assert [one.state for one in data.storage()] == [OK]
    assert [path for path in (site / "media").rglob("*") if path.is_file()] == []


def test_no_weasyprint(site, monkeypatch):
    def missing():
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(rendering, "load", missing)
    one = only(doctor()[1], "PDF")
    assert "libpango" in one["says"] and "apt-get install" in one["says"]
    monkeypatch.undo()
    assert rendering.fault(load=True) == ""


def test_a_page_that_does_not_become_a_pdf(site, monkeypatch):
    def ended(*_arguments, **_options):
        raise NotRenderedError(apart.MEMORY)

    monkeypatch.setattr("dti_xblocks.pdf.render_apart", ended)
    assert "memory" in only(doctor()[1], "PDF")["says"]


@pytest.mark.parametrize(
    ("missing", "state", "words"),
    [(["Chinese", "Thai"], NOTE, "become boxes"), (list(scripts.SAMPLES), WRONG, "There are no fonts")],
)
def test_fonts_that_are_missing(monkeypatch, missing, state, words):
    monkeypatch.setattr(scripts, "without_fonts", lambda: missing)
    (one,) = work.fonts()
    assert (one.state, words in one.says, "fonts-noto" in one.mend) == (state, True, True)


def test_a_broker_that_does_not_answer(site, monkeypatch):
    def refused(*_arguments, **_options):
        raise ConnectionRefusedError

    monkeypatch.setattr(tasks.echo, "apply_async", refused, raising=False)
    assert "ConnectionRefusedError" in only(doctor()[1], "worker")["says"]


def test_a_worker_that_is_not_there(site, monkeypatch):
    monkeypatch.setattr(tasks.echo, "apply_async", lambda *_arguments, **_options: None, raising=False)
    assert "within 0.2 seconds" in only(doctor("--wait", "0.2")[1], "worker")["says"]


def test_a_worker_of_another_version(site, monkeypatch):
    monkeypatch.setattr(tasks, "__version__", "0.0.9")
    one = only(doctor()[1], "worker")
    assert "0.0.9" in one["says"] and __version__ in one["says"]


def test_celery_itself_carries_the_question(monkeypatch):
    """Where celery is installed, and as far as a worker in this process can show it."""
    app = pytest.importorskip("celery").current_app
    monkeypatch.setattr(work, "OF_ONE_PROCESS", ())
    before, app.conf.task_always_eager = app.conf.task_always_eager, True
    try:
        assert [(one.state, __version__ in one.says) for one in work.worker(1)] == [(OK, True)]
    finally:
        app.conf.task_always_eager = before


def test_a_cache_of_one_process_cannot_carry_an_answer(site, monkeypatch):
    monkeypatch.setattr(work, "OF_ONE_PROCESS", ("locmem.LocMemCache",))
    (one,) = work.worker()
    assert one.state == NOTE and "of one process only" in one.says


@pytest.mark.parametrize("patterns", [[], [r"^/event"], [r"^/dti/"]])
def test_a_tracking_log_that_has_private_words(site, patterns):
    with override_settings(TRACKING_IGNORE_URL_PATTERNS=patterns):
        one = only(doctor()[1], "tracking log")
    assert "tracking log" in one["says"] and "^/dti/" in one["mend"]


def test_a_pattern_that_is_none(site):
    with override_settings(TRACKING_IGNORE_URL_PATTERNS=["^/(dti"]):
        assert "no regular expression" in only(doctor()[1], "tracking log")["says"]


def test_no_certificates(site, platform):
    platform.switches.rows[0].values["active"] = False
    assert "waffle_switch certificates.auto_certificate_generation on" in only(doctor()[1], "certificates")["mend"]


def test_no_mode_that_earns_one(site, platform):
    platform.modes.rows.clear()
    one = only(doctor()[1], "course")
    assert one["says"] == f"{COURSE}: no mode earns a certificate (audit)."
    assert one["mend"] == f"./manage.py lms dti_setup --course {COURSE}"


def test_people_who_audit_are_a_note(site, platform):
    from dti_xblocks.platform.course_setup import course_key

    platform.enrollments.add(course_id=course_key(COURSE), mode="audit", is_active=True)
    code, found = doctor()
    (one,) = [each for each in found if each["state"] == NOTE]
    assert code == 0 and "1 people audit" in one["says"] and one["mend"].endswith("--move-auditors")


@pytest.mark.parametrize(
    ("course", "words"),
    [
        ({"certificates": {}}, "no active certificate"),
        ({"certificates": None}, "no active certificate"),
        ({"cert_html_view_enabled": False}, "switched off"),
        ({"signatory": "Edit this name in Studio"}, "placeholder"),
    ],
)
def test_a_course_without_a_certificate(site, platform, course, words):
    platform.course(**course)
    assert words in only(doctor()[1], "course")["says"]


@pytest.mark.parametrize(("key", "words"), [("course-v1:A+B+C", "There is no course"), ("DTI101", "no course key")])
def test_a_course_that_is_not_there(site, key, words):
    assert words in only(doctor(course=key)[1], "course")["says"]


def test_a_block_that_the_site_has_disabled(site, platform):
    platform.disabled.append("dti_pledge")
    assert "disabled dti_pledge" in only(doctor()[1], "blocks")["says"]


def entry_point(name: str):
    (found,) = importlib.metadata.entry_points(group="xblock.v1", name=name)
    return found


def test_two_packages_with_one_block(site, monkeypatch):
    real = XBlock.load_class

    def load(name, *arguments, **options):
        if name == "dti_review":
            raise AmbiguousPluginError([entry_point("dti_review"), entry_point("dti_pledge")])
        return real(name, *arguments, **options)

    monkeypatch.setattr(site_checks.XBlock, "load_class", load)
    assert "dti_review" in only(doctor()[1], "blocks")["says"]


def test_a_catalogue_that_is_not_compiled(site, monkeypatch):
    folder = site / "locale/es/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("")
    monkeypatch.setattr(cheap, "LOCALE", site / "locale")
    assert only(doctor()[1], "translations")["says"] == "Not compiled: es."
    (folder / "django.mo").write_text("")
    assert [(one.state, "es" in one.says) for one in cheap.translations()] == [(OK, True)]


@pytest.mark.parametrize(("version", "state"), [("4.1.13", WRONG), ("99.0", NOTE), ("", WRONG)])
def test_versions_that_were_not_tested(monkeypatch, version, state):
    real = versions._installed
    monkeypatch.setattr(versions, "_installed", lambda name: version if name == "Django" else real(name))
    (one,) = versions.versions()
    assert (one.state, "Django" in one.says, bool(one.mend)) == (state, True, True)


def test_celery_without_a_broker(monkeypatch):
    monkeypatch.setattr(cheap, "_broker", lambda: "")
    with override_settings(DTI_RENDER="celery"):
        assert [one.state for one in cheap.broker()] == [WRONG]
    monkeypatch.setitem(sys.modules, "celery", None)


def test_system_checks_say_what_is_cheap(site):
    assert [one for one in checks.run_checks() if str(one.id).startswith("dti_records.W")] == []
    with override_settings(TRACKING_IGNORE_URL_PATTERNS=[]):
        (one,) = [one for one in checks.run_checks() if str(one.id).startswith("dti_records.W")]
    assert one.id == "dti_records.W013" and one.hint
