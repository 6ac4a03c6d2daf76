"""The plain passages of a block: what a learner reads there, one text for each paragraph, answer or line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree, html

from ...case_law.library import library
from ...content import inner_xml
from ...scenario import olx as scenario_olx
from ...scenario.model import Line
from ..items.model import item_of
from ..model import Block, OlxCourse

BLOCKS = ("p", "li", "dt", "dd", "blockquote", "label")
LEFT_OUT = "//details | //figure | //table | //svg | //style | //script"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "summary")


def passages(course: OlxCourse, block: Block) -> Iterator[str]:
    """What can be read in a block and all below it, each question of a bank included."""
    read = READERS.get(block.tag)
    yield from read(course, block) if read else ()
    for child in block.children:
        yield from passages(course, child)


def page(course: OlxCourse, block: Block) -> etree._Element:
    """The page of an html block, parsed, without what is looked up in it."""
    name = course.page_of(block)
    text = course.text(name) if course.has_file(name) else inner_xml(block.node)
    found = html.fromstring(f"<div>{text}</div>")
    for node in found.xpath(LEFT_OUT):
        node.drop_tree()
    return found


def of_html(text: str) -> list[str]:
    """The paragraphs of some markup as plain texts; all of it as one where it has no paragraphs."""
    return list(_paragraphs(html.fromstring(f"<div>{text}</div>"))) if text.strip() else []


def _paragraphs(found: etree._Element) -> Iterator[str]:
    leaves = [node for node in found.iter(*BLOCKS) if not any(True for _ in node.iterdescendants(*BLOCKS))]
    texts = (_line(node.itertext()) for node in leaves or [found])
    return (text for text in texts if text)


def _line(pieces: Iterator[str]) -> str:
    return " ".join(" ".join(pieces).split())


def _page(course: OlxCourse, block: Block) -> Iterator[str]:
    found = page(course, block)
    for node in found.xpath("|".join(f"//{name}" for name in HEADINGS)):
        node.drop_tree()
    return _paragraphs(found)


def _problem(_course: OlxCourse, block: Block) -> Iterator[str]:
    item = item_of(block)
    if item is None:
        yield _line(block.node.itertext())
        return
    yield item.stem
    yield from (option.text for option in item.options)
    yield from (_line(node.itertext()) for node in block.node.iter("choicehint", "optionhint"))
    yield from (text for text in of_html(item.explanation) if text != "Explanation")


def _scenario(_course: OlxCourse, block: Block) -> Iterator[str]:
    try:
        scenario = scenario_olx.read(inner_xml(block.node), block.node.get("score_by") or "choices")
    except ValueError:
        return  # the rules say what is wrong with it
    yield from of_html(scenario.introduction)
    told = [line for scene in scenario.scenes for line in scene.lines] + [line for end in scenario.endings for line in end.lines]
    for line in told:
        yield from of_html(line.html) if isinstance(line, Line) else ()
    for scene in scenario.scenes:
        for choice in scene.choices:
            yield from (text for part in (choice.text, choice.outcome, choice.why) for text in of_html(part))


def _case_law(_course: OlxCourse, block: Block) -> Iterator[str]:
    for node in block.node.iter("authority"):
        found = library().get(node.get("ref", ""))
        if found is not None:
            yield found.in_brief.replace("*", "")


def _texts(_course: OlxCourse, block: Block) -> Iterator[str]:
    """The innermost texts of what has markup of its own."""
    inner = [
        node
        for node in block.node.iter()
        if isinstance(node.tag, str)
        and not any(isinstance(one.tag, str) and one.tag not in ("em", "strong", "b", "i", "a") for one in node)
    ]
    return (text for node in inner if (text := _line(node.itertext())))


READERS: dict[str, Callable[[OlxCourse, Block], Iterator[str]]] = {
    "html": _page,
    "problem": _problem,
    "dti_scenario": _scenario,
    "dti_case_law": _case_law,
    "dti_activity": _texts,
    "dti_pledge": _texts,
    "dti_review": _texts,
    "dti_video": _texts,
}
