"""Rules about what a film has besides its picture: stills, other ways, and words for those who do not step in."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import WARNING, Finding, sentence
from .model import LONGEST, NEVER, Video, clock_text
from .rulebook import RULES, tapes


@RULES.rule("VD019")
def stills_are_in_order(video: Video) -> Iterator[Finding]:
    """Stills in a wrong order, outside of the film, or without words: the film cannot be read."""
    before = -1.0
    for number, still in enumerate(video.stills, 1):
        where = f"still {number}"
        if still.at <= before:
            yield where, sentence("This still is not after the one before. Correct at, or its place."), still.line
        elif video.film.seconds and still.at >= video.film.seconds:
            yield (
                where,
                sentence("This still is after the end of the film, at {time}.", time=clock_text(video.film.seconds)),
                still.line,
            )
        if not still.src.startswith("/static/"):
            yield where, sentence("“{src}” is no picture of the course. Write /static/ and its name.", src=still.src), still.line
        if not still.alt and not still.text:
            yield where, sentence("Say what is seen in alt, and what happens in the text."), still.line
        before = max(before, still.at)
    if video.stills and video.stills[0].at > 0:
        yield "still 1", sentence('The first still must stand for the beginning: at="0".'), video.stills[0].line


@RULES.rule("VD020", WARNING)
def there_are_stills(video: Video) -> Iterator[Finding]:
    """The film cannot be read as stills: people who save data, or whose player fails, get the words of the captions only."""
    if video.film.src and not video.stills:
        yield (
            "film",
            sentence("Add stills with text (<still>), for people who save data or cannot play the film."),
            video.film.line,
        )


@RULES.rule("VD021")
def other_ways_are_behind_the_end(video: Video) -> Iterator[Finding]:
    """The other way is no stretch of the film, or one that everybody sees anyway."""
    for one in tapes(video):
        for window in (*one.windows, one.never):
            if window.other is not None and not video.film.seconds <= window.other[0] < window.other[1] <= LONGEST:
                message = sentence(
                    "The other way of “{kind}” must be a stretch of the film after its end, at {time}.",
                    kind=window.kind,
                    time=clock_text(video.film.seconds),
                )
                yield one.id, message, window.line or one.line


@RULES.rule("VD022", WARNING)
def never_is_said(video: Video) -> Iterator[Finding]:
    """Nothing is said to who does not step in at all."""
    for one in tapes(video):
        if not one.never.line:
            yield one.id, sentence("Add <{never}> with feedback for those who do not step in.", never=NEVER), one.line
