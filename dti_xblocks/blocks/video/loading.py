"""The film that a block holds, and the captions that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from ...content import Problem
from ...platform.assets import course_text
from ...video import captions as caption_files
from ...video import olx, rules
from ...video.model import Captions, Video
from ..base import RefusedError
from .host import VideoHost

KEPT = 300  # seconds that a caption file is kept in the cache
SHARE = 90  # percent to watch, where the setting says nothing


@dataclass(frozen=True)
class Spoken:
    """Captions as they are shown: the file, the name of the language in itself, and the cues ("" and none of a damaged file)."""

    captions: Captions
    name: str
    cues: tuple[caption_files.Cue, ...]
    is_first: bool


def video_of(block: VideoHost) -> Video | None:
    """The film, or None when learners cannot use it."""
    video, problems = olx.examine(block.content)
    return None if rules.stopping(problems) else video


def video_in_use(block: VideoHost) -> Video:
    """The film for a learner's request. Raises `RefusedError` when it cannot be used."""
    video = video_of(block)
    if video is None:
        raise RefusedError(_("This film is being edited. Please come back later. Nothing was lost."), 409)
    return video


def problems(block: VideoHost) -> list[Problem]:
    """The author's mistakes in the content. Those in caption files are found by the editor and the course tool."""
    return olx.examine(block.content)[1]


def stopping(block: VideoHost) -> list[Problem]:
    """Those of the mistakes because of which learners cannot use the film."""
    return rules.stopping(problems(block))


def share_wanted(block: VideoHost) -> int:
    """The percent of the film that complete it. An emptied setting is the default."""
    return SHARE if block.complete_share is None else min(100, max(0, block.complete_share))


def spoken(block: VideoHost, video: Video) -> tuple[Spoken, ...]:
    """The captions in all languages, that of the reader first among them marked."""
    languages = [one.lang.lower() for one in video.captions]
    wanted = (get_language() or "en").lower()
    first = nearest(wanted, languages)
    return tuple(
        Spoken(one, one.label or language_name(one.lang), _cues(block, one), one.lang.lower() == first) for one in video.captions
    )


def nearest(wanted: str, languages: Sequence[str]) -> str:
    """Which of `languages` (codes in lower case) somebody reads best whose language is `wanted`: that, its language without a
    region, the same language of another region, else the first; "" where there is none."""
    language = wanted.partition("-")[0]
    near = [one for one in (wanted, language) if one in languages] + [
        one for one in languages if one.partition("-")[0] == language
    ]
    return next(iter([*near, *languages]), "")


def language_name(code: str) -> str:
    """The name of a language in itself: "español"; the code where nobody knows it."""
    try:
        return str(get_language_info(code.lower())["name_local"]).capitalize()
    except KeyError:
        return code


def _cues(block: VideoHost, one: Captions) -> tuple[caption_files.Cue, ...]:
    where = block.where
    key = f"dti-captions-{where.course}-{one.src}".replace(" ", "_")
    text = cache.get(key) if where.course else None
    if text is None:
        text = course_text(block, one.src) or ""
        if where.course:
            cache.set(key, text, KEPT)
    return caption_files.read(text, one.lang).cues
