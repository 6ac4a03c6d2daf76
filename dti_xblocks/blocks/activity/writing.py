"""A learner writes words of their own: a note, the words they would use, a plan. Nobody else reads or judges them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...activity import play
from ...activity.kinds import OWN, UnacceptableError
from ...content import whole_number
from ...pages.own_words import own_words_text
from ...platform import clock
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...platform.titles import course_title
from ...records import own_words
from ...records.access import RecordsUnavailableError
from ..base import RefusedError
from . import screen
from .doing import away, changed, opened, refusal
from .host import ActivityHost
from .visit import Visit


def write(block: ActivityHost, learner: Learner, form: MultiDict) -> str | None:
    """Keep what is written, where it is to be kept. The answer is the new screen."""
    visit = opened(block, learner, form, cards=False)
    own = OWN[block.activity]
    try:
        words = own.read(form)
    except UnacceptableError as error:
        raise refusal(error) from error
    if own.keeps(form) and any(words.values()):
        _keep(visit, learner, words, whole_number(form.get("seen")) or 0)
    changed(visit, play.written)
    return None if own.keeps(form) else screen.screen(block, learner, said=words)


def forget(block: ActivityHost, learner: Learner, form: MultiDict) -> None:
    """Remove what is written here. That the activity was done stays."""
    visit = opened(block, learner, form, cards=False)
    if visit.kept:
        try:
            own_words.forget(learner.user_id, block.where.usage)
        except RecordsUnavailableError as error:
            raise away() from error
    changed(visit, play.again)


def own_words_markdown(block: ActivityHost, learner: Learner, query: dict[str, str]) -> tuple[bytes, str, str]:
    """All that the learner has written in this course, as a Markdown text."""
    if is_impersonated(learner) or not keeps_records(block):
        raise RefusedError(_("There is nothing of your own to download here."), 403)
    try:
        found = own_words.in_course(learner.user_id, block.where.course)
    except RecordsUnavailableError as error:
        raise away() from error
    text = own_words_text(found, course_title(block))
    return text.encode("utf-8"), "text/markdown", "my-words.md"


def _keep(visit: Visit, learner: Learner, words: dict[str, str], seen: int) -> None:
    if not visit.kept:
        raise RefusedError(_("Your words would be saved now. This is a preview for authors: nothing is kept here."))
    try:
        own_words.write(
            user_id=learner.user_id,
            course_key=visit.block.where.course,
            usage_key=visit.block.where.usage,
            kind=visit.block.activity,
            title=visit.block.display_name,
            words=words,
            seen=seen,
            now=clock.now(),
        )
    except own_words.WordsChangedError as error:
        message = _(
            "You have written something else here in another window. Nothing was saved. Copy your text and reload the page."
        )
        raise RefusedError(message, 409) from error
    except RecordsUnavailableError as error:
        raise away() from error
