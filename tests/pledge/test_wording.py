"""When is it another wording?"""

import unicodedata

import pytest

from dti_xblocks.pledge import olx
from dti_xblocks.pledge.wording import shown_hash, wording_hash

from .samples import PLEDGE


def version(content):
    return wording_hash(olx.read(content))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trust</em> me.", "trust</em> us."),
        ("I will step in.", "I will always step in."),
        ("freely", "gladly"),
        ("<em>trust</em>", "trust"),
        ('<affirmation id="act">I will step in.</affirmation>', ""),
    ],
)
def test_another_promise_is_another_wording(old, new):
    assert old in PLEDGE
    assert version(PLEDGE.replace(old, new)) != version(PLEDGE)


def test_the_order_of_statements_is_part_of_the_wording():
    one, two = '<affirmation id="a">A.</affirmation>', '<affirmation id="b">B.</affirmation>'
    assert version(one + two) != version(two + one)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n    ", "\n"),
        ("I carry a badge", "I carry\n   a badge"),
        ('id="law"', 'id="the-law"'),
        ('<field id="rank" label="Rank or title"/>', '<field id="badge" label="Badge"/>'),
        ("<closing>", "<!-- reviewed --><closing>"),
    ],
)
def test_what_is_no_promise_does_not_move_the_wording(old, new):
    assert old in PLEDGE
    assert version(PLEDGE.replace(old, new)) == version(PLEDGE)


@pytest.mark.parametrize("form", ["NFD", "NFC"])
def test_the_unicode_form_does_not_move_the_wording(form):
    text = PLEDGE.replace("trust</em> me", "confían</em> en mí").replace("step in", "actuaré, sen\u0303or")
    other = unicodedata.normalize(form, text)
    assert other != text
    assert version(other) == version(text)
    assert version(other.replace("en m", "in m")) != version(text)


def test_what_was_shown_includes_questions_title_and_surroundings():
    pledge = olx.read(PLEDGE)
    shown = shown_hash(pledge, "Title", {"button": "Sign"})
    assert shown != shown_hash(pledge, "Another", {"button": "Sign"})
    assert shown != shown_hash(pledge, "Title", {"button": "Submit"})
    assert shown != shown_hash(olx.read(PLEDGE.replace('label="Agency"', 'label="Department"')), "Title", {"button": "Sign"})
