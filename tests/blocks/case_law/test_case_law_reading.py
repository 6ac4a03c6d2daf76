"""Reading in the case-law block: the reader of one authority, steps and completion, check questions, search, jurisdiction."""

import json

import pytest
from django.test import override_settings
from lxml import etree
from xblock.fields import Scope

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


# -- the reader --------------------------------------------------------------------------------------------------------------


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


# -- steps and completion ------------------------------------------------------------------------------------------------------


def test_opening_is_recorded_once_and_shown():
    reader = block()
    for _time in range(2):
        read(again(reader), "graham-v-connor")
    assert again(reader).read_refs == ["graham-v-connor"]
    assert reader.runtime.place.events("dti.case_law.read") == [{"ref": "graham-v-connor"}]
    assert "Read 1 of 2." in page(again(reader))
    usage = str(reader.scope_ids.usage_id)
    assert reading.of_learner(LEARNER.user_id, usage) == {"graham-v-connor": {"opened"}}


def test_progress_survives_a_reset_of_the_blocks_state():
    reader = block()
    read(reader, "graham-v-connor")
    fresh = again(reader)
    fresh.read_refs = []
    fresh.save()
    assert "Read 1 of 2." in page(again(reader))


def test_learners_do_not_share_their_reading():
    reader = block()
    read(reader, "graham-v-connor")
    assert "Read 0 of 2." in page(again(reader, OTHER))


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


# -- jurisdiction --------------------------------------------------------------------------------------------------------------


LIST = "".join(
    f'<authority ref="{slug}"/>'
    for slug in ("byrd-v-brishke", "priester-v-city-of-riviera-beach", "tobias-v-arteaga", "randall-v-prince-georges-county")
)


def test_the_controlling_decision_stands_first_once_a_state_is_chosen():
    reader = block(LIST)
    assert etree.HTML(page(reader)).xpath("//li[starts-with(@id, 'case-')]/@id")[0] == "case-byrd-v-brishke"
    tree = screen(post(reader, "jurisdiction_set", {"jurisdiction": "CA"}))
    assert tree.xpath("//li[starts-with(@id, 'case-')]/@id")[0] == "case-tobias-v-arteaga"
    assert "Controls where you work" in texts(tree, "//li[@id='case-tobias-v-arteaga']")[0]
    home = texts(tree, "//details[@class='dti-cl-home']")[0]
    assert "My jurisdiction: California" in home and "9th Circuit." in home and "Cal. Gov't Code § 7286" in home


def test_the_choice_is_kept_for_every_list_of_the_learner():
    reader = block(LIST)
    post(reader, "jurisdiction_set", {"jurisdiction": "MD"})
    assert again(reader).dti_jurisdiction == "MD"
    assert CaseLawBlock.fields["dti_jurisdiction"].scope == Scope.preferences
    assert again(reader, OTHER).dti_jurisdiction == ""
    post(again(reader), "jurisdiction_set", {"jurisdiction": ""})
    assert again(reader).dti_jurisdiction == ""


def test_it_says_plainly_what_the_library_has_not():
    reader = block(LIST)
    texas = screen(post(reader, "jurisdiction_set", {"jurisdiction": "TX"}))
    assert "no duty-to-intervene statute of Texas" in texts(texas, "//details[@class='dti-cl-home']")[0]
    capital = screen(post(again(reader), "jurisdiction_set", {"jurisdiction": "DC"}))
    assert "no controlling decision of this circuit" in texts(capital, "//details[@class='dti-cl-home']")[0]


@pytest.mark.parametrize("code", ["XX", "<b>", "ca"])
def test_an_unknown_place_is_refused(code):
    answer = post(block(LIST), "jurisdiction_set", {"jurisdiction": code})
    assert answer.status_code == 400 and "Choose your state" in json.loads(answer.body)["error"]


def test_every_place_can_be_chosen():
    reader = block(LIST)
    for place in library().jurisdictions:
        tree = screen(post(again(reader), "jurisdiction_set", {"jurisdiction": place.code}))
        assert f"My jurisdiction: {place.name}" in texts(tree, "//details[@class='dti-cl-home']/summary")[0]


# -- search --------------------------------------------------------------------------------------------------------------------


def find(block, query):
    return screen(get(block, "find", query=query, json=True))


@pytest.mark.parametrize("query", ["q=graham", "q=490+U.S.+386", "q=490+us+386", "q=grahm"])
def test_a_name_a_citation_or_a_slip_finds_it(query):
    assert find(block(), query).xpath("//a[@data-dti-hit]/@data-dti-go")[0] == "case-graham-v-connor"


def test_results_are_counted_highlighted_and_narrowed():
    tree = find(block(), "q=objective")
    total = len(tree.xpath("//a[@data-dti-hit]"))
    assert texts(tree, "//*[@data-dti-count]")[0].startswith(f"{total} result")
    assert any("objective" in mark.lower() for mark in texts(tree, "//mark"))
    option = next(one for one in tree.xpath("//select[@name='circuit']/option/@value") if one)
    narrowed = find(block(), f"q=objective&circuit={option}")
    assert 0 < len(narrowed.xpath("//a[@data-dti-hit]")) <= total
    assert narrowed.xpath("//select[@name='circuit']/option[@selected]/@value") == [option]


def test_nothing_found_says_what_to_do():
    tree = find(block(), "q=xyzzyplugh")
    assert "No authority matches." in texts(tree, "//*[@data-dti-count]")[0]
    assert "another spelling" in texts(tree, "//*[@data-dti-results]")[0]


def test_words_of_the_query_are_never_markup():
    answer = get(block(), "find", query="q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onfocus=%22x")
    assert "<script>alert" not in answer.text and 'onfocus="x' not in answer.text


@pytest.mark.parametrize(
    "query", ["q=" + "a" * 5000, "q=%00%1b", "circuit=<b>", "module=x&decade=y", "q=%F0%9F%91%AE", "topic=" + "t" * 500]
)
def test_strange_queries_get_an_answer(query):
    assert get(block(), "find", query=query, json=True).status_code == 200


def test_search_finds_what_the_agency_added():
    inner = TWO + (
        '<authority slug="order-300" kind="policy"><caption>Zebra order</caption><citation>General Order 300</citation>'
        "<in-brief>Step in.</in-brief></authority>"
    )
    assert find(block(inner), "q=zebra").xpath("//a[@data-dti-hit]/@data-dti-go") == ["case-order-300"]
    assert not find(block(), "q=zebra").xpath("//a[@data-dti-hit]/@data-dti-go")


# -- features that an author may switch off ------------------------------------------------------------------------------------


def test_each_feature_can_be_switched_off():
    shown = page(make_block(CaseLawBlock, TWO, search=False, notes=False, jurisdiction_panel=False, packets=False))
    for part in ("data-dti-find", "My notes", "My jurisdiction", "Download"):
        assert part not in shown
    everything = page(block())
    for part in ("data-dti-find", "My notes", "My jurisdiction", "Download"):
        assert part in everything
    assert get(make_block(CaseLawBlock, TWO, search=False), "find", query="q=x").status_code == 403
    assert get(make_block(CaseLawBlock, TWO, notes=False), "my_notes").status_code == 403


def test_many_results_come_in_portions():
    tree = find(block(), "q=")
    assert len(tree.xpath("//a[@data-dti-hit]")) == 20
    (more,) = tree.xpath("//a[@data-dti-more]/@href")
    rest = screen(get(block(), "find", query=more.partition("?")[2], json=True))
    assert len(rest.xpath("//a[@data-dti-hit]")) == 40
    assert len(find(block(), "q=&show=100").xpath("//a[@data-dti-hit]")) == len(library())
    for odd in ("-5", "x", "%D9%A3", "9" * 40):
        assert len(find(block(), f"q=&show={odd}").xpath("//a[@data-dti-hit]")) == 20


def test_a_list_made_shorter_is_complete_at_the_next_look():
    reader = block()
    read(reader, "graham-v-connor")
    author = again(reader, authoring=True)
    author.content = '<authority ref="graham-v-connor"/>'
    author.save()
    read(again(reader, LEARNER, authoring=False), "graham-v-connor")
    assert reader.runtime.place.events("completion") == [{"completion": 1.0}]


def test_answers_in_odd_digits_are_refused():
    for answer in ("1" * 5000, "٠", "²", " 1", "01"):
        assert post(block(), "answer_check", {"ref": "graham-v-connor", "answer": answer}).status_code == 400


def test_a_name_too_long_for_an_address_is_left_out():
    inner = (
        TWO
        + f'<authority slug="{"a" * 101}" kind="policy"><caption>X</caption><citation>Y</citation><in-brief>Z.</in-brief></authority>'
    )
    assert "cannot be shown" in page(block(inner))
    assert read(block(inner), "a" * 101).xpath("//*[@class='dti-notice']")


def test_an_agencys_own_text_changed_in_one_list_is_still_no_checked_one(tmp_path):
    (tmp_path / "own.toml").write_text(
        'slug = "order-300"\nkind = "policy"\ncaption = "Order 300"\ncitation = "GO 300"\nin_brief = "Step in."\n',
        encoding="utf-8",
    )
    with override_settings(DTI_AUTHORITIES_FOLDER=str(tmp_path)):
        shown = texts(
            read(block('<authority ref="order-300"><in-brief>Step in now.</in-brief></authority>'), "order-300"), "//article"
        )[0]
    assert (
        "Checked against" not in shown
        and "Added by your agency" in shown
        and "Edited by your agency: In twenty seconds." in shown
    )
