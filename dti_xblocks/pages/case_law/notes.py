"""A learner's marks as pages show them: below the text, on the page of all notes, and what the exports say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...case_law.model import Authority
from ...case_law.notebook import Entry, Item
from ...case_law.sentences import sentences
from ...content.italics import plain
from ...templating import render
from ...templating.dates import moment_text
from ..own_words import said
from .views import LABELS, paragraph_id

FITS_IN_A_CHOICE = 90  # characters of a sentence in the list of passages


@dataclass(frozen=True)
class Passage:
    """A passage that can be chosen from a list: `value` is "section:paragraph:start:end" in code points of the plain text."""

    value: str
    text: str


def notes_screen(
    around: dict[str, Any],
    words: str,
    everything: Sequence[Entry],
    shown: Sequence[Entry],
    longest: int,
    files: dict[str, str],
    own: Sequence[Any] = (),
) -> SafeString:
    """The page of all marks, those of `shown` for the words looked for. `files` are the addresses of the exports by template
    name, `longest` is how long a note may be, `own` what the
    learner has written in activities (see `pages.own_words`)."""
    context = {
        **around,
        **files,
        "query": words,
        "entries": [{**vars(entry), "items": [mark_view(item) for item in entry.items]} for entry in shown],
        "count": sum(len(entry.items) for entry in shown),
        "total": sum(len(entry.items) for entry in everything),
        "longest": longest,
        "own": [{"title": one.title, "text": said(one)} for one in own],
    }
    return render("dti/case_law/notes.html", context)


def mark_view(item: Item, authority: Authority | None = None, newest: bool = False) -> dict[str, Any]:
    """A mark for the templates; with `authority`, where the page has its text, with a link to its words there."""
    linked = authority is not None and item.placed is not None
    return {
        "id": item.mark.id,
        "is_bookmark": item.mark.is_bookmark,
        "quote": item.quote,
        "old_quote": item.old_quote,
        "note": item.mark.note,
        "orphaned": item.orphaned,
        "changed_at": item.mark.changed_at.isoformat(),
        "label": LABELS.get(item.section, ""),
        # Named even where they are not so: the template engine logs what it misses, with all that it has.
        "newest": newest,
        "href": f"#{paragraph_id(authority.slug, item.section, item.paragraph)}" if authority and linked else "",
    }


def passages(authority: Authority) -> list[dict[str, Any]]:
    """For choosing without a pointer: each part with its paragraphs, and the sentences of those that have several."""
    return [
        {
            "label": LABELS[part.code],
            "options": [
                option
                for number, text in enumerate(part.paragraphs)
                for option in _passages_of(part.code, number, plain(text), alone=len(part.paragraphs) == 1)
            ],
        }
        for part in authority.parts
    ]


def _passages_of(code: str, number: int, words: str, alone: bool) -> list[Passage]:
    """The whole paragraph and each of its sentences; one of a single sentence only once, by its words unless it is `alone`."""
    parts = sentences(words)
    whole = Passage(f"{code}:{number}:0:{len(words)}", _("All of it"))
    if len(parts) <= 1:
        return [whole] if alone else [Passage(whole.value, _shortened(words))]
    return [whole, *(Passage(f"{code}:{number}:{start}:{end}", _shortened(words[start:end])) for start, end in parts)]


def _shortened(text: str) -> str:
    return text if len(text) <= FITS_IN_A_CHOICE else text[:FITS_IN_A_CHOICE].rsplit(" ", 1)[0] + " …"


def export_words(course: str) -> dict[str, Any]:
    """What the exports say, in the reader's language: see `case_law.notebook.as_markdown`."""
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
