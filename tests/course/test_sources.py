"""Sentences that state law or research are found by their words, and need a link in reach."""

import pytest
from lxml import html

from dti_xblocks.course.rules.sources import _claims, _headings

LINK = '<a href="/jump_to_id/list#case-a-v-b">it</a>'


def claims(page: str) -> list[str]:
    parsed = html.fromstring(f"<div>{page}</div>")
    return [sentence for run in _headings(parsed) for sentence in _claims(run)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Sixth Circuit said no.",
        "A jury convicted all three.",
        "He pleaded guilty.",
        "Under § 1983 you answer in person.",
        "The law asks that of everyone.",
        "Smith v. Jones says so.",
        "Nearly nine in ten adults, 88 percent, said yes.",
        "Twenty of thirty nurses gave it.",
        "One study found more.",
        "It began in 1978.",
        "It's a state crime.",
    ],
)
def test_words_of_law_of_research_and_years_are_claims(sentence):
    assert claims(f"<p>{sentence}</p>") == [sentence]
    assert claims(f"<p>{sentence} {LINK}</p>") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Your partner holds on, and you're two steps away.",
        "You need 70 percent to pass it.",
        "It takes 20 seconds and costs nothing.",
        "Say it again, louder, with a name.",
    ],
)
def test_what_happens_on_a_street_is_none(sentence):
    assert claims(f"<p>{sentence}</p>") == []


def test_a_story_may_run_on_under_its_heading_and_no_further():
    assert claims(f"<h3>One</h3><p>He sued.</p><p>He won: {LINK}.</p><h3>Two</h3><p>She sued. They talked.</p>") == ["She sued."]


def test_each_sentence_of_a_paragraph_is_looked_at():
    assert claims('<p>He said "go." Then a jury heard it. They left.</p>') == ["Then a jury heard it."]


def test_a_row_of_a_table_is_a_paragraph_with_its_own_link_under_the_heading():
    assert claims(f"<table><tr><td>5th Circuit</td><td>{LINK}</td></tr></table>") == []
    assert claims("<table><tr><td>The 5th Circuit</td><td>no</td></tr></table>") == ["The 5th Circuit no"]


def test_the_lesson_in_short_rests_on_the_list_below_it_and_briefs_are_not_read():
    short = '<div class="dti-card dti-key"><h4>In short</h4><p>Rank alone makes nobody liable.</p></div>'
    listed = '<details class="dti-card dti-authorities"><ul><li>A v. B, 1 U.S. 1 (1990)</li></ul></details>'
    assert claims(short) == ["Rank alone makes nobody liable."]
    assert claims(short + listed) == []
    assert claims('<details class="dti-card dti-brief"><p>A court held.</p></details>') == []
