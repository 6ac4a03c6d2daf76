"""All PDF files as a ZIP."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from dti_xblocks.blocks.pledge import staff as pledge_staff
from dti_xblocks.records import tasks, views
from dti_xblocks.records.models import (
    PledgeBundle,
)
from dti_xblocks.records.pledge import bundles
from tests.blocks.pledge.staff.at_work import OTHER_STAFF, reads, sign, staff
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, get, post


def fetched(block, user=STAFF, at=None):
    """The answer of the ZIP's address, asked for by `user`."""
    answer = get(staff(block), "signed_files") if at is None else None
    token = (at or answer.location).rpartition("/")[2].removesuffix(".zip")
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(pk=user.user_id, is_authenticated=True) if user.user_id else AnonymousUser()
    return views.download(request, token)


def test_files_are_prepared_and_downloaded(block, made, with_key):
    rows = [sign(block), sign(block, OTHER)]
    html = get(staff(block), "signatures", "part=files").text
    assert "Prepare the files" in html and "Download the files" not in html
    assert get(staff(block), "signed_files").status_code == 404
    assert post(staff(block), "prepare_files").status_code == 200
    assert made == [row.code for row in rows]
    assert "Download the files (ZIP)" in get(staff(block), "signatures", "part=files").text
    assert "Ready: 2 files" in get(staff(block), "files_state", json=True).json["html"]
    answer = get(staff(block), "signed_files")
    assert answer.status_code == 303 and answer.location.startswith("/dti/pledges/")
    response = fetched(block, at=answer.location)
    assert response.status_code == 200 and response["Cache-Control"] == "private, no-store"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    assert archive.namelist() == [f"reyes-{rows[0].code}.pdf", f"okafor-{rows[1].code}.pdf", "signed-pledges.csv"]
    assert archive.read(f"reyes-{rows[0].code}.pdf").startswith(f"%PDF {rows[0].code}".encode())
    assert rows[1].code in archive.read("signed-pledges.csv").decode("utf-8-sig")
    assert made == [row.code for row in rows]  # nothing was made twice
    assert reads(block)[-1] == {"what": "bundle", "of": "", "count": 2}


def test_the_address_is_one_persons(block, made, with_key):
    sign(block)
    post(staff(block), "prepare_files")
    address = get(staff(block), "signed_files").location
    assert fetched(block, STAFF, address).status_code == 200
    for user in (LEARNER, OTHER_STAFF, ANONYMOUS):
        answer = fetched(block, user, address)
        assert answer.status_code == 404 and b"PDF" not in answer.content
    assert fetched(block, STAFF, address[:-8] + "x.zip").status_code == 404
    assert fetched(block, STAFF, "/dti/pledges/nothing.zip").status_code == 404


def test_the_address_runs_out(block, made, with_key, monkeypatch):
    sign(block)
    post(staff(block), "prepare_files")
    address = get(staff(block), "signed_files").location
    monkeypatch.setattr(bundles, "TOKEN_LIFE", timedelta(0))
    assert fetched(block, STAFF, address).status_code == 404


def test_another_member_of_staff_has_to_ask_too(block, made, with_key):
    sign(block)
    post(staff(block), "prepare_files")
    assert get(again(block, Person(203, "captain", "Cap Tain", staff=True)), "signed_files").status_code == 404


def test_without_a_key_files_are_made_while_they_are_downloaded(block, made):
    row = sign(block)
    html = get(staff(block), "signatures", "part=files").text
    assert "each is made while you download" in html
    post(staff(block), "prepare_files")
    assert made == []
    archive = zipfile.ZipFile(io.BytesIO(b"".join(fetched(block).streaming_content)))
    assert archive.namelist()[0] == f"reyes-{row.code}.pdf" and made == [row.code]


def test_where_no_pdf_can_be_made_nothing_is_begun(block, monkeypatch):
    sign(block)
    monkeypatch.setattr(pledge_staff, "pdf_fault", lambda: "no WeasyPrint")
    assert post(staff(block), "prepare_files").status_code == 503
    assert not PledgeBundle.objects.filter(usage_key=block.where.usage).exists()


def test_a_site_without_our_addresses_says_so(block, made, with_key, monkeypatch):
    sign(block)
    post(staff(block), "prepare_files")
    monkeypatch.setattr(views, "address", lambda token: "")
    assert get(staff(block), "signed_files").status_code == 503
    assert not [event for event in reads(block) if event["what"] == "bundle"]


def test_a_worker_that_died_is_replaced_by_looking(block, made, with_key, monkeypatch):
    sign(block)
    monkeypatch.setattr(pledge_staff.work, "later", lambda task, number: None)
    post(staff(block), "prepare_files")
    bundle = PledgeBundle.objects.get(usage_key=block.where.usage)
    assert bundle.state == "waiting" and "Files made: 0 of 1" in get(staff(block), "files_state", json=True).json["html"]
    PledgeBundle.objects.filter(id=bundle.id).update(state="working", tries=1, beat_at=datetime.now(UTC) - timedelta(minutes=5))
    sent = []
    monkeypatch.setattr(pledge_staff.work, "later", lambda task, number: sent.append(number))
    get(staff(block), "files_state")
    get(staff(block), "files_state")
    assert sent == [bundle.id]
    tasks.make_pledge_files(bundle.id)
    assert PledgeBundle.objects.get(id=bundle.id).state == "ready"
