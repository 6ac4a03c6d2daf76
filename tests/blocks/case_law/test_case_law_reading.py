"""Reading in the case-law block: the reader of one authority, steps and completion, check questions, search, jurisdiction."""

import json

import pytest
from lxml import etree

from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.case_law import reading
from tests.blocks.case_law.test_case_law_block import STRANGER, TWO, block, texts
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

GRAHAM = library().get("graham-v-connor")


def screen(answer):
    assert answer.status_code == 200, answer.text
    return etree.HTML(json.loads(answer.body)["html"])


def read(block, slug, **more):
    query = "&".join(f"{name}={value}" for name, value in {"ref": slug, **more}.items())
    return screen(get(block, "read", query=query, json=True))


def right(tree):
    """The numbers of the right answer and of a wrong one in the question of `tree`."""
    slug = tree.xpath("//*[@data-dti-slug]/@data-dti-slug")[0]
    numbers = {}
    for label in tree.xpath("//label[contains(@class, 'dti-cl-answer')]"):
        numbers[" ".join(label.xpath("./span")[0].itertext())] = label.xpath("./input/@value")[0]
    check = library().get(slug).check
    return numbers[check.right], numbers[check.wrong[0]]


# -- the reader ------------------------------------------------------------------------------------------------------------------


def test_the_reader_has_the_short_version_first_and_every_part():
    tree = read(block(), "graham-v-connor")
    labels = [title.partition(" #Link")[0] for title in texts(tree, "//*[@data-dti-brief]//h5")]
    assert labels == [
        "In twenty seconds", "Facts", "Question", "Holding", "Rule", "On the street", "Outcome", "Later treatment",
    ]  # fmt: skip
    text = texts(tree, "//article")[0]
    for part in (GRAHAM.in_brief, GRAHAM.facts, GRAHAM.holding, GRAHAM.later_treatment, GRAHAM.citation):
        assert part in text


def test_every_paragraph_has_an_address_of_its_own():
    tree = read(block(), "18-usc-242")
    ids = tree.xpath("//*[@data-dti-paragraph]/@id")
    assert "case-18-usc-242--elements-1" in ids and "case-18-usc-242--elements-2" in ids
    assert len(ids) == len(set(ids)) == sum(len(part.paragraphs) for part in library().get("18-usc-242").parts)


def test_every_authority_of_the_library_can_be_read():
    reader = block()
    for authority in library():
        tree = read(reader, authority.slug)
        assert texts(tree, "//*[@data-dti-slug]//h4") == [authority.heading]
        for part in authority.parts:
            shown = ["".join(node.itertext()) for node in tree.xpath(f"//*[starts-with(@data-dti-paragraph, '{part.code}:')]")]
            assert shown == list(part.paragraphs)


def test_previous_and_next_follow_the_list():
    inner = "".join(f'<authority ref="{slug}"/>' for slug in ("monroe-v-pape", "graham-v-connor", "18-usc-242"))
    tree = read(block(inner), "graham-v-connor")
    assert "2 of 3" in texts(tree, "//nav")[0]
    assert tree.xpath("//a[@data-dti-previous]/@data-dti-go") == ["case-monroe-v-pape"]
    assert tree.xpath("//a[@data-dti-next]/@data-dti-go") == ["case-18-usc-242"]
    assert not read(block(inner), "monroe-v-pape").xpath("//a[@data-dti-previous]")
    assert not read(block(inner), "18-usc-242").xpath("//a[@data-dti-next]")


def test_what_is_not_in_the_list_can_be_read_without_a_place_in_it():
    tree = read(block(), "monroe-v-pape")
    assert not tree.xpath("//a[@data-dti-next]|//form[@data-dti-ended]")


def test_three_ways_to_cite():
    tree = read(block(), "graham-v-connor")
    full, short, plain = texts(tree, "//*[@data-dti-citation]")
    assert full == "Graham v. Connor, 490 U.S. 386 (1989)"
    assert short == "Graham, 490 U.S. 386"
    assert "Graham v. Connor" in plain and "1989" in plain
    assert texts(tree, "//*[@data-dti-citation]/em") == ["Graham v. Connor"]


def test_limited_law_is_flagged_and_leads_to_what_changed_it():
    tree = read(block(), "monroe-v-pape")
    flag = tree.xpath("//*[@class='dti-cl-flag']")[0]
    assert "Limited by later law" in "".join(flag.itertext())
    assert flag.xpath(".//a/@data-dti-go") == ["case-monell-v-department-of-social-services"]
    assert not read(block(), "graham-v-connor").xpath("//*[@class='dti-cl-flag']")


def test_an_unknown_authority_is_a_notice_not_an_error():
    tree = read(block(), "nobody-v-nobody")
    assert "has no authority “nobody-v-nobody”" in texts(tree, "//*[@class='dti-notice']")[0]
    plain = get(block(), "read", query="ref=<b>x</b>")
    assert plain.status_code == 200 and "<b>x" not in plain.text


def test_without_script_it_is_a_page_of_its_own():
    answer = get(block(), "read", query="ref=graham-v-connor")
    assert answer.content_type == "text/html"
    tree = etree.HTML(answer.body)
    assert tree.xpath("//h1") and GRAHAM.facts in texts(tree, "//article")[0]
    assert tree.xpath("//a[@data-dti-next]/@href")[0].endswith("read?ref=18-usc-242")


@pytest.mark.parametrize("person", [ANONYMOUS, STRANGER])
@pytest.mark.parametrize("handler", ["read", "find", "contents", "my_notes", "packet"])
def test_screens_are_for_people_of_the_course(person, handler):
    assert get(block(user=person), handler, query="ref=graham-v-connor").status_code == 403


def test_an_agencys_own_and_changed_texts_say_so():
    inner = (
        '<authority ref="graham-v-connor"><on-the-street>Our order 300 says: *step in*.</on-the-street></authority>'
        '<authority slug="order-300" kind="policy"><caption>Order 300</caption><citation>General Order 300</citation>'
        "<in-brief>Step in.</in-brief></authority>"
    )
    reader = block(inner)
    changed, own = read(reader, "graham-v-connor"), read(reader, "order-300")
    assert "Edited by your agency: On the street." in texts(changed, "//article")[0]
    assert texts(changed, "//*[@data-dti-paragraph='on_the_street:0']") == ["Our order 300 says: step in."]
    assert texts(changed, "//*[@data-dti-paragraph='on_the_street:0']/em") == ["step in"]
    assert "Added by your agency" in texts(own, "//article")[0] and "Checked against" not in texts(own, "//article")[0]


def test_markup_in_an_agencys_text_is_text():
    inner = '<authority ref="graham-v-connor"><rule>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; *a*</rule></authority>'
    answer = get(block(inner), "read", query="ref=graham-v-connor")
    assert "<script>alert" not in answer.text
    assert "<script>alert(1)</script> &amp; a" in texts(etree.HTML(answer.body), "//*[@data-dti-paragraph='rule:0']")


# -- steps and completion --------------------------------------------------------------------------------------------------------


def test_opening_is_recorded_once_and_shown():
    reader = block()
    for _time in range(2):
        read(again(reader), "graham-v-connor")
    assert again(reader).read_refs == ["graham-v-connor"]
    assert reader.runtime.place.events("dti.case_law.read") == [{"ref": "graham-v-connor"}]
    assert "Opened: 1 of 2." in page(again(reader))
    usage = str(reader.scope_ids.usage_id)
    assert reading.of_learner(LEARNER.user_id, usage) == {"graham-v-connor": {"opened"}}


def test_progress_survives_a_reset_of_the_blocks_state():
    reader = block()
    read(reader, "graham-v-connor")
    fresh = again(reader)
    fresh.read_refs = []
    fresh.save()
    assert "Opened: 1 of 2." in page(again(reader))


def test_learners_do_not_share_their_reading():
    reader = block()
    read(reader, "graham-v-connor")
    assert "Opened: 0 of 2." in page(again(reader, OTHER))


def test_opened_completes_when_all_are_open_and_not_before():
    reader = block()
    read(reader, "graham-v-connor")
    assert reader.runtime.place.events("completion") == []
    read(again(reader), "18-usc-242")
    assert reader.runtime.place.events("completion") == [{"completion": 1.0}]
    assert "This part is complete." in page(again(reader))


def test_read_to_the_end_wants_the_end():
    reader = make_block(CaseLawBlock, TWO, complete_when="ended")
    for slug in ("graham-v-connor", "18-usc-242"):
        read(again(reader), slug)
    assert reader.runtime.place.events("completion") == []
    for slug in ("graham-v-connor", "18-usc-242"):
        tree = screen(post(again(reader), "read_to_end", {"ref": slug}))
        assert "You have read this to the end." in texts(tree, "//*[@data-dti-end]")[0]
    assert reader.runtime.place.events("completion") == [{"completion": 1.0}]
    assert reader.runtime.place.events("dti.case_law.finished") == [{"ref": "graham-v-connor"}, {"ref": "18-usc-242"}]


def test_checked_wants_the_right_answers():
    reader = make_block(CaseLawBlock, TWO, complete_when="checked")
    for slug in ("graham-v-connor", "18-usc-242"):
        tree = read(again(reader), slug)
        good, bad = right(tree)
        missed = screen(post(again(reader), "answer_check", {"ref": slug, "answer": bad}))
        assert "Not quite." in texts(missed, "//*[@data-dti-verdict]")[0]
        assert slug not in again(reader).checked_refs
        found = screen(post(again(reader), "answer_check", {"ref": slug, "answer": good}))
        assert library().get(slug).check.why in texts(found, "//*[@data-dti-verdict]")[0]
    assert again(reader).checked_refs == ["graham-v-connor", "18-usc-242"]
    assert reader.runtime.place.events("completion") == [{"completion": 1.0}]


def test_without_a_question_the_end_of_the_text_counts():
    inner = (
        '<authority slug="order-300" kind="policy"><caption>Order 300</caption><citation>General Order 300</citation>'
        "<in-brief>Step in.</in-brief></authority>"
    )
    reader = make_block(CaseLawBlock, inner, complete_when="checked")
    post(reader, "read_to_end", {"ref": "order-300"})
    assert reader.runtime.place.events("completion") == [{"completion": 1.0}]


@pytest.mark.parametrize("form", [{}, {"ref": ""}, {"ref": "monroe-v-pape"}, {"ref": "<script>"}])
def test_a_step_is_taken_in_the_list_only(form):
    reader = block()
    answer = post(reader, "read_to_end", form)
    assert answer.status_code == 400 and "no longer in the list" in json.loads(answer.body)["error"]
    assert again(reader).ended_refs == []


def test_without_the_records_the_blocks_state_remembers(monkeypatch):
    def away(*_arguments):
        raise RecordsUnavailableError("no table")

    monkeypatch.setattr(reading, "note", away)
    monkeypatch.setattr(reading, "of_learner", away)
    reader = block()
    read(reader, "graham-v-connor")
    read(again(reader), "18-usc-242")
    assert "This part is complete." in page(again(reader))


def test_the_answer_is_in_no_page_before_it_is_found():
    reader = block()
    tree = read(reader, "graham-v-connor")
    everything = etree.tostring(tree, encoding="unicode") + json.dumps(again(reader).student_view_data()) + page(again(reader))
    assert GRAHAM.check.why not in everything
    _good, bad = right(tree)
    assert GRAHAM.check.why not in post(again(reader), "answer_check", {"ref": "graham-v-connor", "answer": bad}).text
    assert "wrong" not in json.dumps(again(reader).student_view_data())
    orders = {
        tuple(texts(read(block(user=Person(900 + n, f"u{n}", staff=True)), "graham-v-connor"), "//label")) for n in range(12)
    }
    assert len(orders) > 1


@pytest.mark.parametrize("form", [{}, {"answer": "9"}, {"answer": "-1"}, {"answer": "²"}, {"ref": "nobody", "answer": "0"}])
def test_a_damaged_answer_is_refused(form):
    reader = block()
    answer = post(reader, "answer_check", {"ref": "graham-v-connor", **form})
    assert answer.status_code == 400
    assert again(reader).checked_refs == []


def test_staff_see_what_is_unread():
    reader = block()
    read(reader, "graham-v-connor")
    tree = etree.HTML(page(again(reader, STAFF)))
    rows = [texts(row, "./td") for row in tree.xpath("//table[@class='dti-cl-unread']/tbody/tr")]
    assert rows == [["1", "0", "0"], ["0", "0", "0"]]
    assert "1 person has opened something" in " ".join(texts(tree, "//details[@class='dti-cl-staff']"))
    assert "dti-cl-unread" not in page(again(reader))


def test_in_studio_and_in_libraries_nothing_is_recorded():
    for options in ({"studio": "preview", "user": STAFF}, {"key": "library"}):
        reader = block(**options)
        before = models.AuthorityProgress.objects.count()
        read(reader, "graham-v-connor")
        assert reader.runtime.place.published == []
        assert models.AuthorityProgress.objects.count() == before


def test_what_was_not_confirmed_is_one_line_for_learners_and_told_to_staff():
    reader = block()
    for person, told in ((LEARNER, False), (STAFF, True)):
        said = texts(read(again(reader, person), "goodwin-v-city-of-painesville"), "//*[@class='dti-cl-source']")[0]
        assert "Checked in November 2026; some details could not be confirmed." in said
        assert (library().get("goodwin-v-city-of-painesville").verified_note in said) == told == ("For course staff:" in said)


def test_a_list_to_look_things_up_in_is_complete_with_the_first():
    reader = make_block(CaseLawBlock, TWO, complete_when="any")
    assert "Opened: 0 of 2. Open the one that you need, or download the packet, to complete this part." in " ".join(
        page(reader).split()
    )
    read(reader, "18-usc-242")
    assert reader.runtime.place.events("completion") == [{"completion": 1.0}]
    assert "This part is complete." in page(again(reader))


def test_a_row_weighs_little_however_large_the_library_is():
    few, all_of_them = (
        page(block("".join(f'<authority ref="{slug}"/>' for slug in library().slugs[:number]))) for number in (1, 170)
    )
    assert (len(all_of_them) - len(few)) / 180 < 1500  # characters
    assert len(few) < 40_000


def test_a_study_says_how_far_it_goes_and_what_says_otherwise():
    tree = read(block(), "milgram-rebels")
    parts = tree.xpath("//*[@data-dti-brief]//h5/text()")
    assert [part.strip() for part in parts] == [
        "In twenty seconds", "What was found", "Who was studied", "The numbers", "What it does not show", "On the street",
    ]  # fmt: skip
    assert "Use with care." in texts(tree, "//*[@class='dti-cl-flag']")[0]
    beside = tree.xpath("//*[@class='dti-cl-beside']//a/@data-dti-go")
    assert beside == ["case-milgram-critique", "case-asch-ally"]
    assert "Research, 1965" in texts(tree, "//*[@class='dti-cl-particulars']")[0]


def test_a_law_says_what_it_does():
    tree = read(block(), "nh-105-19")
    assert texts(tree, "//*[@data-badge='strength']") == ["A report only"]
    assert "New Hampshire. In force: January 1, 2021" in texts(tree, "//*[@class='dti-cl-particulars']")[0]


def test_a_row_says_what_happened_who_won_and_how_long_it_takes():
    (row,) = etree.HTML(page(block())).xpath("//li[@id='case-graham-v-connor']")
    words = " ".join("".join(row.itertext()).split())
    assert words.startswith(f"Graham v. Connor {GRAHAM.in_a_line} Supreme Court 3 minutes 490 U.S. 386 (1989)")
