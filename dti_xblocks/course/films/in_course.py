"""A film as a block of the course: a `<dti_video>` with captions, stills and moments, whose times follow the timeline.

The moments of a film stand in media/films/moments/NAME.xml, with times said by the storyboard (`lot.start`, `lot.2.end`), so that
they stay right when a line is spoken anew. The file also names the unit in which the film stands.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from lxml import etree

from ...case_law.library import library
from ...content import parser
from .scenes import scene
from .storyboard import CARD, Storyboard
from .timeline import LineTime, ShotTime, Timeline

MOMENTS = "moments"
TIMES = ("at", "to", "until")
BEFORE_THE_CUT = 0.2  # seconds: what comes at the end of a shot still shows the shot
CAPTIONS = {"en": "en", "es": "es-419"}  # the language of a file, by that of the storyboard
TIME = re.compile(r"(?P<shot>[a-z0-9-]+)\.(?:(?P<line>\d+)(?P<said>\.end)?|(?P<end>start|end))")


class MomentsError(ValueError):
    """Moments that cannot be used: which file, and why."""


def moments_file(media: Path, name: str) -> Path:
    """Where the moments of a film stand."""
    return media / "films" / MOMENTS / f"{name}.xml"


def second(timeline: Timeline, said: str) -> float:
    """The second of the film that `said` names. Raises `MomentsError`."""
    match = TIME.fullmatch(said)
    shot = next((one for one in timeline.shots if match and one.shot.id == match["shot"]), None)
    if match is None or shot is None:
        raise MomentsError(f"“{said}” is no time of this film: write SHOT.start, SHOT.end, SHOT.2 or SHOT.2.end.")
    if match["end"]:
        return round(shot.start if match["end"] == "start" else shot.end - BEFORE_THE_CUT, 1)
    number = int(match["line"])
    if not 1 <= number <= len(shot.lines):
        raise MomentsError(f"“{said}”: the shot “{shot.shot.id}” has {len(shot.lines)} lines.")
    line = shot.lines[number - 1]
    return round(line.end if match["said"] else line.start, 1)


def read_moments(media: Path, name: str) -> etree._Element:
    """The `<moments>` of a film, times as they are written. Raises `MomentsError`."""
    path = moments_file(media, name)
    try:
        return etree.parse(str(path), parser()).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise MomentsError(f"{path.name}: {error}") from None


def block(timeline: Timeline, media: Path) -> etree._Element:
    """The film as it stands in the course. Raises `MomentsError`."""
    board, name = timeline.storyboard, timeline.storyboard.name
    made = etree.Element("dti_video")
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.set("url_name", url_name(name))
    made.set("display_name", board.title.en)
    files = f"/static/film-{name}"
    etree.SubElement(made, "film", src=f"{files}.mp4", poster=f"{files}-poster.webp", seconds=f"{timeline.seconds - 0.05:.1f}")
    for language, code in CAPTIONS.items():
        etree.SubElement(made, "captions", lang=code, src=f"{files}.{language if language == 'en' else code}.vtt")
    for number, shot in enumerate(timeline.shots, start=1):
        still = etree.SubElement(made, "still", at=f"{shot.start:.1f}", src=f"{files}-{number}.webp", alt=seen(shot, media))
        for line in shot.lines:
            etree.SubElement(still, "p").text = said(board, line)
        if shot is timeline.shots[-1] and board.sources:
            etree.SubElement(still, "p").text = sources(board)
    for moment in read_moments(media, name).iterchildren(etree.Element):
        for node in moment.iter(etree.Element):
            for key in TIMES:
                if key in node.attrib:
                    node.set(key, f"{second(timeline, node.get(key, '')):.1f}")
        made.append(moment)
    etree.indent(made, "  ", level=1)
    made.tail = None
    return made


def url_name(name: str) -> str:
    """The name of the block of a film."""
    return f"film-{name}"


def seen(shot: ShotTime, media: Path) -> str:
    """What a shot shows, in words: those of its scene, or what is written on a card."""
    written = shot.shot.words.words.en if shot.shot.words else ""
    if shot.shot.scene == CARD:
        return f"On a dark ground is written: {written}"
    return scene(media, shot.shot.scene).alt


def said(board: Storyboard, line: LineTime) -> str:
    """A line of the transcript: the narrator's as it is, those of others with their names."""
    person = board.cast.get(line.line.who)
    name = person.name.en if person else ""
    return f"{name}: “{line.line.en}”" if name else line.line.en


def sources(board: Storyboard) -> str:
    """What the film rests on, as the library cites it."""
    cited = [found.citation for found in map(library().get, board.sources) if found]
    return f"{'Real events, told from' if board.true_story else 'It rests on'}: {'; '.join(cited)}."


def placed(vertical: str, unit: str, film: etree._Element) -> str:
    """The unit's text with the film in it: in place of the older one, or else right after the text of the unit.

    Raises `MomentsError` where the unit has no text to stand after.
    """
    text = etree.tostring(film, encoding="unicode")
    older = re.compile(rf'<dti_video\b[^>]*\burl_name="{re.escape(film.get("url_name", ""))}".*?</dti_video>', re.DOTALL)
    if older.search(vertical):
        return older.sub(lambda _: text, vertical, count=1)
    after = re.search(rf'^ *<html url_name="{re.escape(html.escape(unit))}-text"/>\n', vertical, re.MULTILINE)
    if after is None:
        raise MomentsError(f"The unit {unit} has no text “{unit}-text” after which the film could stand.")
    return f"{vertical[: after.end()]}  {text}\n{vertical[after.end() :]}"


def update(root: Path, media: Path, timelines: list[Timeline]) -> list[Path]:
    """Put the films into their units of a course folder, or put them right. Returns the files that changed."""
    changed = []
    for timeline in timelines:
        unit = read_moments(media, timeline.storyboard.name).get("unit", "")
        path = root / "vertical" / f"{unit}.xml"
        if not path.is_file():
            raise MomentsError(f"{timeline.storyboard.name}.xml: there is no unit “{unit}” in the course.")
        before = path.read_text(encoding="utf-8")
        after = placed(before, unit, block(timeline, media))
        if after != before:
            path.write_text(after, encoding="utf-8")
            changed.append(path)
    return changed
