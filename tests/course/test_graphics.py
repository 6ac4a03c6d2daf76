"""Information graphics: drawn from one text into the pages that name them, and current in our course."""

import dataclasses
import re

import pytest
from lxml import etree

from dti_xblocks.case_law.library import library
from dti_xblocks.course.cli import main
from dti_xblocks.course.graphics import Graphic, GraphicsError, Item, figure, graphics, with_graphics, write_graphics
from dti_xblocks.course.papers import guide
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.content

EMPTY = '<p>One.</p>\n<figure class="dti-figure" data-graphic="{}"></figure>\n<p>Two.</p>\n'
ASK = Item("Seen?", "Did you see it?", down="Yes", side="No", out="Nothing to stop.")


def texts(markup):
    return [text.text for text in etree.fromstring(markup).iter("text")]


def test_the_graphics_in_our_lessons_are_those_of_the_text():
    named = set()
    for page in sorted((shipped_course() / "html").glob("*.html")):
        text = page.read_text(encoding="utf-8")
        assert with_graphics(text, graphics()) == text, "Run: dti-course graphics course_export"
        named.update(re.findall(r'data-graphic="([^"]*)"', text))
    assert named == set(graphics())


@pytest.mark.parametrize("name", [name for name, graphic in graphics().items() if graphic.kind != "map"])
def test_the_list_says_what_the_drawing_says(name):
    whole = etree.fromstring(figure(graphics()[name]))
    drawing, words = whole.find("svg"), " ".join("".join(whole.find("div").itertext()).split())
    assert drawing.get("aria-hidden") == "true"
    items = graphics()[name].items
    for said in [item.head for item in items] + [item.text for item in items] + [item.note for item in items]:
        assert said in words
        assert all(word in " ".join(text.text for text in drawing.iter("text")) for word in said.split())
    assert "…" not in " ".join(texts(etree.tostring(drawing)))


def test_the_map_has_every_place_of_the_library_and_its_list_names_the_same():
    shown = graphics()["circuits"]
    places = {place.code: place for place in library().jurisdictions if place.circuit}
    drawing = etree.fromstring(figure(shown)).find("svg")
    squares = [text.text for text in drawing.iter("text")]
    drawn = dict(zip(squares[::2], squares[1::2], strict=True))
    assert drawn == {code: place.circuit for code, place in places.items()}
    told = {name: item.head for item in shown.items for name in item.text.split(", ")}
    assert told == {place.name: place.circuit for place in places.values()}


def test_a_map_is_the_same_where_words_are_read_from_the_right():
    shown = graphics()["circuits"]
    left, right = (etree.fromstring(figure(dataclasses.replace(shown, rtl=rtl))).find("svg") for rtl in (False, True))
    for tag, attribute in (("rect", "x"), ("text", "x"), ("path", "d")):
        assert [node.get(attribute) for node in left.iter(tag)] == [node.get(attribute) for node in right.iter(tag)]


def test_there_is_one_ladder_and_one_list_for_a_report():
    known = graphics()
    assert [(rung.name, rung.what, rung.when) for rung in guide().rungs] == [
        (item.head, item.text, item.note) for item in known["ladder"].items
    ]
    assert list(guide().checklist) == [item.head for item in known["report"].items]


def test_the_clock_has_every_state_with_a_deadline_where_the_guide_has_it():
    shown = {item.head.lower(): item.text for item in graphics()["report-clock"].items}
    told = []
    for row in guide().states:
        limit = re.search(r"end of the shift|\d+ (?:hours|days)", row.text)
        if limit:
            (states,) = (text for head, text in shown.items() if limit[0] in head)
            assert row.head in states
            told.append(row.head)
    assert sum(len(re.findall(r"(?:[A-Z]\w+ )?[A-Z]\w+", text)) for text in shown.values()) == len(told)


def test_a_question_leads_on_or_ends_at_the_side():
    tree = Graphic("t", "tree", "Title", (ASK, ASK), next="Go on.", end="The end.")
    items = [" ".join("".join(item.itertext()).split()) for item in etree.fromstring(figure(tree)).iter("li")]
    assert items == [f"Seen? Did you see it? No: Nothing to stop. Yes: {then}" for then in ("Go on.", "The end.")]


def test_marks_are_as_many_as_tens_of_seconds_and_the_last_is_the_rest():
    page = figure(Graphic("m", "marks", "Title", (Item("25 seconds", seconds=25),)))
    for path in etree.fromstring(page).iter("path"):
        assert re.findall(r"h(\d+)", path.get("d").replace("h-", "")) == ["14", "14", "7"]


def test_what_is_read_from_the_right_is_mirrored():
    one = Graphic("s", "stairs", "Title", (Item("One"), Item("Two")))
    left, right = (etree.fromstring(figure(Graphic(**{**vars(one), "rtl": rtl}))) for rtl in (False, True))
    for a, b in zip(left.iter("text"), right.iter("text"), strict=True):
        assert float(a.get("x")) + float(b.get("x")) == pytest.approx(560) and b.get("direction") == "rtl"


def test_words_are_escaped():
    page = figure(Graphic("s", "stairs", "A & B", (Item("<b>"),)))
    assert "A &amp; B" in page and "<b>" not in page


def test_the_command_fills_what_pages_name_again_and_again(tmp_path, capsys):
    file = tmp_path / "html/one.html"
    file.parent.mkdir()
    file.write_text(EMPTY.format("ladder"), encoding="utf-8")
    assert main(["graphics", str(tmp_path)]) == 0 and capsys.readouterr().out == "html/one.html\n"
    text = file.read_text(encoding="utf-8")
    assert text.startswith("<p>One.</p>\n<figure") and text.endswith("</figure>\n<p>Two.</p>\n")
    assert write_graphics(tmp_path, graphics()) == []
    other = tmp_path / "words.toml"
    other.write_text('[ladder]\nkind = "stairs"\ntitle = "Leiter"\nitems = [{head = "Zeichen"}]\n', encoding="utf-8")
    assert main(["graphics", str(tmp_path), "--words", str(other)]) == 0
    assert "Zeichen" in file.read_text(encoding="utf-8")
    assert main(["graphics", str(file)]) == 2


def test_nothing_is_written_when_a_page_names_what_is_not_there(tmp_path, capsys):
    (tmp_path / "html").mkdir()
    good, bad = tmp_path / "html/a.html", tmp_path / "html/b.html"
    good.write_text(EMPTY.format("ladder"), encoding="utf-8")
    bad.write_text(EMPTY.format("lader"), encoding="utf-8")
    assert main(["graphics", str(tmp_path)]) == 2
    assert "html/b.html: There is no graphic “lader”; known are barriers" in capsys.readouterr().err
    assert good.read_text(encoding="utf-8") == EMPTY.format("ladder")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a", "cannot be read"),
        ('direction = "up"', "direction is “ltr” or “rtl”"),
        ('[a]\nkind = "stairs"\ntitle = "T"', r"add \[\[a.items\]\]"),
        ('[a]\nkind = "stairs"\nitems = [{head = "H"}]', "“a” lacks “title”"),
        ('[a]\nkind = "stairs"\ntitle = "T"\nitems = [{text = "H"}]', "lacks “head”"),
        ('[a]\nkind = "stairs"\ntitle = "T"\nitems = ["H"]', "is no table"),
        ('[a]\nkind = "stairs"\ntitle = "T"\nitems = [{head = "H", hed = "H"}]', "has “hed”; known are circuit, down, head"),
        ('[a]\nkind = "stairs"\ntitle = "T"\nitems = [{head = "H", text = 3}]', "“text” is a text in quotes"),
        ('[a]\nkind = "marks"\ntitle = "T"\nitems = [{head = "H", seconds = "3"}]', "“seconds” is a number"),
        ('[a]\nkind = "stars"\ntitle = "T"\nitems = [{head = "H"}]', "of the kind “stars”; known are stairs"),
        ('[a]\nkind = "map"\ntitle = "T"\nitems = [{head = "H", circuit = "13th"}]', "“13th”, which the library does not know"),
    ],
)
def test_a_text_that_cannot_be_drawn_is_refused(tmp_path, text, message):
    (tmp_path / "words.toml").write_text(text, encoding="utf-8")
    with pytest.raises(GraphicsError, match=message):
        [figure(each) for each in graphics(tmp_path / "words.toml").values()]
