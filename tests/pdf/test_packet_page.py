"""A packet as one HTML file, to be read without a network."""

from dataclasses import replace

import pytest
from django.utils import translation
from lxml import etree

from dti_xblocks import pdf
from dti_xblocks.case_law.library import Library, library
from dti_xblocks.case_law.packet import CHOSEN, Choice
from dti_xblocks.pages.case_law.packet_document import Cover
from tests.pdf import packet_samples as samples
from tests.pdf.packet_samples import text_of


@pytest.fixture(scope="module")
def page():
    return etree.HTML(samples.full().to_read(samples.TODAY))


def test_the_page_needs_nothing_from_outside(page):
    assert not page.xpath("//script|//link|//iframe|//object|//video|//audio|//form|//*[@srcset]|//@style|//base")
    assert all(address.startswith("data:image/") for address in page.xpath("//@src"))
    styles = "".join(page.xpath("//style/text()"))
    assert "url(" not in styles and "@import" not in styles
    for address in page.xpath("//a/@href"):
        assert address.startswith(("https://", "http://")) or page.xpath("//*[@id=$name]", name=address[1:]), address


def test_the_page_has_language_title_landmarks_and_a_way_past_the_cover(page):
    assert page.get("lang") == "en" and page.xpath("//title/text()") == ["Packet: <one> & two"]
    assert [node.tag for node in page.xpath("//main|//header|//nav")] == ["header", "main", "nav"]
    (skip,) = page.xpath("//a[@class='skip']/@href")
    assert page.xpath("//*[@id=$name]", name=skip[1:])
    assert page.xpath("//meta[@charset='utf-8']")


def test_names_on_the_page_are_unique_and_lead_to_each_paragraph(page):
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    for slug in samples.SLUGS:
        for part in samples.COLLECTION.get(slug).parts:
            for number in range(len(part.paragraphs)):
                assert f"case-{slug}--{part.code.replace('_', '-')}-{number + 1}" in names


def test_marks_are_highlighted_and_italics_set(page):
    facts = page.xpath("//*[@id='case-graham-v-connor--facts-1']")[0]
    highlighted = "".join("".join(node.itertext()) for node in facts.xpath(".//mark"))
    plain = samples.GRAHAM.facts
    end = plain.index(" ", 60)  # the mark ends within a word, of which all is shown
    assert plain[59:61].isalpha() and highlighted == plain[17:end].strip()
    assert [text_of(node) for node in facts.xpath(".//sup")] == ["[2]"]
    assert "underline" in pdf.stylesheet("packet.css").split("mark {")[1].split("}")[0]  # not by color alone
    assert [text_of(node) for node in page.xpath("//*[@id='case-graham-v-connor--in-brief-1']//em")] == ["reasonable officer"]
    assert "*" not in text_of(page.xpath("//article[@id='case-graham-v-connor']")[0])


def test_everything_in_it_is_escaped():
    hostile = "<script>x</script> & </p> \"'"
    graham = samples.GRAHAM
    mine = [samples.mark(1, graham, "facts", 0, 5, hostile)]
    cover = Cover(hostile, hostile, None, hostile)
    tree = etree.HTML(samples.full(cover=cover, mine=mine).to_read(samples.TODAY))
    assert not tree.xpath("//script")
    assert text_of(tree.xpath("//h1")[0]) == text_of(tree.xpath("//p[@class='note-text']")[0]) == hostile


def test_the_digest_is_of_everything_but_the_day():
    one = samples.full()
    assert one.digest == samples.full().digest
    assert one.to_render(samples.TODAY) != one.to_render(samples.TODAY.replace(day=24))
    others = [
        samples.full(cover=Cover("Packet: <one> & two", "Springfield Police", (samples.png(4), "image/png"), "Ana Reyes")),
        samples.full(cover=Cover("Other")),
        samples.full(mine=samples.marks()[1:]),
        samples.full(choice=Choice("chosen", samples.SLUGS[1:])),
    ]
    with translation.override("es"):
        others.append(samples.full())
    assert len({one.digest, *(other.digest for other in others)}) == 6


def test_each_text_has_the_direction_of_its_own_words():
    arabic = replace(samples.POLICY, duty="تدخّل فورا.", who_it_covers="2026: Everybody.")
    collection = Library([*library(), arabic])
    with translation.override("ar"):
        tree = etree.HTML(samples.full(Choice(CHOSEN, (arabic.slug,)), Cover("T"), [], collection).to_read(samples.TODAY))
    ways = {text_of(node): node.get("dir") for node in tree.xpath("//article//*[@lang='en']")}
    assert ways["تدخّل فورا."] == "rtl"
    assert ways["2026: Everybody."] == ways[arabic.caption] == "ltr"
    assert tree.get("dir") == "rtl" and not tree.xpath("//*[@dir='auto']")  # WeasyPrint does not know that word


def test_the_day_is_in_the_language_of_the_reader():
    with translation.override("de"):
        assert "23. November 2026" in samples.full().to_read(samples.TODAY)
