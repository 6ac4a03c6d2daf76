"""A learner's own marks in a case-law block: highlights, private notes, bookmarks, and the page and files of all of them.

Only the learner whose marks they are reads them. Course staff do not: not in a report, not in the admin site, and not by looking
at the course as that learner, which shows them none.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...case_law import anchoring, notebook
from ...case_law.model import Authority
from ...case_law.text import plain
from ...content import whole_number
from ...pages.case_law.views import LABELS, paragraph_id
from ...platform.addresses import form_action, page_context
from ...platform.learner import course_key, is_impersonated, keeps_records
from ...platform.titles import course_title
from ...records.access import RecordsUnavailableError
from ...records.case_law import marks as mark_records
from ...records.case_law import packets
from ...records.tables import csv_bytes
from ...templating import render
from ...templating.dates import moment_text
from ..base import RefusedError, action, download, reading

log = logging.getLogger(__name__)
MOST_AT_ONCE = 30  # passages of one selection
FITS_IN_A_CHOICE = 90  # characters of a sentence in the list of passages


@dataclass(frozen=True)
class Passage:
    """A passage that can be chosen from a list: `value` is "section:paragraph:start:end" in code points of the plain text."""

    value: str
    text: str


class CaseLawNotes:
    """Marks, for a block with `shelf` and `case_screen`. Without the records, or where none are kept, there are none."""

    def keeps_notes(self, learner) -> bool:
        """True where `learner` may make marks here."""
        return bool(self.notes and learner is not None and keeps_records(self) and not is_impersonated(learner))

    def marks_of(self, learner, slug: str | None = None) -> list[notebook.Mark]:
        """The marks of `learner` in this course, or in one authority of it, oldest first. Raises `RecordsUnavailableError`."""
        if not self.keeps_notes(learner):
            return []
        return mark_records.of_learner(learner.user_id, str(course_key(self)), slug)

    def bookmarked(self, learner) -> set[str]:
        """The slugs of the authorities that `learner` has bookmarked."""
        return {mark.slug for mark in self._readable_marks(learner) if mark.is_bookmark}

    def mark_count(self, learner) -> int | None:
        """How many marks `learner` has in this course; None where there can be none."""
        return len(self._readable_marks(learner)) if self.keeps_notes(learner) else None

    def _readable_marks(self, learner, slug: str | None = None) -> list[notebook.Mark]:
        try:
            return self.marks_of(learner, slug)
        except RecordsUnavailableError:
            log.exception("The marks in %s cannot be read.", self.scope_ids.usage_id)
            return []

    # -- in an authority -------------------------------------------------------------------------------------------------

    def items_in(self, learner, authority: Authority) -> list[notebook.Item]:
        """The learner's highlights and notes in `authority`, in the order of its text, each with where its words are now."""
        found = [mark for mark in self._readable_marks(learner, authority.slug) if not mark.is_bookmark]
        return [item for entry in notebook.entries(found, self.shelf()) for item in entry.items]

    @staticmethod
    def painted_parts(authority: Authority, items: list[notebook.Item]) -> list[dict]:
        """The parts of `authority` for the reader: each paragraph as runs of text, with the marks of `items` in them."""
        placed = [(item.placed, item.mark.id) for item in items if item.placed]
        parts = []
        for part in authority.parts:
            paragraphs = []
            for number, text in enumerate(part.paragraphs):
                here = [(at.start, at.end, mark) for at, mark in placed if (at.section, at.paragraph) == (part.code, number)]
                runs = _ended(anchoring.painted(text, here))
                paragraphs.append({"id": paragraph_id(authority.slug, part.code, number), "number": number, "runs": runs})
            parts.append({"code": part.code, "label": LABELS[part.code], "is_list": part.is_list, "paragraphs": paragraphs})
        return parts

    def marks_view(self, learner, authority: Authority, items: list[notebook.Item], newest: int = 0) -> dict | None:
        """`items` for the notes below the text, and the passages to choose from; None where the learner can have no notes."""
        if not self.keeps_notes(learner):
            return None
        return {
            "items": [{**_item_view(item), "newest": item.mark.id == newest, "href": _href(authority, item)} for item in items],
            "passages": _passages(authority),
            "key": secrets.token_hex(12),
            "longest": mark_records.LONGEST_NOTE,
        }

    @action
    def mark_add(self, learner, form):
        """Mark each `passage` ("section:paragraph:start:end") of `ref`; the first gets the `note`. The same `key` marks once."""
        authority = self._authority_to_mark(learner, form)
        anchors = [_anchor(authority, passage) for passage in form.getall("passage")[:MOST_AT_ONCE] or [""]]
        known = {(item.placed.section, item.placed.paragraph, item.placed.start, item.placed.end): item.mark.id
                 for item in self.items_in(learner, authority) if item.placed}  # fmt: skip
        newest, now = 0, datetime.now(UTC)
        for number, anchor in enumerate(anchors):
            note = _note(form) if number == 0 else ""
            same = known.get((anchor.section, anchor.paragraph, anchor.start, anchor.start + len(anchor.quote)))
            if same and not note:  # highlighted already
                newest = newest or same
                continue
            key = form.get("key", "") + (f"-{number}" if number else "")
            row = self._write(mark_records.add, learner, key, authority.slug, anchor, note, now)
            newest = newest or row.id
        return self.case_screen(learner, authority.slug, newest=newest)

    @action
    def mark_change(self, learner, form):
        """Change the note of the mark `id`, as it stood at `changed_at`."""
        slug = self._slug_to_mark(learner, form)
        try:
            seen = datetime.fromisoformat(form.get("changed_at", ""))
        except ValueError as error:
            raise RefusedError(_("The form arrived damaged. Nothing was saved. Please try again.")) from error
        self._write(mark_records.change, learner, _number(form), _note(form), datetime.now(UTC), seen)
        self._forget_packets(learner)
        return self._back(learner, form, slug)

    @action
    def mark_remove(self, learner, form):
        """Remove the mark `id`."""
        slug = self._slug_to_mark(learner, form)
        self._write(mark_records.remove, learner, _number(form))
        self._forget_packets(learner)
        return self._back(learner, form, slug)

    @action
    def bookmark(self, learner, form):
        """Set a bookmark on the authority `ref`, or take it away where `keep` is "no"."""
        authority = self._authority_to_mark(learner, form)
        if form.get("keep") == "no":
            self._write(mark_records.remove_bookmark, learner, authority.slug)
        else:
            key = mark_records.bookmark_key(authority.slug)
            self._write(mark_records.add, learner, key, authority.slug, None, "", datetime.now(UTC))
        return self.case_screen(learner, authority.slug)

    def _forget_packets(self, learner) -> None:
        """A note that was taken back must not live on in a file that was made with it."""
        try:
            packets.forget(learner.user_id)
        except RecordsUnavailableError:
            log.exception("The packets of a learner in %s cannot be removed; they are within a day.", self.scope_ids.usage_id)

    def _authority_to_mark(self, learner, form) -> Authority:
        self._must_keep_notes(learner)
        authority = self.shelf().get(form.get("ref", ""))
        if authority is None:
            raise RefusedError(
                _("The library has no such authority any more. Your notes on it are on the page of your notes."), 409
            )
        return authority

    def _slug_to_mark(self, learner, form) -> str:
        self._must_keep_notes(learner)
        return form.get("ref", "")

    def _must_keep_notes(self, learner) -> None:
        if not self.keeps_notes(learner):
            raise RefusedError(_("Notes cannot be kept here. Nothing was saved."), 403)

    def _back(self, learner, form, slug: str) -> str:
        """The screen that the form was on: the page of all notes, or the authority."""
        if form.get("from") == "notes" or slug not in self.shelf():
            return self._notes_screen(learner, _words_asked(form))
        return self.case_screen(learner, slug)

    def _write(self, function, learner, *values):
        """Call a function of `records.marks` for this learner and course, its refusals as sentences."""
        try:
            return function(learner.user_id, str(course_key(self)), *values)
        except mark_records.MarkChanged as error:
            message = _("This note was changed in another window and now says: “{note}”. Copy your text, then reload the page.")
            raise RefusedError(message.format(note=error.row.note), 409) from error
        except mark_records.MarkRefused as error:
            raise RefusedError(_refusal(error.code)) from error
        except RecordsUnavailableError as error:
            log.exception("A mark in %s cannot be kept.", self.scope_ids.usage_id)
            raise RefusedError(_("Notes cannot be saved at the moment. Copy your text, and try again later."), 503) from error

    # -- all of them -----------------------------------------------------------------------------------------------------

    @reading
    def my_notes(self, learner, query):
        """All of the learner's marks in this course, those with the words `q` in them."""
        return self._notes_screen(learner, _words_asked(query))

    def _notes_screen(self, learner, words: str) -> str:
        self._must_keep_notes(learner)
        everything = notebook.entries(self._readable_marks(learner), self.shelf())
        found = notebook.search(everything, words)
        context = {
            **page_context(self),
            **self.addresses(),
            "query": words,
            "entries": [{**vars(entry), "items": [_item_view(item) for item in entry.items]} for entry in found],
            "count": sum(len(entry.items) for entry in found),
            "total": sum(len(entry.items) for entry in everything),
            "markdown_url": form_action(self, "notes_markdown"),
            "csv_url": form_action(self, "notes_csv"),
            "longest": mark_records.LONGEST_NOTE,
        }
        return render("dti/case_law/notes.html", context)

    @download
    def notes_markdown(self, learner, query):
        """The learner's marks as a Markdown text."""
        self._must_keep_notes(learner)
        entries = notebook.entries(self._readable_marks(learner), self.shelf())
        text = notebook.as_markdown(entries, _words(course_title(self)))
        return text.encode("utf-8"), "text/markdown", f"{self._notes_name()}.md"

    @download
    def notes_csv(self, learner, query):
        """The learner's marks as a table."""
        self._must_keep_notes(learner)
        entries = notebook.entries(self._readable_marks(learner), self.shelf())
        words = _words(course_title(self))
        return csv_bytes(notebook.columns(words), notebook.rows(entries, words)), "text/csv", f"{self._notes_name()}.csv"

    def _notes_name(self) -> str:
        return slugify(_("my notes {course}").format(course=course_title(self)))[:80] or "my-notes"


def _ended(runs) -> list[dict]:
    """`runs` for the template: each says at which marks it `ends`, so that a reference can follow the last words of a mark."""
    found, later = [], set()
    for run in reversed(runs):
        ends = [mark for mark in run.marks if mark not in later]
        later.update(ends)
        found.append({"text": run.text, "italic": run.italic, "marks": run.marks, "ends": ends})
    return found[::-1]


def _item_view(item: notebook.Item) -> dict:
    return {
        "id": item.mark.id,
        "is_bookmark": item.mark.is_bookmark,
        "quote": item.quote,
        "old_quote": item.old_quote,
        "note": item.mark.note,
        "orphaned": item.orphaned,
        "changed_at": item.mark.changed_at.isoformat(),
        "label": LABELS.get(item.section, ""),
        "newest": False,  # named even where it is not so: the template engine logs what it misses, with all that it has
        "href": "",
    }


def _href(authority: Authority, item: notebook.Item) -> str:
    return f"#{paragraph_id(authority.slug, item.section, item.paragraph)}" if item.placed else ""


def _passages(authority: Authority) -> list[dict]:
    """For choosing without a pointer: each part with its paragraphs, and the sentences of those that have several."""
    groups = []
    for part in authority.parts:
        options = []
        for number, text in enumerate(part.paragraphs):
            words = plain(text)
            sentences = anchoring.sentences(words)
            if len(sentences) > 1 or len(part.paragraphs) == 1:
                options.append(Passage(f"{part.code}:{number}:0:{len(words)}", _("All of it")))
            for start, end in sentences if len(sentences) > 1 else [(0, len(words))] if len(part.paragraphs) > 1 else []:
                options.append(Passage(f"{part.code}:{number}:{start}:{end}", _shortened(words[start:end])))
        groups.append({"label": LABELS[part.code], "options": options})
    return groups


def _shortened(text: str) -> str:
    return text if len(text) <= FITS_IN_A_CHOICE else text[:FITS_IN_A_CHOICE].rsplit(" ", 1)[0] + " …"


def _anchor(authority: Authority, passage: str) -> anchoring.Anchor:
    try:
        section, *numbers = passage.split(":")
        return anchoring.anchor_at(authority.parts, section, *map(int, numbers))
    except (ValueError, TypeError) as error:
        raise RefusedError(_("Choose the words to mark first. Nothing was saved.")) from error


def _note(form) -> str:
    return form.get("note", "").replace("\r\n", "\n").strip()


def _number(form) -> int:
    number = whole_number(form.get("id"), digits=18)
    if number is None:
        raise RefusedError(_("The form arrived damaged. Nothing was saved. Please try again."))
    return number


def _words_asked(said) -> str:
    return " ".join(said.get("q", "").split())[:200]


def _refusal(code: str) -> str:
    longest, most, here = mark_records.LONGEST_NOTE, mark_records.MOST_MARKS, mark_records.MOST_IN_ONE
    return {
        "note": ngettext(
            "A note has at most {n} character. Shorten it; nothing was saved.",
            "A note has at most {n} characters. Shorten it; nothing was saved.",
            longest,
        ).format(n=longest),
        "marks": _(
            "There can be at most {here} notes and highlights in one authority, and {n} in a course. Remove some first."
        ).format(here=here, n=most),
        "gone": _("This note is not there any more. You may have removed it in another window."),
    }.get(code) or _("The form arrived damaged. Nothing was saved. Please try again.")


def _words(course: str) -> dict:
    """What the exports say, in the reader's language."""
    return {
        "title": _("My notes: {course}").format(course=course) if course else _("My notes"),
        "authority": _("Authority"),
        "citation": _("Citation"),
        "section": _("Section"),
        "words": _("Words marked"),
        "note": _("Note"),
        "bookmark": _("Bookmark"),
        "orphaned": _("These words are no longer in the text."),
        "created": _("Created"),
        "changed": _("Changed"),
        "sections": {code: str(label) for code, label in LABELS.items()},
        "nothing": _("There are no notes yet."),
        "was": _("The text was edited since. You marked:"),
        "moment": moment_text,
    }
