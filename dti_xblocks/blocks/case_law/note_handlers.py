"""Making and changing marks, and the page and files of all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...case_law import notebook as notes_of
from ...case_law.anchoring import Anchor
from ...case_law.model import Authority
from ...case_law.word_edges import anchor_in_words
from ...content import whole_number
from ...pages.case_law.notes import export_words, notes_screen
from ...pages.own_words import own_words_text
from ...platform.addresses import form_action
from ...platform.learner import Learner
from ...platform.titles import course_title
from ...records.tables import csv_bytes
from ..base import RefusedError, action, download, reading
from . import reader_handlers
from .host import ReadingListHost
from .visit import Visit

MOST_AT_ONCE = 30  # passages of one selection


# -- in an authority -----------------------------------------------------------------------------------------------------------


@action
def mark_add(block: ReadingListHost, learner: Learner, form: MultiDict) -> SafeString:
    """Mark each `passage` ("section:paragraph:start:end") of `ref`; the first gets the `note`. The same `key` marks once."""
    visit = Visit(block, learner)
    authority = _authority_to_mark(visit, form)
    anchors = [_anchor(authority, passage) for passage in form.getall("passage")[:MOST_AT_ONCE] or [""]]
    marked = {
        (item.placed.section, item.placed.paragraph, item.placed.start, item.placed.end): item.mark.id
        for item in visit.notebook.items_in(authority)
        if item.placed
    }
    newest = 0
    for number, anchor in enumerate(anchors):
        note = _note(form) if number == 0 else ""
        same = marked.get((anchor.section, anchor.paragraph, anchor.start, anchor.start + len(anchor.quote)))
        if same and not note:  # highlighted already
            newest = newest or same
            continue
        key = form.get("key", "") + (f"-{number}" if number else "")
        mark = visit.notebook.add(key, authority.slug, anchor, note)
        newest = newest or mark.id
    return reader_handlers.screen(visit, authority.slug, newest=newest)


@action
def mark_change(block: ReadingListHost, learner: Learner, form: MultiDict) -> SafeString:
    """Change the note of the mark `id`, as it stood at `changed_at`."""
    visit = Visit(block, learner)
    visit.notebook.must_be_kept()
    try:
        seen = datetime.fromisoformat(form.get("changed_at", ""))
    except ValueError as error:
        raise _damaged() from error
    visit.notebook.change(_number(form), _note(form), seen)
    return _screen_of(visit, form)


@action
def mark_remove(block: ReadingListHost, learner: Learner, form: MultiDict) -> SafeString:
    """Remove the mark `id`."""
    visit = Visit(block, learner)
    visit.notebook.must_be_kept()
    visit.notebook.remove(_number(form))
    return _screen_of(visit, form)


@action
def bookmark(block: ReadingListHost, learner: Learner, form: MultiDict) -> SafeString:
    """Set a bookmark on the authority `ref`, or take it away where `keep` is "no"."""
    visit = Visit(block, learner)
    authority = _authority_to_mark(visit, form)
    if form.get("keep") == "no":
        visit.notebook.remove_bookmark(authority.slug)
    else:
        visit.notebook.bookmark(authority.slug)
    return reader_handlers.screen(visit, authority.slug)


def _authority_to_mark(visit: Visit, form: MultiDict) -> Authority:
    visit.notebook.must_be_kept()
    authority = visit.reading_list.library.get(form.get("ref", ""))
    if authority is None:
        raise RefusedError(_("The library has no such authority any more. Your notes on it are on the page of your notes."), 409)
    return authority


def _screen_of(visit: Visit, form: MultiDict) -> SafeString:
    """The screen that the form was on: the page of all notes, or the authority."""
    slug = form.get("ref", "")
    if form.get("from") == "notes" or slug not in visit.reading_list.library:
        return _notes(visit, _words_asked(form))
    return reader_handlers.screen(visit, slug)


# -- all of them ---------------------------------------------------------------------------------------------------------------


@reading
def my_notes(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> SafeString:
    """All of the learner's marks in this course, those with the words `q` in them."""
    return _notes(Visit(block, learner), _words_asked(query))


def _notes(visit: Visit, words: str) -> SafeString:
    visit.notebook.must_be_kept()
    everything = visit.notebook.entries()
    files = {
        "markdown_url": form_action(visit.block, "notes_markdown"),
        "csv_url": form_action(visit.block, "notes_csv"),
    }
    return notes_screen(
        visit.around(),
        words,
        everything,
        notes_of.search(everything, words),
        notes_of.LONGEST_NOTE,
        files,
        visit.notebook.own_words(),
    )


@download
def notes_markdown(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> tuple[bytes, str, str]:
    """The learner's marks as a Markdown text, and after them what the learner has written in activities."""
    visit = Visit(block, learner)
    visit.notebook.must_be_kept()
    text = notes_of.as_markdown(visit.notebook.entries(), export_words(course_title(block)))
    if own := visit.notebook.own_words():
        text += "\n" + own_words_text(own, course_title(block))
    return text.encode("utf-8"), "text/markdown", f"{_file_name(block)}.md"


@download
def notes_csv(block: ReadingListHost, learner: Learner, query: dict[str, str]) -> tuple[bytes, str, str]:
    """The learner's marks as a table."""
    visit = Visit(block, learner)
    visit.notebook.must_be_kept()
    words = export_words(course_title(block))
    body = csv_bytes(notes_of.columns(words), notes_of.rows(visit.notebook.entries(), words))
    return body, "text/csv", f"{_file_name(block)}.csv"


def _file_name(block: ReadingListHost) -> str:
    return str(slugify(_("my notes {course}").format(course=course_title(block)))[:80] or "my-notes")


# -- forms ---------------------------------------------------------------------------------------------------------------------


def _anchor(authority: Authority, passage: str) -> Anchor:
    try:
        section, paragraph, start, end = passage.split(":")
        return anchor_in_words(authority.parts, section, int(paragraph), int(start), int(end))
    except ValueError as error:
        raise RefusedError(_("Choose the words to mark first. Nothing was saved.")) from error


def _note(form: MultiDict) -> str:
    return str(form.get("note", "")).replace("\r\n", "\n").strip()


def _number(form: MultiDict) -> int:
    number = whole_number(form.get("id"), digits=18)
    if number is None:
        raise _damaged()
    return number


def _words_asked(said: Mapping[str, str]) -> str:
    return " ".join(said.get("q", "").split())[:200]


def _damaged() -> RefusedError:
    return RefusedError(_("The form arrived damaged. Nothing was saved. Please try again."))
