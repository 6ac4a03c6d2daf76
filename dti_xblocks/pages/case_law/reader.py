"""The screen of one authority: its brief with the reader's marks, its question, its place in the list."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from ...case_law import citation
from ...case_law.anchoring import Run, highlighted_runs
from ...case_law.jurisdiction import Home
from ...case_law.library import Library
from ...case_law.model import Authority, Check
from ...case_law.notebook import Item
from ...case_law.progress import CHECKED, Steps, Summary
from ...templating import render
from .notes import mark_view, passages
from .reading_list import row
from .views import LABELS, paragraph_id


@dataclass(frozen=True)
class Position:
    """The position of an authority in the list (`number` from 1), and its neighbors; empty for one that is not in it."""

    number: int | None = None
    previous: Authority | None = None
    next: Authority | None = None

    @classmethod
    def of(cls, slug: str, listed: Sequence[Authority]) -> Position:
        """The position of the authority `slug` in the list `listed`."""
        at = next((at for at, authority in enumerate(listed) if authority.slug == slug), None)
        if at is None:
            return cls()
        return cls(at + 1, listed[at - 1] if at else None, listed[at + 1] if at + 1 < len(listed) else None)


@dataclass(frozen=True)
class Question:
    """The question of an authority as it may be shown: without saying which answer is right, until the learner has chosen it.

    `given` is the answer just given, `right` whether that one is. `answer` is the right one, for whoever has chosen it before;
    `why` comes with either. `counts` says whether the list is completed by answering.
    """

    question: str
    answers: tuple[dict[str, Any], ...]
    given: str | None
    right: bool
    why: str
    answer: str
    counts: bool


@dataclass(frozen=True)
class OwnMarks:
    """The learner's marks in the authority. `key` names the next one, `newest` is the id of the one just made, 0 for none."""

    items: Sequence[Item]
    key: str
    longest: int
    newest: int = 0


@dataclass(frozen=True)
class Reading:
    """How one person reads the authority: the steps they have taken in the list, and their list.

    `marks` is None where they can have none; `bookmarked` are slugs; `can_mark` is True for whoever is signed in. Staff are
    told what of a partly checked authority could not be confirmed. `lessons` are the url_names and titles of the
    units of the course that use it.
    """

    steps: Steps
    summary: Summary
    complete_when: str
    marks: OwnMarks | None
    bookmarked: Collection[str]
    can_mark: bool
    is_staff: bool = False
    lessons: Sequence[tuple[str, str]] = ()


def reader_screen(
    around: dict[str, Any],
    authority: Authority,
    library: Library,
    position: Position,
    home: Home | None,
    reading: Reading,
    question: Question | None,
) -> SafeString:
    """The screen. `around` is what all screens of the block need: token, ids, addresses."""
    steps, marks = reading.steps.get(authority.slug, ()), reading.marks
    context = {
        **around,
        **vars(position),
        **vars(reading.summary),
        "item": row(authority, library, reading.steps, home, reading.is_staff),
        "name": citation.italic_name(authority.citation),
        "forms": citation.forms_of(authority),
        "parts": highlighted_parts(authority, marks.items if marks else ()),
        "marks": marks and _marks_view(authority, marks),
        "bookmarked": authority.slug in reading.bookmarked,
        "steps": steps,
        "check": question,
        "can_mark": reading.can_mark,
        "lessons": reading.lessons,
        "listed": position.number is not None,
        "complete_when": reading.complete_when,
    }
    return render("dti/case_law/case.html", context)


def unknown_screen(around: dict[str, Any], slug: str) -> SafeString:
    """In place of an authority that the library has not."""
    return render("dti/case_law/unknown.html", {**around, "slug": slug[:100]})


def question_of(
    authority: Authority, user_id: int, steps: Collection[str], complete_when: str, chosen: str | None = None
) -> Question | None:
    """The question as this learner sees it; `chosen` is the number of the answer that they have just given, as shown."""
    check = authority.check
    if check is None:
        return None
    answers = _in_some_order(check, salt=f"{authority.slug}/{user_id}")
    given = dict(zip(map(str, range(len(answers))), answers, strict=True)).get(chosen or "")
    solved_before = CHECKED in steps and given is None
    return Question(
        question=check.question,
        answers=tuple({"value": str(at), "text": text, "given": text == given} for at, text in enumerate(answers)),
        given=given,
        right=given == check.right,
        why=check.why if given == check.right or solved_before else "",
        answer=check.right if solved_before else "",
        counts=complete_when == CHECKED,
    )


def highlighted_parts(authority: Authority, items: Iterable[Item]) -> list[dict[str, Any]]:
    """The parts of `authority` for the reader: each paragraph as runs of text, with the marks of `items` in them."""
    placed = [(item.placed, item.mark.id) for item in items if item.placed]
    parts = []
    for part in authority.parts:
        paragraphs = []
        for number, text in enumerate(part.paragraphs):
            here = [(at.start, at.end, mark) for at, mark in placed if (at.section, at.paragraph) == (part.code, number)]
            runs = _with_ends(highlighted_runs(text, here))
            paragraphs.append({"id": paragraph_id(authority.slug, part.code, number), "number": number, "runs": runs})
        parts.append({"code": part.code, "label": LABELS[part.code], "is_list": part.is_list, "paragraphs": paragraphs})
    return parts


def _marks_view(authority: Authority, marks: OwnMarks) -> dict[str, Any]:
    """For the notes below the text: the marks, and the passages to choose from."""
    return {
        "items": [mark_view(item, authority, newest=item.mark.id == marks.newest) for item in marks.items],
        "passages": passages(authority),
        "key": marks.key,
        "longest": marks.longest,
    }


def _with_ends(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """`runs` for the template: each says at which marks it `ends`, so that a reference can follow the last words of a mark."""
    last = {mark: at for at, run in enumerate(runs) for mark in run.marks}
    return [
        {"text": run.text, "italic": run.italic, "marks": run.marks, "ends": [mark for mark in run.marks if last[mark] == at]}
        for at, run in enumerate(runs)
    ]


def _in_some_order(check: Check, salt: str) -> list[str]:
    """The answers in an order that is always the same for one learner and does not reveal which is right."""
    return sorted([check.right, *check.wrong], key=lambda answer: hashlib.sha256(f"{salt}/{answer}".encode()).hexdigest())
