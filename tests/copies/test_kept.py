"""A kept file is checked before it is given away: its code, its seal, its PDF signature."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from django.test import override_settings

from dti_xblocks.copies import CopyUnsoundError, copy_of
from dti_xblocks.records import models
from dti_xblocks.records.pledge import bundles
from tests.pdf import pledge_samples as samples
from tests.pdf.kept_files import blanked, put_in, signed_by_a_stranger

SETTING = samples.institution("Department of kept files")


@pytest.fixture(autouse=True)
def keys():
    with override_settings(DTI_PLEDGE_KEYS=SETTING):
        yield


def in_zip(row) -> tuple[list[str], str]:
    """The names in the ZIP of the block of `row`, and its list."""
    bundle = SimpleNamespace(usage_key=row.usage_key, up_to=row.id)
    body = b"".join(bundles.zipped(bundle, lambda _row: pytest.fail("a file is kept")))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.namelist(), archive.read("signed-pledges.csv").decode()


@pytest.mark.parametrize("change", [blanked, signed_by_a_stranger, lambda body: body[:99] + b"X" + body[100:], lambda _body: b"%PDF-1.7"],
                         ids=["update", "stranger", "byte", "other"])  # fmt: skip
def test_an_altered_file_is_not_given_away(caplog, change):
    row = samples.signed_row()
    made = copy_of(row)
    assert in_zip(row)[0] == [bundles.file_name(row), "signed-pledges.csv"]
    put_in(row, change(made.body))
    with pytest.raises(CopyUnsoundError):
        copy_of(row)
    assert f"The kept file of the pledge {row.id} is not given away" in caplog.text
    names, listed = in_zip(row)
    assert names == ["signed-pledges.csv"] and row.code in listed
    put_in(row, made.body)
    assert copy_of(row) == made


def test_the_file_of_somebody_else_is_not_given_away(caplog):
    mine, theirs = samples.signed_row(), samples.signed_row(name="Ben Okafor", account="Ben Okafor")
    body = copy_of(theirs).body
    copy_of(mine)
    put_in(mine, body)
    with pytest.raises(CopyUnsoundError, match="other-code"):
        copy_of(mine)
    assert in_zip(mine)[0] == ["signed-pledges.csv"]


def test_where_no_key_is_known_only_the_code_is_compared():
    mine, theirs = samples.signed_row(), samples.signed_row()
    made, other = copy_of(mine), copy_of(theirs)
    with override_settings(DTI_PLEDGE_KEYS=None):
        assert copy_of(mine) == made
        models.PledgeCopy.objects.filter(pledge=mine.id).delete()
        models.PledgeCopy.objects.filter(pledge=theirs.id).update(pledge=mine.id)
        assert other.body != made.body
        with pytest.raises(CopyUnsoundError):
            copy_of(mine)
