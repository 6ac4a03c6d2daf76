"""The kept PDF files are checked with their records, from their bytes."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from dti_xblocks.copies import copy_of
from dti_xblocks.records import models
from dti_xblocks.records.pledge import check as pledge_check
from dti_xblocks.seals import pades
from dti_xblocks.seals.site import site_keys
from tests.pdf import pledge_samples as samples
from tests.pdf.kept_files import blanked, put_in, signed_by_a_stranger

SETTING = samples.institution("Department of checked files")
COURSE = "course-v1:Files+1+2026"


@pytest.fixture(autouse=True)
def keys():
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        yield


@pytest.fixture(scope="module")
def made():
    """Two signatures of a course, each with its file, and what each table holds of them."""
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        rows = samples.signed_row(course=COURSE), samples.signed_row(course=COURSE)
        for row in rows:
            copy_of(row)
    tables = {
        models.SignedPledge: {"course_key": COURSE},
        models.PledgeLink: {"chain": COURSE},
        models.PledgeChain: {"chain": COURSE},
        models.PledgeCopy: {"pledge__in": [row.id for row in rows]},
    }
    kept = [(model, only, list(model.objects.filter(**only))) for model, only in tables.items()]
    yield rows, kept
    for model, only, _rows in kept:
        model.objects.filter(**only).delete()


@pytest.fixture
def pair(made):
    """The two signatures and their files, as they were made."""
    rows, kept = made
    for model, only, before in kept:
        model.objects.filter(**only).delete()
        model.objects.bulk_create(before)
    return rows


def report(files=True):
    return pledge_check.check(COURSE, site_keys().checking, files=files)


def faults():
    return [(each.table, each.code, each.fault, each.what) for each in report().findings]


def test_sound_files_are_counted(pair):
    assert (report().files, report().faults, report().files_in_part) == (2, 0, 0)
    assert report(files=False).files == 0


@pytest.mark.parametrize(("change", "fault"), [(blanked, "file"), (lambda body: body[:-1], "file"), (lambda body: b"%PDF", "file"),
                                               (signed_by_a_stranger, "file-key")])  # fmt: skip
def test_an_altered_file_is_found_whatever_its_row_says(pair, change, fault):
    row = pair[0]
    put_in(row, change(bytes(models.PledgeCopy.objects.get(pledge=row.id).body)))
    assert ("PledgeCopy", row.code, fault, "") in faults()
    assert report(files=False).sound


def test_files_that_changed_places_are_found(pair):
    first, second = (models.PledgeCopy.objects.get(pledge=row.id) for row in pair)
    put_in(pair[0], bytes(second.body))
    put_in(pair[1], bytes(first.body))
    assert faults() == [
        ("PledgeCopy", pair[0].code, "file-code", pair[1].code),
        ("PledgeCopy", pair[1].code, "file-code", pair[0].code),
    ]


@pytest.mark.parametrize(("column", "value"), [("digest", "0" * 64), ("signed", False), ("pledge", 10**9)])
def test_each_column_is_held_against_the_file(pair, column, value):
    models.PledgeCopy.objects.filter(pledge=pair[0].id).update(**{column: value})
    try:
        assert faults() == [("PledgeCopy", pair[0].code, "file-column", column)]
    finally:
        models.PledgeCopy.objects.filter(pledge=10**9).delete()


def test_the_command_checks_files_unless_told_not_to(pair, monkeypatch):
    def told(*arguments):
        out = io.StringIO()
        call_command("verify_pledges", COURSE, *arguments, stdout=out, stderr=io.StringIO(), no_color=True)
        return out.getvalue()

    assert "2 kept PDF files were checked." in told()
    put_in(pair[0], blanked(bytes(models.PledgeCopy.objects.get(pledge=pair[0].id).body)))
    assert "  sound" in told("--no-files")
    with pytest.raises(CommandError, match="FAULTS"):
        told()
    monkeypatch.setattr(pades, "installed", lambda: False)
    assert "2 PDF signatures were not checked: pyHanko is not installed" in told()
