"""The packets of a case-law block: choosing, waiting, taking away, and that nobody gets what is another's."""

import json
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import InMemoryStorage
from django.test.utils import override_settings
from django.utils import translation
from lxml import etree

from dti_xblocks import pdf
from dti_xblocks.blocks.case_law import notebook, packet_handlers
from dti_xblocks.blocks.case_law import packets as case_law_packets
from dti_xblocks.case_law.anchoring import anchor_at
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.pdf import rendering
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.case_law import marks, packets
from dti_xblocks.records.models import Packet, ReaderMark
from tests.pdf.packet_samples import png
from tests.runtime import ANONYMOUS, COURSE, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

TWO = '<authority ref="graham-v-connor"/><authority ref="18-usc-242"/>'
STRANGER = Person(301, "stranger", "Not Enrolled")
GRAHAM = library().get("graham-v-connor")


@pytest.fixture(autouse=True)
def site(monkeypatch):
    """A site whose renderer is quick, whose storage is its own, and which makes packets in the request. Yields what was made."""
    store, made = InMemoryStorage(), []

    def quick(html, *, title, base_css, heartbeat):
        made.append(html)
        return b"%PDF-" + title.encode()

    monkeypatch.setattr(packets, "storage", lambda: store)
    monkeypatch.setattr(pdf, "render_apart", quick)
    cache.clear()
    for model in (Packet, ReaderMark):
        model.objects.all().delete()
    with override_settings(DTI_RENDER="request"):
        yield made
    for model in (Packet, ReaderMark):
        model.objects.all().delete()


def block(inner=TWO, **options):
    return make_block(CaseLawBlock, inner, display_name="Case law", packet_title="Packet: one & two", **options)


def html(answer):
    assert answer.status_code == 200, answer.body
    return etree.HTML(json.loads(answer.body)["html"])


def text(tree) -> str:
    return " ".join("".join(tree.itertext()).split())


def title(tree) -> str:
    return text(tree.xpath("//h4")[0])


def ask(here, query="", **form):
    return html(post(here, "packet_make", {"which": "module", "format": "pdf", **form}))


def link(tree, words):
    """The query of the link with these words, for `get`."""
    (address,) = [node.get("href") for node in tree.xpath("//a") if words in text(node)]
    return urlsplit(address)


def follow(here, address, **options):
    return get(here, address.path.rstrip("/").rpartition("/")[2], address.query, **options)


def note(here, words="My own words.", person=LEARNER):
    anchor = anchor_at(GRAHAM.parts, "facts", 0, 0, 20)
    marks.add(
        person.user_id,
        str(COURSE),
        f"key-{words}"[:12].lower().replace(" ", "-").replace(".", ""),
        GRAHAM.slug,
        anchor,
        words,
        datetime.now(UTC),
    )


# -- the form --------------------------------------------------------------------------------------------------------------


def test_the_form_offers_list_library_and_selection():
    tree = html(get(block(), "packet", json=True))
    assert [node.get("value") for node in tree.xpath("//input[@name='which']")] == ["module", "library", "chosen"]
    assert tree.xpath("//input[@name='which' and @checked]/@value") == ["module"]
    assert sorted(tree.xpath("//input[@name='refs']/@value")) == list(library().slugs)
    assert tree.xpath("//input[@name='refs']/@value")[:2] == ["graham-v-connor", "18-usc-242"]
    assert tree.xpath("//input[@name='format']/@value") == ["pdf", "html"]
    assert not tree.xpath("//input[@name='personal']")  # there is nothing to put in


def test_the_form_has_a_label_for_every_field_and_headings_below_the_blocks():
    tree = html(get(block(), "packet", json=True))
    for field in tree.xpath("//input[@type != 'hidden']"):
        assert field.getparent().tag == "label" and text(field.getparent())
    assert all(node.xpath("./legend") for node in tree.xpath("//fieldset"))
    assert {node.tag for node in tree.xpath("//h1|//h2|//h3|//h4|//h5")} == {"h4"}


def test_somebody_with_marks_may_have_them_in_it():
    here = block()
    note(here)
    tree = html(get(again(here), "packet", json=True))
    assert tree.xpath("//input[@name='personal']") and "1 in this course" in text(tree)
    assert not html(get(again(here, OTHER), "packet", json=True)).xpath("//input[@name='personal']")


def test_a_link_may_bring_its_choice_along():
    tree = html(get(block(), "packet", "which=chosen&refs=rizzo-v-goode,monroe-v-pape", json=True))
    assert tree.xpath("//input[@name='which' and @checked]/@value") == ["chosen"]
    assert set(tree.xpath("//input[@name='refs' and @checked]/@value")) == {"rizzo-v-goode", "monroe-v-pape"}


def test_a_list_without_authorities_still_has_the_library():
    tree = html(get(block(""), "packet", json=True))
    assert tree.xpath("//input[@name='which']/@value") == ["library", "chosen"]


# -- having one made -------------------------------------------------------------------------------------------------------


def test_the_modules_packet_is_made_and_taken(site):
    here = block()
    tree = ask(here)
    assert title(tree) == "Your packet is ready" and "Packet: one & two" in text(tree)
    answer = follow(again(here), link(tree, "Download the PDF"))
    assert (answer.status_code, answer.content_type, answer.body) == (200, "application/pdf", b"%PDF-Packet: one & two")
    assert 'filename="packet-one-two.pdf"' in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and "no-store" in answer.headers["Cache-Control"]
    assert len(site) == 1 and GRAHAM.facts[:40] in site[0] and "monroe" not in site[0]


def test_taking_the_modules_packet_completes_the_list_and_making_it_does_not():
    here = block()
    tree = ask(here)
    assert here.runtime.place.events("completion") == []
    follow(again(here), link(tree, "Download the PDF"))
    assert here.runtime.place.events("completion") == [{"completion": 1.0}]
    assert here.runtime.place.events("dti.case_law.downloaded") == [{"format": "pdf"}]
    other = block()
    follow(again(other), link(ask(other, which="library"), "Download the PDF"))
    assert other.runtime.place.published == []


def test_a_shared_packet_is_made_once_for_everybody(site):
    here = block()
    for person in (LEARNER, OTHER, STAFF):
        tree = ask(again(here, person))
        assert follow(again(here, person), link(tree, "Download")).status_code == 200
    assert len(site) == 1 and Packet.objects.get().owner_id == 0


def test_the_same_list_in_another_block_is_the_same_packet(site):
    ask(block())
    ask(block())
    assert len(site) == Packet.objects.count() == 1


def test_a_change_of_the_list_makes_another_packet(site):
    ask(block())
    ask(block('<authority ref="graham-v-connor"><holding>Ours.</holding></authority><authority ref="18-usc-242"/>'))
    assert len(site) == 2 and "Ours." in site[1] and "Edited by your agency" in site[1]


def test_a_selection_is_its_makers_own(site):
    here = block()
    tree = html(
        post(here, "packet_make", [("which", "chosen"), ("refs", "rizzo-v-goode"), ("refs", "graham-v-connor"), ("refs", "../x")])
    )
    assert "Packet: one & two: my selection" in text(tree)
    address = link(tree, "Download the PDF")
    assert parse_qs(address.query)["refs"] == ["rizzo-v-goode,graham-v-connor,../x"]
    assert follow(again(here), address).status_code == 200
    assert Packet.objects.get().owner_id == LEARNER.user_id and "Rizzo" in site[0]
    assert follow(again(here, OTHER), address).status_code == 409


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"which": "chosen"}, 400, "at least one"),
        ({"which": "chosen", "refs": "nobody-v-nobody"}, 400, "at least one"),
        ({"which": "everything"}, 409, "what should be in the packet"),
        ({"which": "chosen", "refs": "x" * 4000}, 400, "too many"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(form, status, words, site):
    answer = post(block(), "packet_make", {"format": "pdf", **form})
    assert answer.status_code == status and words in json.loads(answer.body)["error"]
    assert site == [] and not Packet.objects.exists()


def test_the_agency_stands_on_the_cover(site):
    here = block(agency_name="Springfield\u202e Police", agency_logo="/static/seal.png")
    here.runtime.tree = SimpleNamespace(static=SimpleNamespace(find=lambda name: None))
    ask(here)
    assert "<bdi>Springfield Police</bdi>" in site[0] and 'content="Springfield Police"' in site[0]
    assert "cover-logo" not in site[0]


def test_the_agencys_logo_is_in_the_file_itself(site, tmp_path):
    (tmp_path / "seal.png").write_bytes(png())
    here = block(agency_name="Springfield Police", agency_logo="/static/seal.png")
    here.runtime.tree = SimpleNamespace(static=SimpleNamespace(find=lambda name: tmp_path / name))
    ask(here)
    assert 'src="data:image/png;base64,' in site[0] and 'alt="Emblem of Springfield Police"' in site[0]


def test_where_packets_are_switched_off_there_are_none():
    here = block(packets="false")
    assert get(here, "packet", json=True).status_code == 403
    assert post(here, "packet_make", {"which": "module"}).status_code == 403
    for handler in ("packet_file", "packet_html", "packet_print"):
        assert get(here, handler, "which=module").status_code == 403


@pytest.mark.parametrize("person", [ANONYMOUS, STRANGER])
def test_packets_are_for_people_of_the_course(person):
    here = block(user=person)
    assert post(here, "packet_make", {"which": "module"}).status_code == 403
    for handler in ("packet", "packet_state", "packet_file", "packet_html", "packet_print"):
        assert get(here, handler, "which=module", json=True).status_code == 403


def test_a_packet_of_a_list_that_is_being_edited_is_refused():
    assert post(block(""), "packet_make", {"which": "module"}).status_code == 409
    assert get(block(""), "packet_html", "which=module").status_code == 409


# -- personal packets ------------------------------------------------------------------------------------------------------


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


# -- waiting ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def slow():
    """A site where nobody makes packets by themselves: the test is the worker."""
    with override_settings(DTI_RENDER="celery"):
        yield


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


# -- without a script ------------------------------------------------------------------------------------------------------


def test_without_script_the_form_leads_to_the_packet(slow, monkeypatch):
    monkeypatch.setattr(case_law_packets, "later", lambda work, number: None)
    here = block()
    answer = post(here, "packet_make", {"which": "library", "format": "pdf"}, json=False, referer="http://localhost/x")
    assert answer.status_code == 303
    shown = follow(again(here), urlsplit(answer.location))
    assert shown.content_type == "text/html" and b"Your packet is being made" in shown.body
    assert shown.headers["Refresh"] == str(packet_handlers.LOOK_AGAIN)
    row = Packet.objects.get()
    packets.finish(packets.take(row.id, datetime.now(UTC)), b"%PDF-x", datetime.now(UTC))
    shown = follow(again(here), urlsplit(answer.location))
    assert b"Your packet is ready" in shown.body and "Refresh" not in shown.headers


def test_without_script_the_web_page_is_downloaded_at_once():
    here = block()
    answer = post(here, "packet_make", {"which": "module", "format": "html"}, json=False)
    assert answer.status_code == 303
    file = follow(again(here), urlsplit(answer.location))
    assert file.content_type == "text/html" and "attachment" in file.headers["Content-Disposition"]


def test_a_refusal_without_script_is_a_page_with_the_sentence():
    answer = post(block(), "packet_make", {"which": "chosen"}, json=False)
    assert answer.status_code == 400 and b"Choose at least one authority." in answer.body


# -- the web page, printing, and servers without WeasyPrint ----------------------------------------------------------------


def test_the_web_page_needs_no_job(site):
    here = block()
    tree = ask(here, format="html")
    assert title(tree) == "Your packet is ready"
    answer = follow(again(here), link(tree, "Download the web page"))
    assert answer.content_type == "text/html" and 'filename="packet-one-two.html"' in answer.headers["Content-Disposition"]
    assert GRAHAM.facts[:40].encode() in answer.body
    assert site == [] and not Packet.objects.exists()
    assert here.runtime.place.events("dti.case_law.downloaded") == [{"format": "html"}]
    assert here.runtime.place.events("completion") == [{"completion": 1.0}]


def test_the_page_to_print_is_shown_and_may_load_nothing():
    answer = get(block(), "packet_print", "which=module")
    assert answer.headers["Content-Disposition"] == "inline" and b"@page" in answer.body
    policy = answer.headers["Content-Security-Policy"]
    assert (
        "default-src 'none'" in policy
        and "script" not in policy
        and "unsafe-inline" in policy.split("style-src")[1].split(";")[0]
    )


def test_without_weasyprint_the_web_page_and_printing_stay(monkeypatch):
    def unavailable():
        rendering._failed = True
        raise pdf.PdfUnavailableError("Install Pango.")

    monkeypatch.setattr(rendering, "_failed", True)
    monkeypatch.setattr(rendering, "_weasyprint", unavailable)
    here = block()
    tree = html(get(here, "packet", json=True))
    assert tree.xpath("//input[@name='format']/@value") == ["html"] and "prints well" in text(tree) and "Pango" not in text(tree)
    assert "Install Pango." in text(html(get(again(here, STAFF), "packet", json=True)))
    answer = post(again(here), "packet_make", {"which": "module", "format": "pdf"})
    assert answer.status_code == 503 and "as a web page" in json.loads(answer.body)["error"]
    assert "Pango" not in json.loads(answer.body)["error"]
    assert "Install Pango." in json.loads(post(again(here, STAFF), "packet_make", {"which": "module"}).body)["error"]
    tree = ask(again(here), format="html")
    assert follow(again(here), link(tree, "Open it to print")).status_code == 200


def test_a_server_that_learns_of_it_while_rendering_says_so(monkeypatch):
    def unavailable(html, **_options):
        raise pdf.PdfUnavailableError("Install Pango.")

    monkeypatch.setattr(pdf, "render_apart", unavailable)
    tree = ask(block())
    assert "PDF files cannot be made on this site" in text(tree)
    assert follow(block(), link(tree, "Download as a web page")).status_code == 200


def test_without_the_records_the_web_page_stays(monkeypatch):
    def gone(*_args, **_options):
        raise RecordsUnavailableError("no such table")

    monkeypatch.setattr(packets, "ask", gone)
    monkeypatch.setattr(packets, "find", gone)
    here = block()
    assert post(here, "packet_make", {"which": "module"}).status_code == 503
    assert "tables" in json.loads(post(again(here, STAFF), "packet_make", {"which": "module"}).body)["error"]
    assert get(again(here), "packet_html", "which=module").status_code == 200
    assert get(again(here), "packet", json=True).status_code == 200


# -- elsewhere -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{"key": "library"}, {"studio": "preview"}, {"studio": "handler"}])
def test_packets_are_made_wherever_the_block_stands_and_nothing_is_reported(options):
    here = block(user=STAFF, **options)
    tree = ask(here)
    assert follow(again(here), link(tree, "Download the PDF")).status_code == 200
    assert here.runtime.place.published == []


def test_each_language_has_its_packet(site):
    here = block()
    ask(here)
    with translation.override("ar"):
        ask(again(here))
    assert len(site) == 2 and '<html lang="ar" dir="rtl">' in site[1] and '<html lang="en" dir="ltr">' in site[0]


def test_the_block_is_shown_as_before(site):
    assert "dti-case-law" in page(block())


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


def test_a_note_taken_back_is_in_no_file_any_more(site):
    here = block()
    note(here)
    ask(again(here), personal="1")
    assert Packet.objects.filter(owner_id=LEARNER.user_id).exists()
    (mark,) = ReaderMark.objects.exclude(slug="")
    assert post(again(here), "mark_remove", {"ref": "graham-v-connor", "id": str(mark.id)}).status_code == 200
    assert not Packet.objects.filter(owner_id=LEARNER.user_id).exists()


def test_words_without_an_end_have_places_to_break():
    from dti_xblocks.case_law.packet import breakable

    assert breakable("a" * 300).split("\u200b") == ["a" * 120, "a" * 120, "a" * 60]
    assert breakable("plain words") == "plain words"
