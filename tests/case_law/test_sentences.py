"""Sentences of law: a full stop often ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.case_law.sentences import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He ran. She stayed.", ["He ran.", "She stayed."]),
        ("See Graham v. Connor, 490 U.S. 386 (1989). It holds.", ["See Graham v. Connor, 490 U.S. 386 (1989).", "It holds."]),
        ("Is it so? “Yes!” he said. No. 3 is next.", ["Is it so?", "“Yes!” he said.", "No. 3 is next."]),
        ("He sued (No. 21. See below.) and won. Then.", ["He sued (No. 21. See below.) and won.", "Then."]),
        ("Under § 1983. Then Minn. Stat. 626 and Sgt. Hall.", ["Under § 1983.", "Then Minn. Stat. 626 and Sgt. Hall."]),
        ("Wait... Then go … Now.", ["Wait...", "Then go …", "Now."]),
        ("  one  ", ["one"]),
        ("", []),
    ],
)
def test_sentences(text, found):
    assert [text[start:end] for start, end in sentences(text)] == found


@given(st.text("aA. ?!(§1”é", max_size=80))
def test_sentences_leave_out_nothing_but_spaces(text):
    found = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
    assert found == sorted(found)
