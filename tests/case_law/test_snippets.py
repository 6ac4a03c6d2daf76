"""Snippets: the passages that show why an authority was found."""

import pytest

from dti_xblocks.case_law.library import Library, library
from dti_xblocks.case_law.model import CASE, Authority
from dti_xblocks.content.italics import plain

QUERIES = [
    "excessive force",
    "grahm",
    "4th circuit",
    "490 U.S. 386",
    "cop",
    "supervisor liability sergeant",
    "california",
    "step in",
    "",
]


def hit_of(query, slug):
    return next(hit for hit in library().find(query).hits if hit.authority.slug == slug)


def marked(pieces):
    return [text for text, is_match in pieces if is_match]


def library_of(**texts):
    return Library([Authority("one", CASE, "A v. B", "A v. B, 1 F.3d 1 (4th Cir. 1999)", **texts)])


@pytest.mark.parametrize("query", QUERIES)
def test_a_snippet_is_short_and_is_what_the_passage_says(query):
    for hit in library().find(query).hits:
        assert 1 <= len(hit.snippets) <= 2
        for snippet in hit.snippets:
            assert len(snippet.text) <= 190
            if snippet.section:
                part = next(part for part in hit.authority.parts if part.code == snippet.section)
                passage = plain(part.paragraphs[snippet.paragraph])
            else:
                passage = hit.authority.citation
            text = snippet.text.removeprefix("… ").removesuffix(" …")
            assert text in passage
            start = passage.index(text)
            before, after = (
                passage[start - 1 : start] if start else " ",
                passage[start + len(text) : start + len(text) + 1] or " ",
            )
            assert before.isspace() and (after.isspace() or not after.isalnum())
            assert all(piece for piece, _is_match in snippet.pieces)


def test_the_words_of_the_query_are_marked():
    snippet = hit_of("objective reasonableness", "graham-v-connor").snippets[0]
    assert marked(snippet.pieces) == ["objective", "reasonableness"]
    assert snippet.section == "holding"


def test_a_misspelled_word_marks_the_word_that_stands_there():
    hit = hit_of("grahm v conner", "graham-v-connor")
    assert marked(hit.heading_pieces) == ["Graham", "Connor"]
    assert {"Graham", "Connor"} >= set(marked(hit.snippets[0].pieces)) != set()


def test_a_word_still_being_typed_marks_the_whole_word():
    assert marked(hit_of("garn", "tennessee-v-garner").heading_pieces) == ["Garner"]


def test_what_was_meant_is_marked_where_the_word_itself_is_not_there():
    (hit,) = library_of(rule="An officer saw it.").find("cop").hits
    assert marked(hit.snippets[0].pieces) == ["officer"]


def test_what_may_be_meant_stays_unmarked_beside_the_word_itself():
    (hit,) = library_of(rule="A deputy and an officer saw it.").find("deputy").hits
    assert marked(hit.snippets[0].pieces) == ["deputy"]


def test_a_phrase_is_marked_as_one():
    (hit,) = library_of(rule="He chose to step in at once.").find("step in").hits
    assert marked(hit.snippets[0].pieces) == ["step in"]


def test_possessives_and_accents_are_marked_whole():
    (hit,) = library_of(rule="The café’s owner and Prince George's men.").find("cafe george").hits
    assert marked(hit.snippets[0].pieces) == ["café’s", "George's"]


def test_the_snippet_is_where_most_of_the_query_stands_together():
    far = "The lantern was old. " + "Nothing else was said of it for a long while. " * 10
    (hit,) = library_of(facts=far + "At the harbor stood a lantern.").find("harbor lantern").hits
    assert marked(hit.snippets[0].pieces) == ["harbor", "lantern"]
    assert hit.snippets[0].pieces[0] == ("… ", False)


def test_a_citation_is_shown_where_it_was_asked_for():
    (snippet,) = hit_of("490 us 386", "graham-v-connor").snippets
    assert (snippet.section, marked(snippet.pieces)) == ("", ["490 U.S. 386"])


def test_a_mention_of_a_citation_is_shown_in_its_passage():
    snippet = hit_of("2 F.3d 870", "united-states-v-thao").snippets[0]
    assert snippet.section and marked(snippet.pieces) == ["2 F.3d 870"]


def test_without_words_the_beginning_of_the_brief_is_shown():
    hit = hit_of("", "graham-v-connor")
    (snippet,) = hit.snippets
    assert marked(snippet.pieces) == [] == marked(hit.heading_pieces)
    assert plain(hit.authority.short_version[0].paragraphs[0]).startswith(snippet.text.removesuffix(" …"))


def test_stars_of_italics_are_not_shown_and_paragraphs_are_counted_from_zero():
    law = Authority("law", "statute", "Law", "1 U.S.C. § 1", elements=("First *thing*.", "Second *harbor* thing."))
    (hit,) = Library([law]).find("harbor").hits
    assert [(one.section, one.paragraph, one.text) for one in hit.snippets] == [("elements", 1, "Second harbor thing.")]


def test_the_heading_is_whole():
    for hit in library().find("duty to intervene").hits:
        assert "".join(text for text, _is_match in hit.heading_pieces) == hit.authority.heading


def test_an_authority_without_a_text_has_no_snippet_but_its_citation():
    bare = Library([Authority("bare", "policy", "Harbor policy", "Springfield PD Policy 300")])
    assert bare.find("harbor").hits[0].snippets == ()
    assert marked(bare.find("springfield").hits[0].snippets[0].pieces) == ["Springfield"]
