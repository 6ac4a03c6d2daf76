"""Whether a film is sound. Codes are permanent. With a problem of `STOPPING` learners cannot use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..content import ATTRIBUTE, ELEMENT, REPEATED, TEXT, VALUE, WARNING, Finding, Problem, pattern, sentence
from . import rules_stills  # noqa: F401 - it enters its rules in the book when it is loaded
from .model import LONGEST, WINDOW_KINDS, Question, Tape, Video, clock_text
from .rulebook import RULES, tapes

UNREADABLE = "VD000"
STOPPING = frozenset((UNREADABLE, "VD001", "VD002", "VD003", "VD010", "VD011", "VD012", "VD013", "VD014", "VD016", "VD018"))
MOST_MOMENTS = 100
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,2}")
FILM_FILES = (".mp4", ".m4v", ".webm")


def unreadable(reason: str) -> Problem:
    """The problem of content that is no well-formed XML."""
    return Problem(UNREADABLE, "film", sentence("The film cannot be read: {reason}", reason=reason))


def check(video: Video) -> list[Problem]:
    """Every problem of `video`, in the order of its lines."""
    return RULES.problems(video)


def stopping(problems: Iterable[Problem]) -> list[Problem]:
    """Those because of which learners cannot use the film."""
    return [problem for problem in problems if problem.code in STOPPING]


@RULES.rule("VD001")
def no_film(video: Video) -> Iterator[Finding]:
    """There is no film: nothing can be shown."""
    if not video.film.src:
        yield "film", sentence('There is no film. Write <film src="/static/name.mp4" seconds="60"/>.'), video.film.line


@RULES.rule("VD002")
def film_is_a_file_of_the_course(video: Video) -> Iterator[Finding]:
    """The film is not a file of the course that browsers play. An address elsewhere would break with the next import, and an
    operator's own place for films is a setting of the site."""
    src = video.film.src
    if src and not (video.film.name and src.lower().endswith(FILM_FILES)):
        message = sentence("“{src}” is no film of the course. Upload an MP4 file and write /static/ and its name.", src=src)
        yield "film", message, video.film.line


@RULES.rule("VD003")
def film_has_a_length(video: Video) -> Iterator[Finding]:
    """How long the film counts is not said: without it nobody can finish it."""
    if video.film.src and not 1 <= video.film.seconds <= LONGEST:
        message = sentence(
            'Say how long the film is, in seconds="…", from 1 to {longest:.0f}. The editor reads it from the film.',
            longest=LONGEST,
        )
        yield "film", message, video.film.line


@RULES.rule("VD004")
def repeated_element(video: Video) -> Iterator[Finding]:
    """Something is there twice that can be there once, and only the first counts."""
    return _strays(video, REPEATED, pattern("There is more than one <{name}>. Keep one; the others have no effect."))


@RULES.rule("VD005")
def unknown_element(video: Video) -> Iterator[Finding]:
    """An element that has no meaning where it stands."""
    return _strays(video, ELEMENT, pattern("The element <{name}> is not known here. Remove it or correct its name."))


@RULES.rule("VD006", WARNING)
def unknown_attribute(video: Video) -> Iterator[Finding]:
    """An attribute that has no meaning."""
    return _strays(video, ATTRIBUTE, pattern("The attribute {name} is not known here and has no effect. Remove it."))


@RULES.rule("VD007")
def loose_text(video: Video) -> Iterator[Finding]:
    """Words outside of any element that is shown."""
    return _strays(video, TEXT, pattern("The text “{name}” stands where nobody sees it. Move it or remove it."))


@RULES.rule("VD008", WARNING)
def no_captions(video: Video) -> Iterator[Finding]:
    """The film has no captions: people who cannot hear it, or must not make a noise, miss what is said."""
    if video.film.src and not video.captions:
        yield "captions", sentence('Add captions: <captions lang="en" src="/static/name-en.vtt"/>.'), video.film.line


@RULES.rule("VD009")
def captions_are_files(video: Video) -> Iterator[Finding]:
    """Captions without a language or file, or two of one language."""
    seen: set[str] = set()
    for one in video.captions:
        if not LANGUAGE.fullmatch(one.lang):
            yield "captions", sentence("“{lang}” is no language. Write a code such as en or es in lang.", lang=one.lang), one.line
        elif one.lang.lower() in seen:
            yield "captions", sentence("There are two captions in “{lang}”. Keep one.", lang=one.lang), one.line
        seen.add(one.lang.lower())
        if not (one.src.startswith("/static/") and one.src.lower().endswith(".vtt")):
            yield (
                "captions",
                sentence("“{src}” is no caption file of the course. Write /static/ and the name of a .vtt file.", src=one.src),
                one.line,
            )


@RULES.rule("VD010")
def unreadable_value(video: Video) -> Iterator[Finding]:
    """A time or number that cannot be read: the place in the film would be a guess."""
    return _strays(video, VALUE, pattern("{name} cannot be read. Times are seconds (68.5) or minutes and seconds (1:08.5)."))


@RULES.rule("VD011")
def ids_are_unique(video: Video) -> Iterator[Finding]:
    """A moment, choice or way without an id of its own: records of learners are kept under it."""
    ways: list[tuple[str, str, int]] = []
    for moment in video.moments:
        ways.append(("", moment.id, moment.line))
        inside = moment.choices if isinstance(moment, Question) else moment.ways
        ways += [(moment.id, one.id, one.line) for one in inside]
    seen: set[tuple[str, str]] = set()
    for inside_of, name, line in ways:
        place = inside_of or name or "film"
        if not ID.fullmatch(name):
            yield place, sentence("“{name}” is no id: use small letters, digits and hyphens, at most 60.", name=name), line
        elif (inside_of, name) in seen:
            yield place, sentence("The id “{name}” is there twice. Give the second another one.", name=name), line
        seen.add((inside_of, name))


@RULES.rule("VD012")
def moments_are_in_the_film(video: Video) -> Iterator[Finding]:
    """A moment outside of the film never comes."""
    end = video.film.seconds
    if len(video.moments) > MOST_MOMENTS:
        yield (
            "film",
            sentence("There are more than {most_moments} moments. Divide the film.", most_moments=MOST_MOMENTS),
            video.moments[MOST_MOMENTS].line,
        )
    for moment in video.moments:
        if end and not (moment.at <= end and moment.to <= end):
            yield moment.id, sentence("This moment is after the end of the film, at {time}.", time=clock_text(end)), moment.line
        if isinstance(moment, Tape) and moment.to <= moment.at:
            yield moment.id, sentence("The tape ends before it begins. Correct at and to."), moment.line


@RULES.rule("VD013")
def moments_do_not_overlap(video: Video) -> Iterator[Finding]:
    """A moment inside of a tape: the film would stop while the learner has to watch when to step in."""
    busy = -1.0
    for moment in video.moments:
        if moment.at < busy:
            yield (
                moment.id,
                sentence("This moment is inside of the one before, which lasts until {time}.", time=clock_text(busy)),
                moment.line,
            )
        busy = max(busy, moment.to)


@RULES.rule("VD014")
def questions_can_be_answered(video: Video) -> Iterator[Finding]:
    """A question of fewer than two choices, or with a wrong number of correct ones."""
    for one in video.moments:
        if isinstance(one, Question):
            correct = sum(choice.correct for choice in one.choices)
            if not one.prompt:
                yield one.id, sentence("The question asks nothing. Write it in <prompt>."), one.line
            if len(one.choices) < 2:
                yield one.id, sentence("A question needs two choices or more."), one.line
            elif one.multiple and not correct:
                yield one.id, sentence('No choice is correct. Write correct="true" on those that are.'), one.line
            elif not one.multiple and correct != 1:
                message = sentence('Exactly one choice must be correct. For several, write multiple="true" on the question.')
                yield one.id, message, one.line
            for choice in one.choices:
                if not choice.text:
                    yield one.id, sentence("The choice “{id}” has no words. Write them in <text>.", id=choice.id), choice.line


@RULES.rule("VD015", WARNING)
def feedback_is_there(video: Video) -> Iterator[Finding]:
    """A choice, way or window without feedback teaches nothing."""
    for moment in video.moments:
        if isinstance(moment, Question):
            said = [(one.id, one.feedback, one.line) for one in moment.choices]
        else:
            said = [(one.id, one.feedback, one.line) for one in moment.ways]
            said += [(one.kind, one.feedback, one.line) for one in (*moment.windows, moment.never)]
        for name, feedback, line in said:
            if not feedback:
                yield moment.id, sentence("“{name}” has no <feedback>. Say why.", name=name), line or moment.line


@RULES.rule("VD016")
def windows_follow_each_other(video: Video) -> Iterator[Finding]:
    """The windows of a tape have gaps, a wrong order, or none that is in time: a decision could not be judged."""
    for one in tapes(video):
        kinds = [window.kind for window in one.windows]
        if any(kind not in WINDOW_KINDS for kind in kinds) or len(set(kinds)) != len(kinds) or "in-time" not in kinds:
            yield (
                one.id,
                sentence("Windows are {names}, each once at most, and in-time always.", names=", ".join(WINDOW_KINDS)),
                one.line,
            )
        elif kinds != [kind for kind in WINDOW_KINDS if kind in kinds]:
            yield one.id, sentence("Put the windows in this order: {names}.", names=", ".join(WINDOW_KINDS)), one.line
        ends = [one.at, *(window.until for window in one.windows)]
        if any(after <= before for before, after in pairwise(ends)):
            yield one.id, sentence("Each window must end after the one before. Correct until."), one.line
        elif one.windows and ends[-1] != one.to:
            yield (
                one.id,
                sentence("The last window must end with the tape, at {time}.", time=clock_text(one.to)),
                one.windows[-1].line,
            )


@RULES.rule("VD017", WARNING)
def in_time_is_worth_most(video: Video) -> Iterator[Finding]:
    """Another window earns as much as stepping in in time: the points would say the opposite of the feedback."""
    for one in tapes(video):
        best = [window.points for window in one.windows if window.kind == "in-time"]
        others = [window.points for window in one.windows if window.kind != "in-time"]
        if best and others and max(others) >= best[0]:
            yield one.id, sentence("Stepping in in time should earn the most points."), one.line


@RULES.rule("VD018")
def tapes_can_be_decided(video: Video) -> Iterator[Finding]:
    """A tape without a way to step in, or without stills in each window: who needs more time, or cannot see or hear the film,
    takes the same decision still by still, for the same score."""
    for one in tapes(video):
        if len(one.ways) < 2:
            yield one.id, sentence("A tape needs two ways to step in or more."), one.line
        for way in one.ways:
            if not way.text:
                yield one.id, sentence("The way “{id}” has no words. Write them in <text>.", id=way.id), way.line
        begins = one.at
        for window in one.windows:
            if not any(begins <= still.at < window.until for still in video.stills):
                message = sentence(
                    "There is no still between {time} and {time_2}. Add a <still> there: each "
                    "window needs one, for those who decide still by still.",
                    time=clock_text(begins),
                    time_2=clock_text(window.until),
                )
                yield one.id, message, window.line
            begins = window.until


def _strays(video: Video, kind: str, message: str) -> Iterator[Finding]:
    for stray in video.strays:
        if stray.kind == kind:
            yield stray.where or "film", sentence(message, name=stray.name), stray.line
