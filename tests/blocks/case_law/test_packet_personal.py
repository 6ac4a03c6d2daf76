"""Packets with a learner's own notes: nobody else gets one."""

import pytest

from dti_xblocks.blocks.case_law import notebook
from dti_xblocks.blocks.case_law import packets as case_law_packets
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.case_law import marks, packets
from dti_xblocks.records.models import Packet, ReaderMark
from tests.blocks.case_law.packet_site import ask, block, follow, html, link, note, text, title
from tests.runtime import LEARNER, OTHER, STAFF, again, get, post

pytestmark = pytest.mark.usefixtures("site")


def test_a_personal_packet_has_the_notes_and_is_nobody_elses(site):
    here = block()
    note(here)
    tree = ask(again(here), personal="1")
    assert "Keep it where only you can read it" in text(tree)
    assert "My own words." in site[0] and "Ana Reyes" in site[0]
    address = link(tree, "Download the PDF")
    assert follow(again(here), address).status_code == 200
    row = Packet.objects.get()
    assert (row.owner_id, row.file, bytes(row.body)) == (LEARNER.user_id, "", b"%PDF-Packet: one & two")
    assert packets.storage().listdir("") == ([], [])
    for person in (OTHER, STAFF):
        answer = follow(again(here, person), address)
        assert answer.status_code == 409 and b"%PDF" not in answer.body
        state = get(again(here, person), "packet_state", f"digest={row.digest}", json=True)
        assert state.status_code == 404


def test_without_the_wish_no_note_is_in_a_packet(site):
    here = block()
    note(here)
    ask(again(here))
    assert "My own words." not in site[0] and "Ana Reyes" not in site[0]
    assert Packet.objects.get().owner_id == 0


def test_the_notes_of_another_learner_never_are(site):
    here = block()
    note(here)
    ask(again(here, OTHER), personal="1")
    assert "My own words." not in site[0]
    tree = get(again(here, OTHER), "packet_html", "which=module&personal=1")
    assert b"My own words." not in tree.body
    assert b"My own words." in get(again(here), "packet_html", "which=module&personal=1").body


def test_staff_who_look_as_a_learner_get_no_notes(site, monkeypatch):
    here = block()
    note(here)
    for module in (notebook, case_law_packets):
        monkeypatch.setattr(module, "is_impersonated", lambda learner: True)
    assert post(again(here), "packet_make", {"which": "module", "format": "pdf", "personal": "1"}).status_code == 403
    assert site == []
    assert b"My own words." not in get(again(here), "packet_html", "which=module&personal=1").body
    assert "personal" not in text(html(get(again(here), "packet", json=True)))


def test_a_new_note_makes_a_new_packet(site):
    here = block()
    note(here)
    first = link(ask(again(here), personal="1"), "Download the PDF")
    note(here, "Second thoughts.")
    answer = follow(again(here), first)
    assert answer.status_code == 409 and b"has changed" in answer.body
    ask(again(here), personal="1")
    assert len(site) == 2 and "Second thoughts." in site[1]
    assert follow(again(here), first).status_code == 200


def test_where_notes_cannot_be_read_the_packet_is_made_without_them(site, monkeypatch):
    def gone(*_values):
        raise RecordsUnavailableError("gone")

    monkeypatch.setattr(marks, "of_learner", gone)
    assert title(ask(block(), personal="1")) == "Your packet is ready"


def test_a_note_taken_back_is_in_no_file_any_more(site):
    here = block()
    note(here)
    ask(again(here), personal="1")
    assert Packet.objects.filter(owner_id=LEARNER.user_id).exists()
    (mark,) = ReaderMark.objects.exclude(slug="")
    assert post(again(here), "mark_remove", {"ref": "graham-v-connor", "id": str(mark.id)}).status_code == 200
    assert not Packet.objects.filter(owner_id=LEARNER.user_id).exists()
