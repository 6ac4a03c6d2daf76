"""All PDF files of a block: made in the background, taken over when a worker dies, put together as they are downloaded."""

import io
import itertools
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from dti_xblocks.records import jobs
from dti_xblocks.records.models import PledgeBundle, PledgeCopy, SignedPledge
from dti_xblocks.records.pledge import bundles
from dti_xblocks.seals import file
from dti_xblocks.seals.site import site_keys
from tests.keys import new_key

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
KEYS = {"private": new_key()}
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def empty():
    with override_settings(DTI_PLEDGE_KEYS=KEYS):
        yield
    PledgeBundle.objects.filter(course_key="files").delete()
    ids = SignedPledge.objects.filter(course_key="files").values("id")
    PledgeCopy.objects.filter(pledge__in=list(ids.values_list("id", flat=True))).delete()
    SignedPledge.objects.filter(course_key="files").delete()


def signed(user_id, usage="block", username=None, document=True):
    code = f"FILE-{next(_numbers):04}"
    return SignedPledge.objects.create(
        user_id=user_id, username=username or f"user{user_id}", course_key="files", usage_key=usage, full_name="N", signed_name="S",
        wording_hash="w", language="en", document={"code": code} if document else None, document_hash="h", code=code,
        code_digest=code, signed_at=NOW,
    )  # fmt: skip


def keep(row, body=b"%PDF"):
    ring = site_keys().ring
    body = file.put(body + file.marker(row.code, ring.key_id), ring)
    PledgeCopy.objects.create(pledge=row.id, body=body, digest="d" * 64, signed=True, made_at=NOW)


def clock():
    return NOW + SECOND


def ready(make=keep):
    row, _new = bundles.ask(7, "files", "block", NOW)
    job = bundles.take(row.id, NOW)
    bundles.work(job, make, clock)
    assert bundles.finish(job, NOW)
    return PledgeBundle.objects.get(id=row.id)


def unzipped(bundle, make=lambda row: b"made now"):
    return zipfile.ZipFile(io.BytesIO(b"".join(bundles.zipped(bundle, make))))


def test_what_is_being_made_is_not_begun_again():
    signed(1)
    row, new = bundles.ask(7, "files", "block", NOW)
    assert new and (row.state, row.total, row.done) == ("waiting", 1, 0)
    again, new = bundles.ask(7, "files", "block", NOW + SECOND)
    assert (again.id, new) == (row.id, False)
    assert bundles.ask(8, "files", "block", NOW)[0].id != row.id  # somebody else's is another


def test_asking_after_it_is_ready_begins_anew_with_all_there_are():
    signed(1)
    first = ready()
    signed(2)
    row, new = bundles.ask(7, "files", "block", NOW)
    assert new and row.total == 2 and row.id != first.id
    assert PledgeBundle.objects.filter(owner_id=7, usage_key="block").count() == 1


def test_only_files_that_are_missing_are_made():
    rows = [signed(number) for number in range(4)]
    keep(rows[1])
    signed(9, document=False)
    signed(9, usage="another block")
    made = []
    bundle = ready(lambda row: (made.append(row.id), keep(row)))
    assert made == [rows[0].id, rows[2].id, rows[3].id]
    assert (bundle.state, bundle.total, bundle.done) == ("ready", 4, 4)


def test_progress_counts_the_files():
    for number in range(3):
        signed(number)
    row, _new = bundles.ask(7, "files", "block", NOW)
    seen = []
    bundles.work(
        bundles.take(row.id, NOW), lambda row: (seen.append(PledgeBundle.objects.get(owner_id=7).done), keep(row)), clock
    )
    assert seen == [0, 1, 2] and PledgeBundle.objects.get(owner_id=7).done == 3


def test_a_file_that_cannot_be_made_does_not_stop_the_others():
    rows = [signed(number) for number in range(3)]

    def make(row):
        if row.id == rows[1].id:
            raise ValueError("broken")
        keep(row)

    bundle = ready(make)
    archive = unzipped(bundle, lambda row: 1 / 0)
    assert archive.namelist() == [bundles.file_name(rows[0]), bundles.file_name(rows[2]), "signed-pledges.csv"]
    lines = archive.read("signed-pledges.csv").decode("utf-8-sig").splitlines()
    assert len(lines) == 4 and lines[2].endswith(",,")  # the list says that it is missing


def test_where_no_file_can_be_made_the_job_ends():
    signed(1)
    signed(2)
    row, _new = bundles.ask(7, "files", "block", NOW)
    calls = []

    def make(row):
        calls.append(row.id)
        raise bundles.HopelessError("unavailable")

    with pytest.raises(bundles.HopelessError):
        bundles.work(bundles.take(row.id, NOW), make, clock)
    assert len(calls) == 1


def test_a_worker_that_died_is_replaced_and_its_work_is_kept():
    rows = [signed(number) for number in range(3)]
    row, _new = bundles.ask(7, "files", "block", NOW)
    old = bundles.take(row.id, NOW)
    keep(rows[0])  # and then it died
    assert bundles.take(row.id, NOW + SECOND) is None  # it may still be alive
    late = NOW + bundles.JOBS.silence + SECOND
    found = PledgeBundle.objects.get(id=row.id)
    assert [bundles.JOBS.given_up(found, late), bundles.JOBS.given_up(found, late)] == [True, False]  # one is sent, not two
    new = bundles.take(row.id, late)
    made = []
    bundles.work(new, lambda row: (made.append(row.id), keep(row)), lambda: late)
    assert made == [rows[1].id, rows[2].id]
    with pytest.raises(jobs.OvertakenError):
        bundles.work(old, keep, clock)
    assert not bundles.finish(old, NOW) and not bundles.JOBS.fail(old, "x", NOW) and bundles.finish(new, NOW)


def test_a_job_is_not_tried_for_ever():
    signed(1)
    row, _new = bundles.ask(7, "files", "block", NOW)
    at = NOW
    for _try in range(bundles.JOBS.tries):
        assert bundles.take(row.id, at) is not None
        at += bundles.JOBS.silence + SECOND
    assert bundles.take(row.id, at) is None
    row = PledgeBundle.objects.get(id=row.id)
    assert (row.state, row.reason) == ("failed", "lost")


def test_nobody_signed_yet():
    assert unzipped(ready()).namelist() == ["signed-pledges.csv"]


def test_signatures_made_meanwhile_are_not_in_it():
    signed(1)
    bundle = ready()
    signed(2)
    assert len(unzipped(bundle).namelist()) == 2


def test_what_was_erased_meanwhile_is_not_in_it():
    row = signed(1)
    bundle = ready()
    SignedPledge.objects.filter(id=row.id).update(document=None, username="", full_name="", signed_name="")
    PledgeCopy.objects.filter(pledge=row.id).delete()
    assert unzipped(bundle).namelist() == ["signed-pledges.csv"]


@pytest.mark.parametrize(("username", "name"), [
    ("reyes", "reyes"), ("../../etc/passwd", "etc_passwd"), ("josé", "jose"), ("王", "pledge"), ("a/b\\c:d*e?", "a_b_c_d_e"),
    ("CON\x00", "CON"), ("-rf", "rf"), ("x" * 300, "x" * 60), ("=cmd", "cmd"), ("a\r\nb", "a_b"),
])  # fmt: skip
def test_file_names_are_plain(username, name):
    row = SignedPledge(username=username, code="FILE-0001")
    assert bundles.file_name(row) == f"{name}-FILE-0001.pdf"


def test_a_token_is_for_one_person_and_a_ready_bundle():
    signed(1)
    bundle = ready()
    text = bundles.token(7, bundle.id)
    assert bundles.read_token(text, 7).id == bundle.id
    for stranger in (8, None, 0):
        assert bundles.read_token(text, stranger) is None
    assert bundles.read_token(bundles.token(8, bundle.id), 8) is None  # a token of one's own for somebody else's
    assert bundles.read_token(text[:-1], 7) is None and bundles.read_token("", 7) is None
    PledgeBundle.objects.filter(id=bundle.id).update(state="failed")
    assert bundles.read_token(text, 7) is None


def test_the_zip_is_never_in_memory_as_a_whole():
    size, number = 200_000, 60
    for user_id in range(number):
        keep(signed(user_id), b"%" * size)
    bundle = ready()
    tracemalloc.start()
    total = sum(len(piece) for piece in bundles.zipped(bundle, lambda row: b""))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert total > size * number
    assert peak < size * (3 * bundles.PORTION)  # a portion, its copies, and what is on its way
