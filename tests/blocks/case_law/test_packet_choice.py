"""The packets of a case-law block: choosing what is in one, having it made, taking it away."""

import json
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest

from dti_xblocks.case_law.library import library
from dti_xblocks.records.models import Packet
from tests.blocks.case_law.packet_site import GRAHAM, STRANGER, ask, block, follow, html, link, note, text, title
from tests.pdf.packet_samples import png
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, get, post

pytestmark = pytest.mark.usefixtures("site")

# -- the form --------------------------------------------------------------------------------------------------------------------


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


def test_the_packet_has_the_order_of_the_page():
    both = [GRAHAM.slug, "tobias-v-arteaga"]
    here = block("".join(f'<authority ref="{one}"/>' for one in both))
    post(here, "jurisdiction_set", {"jurisdiction": "CA"})  # where Tobias controls
    assert html(get(again(here), "packet", json=True)).xpath("//input[@name='refs']/@value")[:2] == both[::-1]
    for asked in ("", f"which=chosen&refs={','.join(both)}"):
        page = get(again(here), "packet_html", asked).text
        assert page.index('id="case-tobias-v-arteaga"') < page.index('id="case-graham-v-connor"')


# -- having one made -------------------------------------------------------------------------------------------------------------


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
