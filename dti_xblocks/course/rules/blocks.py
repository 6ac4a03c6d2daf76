"""Rules about our own blocks: their attributes, their content, and the law that pages rest on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from ...activity import olx as activity_olx
from ...activity import rules as activity_rules
from ...activity.model import PLAN, SORT
from ...case_law import olx as case_law_olx
from ...case_law import rules as case_law_rules
from ...case_law.citation import citations_in
from ...case_law.library import library
from ...content import WARNING, Problem, inner_xml, parse_content
from ...pledge import olx as pledge_olx
from ...pledge import rules as pledge_rules
from ...review import olx as review_olx
from ...review import rules as review_rules
from ...scenario import olx as scenario_olx
from ...scenario import rules as scenario_rules
from ...studio.kit.values import field_value
from ...video import captions as video_captions
from ...video import olx as video_olx
from ...video import rules as video_rules
from ..model import OURS, Block, OlxCourse
from ..tags import is_pointer
from .assets import lines
from .registry import at, rule

AUTHORITY = re.compile(r"""data-authority=["']([^"']*)["']""")


@rule("CX015")
def our_block_stands_inline(course: OlxCourse) -> Iterator[Problem]:
    """One of our blocks as a pointer or without a url_name: it would be imported empty, or under another name."""
    for block in course.blocks(*OURS):
        if not block.node.get("url_name"):
            yield at("CX015", block, f"This <{block.tag}> has no url_name. Give it one that never changes.")
        if not len(block.node) and not _may_be_empty(block):
            message = (
                f"This <{block.tag}> is empty. Its content must stand between its tags here; a file of its own is not followed."
            )
            yield at("CX015", block, message)


@rule("CX017")
def authority_in_library(course: OlxCourse) -> Iterator[Problem]:
    """A page that names an authority or a reporter citation that is not in the case-law library."""
    for name, number, line in lines(course):
        for slug in AUTHORITY.findall(line):
            if library().get(slug) is None:
                message = (
                    f"The authority “{slug}” is not in the case-law library. Correct it, or add the authority to the library."
                )
                yield Problem("CX017", name, message, line=number)
        if course.is_ours and name.endswith((".html", ".xml")):
            for citation in citations_in(re.sub(r"<[^>]*>", " ", line)):
                if not library().knows_citation(citation):
                    message = (
                        f"The citation “{citation}” is not in the case-law library. Check it there; nothing is cited from memory."
                    )
                    yield Problem("CX017", name, message, line=number)


@rule("CX024")
def our_attributes_parse(course: OlxCourse) -> Iterator[Problem]:
    """An attribute of one of our blocks that its field cannot read, or that no field has: the import drops it silently."""
    for block in course.blocks(*OURS):
        fields = _class_of(block.tag).fields
        for name, value in block.node.attrib.items():
            if name in ("url_name", "xblock-family", "slug") or etree.QName(name).namespace:
                continue
            field = fields.get(name)
            if field is None:
                yield at("CX024", block, f"<{block.tag}> has no setting “{name}”. Correct the attribute or remove it.", WARNING)
                continue
            try:
                readable = field_value(field, field.from_string(value)) is not None
            except (ValueError, TypeError, OverflowError):
                readable = False
            if not readable:
                yield at("CX024", block, f'The setting {name}="{value}" of <{block.tag}> cannot be read. Correct the value.')


@rule("CX025")
def our_content_is_sound(course: OlxCourse) -> Iterator[Problem]:
    """What the block's own rules find in it: a dangling scene, an unknown authority, a pledge of no statement or date."""
    for block in course.blocks(*OURS):
        content = inner_xml(block.node)
        if content.strip() or _may_be_empty(block):
            found = CHECKS[block.tag](content, block.node)
            for problem in [*found, *_caption_problems(course, block)] if block.tag == "dti_video" else found:
                where = f"{block.file} ({block.url_name}: {problem.where})"
                line = block.line + problem.line - 1 if problem.line else block.line
                yield Problem(problem.code, where, problem.message, problem.severity, line)
    names = {block.url_name for block in course.blocks()}
    for block in course.blocks("dti_pledge"):
        for problem in pledge_rules.check_settings(_pledge_settings(block.node), names):
            where = f"{block.file} ({block.url_name}: {problem.where})"
            yield Problem(problem.code, where, problem.message, problem.severity, block.line)
    plans = {block.url_name for block in course.blocks("dti_activity") if block.node.get("activity") == PLAN}
    for block in course.blocks("dti_activity"):
        for problem in activity_rules.check_earlier(block.node.get("earlier", ""), plans):
            where = f"{block.file} ({block.url_name}: {problem.where})"
            yield Problem(problem.code, where, problem.message, problem.severity, block.line)


def _may_be_empty(block: Block) -> bool:
    """A review without a question of the author's own asks a general one; a bare pointer means a file."""
    return block.tag == "dti_review" and not is_pointer(block.node)


def _caption_problems(course: OlxCourse, block: Block) -> Iterator[Problem]:
    """What is wrong in the caption files of a film that are there, at the line that names the file."""
    for one in block.node.iter("captions"):
        name = f"static/{(one.get('src') or '').removeprefix('/static/')}"
        if course.has_file(name):
            track = video_captions.read(course.text(name), one.get("lang") or "")
            for problem in video_captions.check(track):
                message = f"{name}, line {problem.line}: {problem.message}"
                yield Problem(problem.code, "captions", message, problem.severity, (one.sourceline or 1) - block.line + 1)


def _pledge_settings(node) -> dict:
    """The settings that rules look at; those that do not parse are CX024's."""
    fields, found = _class_of(node.tag).fields, {}
    for name in pledge_rules.SETTINGS:
        field = fields[name]
        try:
            found[name] = field_value(field, field.from_string(node.get(name))) if name in node.attrib else field.default
        except (ValueError, TypeError, OverflowError):
            continue
    return found


def _scenario(content: str, node) -> Iterable[Problem]:
    model = scenario_olx.read(content, node.get("score_by") or "choices")
    return scenario_rules.check(model, library().slugs, _whole(node.get("pass_mark")))


def _case_law(content: str, node: etree._Element) -> Iterable[Problem]:
    case_set = case_law_olx.read(parse_content(content))
    return case_law_rules.check(case_set, library(), node.get("complete_when") or "")


def _whole(text: str | None) -> int | None:
    """What CX024 does not report anyway."""
    return int(text) if text and text.isascii() and text.isdigit() else None


def _checker(check: Callable[..., Iterable[Problem]]) -> Callable[..., list[Problem]]:
    def run(content: str, node) -> list[Problem]:
        try:
            return list(check(content, node))
        except ValueError as error:
            return [Problem("CX025", "content", str(error))]

    return run


CHECKS = {
    "dti_scenario": _checker(_scenario),
    "dti_case_law": _checker(_case_law),
    "dti_pledge": _checker(lambda content, _node: pledge_rules.check(pledge_olx.read(content))),
    "dti_activity": _checker(lambda content, node: activity_rules.check(activity_olx.read(content, node.get("activity", SORT)))),
    "dti_review": _checker(lambda content, _node: review_rules.check(review_olx.read(content))),
    "dti_video": _checker(lambda content, _node: video_rules.check(video_olx.read(content))),
}


def _class_of(tag: str):
    from xblock.core import XBlock

    return XBlock.load_class(tag)
