"""A pledge block of a course whose people are known, on a site without a key."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings

from dti_xblocks.copies import Copy
from tests.keys import new_key
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import again, make_block


@pytest.fixture(autouse=True)
def no_key():
    with override_settings(DTI_PLEDGE_KEYS=None):
        yield


@pytest.fixture(autouse=True)
def unspoiled():
    """A chain of the tests' course that nobody has altered, before and after: some of these tests do."""
    from tests.blocks.pledge.staff.at_work import forget_course  # models: Django comes first

    forget_course()
    yield
    forget_course()


@pytest.fixture
def block():
    from dti_xblocks.pledge_block import PledgeBlock
    from tests.blocks.pledge.staff.at_work import PEOPLE

    made = make_block(PledgeBlock, PLEDGE_OLX, display_name="Our pledge", enrolled={101, 102, 103})
    return again(made, people=PEOPLE)


@pytest.fixture
def made(monkeypatch):
    """A stand-in for the PDF files: what was made, in order."""
    from dti_xblocks.records import tasks, views
    from dti_xblocks.records.models import PledgeCopy
    from dti_xblocks.seals import file
    from dti_xblocks.seals.site import site_keys

    done = []

    def copy_of(row):
        done.append(row.code)
        ring = site_keys().ring
        body = f"%PDF {row.code}".encode()
        if ring.private is not None:
            body = file.put(body + file.marker(row.code, ring.key_id), ring)
        PledgeCopy.objects.get_or_create(
            pledge=row.id, defaults={"body": body, "digest": "d" * 64, "signed": False, "made_at": datetime.now(UTC)}
        )
        return Copy(body, "sealed")

    monkeypatch.setattr(tasks, "copy_of", copy_of)
    monkeypatch.setattr(views, "copy_of", copy_of)
    monkeypatch.setattr(views, "address", lambda token: f"/dti/pledges/{token}.zip")
    with override_settings(DTI_RENDER="request"):
        yield done


@pytest.fixture
def with_key(sealing_key):
    with override_settings(DTI_PLEDGE_KEYS={"private": sealing_key}):
        yield


@pytest.fixture(scope="module")
def sealing_key():
    return new_key()
