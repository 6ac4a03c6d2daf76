"""CSV that no spreadsheet program takes for a formula."""

import csv
import io

import pytest

from dti_xblocks.records.tables import PIECE, csv_bytes, csv_stream, safe_cell


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", '=HYPERLINK("http://x","y")']
)
def test_what_would_be_a_formula_becomes_text(text):
    assert safe_cell(text) == f"'{text}"


def test_a_cell_that_a_locale_begins_in_the_middle_is_no_formula():
    assert safe_cell("x;=cmd()") == "x;'=cmd()"
    assert safe_cell("x\t @a; b - c") == "x\t '@a; b - c"


@pytest.mark.parametrize("text", ["", "Ana", "a=b", "'x", "1-2", "é", " a"])
def test_other_text_stays_as_it_is(text):
    assert safe_cell(text) == text


def test_numbers_stay_numbers_and_nothing_is_empty():
    assert [safe_cell(value) for value in (5, -5, 0.5, None, True)] == [5, -5, 0.5, "", "True"]


def test_a_file_is_read_back_cell_by_cell():
    body = csv_bytes(["name", "=x"], [["Núñez, José", 'says "hi"\nthere'], ["=cmd()", 3]])
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    assert rows == [["name", "'=x"], ["Núñez, José", 'says "hi"\nthere'], ["'=cmd()", "3"]]


def test_a_long_file_comes_in_pieces_made_when_they_are_asked_for():
    asked = []

    def rows():
        for number in range(10_000):
            asked.append(number)
            yield [number, "ü" * 40]

    stream = csv_stream(["number", "text"], rows())
    assert next(stream) == "\ufeffnumber,text\r\n".encode()
    assert asked == []
    piece = next(stream)
    assert len(asked) < 2000
    rest = list(stream)
    assert all(PIECE <= len(each) < 3 * PIECE for each in [piece, *rest[:-1]])
    assert b"".join([piece, *rest]).decode().splitlines() == [f"{number},{'ü' * 40}" for number in range(10_000)]


def test_a_file_without_rows_has_its_header():
    assert csv_bytes(["a"], []) == b"\xef\xbb\xbfa\r\n"
