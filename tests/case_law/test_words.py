"""How words are compared: forms, typing errors, and what stands for what."""

import random

import pytest

from dti_xblocks.case_law.words import COMMON, edits, edits_allowed, mask, root, synonyms, term, terms, tokens


def distance(one, other):
    """The same figure as `edits` has, by the textbook's table."""
    rows = [[max(i, j) if min(i, j) == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            same = one[i - 1] == other[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Prince George’s OFFICERS, café", ["prince", "george", "officer", "cafe"]),
        ("O'Neill-Cancel", ["oneill", "cancel"]),
        ("18 U.S.C. § 242(a)", ["18", "usc", "242", "a"]),
        ("490 U. S. 386", ["490", "us", "386"]),
        (
            "20 F.4th 1020; 208 F. Supp. 3d 373; the 4th Cir.",
            ["20", "f4th", "1020", "208", "fsupp3d", "373", "the", "4th", "cir"],
        ),
        ("D.C. and N.D. Ill.", ["dc", "and", "nd", "ill"]),
        ("duties, bosses, process, status, series, lies, 1980s", ["duty", "boss", "process", "status", "sery", "lie", "1980s"]),
        ("", []),
        ("§ — …", []),
    ],
)
def test_words_are_compared_without_case_accents_dots_possessives_and_plurals(text, found):
    assert terms(text) == found


def test_a_word_knows_its_place():
    text = "In Prince George’s County, O'Neill spoke."
    assert [text[token.start : token.end] for token in tokens(text)] == ["In", "Prince", "George’s", "County", "O'Neill", "spoke"]
    assert [token.term for token in tokens(text)] == terms(text)


def test_common_words_are_as_they_are_compared():
    assert {term(word) for word in ("does", "was", "this", "someone", "happens")} <= COMMON


@pytest.mark.parametrize(
    "family",
    [
        ["intervene", "intervening", "intervened"],
        ["supervisor", "supervise", "supervision", "supervising", "supervisory"],
        ["retaliation", "retaliate", "retaliatory", "retaliated"],
        ["train", "training", "trained"],
        ["indifferent", "indifference"],
        ["violate", "violation", "violated", "violates"],
        ["deliberate", "deliberately"],
        ["willful", "willfully", "willfulness"],
        ["discipline", "disciplinary", "disciplined"],
        ["beat", "beaten", "beating"],
        ["duty", "duties"],
        ["stop", "stopped"],
    ],
)
def test_forms_of_a_word_have_one_root(family):
    assert len({root(term(word)) for word in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("policy", "police"), ("station", "statute"), ("officer", "official"), ("city", "citizen")]
)
def test_different_words_have_different_roots(one, other):
    assert root(one) != root(other)


def test_typing_errors_are_counted_as_the_textbook_counts_them():
    dice = random.Random(5)
    for _each in range(4000):
        one, other = ("".join(dice.choice("abcd") for _letter in range(dice.randrange(8))) for _word in "12")
        for most in (1, 2):
            assert min(edits(one, other, most), most + 1) == min(distance(one, other), most + 1), (one, other)


def test_no_near_word_is_lost_by_comparing_letters_first():
    dice = random.Random(6)
    for _each in range(4000):
        one, other = ("".join(dice.choice("abcde") for _letter in range(dice.randrange(4, 9))) for _word in "12")
        for most in (1, 2):
            if distance(one, other) <= most:
                assert (mask(one) ^ mask(other)).bit_count() <= 2 * most


@pytest.mark.parametrize(
    ("word", "errors"), [("act", 0), ("duty", 1), ("officer", 1), ("supervisor", 2), ("1983", 0), ("4th", 0)]
)
def test_longer_words_may_have_more_errors_and_numbers_none(word, errors):
    assert edits_allowed(word) == errors


def test_synonyms_go_both_ways_and_what_people_say_goes_one():
    assert ("police",) in synonyms().of(("cop",)) and ("cop",) in synonyms().of(("police",))
    assert ("false",) in synonyms().of(("lie",)) and ("lie",) not in synonyms().of(("false",))


def test_a_form_of_a_word_has_the_synonyms_of_the_word():
    assert synonyms().of(("ordered",)) == synonyms().of(("order",)) != {}


def test_nothing_stands_for_itself_or_for_a_common_word():
    table = synonyms()._of
    for said, meant in table.items():
        assert said not in meant
        assert not any(len(other) == 1 and other[0] in COMMON for other in meant)
