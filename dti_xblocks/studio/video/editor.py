"""The film's editor in Studio, server side: the plain form, what the script needs to take over, and its question.

The page works as the plain form (settings and OLX text) until the script has built the editor, and goes on as that when it fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from web_fragments.fragment import Fragment
from webob import Request

from ...content import Problem
from ...platform.addresses import asset, form_action, style_sheets
from ...platform.assets import course_text
from ...platform.films import address_for_authors
from ...templating import render
from ...video import captions, olx
from ...video.model import Video
from ..kit.data import inert
from ..kit.draft import in_hand
from ..kit.form import form_context, form_words
from ..kit.requests import TooLargeError, json_body, studio_request
from ..kit.said import said
from .problem_words import caption_problem, worded
from .words import video_words

LARGEST = 200_000  # characters of content that are looked at while it is written; more can be saved and is checked then


def fragment(block: Any) -> Fragment:
    """The editor of a film block."""
    context = form_context(block)
    data = {
        "block": str(block.scope_ids.usage_id),
        "check": form_action(block, "studio_check"),
        "pictures": form_action(block, "studio_pictures"),
        "checked": _checked(block, in_hand(block).content),
    }
    made = Fragment(render("dti/studio/editor.html", {**context, "room": "video-studio", "data": inert(data)}))
    for sheet in (*style_sheets(block.kind), "css/studio/editor.css", "css/video-studio/editor.css"):
        made.add_css_url(asset(block, sheet))
    made.add_javascript_url(asset(block, "js/start.js"))
    words = {**form_words(), **video_words()}
    made.initialize_js("DtiStart", {"module": asset(block, "js/video-studio/main.js"), "words": words})
    return made


@dataclass(frozen=True)
class Unsaved:
    """A film that is not saved yet."""

    content: str

    @classmethod
    def read(cls, request: Request) -> Unsaved:
        """The film in a request's JSON: {"content": OLX, …}."""
        unsaved = cls(json_body(request)["content"])
        if not isinstance(unsaved.content, str):
            raise TypeError("wrong shapes")
        if len(unsaved.content) > LARGEST:
            raise TooLargeError
        return unsaved


@studio_request(Unsaved.read)
def studio_check(block: Any, unsaved: Unsaved) -> dict[str, Any]:
    """How a film stands that is not saved.

    {"problems": [...], "captions": {file: [[from, to, words], …]}, "film": its address, "preview": ""}
    """
    return _checked(block, unsaved.content)


def _checked(block: Any, content: str) -> dict[str, Any]:
    video, problems = olx.examine(content)
    tracks = _tracks(block, video) if video else {}
    found = [worded(problem) for problem in problems]
    for line, track in tracks.values():
        found += [caption_problem(problem, line) for problem in captions.check(track)] if track else [_missing(line)]
    cues = {
        src: [[cue.start, cue.end, cue.text] for cue in track.cues] for src, (_line, track) in tracks.items() if track is not None
    }
    film = address_for_authors(block, video.film.name) if video and video.film.name else ""
    return {"problems": [said(problem) for problem in found], "captions": cues, "film": film, "preview": ""}


def _tracks(block: Any, video: Video) -> dict[str, tuple[int, captions.Track | None]]:
    """The caption files by their addresses: the line that names each, and what is in it, None where it cannot be read."""
    found: dict[str, tuple[int, captions.Track | None]] = {}
    for one in video.captions:
        if one.src.startswith("/static/"):
            text = course_text(block, one.src)
            found[one.src] = (one.line, None if text is None else captions.read(text, one.lang, video.film.seconds))
    return found


def _missing(line: int) -> Problem:
    return caption_problem(Problem("VD036", "captions", "", "warning", 0), line)
