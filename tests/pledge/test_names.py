"""Which names belong to one person. The cases bind static/js/pledge.js too."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.pledge.names import names_agree

CASES = json.loads((Path(__file__).parent / "name_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "account"), CASES["agree"])
def test_ways_of_writing_one_name_agree(typed, account):
    assert names_agree(typed, account)


@pytest.mark.parametrize(("typed", "account"), CASES["differ"])
def test_other_names_differ(typed, account):
    assert not names_agree(typed, account)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_comparison_and_it_is_symmetric(one, other):
    assert names_agree(one, other) == names_agree(other, one)


@given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=20))
def test_a_name_agrees_with_itself_in_any_case(name):
    assert names_agree(name.lower(), name)
