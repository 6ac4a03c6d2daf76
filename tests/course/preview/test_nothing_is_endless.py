"""Somebody else's course ends: in blocks, text, time and notes."""

import time

import pytest

from dti_xblocks.course.preview import bounds, reading
from dti_xblocks.course.preview.confine import MAX_NOTES, Notes, plain
from dti_xblocks.course.preview.course import LiveCourse
from dti_xblocks.course.preview.errors import PreviewError
from dti_xblocks.course.preview.loader import load
from dti_xblocks.course.preview.transcripts import read_cues
from tests.course.preview.made import PROBLEM, every_page, in_a_unit


def test_files_that_point_at_each_other_twice_are_a_sentence(write):
    files = {f"vertical/v{i}.xml": f'<vertical>{2 * f"""<vertical url_name="v{i + 1}"/>"""}</vertical>' for i in range(27)}
    folder = write({"course.xml": in_a_unit('<vertical url_name="v0"/>'), **files, "vertical/v27.xml": "<vertical/>"})
    start = time.process_time()
    with pytest.raises(PreviewError, match=r"uses .* more than 1000 times\. Perhaps files point at each other"):
        load(folder)
    assert time.process_time() - start < 20


def test_a_course_that_becomes_endless_keeps_the_last_good_one(write):
    folder = write({})
    live = LiveCourse(folder)
    good = live.tree()
    (folder / "course.xml").write_text(in_a_unit('<html url_name="a"/>' * 2000))
    live._looked = time.monotonic() - 10
    assert live.tree() is good
    assert "more than 1000 times" in live.fault


def test_too_many_blocks_are_a_sentence(write, monkeypatch):
    assert bounds.MAX_BLOCKS == 100_000
    monkeypatch.setattr(reading, "MAX_BLOCKS", 50)
    folder = write({"course.xml": in_a_unit("".join(f'<html url_name="h{i}"><p>x</p></html>' for i in range(60)))})
    with pytest.raises(PreviewError, match="more than 50 blocks"):
        load(folder)


def test_too_much_text_is_a_sentence(write, monkeypatch):
    monkeypatch.setattr(reading, "MAX_READ", 50_000)
    uses = "".join(f'<html url_name="h{i}" filename="big"/>' for i in range(9))
    folder = write({"course.xml": in_a_unit(uses), "html/big.html": "x" * 10_000})
    with pytest.raises(PreviewError, match="MiB of text"):
        load(folder)


def test_a_file_too_large_is_left_out(write):
    folder = write({"course.xml": in_a_unit('<html url_name="h" filename="big"/>' + PROBLEM), "html/x": "", "about/x": ""})
    for name in ("html/big.html", "about/overview.html"):
        with (folder / name).open("wb") as file:
            file.truncate(10 * 1024**3)  # a hole: it takes no room
    tree = load(folder)
    assert tree.named("p") and tree.info == ()
    assert any("larger than 64 MiB" in warning for warning in tree.warnings)


@pytest.mark.parametrize("depth", [100, 600])
def test_a_long_chain_ends(write, depth):
    files = {f"vertical/v{i}.xml": f'<vertical><vertical url_name="v{i + 1}"/></vertical>' for i in range(depth)}
    tree = load(write({"course.xml": in_a_unit('<vertical url_name="v0"/>'), **files}))
    assert any("nested deeper than 40 levels" in warning for warning in tree.warnings)


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ('<word_cloud url_name="w" num_inputs="99999999" num_top_words="99999999"/>', "num_inputs is larger than 100"),
        (f'<word_cloud url_name="w" num_inputs="{"9" * 4000}"/>', "num_inputs"),
        ('<word_cloud url_name="w" num_inputs="-99999999999999999999"/>', "num_inputs"),
        ('<itembank url_name="w" max_count="zz"><html url_name="h"><p>x</p></html></itembank>', "max_count"),
        ('<itembank url_name="w" max_count="1e400"><html url_name="h"><p>x</p></html></itembank>', "max_count"),
        ('<problem url_name="w" weight="nan"><numericalresponse answer="1"><textline/></numericalresponse></problem>', "weight"),
        (
            '<problem url_name="w" weight="1e308"><numericalresponse answer="1"><textline/></numericalresponse></problem>',
            "weight",
        ),
    ],
)
def test_numbers_without_bounds_hang_no_page(preview, block, named):
    visitor = preview({"course.xml": in_a_unit(block + PROBLEM)})
    start = time.process_time()
    every_page(visitor)
    assert len(visitor.unit("u")) < 400_000
    assert time.process_time() - start < 15
    assert any(named in warning for warning in visitor.tree.warnings), visitor.tree.warnings


def test_ordinary_numbers_stay(write):
    tree = load(write({"course.xml": in_a_unit(
        '<word_cloud url_name="w" num_inputs="7" num_top_words="250"/><split_test url_name="t" user_partition_id="2147483647"/>'
    )}))  # fmt: skip
    assert tree.named("w").fields["num_inputs"] == 7
    assert tree.named("t").fields["user_partition_id"] == 2147483647
    assert tree.warnings == ()


def test_a_subtitle_without_end_is_read_at_once():
    start = time.process_time()
    assert read_cues("1" * 300_000, ".srt") == []
    assert read_cues("[" * 100_000, ".sjson") == []
    assert read_cues('{"start": [1, "x"], "end": [2, 3], "text": ["a", "b"]}', ".sjson") == []
    assert time.process_time() - start < 5


def test_notes_are_few_short_and_plain():
    notes = Notes()
    for number in range(MAX_NOTES + 7):
        notes.append(f"{number} \x1b[31m" + "A" * 5000)
        notes.append("twice")
    assert len(notes.all()) == MAX_NOTES + 1
    assert notes.all()[-1] == "There are 8 more such notes."
    assert all(len(note) <= 400 and note.isprintable() for note in notes.all())
    assert plain("a\ud800b") == "a�b"
