"""Rules that keep our own course to its curriculum, outline.toml. Other courses have their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...content import Problem
from ..model import Block, OlxCourse
from .registry import at, rule

NEEDS = {
    "scenario": "dti_scenario",
    "case_law": "dti_case_law",
    "pledge": "dti_pledge",
    "review": "dti_review",
    "lesson": "html",
    "assessment": "problem",
    "handout": "html",
    "info": "html",
}
LESSON_WORDS = 400
ASSESSMENT_QUESTIONS = 5


@rule("CX009")
def outline_kept(course: OlxCourse) -> Iterator[Problem]:
    """Modules and items differ from the curriculum in number, order or title, or an item lacks the block it is about."""
    if not course.is_ours or course.top is None:
        return
    chapters = course.blocks("chapter")
    modules = course.curriculum.modules
    if len(chapters) != len(modules):
        yield at("CX009", course.top, f"The curriculum has {len(modules)} modules; this course has {len(chapters)}.")
    for module, chapter in zip(modules, chapters, strict=False):
        if chapter.title != module.title:
            yield at("CX009", chapter, f"Module {module.number} must be titled “{module.title}”, not “{chapter.title}”.")
        titles = [part.title for part in chapter.children]
        wanted = [item.title for item in module.items]
        if titles != wanted:
            yield at(
                "CX009", chapter, f"Module {module.number} must have, in order: {'; '.join(wanted)}. It has: {'; '.join(titles)}."
            )
            continue
        for item, part in zip(module.items, chapter.children, strict=True):
            if not any(block.tag == NEEDS[item.kind] for block in part.below()):
                yield at("CX009", part, f"“{item.title}” is a {item.kind} and needs a <{NEEDS[item.kind]}>.")


@rule("CX019")
def enough_content(course: OlxCourse) -> Iterator[Problem]:
    """A lesson under 400 words, or an assessment under five questions."""
    if not course.is_ours or course.top is None:
        return
    for module, chapter in zip(course.curriculum.modules, course.blocks("chapter"), strict=False):
        for item, part in zip(module.items, chapter.children, strict=False):
            if item.kind == "lesson" and (words := word_count(course, part)) < LESSON_WORDS:
                yield at("CX019", part, f"The lesson “{item.title}” has {words} words; it needs {LESSON_WORDS}.")
            if item.kind == "assessment":
                questions = sum(block.tag == "problem" for block in part.below())
                if questions < ASSESSMENT_QUESTIONS:
                    yield at("CX019", part, f"“{item.title}” has {questions} questions; it needs {ASSESSMENT_QUESTIONS}.")


def word_count(course: OlxCourse, part: Block) -> int:
    """The words of all html pages below `part`."""
    words = 0
    for block in part.below():
        name = course.page_of(block)
        if block.tag == "html" and course.has_file(name):
            words += len(re.sub(r"<[^>]*>", " ", course.text(name)).split())
    return words


@rule("CX023")
def minutes_add_up(course: OlxCourse) -> Iterator[Problem]:
    """The curriculum's minutes do not make the hours that the About page promises."""
    if not course.is_ours:
        return
    minutes = course.curriculum.minutes
    effort = course.root / "about/effort.html"
    promised = re.search(r"\d+", effort.read_text(encoding="utf-8")) if effort.is_file() else None
    if promised is None or int(promised[0]) * 60 != minutes:
        yield Problem(
            "CX023", "about/effort.html", f"The curriculum takes {minutes} minutes; the effort must say {minutes // 60} hours."
        )
