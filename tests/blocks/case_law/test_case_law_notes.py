"""A learner's marks through the case-law block: made, changed, highlighted, exported, kept through edits, and nobody else's."""

import csv
import io
import json

import pytest
from lxml import etree

from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.case_law import marks
from tests.blocks.case_law.test_case_law_block import STRANGER, TWO, block, texts
from tests.blocks.case_law.test_case_law_reading import read, screen
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, get, make_block, page, post, search

GRAHAM = library().get("graham-v-connor")
WORDS = "objective reasonableness"
START = GRAHAM.holding.index(WORDS)
PASSAGE = f"holding:0:{START}:{START + len(WORDS)}"


@pytest.fixture(autouse=True)
def no_marks():
    models.ReaderMark.objects.all().delete()
    yield
    models.ReaderMark.objects.all().delete()


def add(block, passage=PASSAGE, note="", key="aaaa-1", ref="graham-v-connor"):
    return post(block, "mark_add", {"ref": ref, "passage": passage, "note": note, "key": key})


def highlighted(tree):
    return ["".join(mark.itertext()) for mark in tree.xpath("//*[@data-dti-brief]//mark")]


def note_form(tree, name):
    """The fields of the first form that posts to the handler `name`."""
    form = tree.xpath(f"//form[contains(@action, '{name}')]")[0]
    return {field.get("name"): field.get("value") for field in form.xpath(".//input[@name]")}


def my_notes(block, query=""):
    return screen(search(block, "my_notes", f"q={query}", json=True))


def test_marked_words_are_highlighted_where_they_stand():
    reader = block()
    tree = screen(add(reader, note="Ask at roll call."))
    assert highlighted(tree) == [WORDS]
    assert tree.xpath("//mark/ancestor::p/@id") == ["case-graham-v-connor--holding-1"]
    assert texts(tree, "//*[@data-dti-newest]//blockquote") == [WORDS]
    assert "Ask at roll call." in texts(tree, "//*[@data-dti-notes]")[0]
    assert highlighted(read(again(reader), "graham-v-connor")) == [WORDS]


def test_a_paragraph_reads_the_same_with_marks_in_it():
    reader = block()
    add(reader)
    tree = screen(add(again(reader), f"holding:0:{START + 10}:{START + 40}", key="aaaa-2"))
    (paragraph,) = tree.xpath("//*[@id='case-graham-v-connor--holding-1']")
    for aside in paragraph.xpath(".//*[@data-dti-aside]"):
        aside.getparent().remove(aside) if not aside.tail else aside.clear(keep_tail=True)
    assert "".join(paragraph.itertext()) == GRAHAM.holding
    assert len(highlighted(tree)) == 3  # the first alone, both, the second alone


def test_a_mark_that_cuts_words_is_of_whole_words_wherever_it_is_shown():
    reader = block()
    cut = f"holding:0:{START + 1}:{START + len(WORDS) - 1}"
    assert highlighted(screen(add(reader, cut, "Mine."))) == [WORDS]
    (row,) = models.ReaderMark.objects.all()
    assert row.quote == WORDS
    models.ReaderMark.objects.update(start=START + 1, quote=WORDS[1:-1])  # as one made before words were kept whole
    assert highlighted(read(again(reader), "graham-v-connor")) == [WORDS]
    assert WORDS in get(again(reader), "notes_csv").text
    assert texts(etree.HTML(get(again(reader), "my_notes").text), "//blockquote") == [WORDS]
    (row,) = models.ReaderMark.objects.all()
    assert row.quote == WORDS[1:-1]  # what is stored stays as it was


def test_sending_twice_marks_once():
    reader = block()
    for _time in range(3):
        assert add(again(reader)).status_code == 200
    assert models.ReaderMark.objects.count() == 1


def test_every_passage_that_is_offered_can_be_marked():
    reader = block()
    values = read(reader, "graham-v-connor").xpath("//select[@name='passage']//option/@value")
    assert len(values) > 15
    for number, value in enumerate(values):
        tree = screen(add(again(reader), value, key=f"k-{number}"))
    assert not tree.xpath("//*[contains(., 'no longer in the text')]//blockquote")
    assert models.ReaderMark.objects.count() == len(values)


@pytest.mark.parametrize(
    "form",
    [
        {"passage": ""}, {"passage": "holding"}, {"passage": "holding:0:5"}, {"passage": "holding:9:0:4"}, {"passage": "x:0:0:4"},
        {"passage": "holding:0:4:4"}, {"passage": "holding:0:-4:4"}, {"passage": "holding:0:a:b"}, {"passage": "holding:0:0:4:5"},
        {"passage": "holding:0:٠:٤:x"}, {"key": ""}, {"key": "bookmark:graham-v-connor"}, {"key": "<b>"}, {"key": "k" * 200},
        {"note": "n" * 5001}, {"ref": "nobody-v-nobody"}, {"ref": ""},
    ],
)  # fmt: skip
def test_a_damaged_mark_is_refused_and_nothing_is_kept(form):
    answer = post(block(), "mark_add", {"ref": "graham-v-connor", "passage": PASSAGE, "note": "", "key": "k-1", **form})
    assert answer.status_code in (400, 409)
    assert json.loads(answer.body)["error"]
    assert models.ReaderMark.objects.count() == 0


def test_a_note_is_changed_and_removed():
    reader = block()
    tree = screen(add(reader, note="one"))
    fields = note_form(tree, "mark_change")
    changed = screen(post(again(reader), "mark_change", {**fields, "note": "two\nlines"}))
    assert "two lines" in texts(changed, "//*[@data-dti-notes]//p")[-1] or "two" in texts(changed, "//*[@data-dti-notes]")[0]
    assert models.ReaderMark.objects.get().note == "two\nlines"
    gone = screen(post(again(reader), "mark_remove", note_form(changed, "mark_remove")))
    assert highlighted(gone) == [] and models.ReaderMark.objects.count() == 0


def test_a_note_changed_in_another_window_is_not_lost():
    reader = block()
    fields = note_form(screen(add(reader, note="one")), "mark_change")
    post(again(reader), "mark_change", {**fields, "note": "from the phone"})
    answer = post(again(reader), "mark_change", {**fields, "note": "from the desk"})
    assert answer.status_code == 409 and "from the phone" in json.loads(answer.body)["error"]
    assert models.ReaderMark.objects.get().note == "from the phone"


def test_a_bookmark_is_set_once_and_taken_away():
    reader = block()
    for _time in range(2):
        tree = screen(post(again(reader), "bookmark", {"ref": "graham-v-connor"}))
    assert texts(tree, "//*[@data-dti-bookmark]") == ["Remove the bookmark"]
    assert models.ReaderMark.objects.count() == 1
    assert "Bookmarked" in texts(etree.HTML(page(again(reader))), "//li[@id='case-graham-v-connor']")[0]
    tree = screen(post(again(reader), "bookmark", {"ref": "graham-v-connor", "keep": "no"}))
    assert texts(tree, "//*[@data-dti-bookmark]") == ["Bookmark"]
    assert not models.ReaderMark.objects.exclude(slug="").exists()


# -- nobody else ---------------------------------------------------------------------------------------------------------------


def test_two_learners_and_staff_do_not_see_each_others_marks():
    mine = block()
    add(mine, note="private words")
    post(again(mine), "bookmark", {"ref": "18-usc-242"})
    for person in (OTHER, STAFF):
        other = again(mine, person)
        everything = page(other)
        for handler, query in (
            ("read", "ref=graham-v-connor"),
            ("my_notes", "q="),
            ("find", "q=graham"),
            ("notes_markdown", ""),
            ("notes_csv", ""),
        ):
            everything += (search if query.startswith("q=") else get)(again(mine, person), handler, query).text
        assert "private words" not in everything and "Bookmarked" not in everything and 'dti-cl-mark"' not in everything
    assert "private words" in my_notes(again(mine)).xpath("string()")


def test_nobody_changes_or_removes_anothers_mark():
    mine = block()
    fields = note_form(screen(add(mine, note="mine")), "mark_change")
    assert post(again(mine, OTHER), "mark_change", {**fields, "note": "theirs"}).status_code == 400
    post(again(mine, OTHER), "mark_remove", fields)
    post(again(mine, STAFF), "mark_remove", fields)
    assert models.ReaderMark.objects.get().note == "mine"


@pytest.mark.parametrize("person", [ANONYMOUS, STRANGER])
def test_outsiders_make_no_marks(person):
    assert add(block(user=person)).status_code == 403
    assert models.ReaderMark.objects.count() == 0


def test_staff_who_look_as_the_learner_see_none_and_make_none(monkeypatch):
    reader = block()
    add(reader, note="private words")
    monkeypatch.setattr("dti_xblocks.blocks.case_law.notebook.is_impersonated", lambda learner: True)
    assert "private words" not in get(again(reader), "read", query="ref=graham-v-connor").text
    assert get(again(reader), "my_notes").status_code == 403
    assert add(again(reader), key="k-2").status_code == 403
    assert "My notes" not in page(again(reader))


@pytest.mark.parametrize("options", [{"key": "library"}, {"studio": "preview", "user": STAFF}, {"notes": False}])
def test_where_none_are_kept_none_are_offered(options):
    notes = options.pop("notes", True)
    reader = make_block(CaseLawBlock, TWO, notes=notes, **options)
    assert "data-dti-mark-form" not in get(reader, "read", query="ref=graham-v-connor").text
    assert add(reader).status_code == 403


def test_marks_are_in_no_report_and_no_api():
    reader = block()
    add(reader, note="private words")
    told = json.dumps([again(reader).student_view_data(), again(reader).index_dictionary()])
    told += json.dumps(list(again(reader).generate_report_data(iter([]))))
    told += json.dumps(reader.runtime.place.published)
    told += page(again(reader, STAFF)) + get(again(reader, STAFF), "sources_csv").text
    assert "private words" not in told and WORDS not in json.dumps(reader.runtime.place.published)


# -- edits of the text -----------------------------------------------------------------------------------------------------------


def edited(reader, holding):
    """The same block after an author has changed the holding."""
    author = again(reader, authoring=True)
    author.content = f'<authority ref="graham-v-connor"><holding>{holding}</holding></authority>'
    author.save()
    return again(reader, LEARNER, authoring=False)


def test_marks_follow_their_words():
    reader = block()
    add(reader, note="mine")
    tree = read(edited(reader, f"A new first sentence stands here. {GRAHAM.holding}"), "graham-v-connor")
    assert highlighted(tree) == [WORDS]


def test_marks_whose_words_are_gone_show_the_old_ones():
    reader = block()
    add(reader, note="mine")
    reader = edited(reader, "Wholly other words about nothing of the kind.")
    tree = read(reader, "graham-v-connor")
    assert highlighted(tree) == []
    notes = texts(tree, "//*[@data-dti-notes]")[0]
    assert WORDS in notes and "mine" in notes and "no longer in the text" in notes
    assert "no longer in the text" in my_notes(again(reader)).xpath("string()")
    assert models.ReaderMark.objects.get().quote == WORDS


def test_marks_in_an_authority_that_left_the_library_are_kept():
    own = (
        '<authority slug="order-300" kind="policy"><caption>Order 300</caption><citation>General Order 300</citation>'
        "<in-brief>Step in at once.</in-brief></authority>"
    )
    reader = block(TWO + own)
    assert add(reader, "in_brief:0:0:7", "mine", ref="order-300").status_code == 200
    author = again(reader, authoring=True)
    author.content = TWO
    author.save()
    tree = my_notes(again(reader, LEARNER, authoring=False))
    assert "does not have this authority any more" in tree.xpath("string()") and "Step in" in tree.xpath("string()")


# -- all of them -----------------------------------------------------------------------------------------------------------------


def test_all_marks_are_on_one_page_and_can_be_searched():
    reader = block()
    add(reader, note="Ask at roll call.")
    add(again(reader), "in_brief:0:0:4", "Other thing.", key="k-2", ref="18-usc-242")
    tree = my_notes(again(reader))
    assert texts(tree, "//*[@data-dti-count]") == ["2 marks"]
    assert texts(tree, "//*[@data-dti-results]/section/h5") == [GRAHAM.heading, library().get("18-usc-242").heading]
    found = my_notes(again(reader), "roll+call")
    assert texts(found, "//*[@data-dti-results]/section/h5") == [GRAHAM.heading]
    assert texts(found, "//*[@data-dti-count]") == ["1 mark has these words."]


def test_marks_of_one_reading_list_show_in_another_of_the_course():
    reader = block()
    add(reader, note="mine")
    elsewhere = make_block(CaseLawBlock, '<authority ref="graham-v-connor"/>')
    assert highlighted(read(elsewhere, "graham-v-connor")) == [WORDS]


def test_exports_hold_everything():
    reader = block()
    add(reader, note="=2+2 *stars*\n# no heading")
    text = get(again(reader), "notes_markdown")
    assert text.content_type == "text/markdown" and "attachment" in text.headers["Content-Disposition"]
    assert WORDS in text.text and "Graham v. Connor, 490 U.S. 386 (1989)" in text.text and "\n# no heading" not in text.text
    rows = list(csv.DictReader(io.StringIO(get(again(reader), "notes_csv").body.decode("utf-8-sig"))))
    assert rows[0]["Words marked"] == WORDS and rows[0]["Note"].startswith("'=2+2")


@pytest.mark.parametrize("note", ["<script>alert(1)</script>", "ünïcødé 👮 \u202eabc", "a\x00b", "x" * 5000])
def test_strange_notes_are_text(note):
    reader = block()
    answer = add(reader, note=note)
    assert answer.status_code == 200 and "<script>alert" not in json.loads(answer.body)["html"]
    assert "<script>alert" not in get(again(reader), "my_notes").text


def test_without_the_records_reading_goes_on_and_notes_say_so(monkeypatch):
    def away(*_arguments):
        raise RecordsUnavailableError("no table")

    reader = block()
    monkeypatch.setattr(marks, "of_learner", away)
    monkeypatch.setattr(marks, "add", away)
    assert read(again(reader), "graham-v-connor").xpath("//article")
    answer = add(again(reader), note="mine")
    assert answer.status_code == 503 and "Copy your text" in json.loads(answer.body)["error"]


def test_no_log_has_a_word_of_them(caplog):
    """The template engine logs names that it does not find, with everything that it was given."""
    reader = block()
    with caplog.at_level("DEBUG"):
        fields = note_form(screen(add(reader, note="private words")), "mark_change")
        for handler, query in (
            ("read", "ref=graham-v-connor"),
            ("read", "ref=monroe-v-pape"),
            ("my_notes", ""),
            ("my_notes", "q=words"),
        ):
            assert (search if query.startswith("q=") else get)(again(reader), handler, query).status_code == 200
        post(again(reader), "mark_change", {**fields, "note": "private words too"})
        post(again(reader), "mark_change", {**fields, "note": "private words three"})
        search(again(reader), "find", "q=graham")
        page(again(reader))
    assert "private words" not in caplog.text
