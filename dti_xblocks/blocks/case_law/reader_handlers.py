"""The reader of one authority: opening it, reading it to the end, answering its question."""

from __future__ import annotations

import secrets

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...case_law.model import Authority
from ...case_law.notebook import LONGEST_NOTE
from ...case_law.progress import CHECKED, ENDED, OPENED, Steps
from ...pages.case_law.reader import OwnMarks, Position, Question, Reading, question_of, reader_screen, unknown_screen
from ...platform.learner import Learner
from ...platform.lessons import lessons
from ..base import RefusedError, action, reading
from .host import ReadingListHost
from .visit import Visit


def screen(visit: Visit, slug: str, chosen: str | None = None, newest: int = 0) -> SafeString:
    """The reader of the authority `slug`. `chosen` is the learner's answer to its question, `newest` the mark, just given."""
    reading_list, notebook = visit.reading_list, visit.notebook
    authority = reading_list.library.get(slug)
    if authority is None:
        return unknown_screen(visit.around(), slug)
    listed, steps = reading_list.in_order(), visit.progress.steps()
    return reader_screen(
        visit.around(),
        authority,
        reading_list.library,
        Position.of(slug, listed),
        reading_list.home(),
        Reading(
            steps=steps,
            summary=visit.progress.summary(listed, steps),
            complete_when=visit.block.complete_when,
            marks=_marks(visit, authority, newest),
            bookmarked=notebook.bookmarked(),
            can_mark=visit.learner is not None,
            is_staff=visit.learner is not None and visit.learner.is_staff,
            lessons=lessons(visit.block).get(slug, ()),
        ),
        _question(visit, authority, steps, chosen),
    )


@reading
def read(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> SafeString:
    """The authority `ref`, to read. Opening it is a step: for the person who asks, and nobody gains from another's."""
    visit, slug = Visit(block, learner), query.get("ref", "")
    visit.progress.take_step(slug, OPENED)
    return screen(visit, slug)


@action
def read_to_end(block: ReadingListHost, learner: Learner, form: MultiDict) -> SafeString:
    """Remember that the authority `ref` was read to the end."""
    visit, slug = Visit(block, learner), form.get("ref", "")
    if slug not in {authority.slug for authority in visit.reading_list.readable()}:
        raise RefusedError(_("This authority is no longer in the list. Reload the page to see the list as it is now."))
    visit.progress.take_step(slug, OPENED)
    visit.progress.take_step(slug, ENDED)
    return screen(visit, slug)


@action
def answer_check(block: ReadingListHost, learner: Learner, form: MultiDict) -> SafeString:
    """Answer the question of the authority `ref` with `answer`, the number of one of the answers as shown."""
    visit, slug, chosen = Visit(block, learner), form.get("ref", ""), form.get("answer", "")
    authority = visit.reading_list.library.get(slug)
    shown = _question(visit, authority, visit.progress.steps(), chosen) if authority else None
    if shown is None:
        raise RefusedError(_("There is no question here any more. Reload the page."))
    if shown.given is None:
        raise RefusedError(_("Choose an answer first."))
    if shown.right:
        visit.progress.take_step(slug, CHECKED)
    return screen(visit, slug, chosen)


def _question(visit: Visit, authority: Authority, steps: Steps, chosen: str | None) -> Question | None:
    """The question of `authority` as the learner sees it; None where there is none."""
    user_id = visit.learner.user_id if visit.learner else 0
    return question_of(authority, user_id, steps.get(authority.slug, ()), visit.block.complete_when, chosen)


def _marks(visit: Visit, authority: Authority, newest: int) -> OwnMarks | None:
    if not visit.notebook.is_kept:
        return None
    # The key lets the next mark be sent twice and kept once.
    return OwnMarks(visit.notebook.items_in(authority), secrets.token_hex(12), LONGEST_NOTE, newest)
