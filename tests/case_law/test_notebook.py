"""All of a learner's marks in one place: in order, searchable, and as files."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dti_xblocks.case_law import notebook
from dti_xblocks.case_law.anchoring import anchor_at
from dti_xblocks.case_law.library import Library, library
from dti_xblocks.case_law.model import Authority
from dti_xblocks.case_law.notebook import Mark
from dti_xblocks.records.tables import csv_bytes

EARLY = datetime(2026, 11, 1, 8, 5, tzinfo=UTC)
LATE = EARLY + timedelta(hours=1)
RULE = "An officer who *sees* it has a duty to act. If there is time, say stop."
GRAHAM = Authority(
    "graham", "case", "Graham v. Connor", "Graham v. Connor, 490 U.S. 386 (1989)", (4, 2), (1, 3), facts="He ran out.", rule=RULE
)
MONELL = Authority("monell", "case", "Monell v. City", "Monell v. City, 436 U.S. 658 (1978)", (2,), (2,), rule="Custom counts.")
OWN = Authority("a-policy", "policy", "Our policy", "General Order 7", duty="Say stop.")
COLLECTION = Library([GRAHAM, OWN, MONELL])

WORDS = {
    "title": "My notes: Duty",
    "authority": "Authority",
    "citation": "Citation",
    "section": "Section",
    "words": "Words marked",
    "note": "Note",
    "bookmark": "Bookmark",
    "orphaned": "These words are gone.",
    "created": "Created",
    "changed": "Changed",
    "sections": {"rule": "Rule", "facts": "Facts", "duty": "The duty"},
    "nothing": "No notes yet.",
}


def mark(mark_id: int, slug="graham", words="duty to act", note="", section="rule", **values) -> Mark:
    """A mark of `words` as they stand in the section; of a passage that never was, where they do not."""
    authority = COLLECTION.get(slug)
    text = next((part.paragraphs[0] for part in authority.parts if part.code == section), "") if authority else ""
    text = text.replace("*", "")
    if words in text and section:
        anchor = anchor_at(authority.parts, section, 0, text.index(words), text.index(words) + len(words))
        values = {"start": anchor.start, "prefix": anchor.prefix, "suffix": anchor.suffix, **values}
    values = {"start": 0, "prefix": "", "suffix": "", "created_at": EARLY, "changed_at": EARLY, **values}
    return Mark(mark_id, f"key-{mark_id}", slug, section, 0, quote=words if section else "", note=note, **values)


def bookmark(mark_id: int, slug="graham") -> Mark:
    return mark(mark_id, slug, section="")


# -- in order ------------------------------------------------------------------------------------------------------------------


def test_authorities_stand_as_modules_teach_them_then_the_rest_then_what_has_gone():
    found = notebook.entries(
        [mark(n, slug) for n, slug in enumerate(("zzz-gone", "a-policy", "gone", "graham", "monell"))], COLLECTION
    )
    assert [entry.slug for entry in found] == ["monell", "graham", "a-policy", "gone", "zzz-gone"]
    assert [entry.known for entry in found] == [True, True, True, False, False]
    assert (found[1].heading, found[1].citation) == ("Graham v. Connor", "Graham v. Connor, 490 U.S. 386 (1989)")
    assert (found[3].heading, found[3].citation) == ("gone", "")


def test_in_an_authority_marks_stand_as_in_the_text():
    marks = [
        mark(1, words="words that nobody wrote anywhere"),
        mark(2, words="say stop"),
        mark(3, words="duty to act"),
        bookmark(4),
        mark(5, words="ran out", section="facts"),
    ]
    (entry,) = notebook.entries(marks, COLLECTION)
    assert [item.mark.id for item in entry.items] == [4, 5, 3, 2, 1]
    assert [item.orphaned for item in entry.items] == [False, False, False, False, True]
    assert [item.section for item in entry.items] == ["", "facts", "rule", "rule", "rule"]
    assert [item.quote for item in entry.items][1:] == ["ran out", "duty to act", "say stop", "words that nobody wrote anywhere"]


def test_words_that_were_changed_are_shown_as_they_are_and_as_they_were():
    old = mark(1, words="An officer who sees it has a duty to act.")
    after = Library([replace(GRAHAM, rule=f"Note this. {RULE.replace('has a duty', 'has the duty')}")])
    (entry,) = notebook.entries([old, mark(2, words="say stop")], after)
    changed, same = entry.items
    assert changed.quote == "An officer who sees it has the duty to act."
    assert changed.old_quote == old.quote and not changed.orphaned
    assert (same.quote, same.old_quote, same.paragraph) == ("say stop", "", 0)


def test_marks_of_an_authority_that_has_gone_are_kept():
    (entry,) = notebook.entries([mark(1, "gone", note="Mine."), bookmark(2, "gone")], COLLECTION)
    assert [(item.mark.id, item.orphaned, item.quote, item.mark.note) for item in entry.items] == [
        (2, False, "", ""),
        (1, True, "duty to act", "Mine."),
    ]


def test_every_mark_is_in_once_whatever_the_library():
    marks = [mark(n, authority.slug, "no such words") for n, authority in enumerate(library())]
    for collection in (library(), COLLECTION, Library([])):
        found = [item.mark.id for entry in notebook.entries(marks, collection) for item in entry.items]
        assert sorted(found) == [mark.id for mark in marks]


def test_the_order_of_the_shipped_library_is_that_of_the_course():
    found = [entry.slug for entry in notebook.entries([bookmark(n, slug) for n, slug in enumerate(library().slugs)], library())]
    course = [authority.slug for module in (1, 2) for authority in library().module(module)]
    assert found[: len(course)] == course
    assert sorted(found) == list(library().slugs)


def test_many_marks_share_the_work(monkeypatch):
    asked = []
    monkeypatch.setattr(notebook, "place", lambda parts, anchor, effort: asked.append(effort))
    notebook.entries([mark(1), mark(2), mark(3, "monell"), bookmark(4)], COLLECTION)
    assert len(asked) == 3 and len({id(effort) for effort in asked}) == 1 and asked[0].left == notebook.EFFORT_FOR_ALL


def test_a_mark_is_read_from_anything_that_has_its_fields():
    one = mark(1, note="Mine.")
    assert Mark.of(one) == one
    assert (bookmark(2).anchor, bookmark(2).is_bookmark, one.is_bookmark) == (None, True, False)


# -- search --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3]),
        ("duty", [1]),
        ("DUTY act", [1]),
        ("duty stop", []),
        ("resume", [2]),
        ("RÉSUMÉ", [2]),
        ("officers' own", [2]),
        ("monell", [3]),
        ("436 custom", [3]),
        ("graham", [1, 2]),
        ("strasse", [3]),
        ("nothing like it", []),
        ("שלום", [3]),
    ],
)
def test_words_are_found_in_quotes_notes_and_names(query, found):
    marks = [
        mark(1),
        mark(2, words="say stop", note="Résumé of the officers’ own words"),
        mark(3, "monell", words="Custom", note="Straße שלום"),
    ]
    entries = notebook.search(notebook.entries(marks, COLLECTION), query)
    assert sorted(item.mark.id for entry in entries for item in entry.items) == found
    assert all(entry.items for entry in entries)


def test_what_the_words_were_is_found_too():
    after = Library([replace(GRAHAM, rule=RULE.replace("a duty", "the duty"))])
    entries = notebook.entries([mark(1, words="An officer who sees it has a duty to act.")], after)
    assert entries[0].items[0].old_quote
    assert notebook.search(entries, "has a duty") and notebook.search(entries, "the duty")


# -- notes ---------------------------------------------------------------------------------------------------------------------


@given(st.text())
def test_a_cleaned_note_can_be_stored_anywhere_and_stays_as_it_is(text):
    note = notebook.clean_note(text)
    assert "\x00" not in note and "\r" not in note and "\u202e" not in note
    note.encode("utf-8")
    assert notebook.clean_note(note) == note


# -- Markdown ------------------------------------------------------------------------------------------------------------------


def test_the_whole_notebook_as_markdown():
    marks = [
        bookmark(1),
        mark(2, note="Ask [Sgt. Hall]:\n1. when?\n\n*Why?*", changed_at=LATE),
        mark(3, "gone", words="<b>Old</b> words", section="facts"),
    ]
    assert notebook.as_markdown(notebook.entries(marks, COLLECTION), WORDS) == (
        "# My notes: Duty\n\n"
        "## Graham v. Connor\n\nGraham v. Connor, 490 U.S. 386 (1989)\n\n"
        "### Bookmark\n\nCreated: 2026-11-01 08:05 UTC\n\n"
        "### Rule\n\n> duty to act\n\n"
        "**Note**\n\nAsk \\[Sgt. Hall\\]:\\\n1\\. when?\n\n\\*Why?\\*\n\n"
        "Created: 2026-11-01 08:05 UTC · Changed: 2026-11-01 09:05 UTC\n\n"
        "## gone\n\n### Facts\n\n**These words are gone.**\n\n> \\<b\\>Old\\</b\\> words\n\nCreated: 2026-11-01 08:05 UTC\n"
    )


def test_an_empty_notebook_says_so():
    assert notebook.as_markdown([], WORDS) == "# My notes: Duty\n\nNo notes yet.\n"


def test_the_edge_may_give_links_times_and_what_was():
    after = Library([replace(GRAHAM, rule=RULE.replace("a duty", "the duty"))])
    found = notebook.entries([mark(1, words="An officer who sees it has a duty to act.")], after)
    words = {**WORDS, "was": "You marked:", "moment": lambda moment: moment.strftime("%d.%m.")}
    text = notebook.as_markdown(
        found, words, lambda entry, item: f"https://x.org/a b?<{entry.slug}>#{item.section}-{item.paragraph}"
    )
    assert "### [Rule](<https://x.org/a%20b?%3Cgraham%3E#rule-0>)\n\n> An officer who sees it has the duty to act.\n\n" in text
    assert "You marked:\n\n> An officer who sees it has a duty to act.\n\nCreated: 01.11.\n" in text


def read_back(markdown: str) -> list[str]:
    """The texts that a reader of Markdown shows, block by block; fails at anything that only markup could have made."""
    shown, allowed = [], {"heading", "paragraph", "blockquote", "inline"}
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        assert token.type.removesuffix("_open").removesuffix("_close") in allowed, token.type
        if token.type == "inline":
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "text_special", "softbreak", "hardbreak", "strong_open", "strong_close"}, kinds
            shown.append("".join("\n" if child.type == "hardbreak" else child.content for child in token.children))
    return shown


MARKUP = st.text("ab1 \n\\`*_[]()<>#+-=.!|~&;:$^{}\"'/@é🚓א", max_size=60).filter(lambda text: text.strip())


@settings(max_examples=400)
@given(MARKUP, MARKUP)
def test_whatever_is_marked_and_written_is_read_as_text(words, note):
    note = notebook.clean_note(note)
    quote = " ".join(words.split())
    item = notebook.Item(mark(1, "gone", quote, note))
    shown = read_back(notebook.as_markdown([notebook.Entry("gone", quote, quote, False, (item,))], WORDS))
    told = [" ".join(line.split()) for line in note.split("\n")]
    paragraphs = [one.strip("\n") for one in "\n".join(told).split("\n\n") if one.strip()]
    assert shown == [
        *["My notes: Duty", quote, quote, "Rule", "These words are gone.", quote, "Note"],
        *["\n".join(filter(None, one.split("\n"))) for one in paragraphs],
        "Created: 2026-11-01 08:05 UTC",
    ]


@pytest.mark.parametrize(
    "text",
    [
        *["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](http://x.org/x.png)", "# no heading", "no closing #"],
        *[
            "- no list",
            "12. no list",
            "3) no list",
            "+ none",
            "* none",
            "> no quote",
            "---",
            "===",
            "***",
            "___",
            "```",
            "~~~",
            "~~no~~",
        ],
        *[
            "| a | b |\n|---|---|\n| c | d |",
            "&lt;b&gt;",
            "&amp;",
            "<http://x.org>",
            "[x]: http://x.org",
            "`code`",
            "\\*",
            "a\\",
            "$x$",
        ],
        *[
            "    no code",
            "a  \nb",
            "_x_",
            "__x__",
            "1.",
            "1)x",
            "<!-- x -->",
            "a\n===",
            "a\n---",
            "<?x?>",
            "[ ] no task",
            "- [x] none",
        ],
    ],
)
def test_nothing_in_a_note_is_taken_for_markup(text):
    item = notebook.Item(mark(1, "gone", "words", text))
    shown = read_back(notebook.as_markdown([notebook.Entry("gone", "gone", "", False, (item,))], WORDS))
    assert shown[6:-1] == ["\n".join(" ".join(line.split()) for line in text.split("\n"))]


# -- table ---------------------------------------------------------------------------------------------------------------------


def test_the_notebook_as_a_table():
    elsewhere = timezone(timedelta(hours=-5))
    marks = [
        bookmark(1),
        mark(2, note="=HYPERLINK(1)", changed_at=LATE.astimezone(elsewhere)),
        mark(3, "gone", words="@old words", section="facts", note="two\nlines"),
    ]
    found = notebook.entries(marks, COLLECTION)
    assert notebook.rows(found, WORDS) == [
        ["Graham v. Connor", GRAHAM.citation, "Bookmark", "", "", "2026-11-01T08:05:00+00:00", "2026-11-01T08:05:00+00:00"],
        [
            *["Graham v. Connor", GRAHAM.citation, "Rule", "duty to act", "=HYPERLINK(1)"],
            *["2026-11-01T08:05:00+00:00", "2026-11-01T09:05:00+00:00"],
        ],
        [
            *["gone", "", "Facts (These words are gone.)", "@old words", "two\nlines"],
            *["2026-11-01T08:05:00+00:00", "2026-11-01T08:05:00+00:00"],
        ],
    ]
    text = csv_bytes(notebook.columns(WORDS), notebook.rows(found, WORDS)).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline="")))
    assert table[0] == ["Authority", "Citation", "Section", "Words marked", "Note", "Created", "Changed"]
    assert [row[3:5] for row in table[1:]] == [["", ""], ["duty to act", "'=HYPERLINK(1)"], ["'@old words", "two\nlines"]]


def test_a_section_without_a_name_is_told_by_its_code():
    item = notebook.Item(mark(1, "gone", "words", section="odd"))
    entry = notebook.Entry("gone", "gone", "", False, (item,))
    assert notebook.rows([entry], WORDS)[0][2] == "odd (These words are gone.)"
    assert "### odd\n" in notebook.as_markdown([entry], WORDS)
