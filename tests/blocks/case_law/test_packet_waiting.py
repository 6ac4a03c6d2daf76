"""Waiting for a packet: how far it is, what ends the waiting, and how many one learner can have made."""

import json
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.storage import InMemoryStorage
from django.test.utils import override_settings

from dti_xblocks import pdf
from dti_xblocks.blocks.case_law import packets as case_law_packets
from dti_xblocks.case_law.library import library
from dti_xblocks.records.case_law import packets
from dti_xblocks.records.models import Packet
from tests.blocks.case_law.packet_site import ask, block, follow, html, link, text, title
from tests.runtime import OTHER, STAFF, again, get, post

pytestmark = pytest.mark.usefixtures("site")

# -- waiting ---------------------------------------------------------------------------------------------------------------------


def test_waiting_shows_how_far_it_is_and_ends_at_the_file(slow, monkeypatch):
    sent = []
    monkeypatch.setattr(case_law_packets, "later", lambda work, number: sent.append(number))
    here = block()
    tree = ask(here, which="library")
    assert title(tree) == "Your packet is being made" and "Waiting for its turn." in text(tree)
    (wait,) = tree.xpath("//*[@data-dti-packet-wait]")
    state = urlsplit(wait.get("data-state-url"))
    row = Packet.objects.get()
    assert sent == [row.id]
    job = packets.take(row.id, datetime.now(UTC))
    packets.JOBS.heartbeat(job, 12, datetime.now(UTC))
    told = html(follow(again(here), state, json=True))
    assert text(told) == f"Being made: page 12 of about {row.expected}."
    assert told.xpath("//progress/@value") == ["12"] and told.xpath("//@data-dti-packet-state") == ["working"]
    packets.JOBS.heartbeat(job, row.expected + 3, datetime.now(UTC))
    assert text(html(follow(again(here), state, json=True))) == f"Being made: page {row.expected + 3}, nearly done."
    packets.finish(job, b"%PDF-x", datetime.now(UTC))
    assert html(follow(again(here), state, json=True)).xpath("//@data-dti-packet-state") == ["ready"]
    shown = html(follow(again(here), urlsplit(wait.get("data-show-url")), json=True))
    assert title(shown) == "Your packet is ready"
    ask(again(here), which="library")
    assert sent == [row.id]


def test_a_failure_is_told_and_can_be_tried_again(slow, monkeypatch):
    sent = []
    monkeypatch.setattr(case_law_packets, "later", lambda work, number: sent.append(number))
    here = block()
    ask(here, which="library")
    row = Packet.objects.get()
    packets.JOBS.fail(packets.take(row.id, datetime.now(UTC)), "time", datetime.now(UTC))
    tree = html(get(again(here), "packet", "which=library&show=1", json=True))
    assert title(tree) == "Your packet could not be made" and "took too long" in text(tree)
    (form,) = tree.xpath("//form")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input")}
    assert title(html(post(again(here), "packet_make", fields))) == "Your packet is being made"
    assert sent == [row.id, row.id]


@pytest.mark.parametrize("look", ["make", "show", "state"])
def test_a_dead_worker_is_replaced_while_somebody_waits(slow, monkeypatch, look):
    sent = []
    monkeypatch.setattr(case_law_packets, "later", lambda work, number: sent.append(number))
    here = block()
    ask(here)
    row = Packet.objects.get()
    packets.take(row.id, datetime.now(UTC))

    def again_by(look):
        if look == "make":
            return post(again(here), "packet_make", {"which": "module"})
        if look == "show":
            return get(again(here), "packet", "which=module&show=1", json=True)
        return get(again(here), "packet_state", f"digest={row.digest}", json=True)

    assert again_by(look).status_code == 200 and len(sent) == 1
    Packet.objects.update(beat_at=datetime.now(UTC) - timedelta(seconds=61))
    for _time in range(3):
        assert again_by(look).status_code == 200
    assert sent == [row.id, row.id]


def test_too_many_at_once_are_refused(slow, monkeypatch):
    monkeypatch.setattr(case_law_packets, "later", lambda work, number: None)
    here = block()
    for slug in library().slugs[: packets.MOST_AT_WORK]:
        ask(again(here), which="chosen", refs=slug)
    answer = post(again(here), "packet_make", {"which": "chosen", "refs": library().slugs[-1]})
    assert answer.status_code == 429 and "Wait for one of them" in json.loads(answer.body)["error"]


def test_a_file_that_vanished_is_made_again(site):
    here = block()
    address = link(ask(here), "Download the PDF")
    packets.storage().delete(Packet.objects.get().file)
    answer = follow(again(here), address)
    assert answer.status_code == 409 and b"made again" in answer.body
    ask(again(here))
    assert follow(again(here), address).status_code == 200 and len(site) == 2


def test_making_in_a_thread_lets_the_request_go_at_once(site):
    here = block()
    with override_settings(DTI_RENDER="thread"):
        ask(here)
        deadline = time.monotonic() + 120
        while Packet.objects.get().state != "ready":
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert title(html(get(again(here), "packet", "which=module&show=1", json=True))) == "Your packet is ready"


def test_a_real_file_comes_out_in_the_end(monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(packets, "storage", InMemoryStorage)  # found again nowhere: as good as vanished
    store = InMemoryStorage()
    monkeypatch.setattr(packets, "storage", lambda: store)
    with override_settings(DTI_RENDER="request"):
        here = block()
        answer = follow(again(here), link(ask(here), "Download the PDF"))
    assert answer.body.startswith(b"%PDF-1.7") and len(answer.body) > 20_000


def test_in_the_default_storage_it_has_a_folder_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr(packets, "storage", lambda: packets.default_storage)
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        ask(block())
        (file,) = tmp_path.rglob("*.pdf")
        assert file.relative_to(tmp_path).parts[:2] == ("dti", "packets")


def test_another_storage_can_be_named(monkeypatch):
    monkeypatch.undo()
    alias = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "packets": alias}, DTI_PACKET_STORAGE="packets"):
        assert isinstance(packets.storage(), InMemoryStorage)


# -- how often, and by whom ------------------------------------------------------------------------------------------------------


def test_the_same_hopeless_document_is_not_tried_again_within_the_hour(slow, monkeypatch):
    sent = []
    monkeypatch.setattr(case_law_packets, "later", lambda work, number: sent.append(number))
    here = block()
    ask(here, which="library")
    row = Packet.objects.get()
    packets.JOBS.fail(packets.take(row.id, datetime.now(UTC)), "pages", datetime.now(UTC))
    tree = ask(again(here), which="library")
    assert title(tree) == "Your packet could not be made" and "Try again" not in text(tree)
    assert sent == [row.id]
    Packet.objects.update(beat_at=datetime.now(UTC) - packets.FAILED_LIFE)
    assert title(ask(again(here), which="library")) == "Your packet is being made"


def test_one_learner_cannot_have_packets_made_without_end(site):
    here = block()
    for number in range(case_law_packets.MOST_IN_AN_HOUR):
        Packet.objects.all().delete()
        assert post(again(here), "packet_make", {"which": "module", "format": "pdf"}).status_code == 200, number
    Packet.objects.all().delete()
    answer = post(again(here), "packet_make", {"which": "module", "format": "pdf"})
    assert answer.status_code == 429 and "in this hour" in json.loads(answer.body)["error"]
    assert post(again(here, OTHER), "packet_make", {"which": "module", "format": "pdf"}).status_code == 200


def test_what_is_there_already_is_not_counted(site):
    here = block()
    for _time in range(case_law_packets.MOST_IN_AN_HOUR + 2):
        assert post(again(here), "packet_make", {"which": "module", "format": "pdf"}).status_code == 200
    assert len(site) == 1


def test_workers_without_weasyprint_are_learned_of(site, monkeypatch):
    def unavailable(html, **_options):
        raise pdf.PdfUnavailableError("Install Pango.")

    monkeypatch.setattr(pdf, "render_apart", unavailable)
    ask(block())
    tree = html(get(block(user=STAFF), "packet", json=True))
    assert not tree.xpath("//input[@value='pdf']") and "could not load WeasyPrint" in text(tree)
    Packet.objects.update(beat_at=datetime.now(UTC) - case_law_packets.LEARNED_LATELY)
    assert html(get(block(), "packet", json=True)).xpath("//input[@value='pdf']")
