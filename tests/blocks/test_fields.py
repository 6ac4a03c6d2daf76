"""Texts that are read at every request: what is in them, and what it costs."""

from runtime import LEARNER, again, make_block
from xblock.fields import String

from dti_xblocks.blocks.base import fields
from dti_xblocks.review_block import ReviewBlock

BELL = "<prompt><p>One\x07 bell, two\ud800 halves.</p></prompt>"
CLEAN = "<prompt><p>One bell, two halves.</p></prompt>"


def test_what_xml_does_not_allow_is_taken_out_as_from_any_other_field():
    field = fields.AuthoredText()
    assert field.from_json(BELL) == CLEAN == String().from_json(BELL)
    assert field.from_json(BELL) == CLEAN  # and so it is the second time


def test_none_and_bytes_are_what_they_are_in_any_other_field():
    field = fields.AuthoredText()
    assert field.from_json(None) is None
    assert field.from_json(b"<p/>") == "<p/>"


def test_the_same_text_is_gone_through_once(monkeypatch):
    fields._allowed.cache_clear()
    text = "<prompt><p>How was the course, on the whole?</p></prompt>"
    block = make_block(ReviewBlock, text)
    read = [block.content, again(block, LEARNER).content, again(block, LEARNER).content]
    assert read == [text] * 3
    assert fields._allowed.cache_info().misses == 1


def test_a_changed_text_is_gone_through_anew():
    block = make_block(ReviewBlock, "<prompt><p>How was it?</p></prompt>")
    assert "How was it?" in block.content
    block.content = CLEAN
    assert block.content == CLEAN
