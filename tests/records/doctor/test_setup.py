"""What an archive cannot carry is set by a command, once, and said; where something is in the way nothing is half done."""

import io
import sys
import types

import pytest
from django.core.management import CommandError, call_command

from dti_xblocks.platform import course_setup
from dti_xblocks.platform.course_setup import course_key
from dti_xblocks.records.management.commands import dti_import
from tests.records.doctor.a_platform import COURSE, Platform, install, plain

KEY = course_key(COURSE)


@pytest.fixture
def fresh(monkeypatch):
    """A site right after the import: nothing is set."""
    return install(monkeypatch, Platform().course(signatory="Edit this name in Studio"))


def run(command="dti_setup", **options) -> str:
    out = io.StringIO()
    call_command(command, stdout=out, **options)
    return plain(out.getvalue())


def test_a_course_earns_certificates(fresh):
    said = run(course=COURSE)
    (mode,) = fresh.modes.rows
    assert (mode.course_id, mode.mode_slug, mode.mode_display_name, mode.currency) == (KEY, "honor", "Honor", "usd")
    assert [(row.name, row.active) for row in fresh.switches.rows] == [("certificates.auto_certificate_generation", True)]
    assert "now has the mode honor" in said and "now come by themselves" in said
    assert "Still to do: The signatory of the certificate is still the placeholder" in said


def test_again_it_changes_nothing(fresh):
    run(course=COURSE)
    before = [[dict(row.values) for row in table.rows] for table in (fresh.modes, fresh.switches)]
    said = run(course=COURSE)
    assert [[dict(row.values) for row in table.rows] for table in (fresh.modes, fresh.switches)] == before
    assert "has the mode honor" in said and "now" not in said


def test_a_switch_that_is_off_is_switched_on(fresh):
    fresh.switches.add(name=course_setup.SWITCH, active=False)
    run(course=COURSE)
    assert [row.active for row in fresh.switches.rows] == [True]


def test_auditors_are_moved_only_when_asked(fresh):
    people = [
        fresh.enrollments.add(id=1, course_id=KEY, mode="audit", is_active=True),
        fresh.enrollments.add(id=2, course_id=KEY, mode="audit", is_active=False),
        fresh.enrollments.add(id=3, course_id=KEY, mode="verified", is_active=True),
        fresh.enrollments.add(id=4, course_id=course_key("course-v1:A+B+C"), mode="audit", is_active=True),
    ]
    assert "1 people audit the course" in run(course=COURSE)
    assert [one.mode for one in people] == ["audit", "audit", "verified", "audit"]
    assert "Moved from audit to honor: 1." in run(course=COURSE, move_auditors=True)
    assert [one.mode for one in people] == ["honor", "audit", "verified", "audit"]


def test_another_mode(fresh):
    fresh.without_honor = True
    with pytest.raises(CommandError, match="no certificates in the mode honor"):
        run(course=COURSE)
    assert fresh.switches.rows == []
    assert "now has the mode verified" in run(course=COURSE, mode="verified")


def test_authors_find_the_blocks(fresh):
    said = run(course=COURSE, menu=True)
    ((course, user),) = fresh.saved
    assert (
        course.advanced_modules
        == ["poll", "dti_scenario", "dti_case_law", "dti_pledge", "dti_review", "dti_activity", "dti_video"]
        and user == -1
    )
    assert "dti_scenario, dti_case_law, dti_pledge, dti_review, dti_activity" in said
    assert "nothing to add" in run(course=COURSE, menu=True) and len(fresh.saved) == 1
    assert fresh.modes.rows == fresh.switches.rows == []


@pytest.mark.parametrize("options", [{}, {"menu": True}])
def test_a_course_that_is_not_there(fresh, options):
    with pytest.raises(CommandError, match="There is no course course-v1:A\\+B\\+C"):
        run(course="course-v1:A+B+C", **options)
    with pytest.raises(CommandError, match="is no course key"):
        run(course="DTI 101", **options)
    assert fresh.modes.rows == fresh.saved == []


@pytest.mark.parametrize(("command", "options"), [("dti_setup", {}), ("dti_setup", {"menu": True}), ("dti_import", {})])
def test_where_there_is_no_platform(command, options):
    with pytest.raises(CommandError, match=r"There is no (Open edX|Studio) around this command"):
        run(command, course=COURSE, **options)


# -- the course that ships -------------------------------------------------------------------------------------------------


@pytest.fixture
def importing(monkeypatch):
    """A Studio without courses, and what its command `import` was given."""
    platform, given = install(monkeypatch, Platform()), []

    def called(name, folder, *courses):
        from dti_xblocks.course.identity import identity
        from dti_xblocks.course.source import course_root

        (course,) = courses
        found = identity(course_root(dti_import.Path(folder) / course))
        given.append((name, found.key, found.title))
        platform.course(found.key)

    monkeypatch.setattr(dti_import, "call_command", called)
    return platform, given


@pytest.mark.slow
def test_the_course_is_imported_and_what_follows_is_said(importing):
    _platform, given = importing
    said = run("dti_import")
    assert given == [("import", "course-v1:DTI+DTI101+v1", "Duty to Intervene")]
    assert "Imported duty-to-intervene-" in said and "tutor local do dti-setup --course course-v1:DTI+DTI101+v1" in said


@pytest.mark.slow
def test_the_course_is_imported_in_spanish_beside_the_english_one(importing):
    platform, given = importing
    platform.course(dti_import.SHIPPED)
    said = run("dti_import", language="es-419")
    ((_import, key, title),) = given
    assert key == "course-v1:DTI+DTI101+v1-es" and title != ""
    assert "Imported duty-to-intervene-es-419-" in said


def test_the_languages_of_the_import_are_those_that_ship():
    from dti_xblocks.course.languages.outlines import shipped_languages
    from dti_xblocks.tutor import pieces

    known = {code: f"{dti_import.SHIPPED}{language.run}" for code, language in shipped_languages().items()}
    assert {"": dti_import.SHIPPED, **known} == dti_import.SHIPPED_IN == pieces.LANGUAGES


@pytest.mark.parametrize(
    ("transformer", "block"),
    [({"ItemBankMixin": object}, "itembank"), ({"LegacyLibraryContentBlock": object}, "library_content"), (None, "itembank")],
    ids=["verawood", "teak", "moved"],
)
def test_questions_are_drawn_by_the_block_whose_grades_are_right(monkeypatch, transformer, block):
    names = ["lms", "lms.djangoapps", "lms.djangoapps.course_blocks", "lms.djangoapps.course_blocks.transformers"]
    for name in names:
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    if transformer is not None:
        sys.modules[names[-1]].library_content = types.SimpleNamespace(**transformer)
    assert course_setup.banks() == block


@pytest.mark.slow
def test_the_course_is_imported_under_a_key_of_the_institution(importing):
    _platform, given = importing
    run("dti_import", course="course-v1:Academy+POL7+2027")
    assert given == [("import", "course-v1:Academy+POL7+2027", "Duty to Intervene")]


@pytest.mark.slow
def test_nothing_is_imported_over_a_course_unasked(importing):
    platform, given = importing
    platform.course(dti_import.SHIPPED)
    with pytest.raises(CommandError, match="is there already, and nothing was changed"):
        run("dti_import")
    assert given == []
    run("dti_import", again=True)
    assert len(given) == 1


@pytest.mark.slow
def test_an_import_that_leaves_no_course_is_a_fault(importing, monkeypatch):
    monkeypatch.setattr(dti_import, "call_command", lambda *_arguments: None)
    with pytest.raises(CommandError, match="ended without a course"):
        run("dti_import")


def test_a_key_that_is_none_is_said(importing):
    with pytest.raises(CommandError, match="is no course key"):
        run("dti_import", course="DTI 101")
