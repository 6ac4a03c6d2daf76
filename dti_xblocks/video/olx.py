"""Authored XML to a `Video`. The inside of the element: one `<film>`, `<captions>`, `<still>`s, `<question>`s and `<tape>`s."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ..content import ELEMENT, REPEATED, VALUE, MalformedContentError, Problem, Reader, collapsed, parse_content
from . import rules
from .model import NEVER, Captions, Choice, Film, Moment, Question, Still, Tape, Video, Way, Window, read_time

INLINE_ONLY = ("text",)


class VideoUnreadableError(ValueError):
    """The content is no well-formed XML; the message says where and why."""


def read(content: str) -> Video:
    """The film in a block's `content`. Raises `VideoUnreadableError`; mistakes that can be read are `Video.strays`."""
    try:
        return from_element(parse_content(content))
    except MalformedContentError as error:
        raise VideoUnreadableError(str(error)) from error


def examine(content: str) -> tuple[Video | None, list[Problem]]:
    """The film (None when it cannot be read) and every problem in it. Never raises."""
    try:
        video = read(content)
    except VideoUnreadableError as error:
        return None, [rules.unreadable(str(error))]
    return video, rules.check(video)


def from_element(element: etree._Element) -> Video:
    """The film whose parts are the children of `element` (a `<dti_video>`, whose lines are then lines of its file)."""
    return _VideoReader().video(element)


class _VideoReader(Reader):
    def video(self, element: etree._Element) -> Video:
        film = Film()
        captions: list[Captions] = []
        stills: list[Still] = []
        moments: list[Moment] = []
        for child in self.children(element):
            line = child.sourceline or 1
            if child.tag == "film":
                if film.line:
                    self.stray(REPEATED, "film", "film", child)
                    continue
                self.attributes(child, ("src", "poster", "seconds"), "film")
                self.nothing_in(child, "film")
                seconds = self.time(child, "seconds", "film")
                film = Film(child.get("src", "").strip(), child.get("poster", "").strip(), seconds or 0.0, line)
            elif child.tag == "captions":
                self.attributes(child, ("lang", "src", "label"), "captions")
                self.nothing_in(child, "captions")
                lang, src, label = (child.get(name, "").strip() for name in ("lang", "src", "label"))
                captions.append(Captions(lang, src, label, line))
            elif child.tag == "still":
                self.attributes(child, ("at", "src", "alt"), "still")
                at = self.time(child, "at", "still") or 0.0
                stills.append(Still(at, child.get("src", "").strip(), collapsed(child.get("alt", "")), self.text(child), line))
            elif child.tag == "question":
                moments.append(self.question(child, line))
            elif child.tag == "tape":
                moments.append(self.tape(child, line))
            else:
                self.stray(ELEMENT, child.tag, "", child)
        ordered = sorted(moments, key=lambda moment: moment.at)
        return Video(film, tuple(captions), tuple(stills), tuple(ordered), tuple(self.strays))

    def question(self, node: etree._Element, line: int) -> Question:
        where = node.get("id", "")
        self.attributes(node, ("id", "at", "points", "multiple"), where)
        parts = self.parts(node, where, once=("prompt",), many=("choice",))
        choices = tuple(self.choice(child, where) for child in parts["choice"])
        prompt = self.first(parts["prompt"])
        at, points = self.time(node, "at", where) or 0.0, self.points(node, where, 1.0)
        return Question(where, at, prompt, choices, self.switch(node, "multiple", where), points, line)

    def choice(self, node: etree._Element, where: str) -> Choice:
        self.attributes(node, ("id", "correct"), where)
        parts = self.parts(node, where, once=("text", "feedback"))
        line, correct = node.sourceline or 1, self.switch(node, "correct", where)
        return Choice(node.get("id", ""), self.first(parts["text"]), correct, self.first(parts["feedback"]), line)

    def tape(self, node: etree._Element, line: int) -> Tape:
        where = node.get("id", "")
        self.attributes(node, ("id", "at", "to"), where)
        parts = self.parts(node, where, once=("prompt", NEVER), many=("window", "way"))
        windows = tuple(self.window(child, where) for child in parts["window"])
        never = self.window(parts[NEVER][0], where) if parts[NEVER] else Window(NEVER, 0.0, 0.0, "", "")
        at, to = self.time(node, "at", where) or 0.0, self.time(node, "to", where) or 0.0
        ways = tuple(self.way(child, where) for child in parts["way"])
        return Tape(where, at, to, self.first(parts["prompt"]), windows, ways, never, line)

    def window(self, node: etree._Element, where: str) -> Window:
        never = node.tag == NEVER
        self.attributes(node, ("other",) if never else ("kind", "until", "points", "other"), where)
        parts = self.parts(node, where, once=("feedback", "followed"))
        return Window(
            kind=NEVER if never else node.get("kind", ""),
            until=0.0 if never else self.time(node, "until", where) or 0.0,
            points=0.0 if never else self.points(node, where, 0.0),
            feedback=self.first(parts["feedback"]),
            followed=self.first(parts["followed"]),
            other=self.stretch(node, where),
            line=node.sourceline or 1,
        )

    def way(self, node: etree._Element, where: str) -> Way:
        self.attributes(node, ("id", "points"), where)
        parts = self.parts(node, where, once=("text", "feedback"))
        text, feedback = self.first(parts["text"]), self.first(parts["feedback"])
        return Way(node.get("id", ""), text, self.points(node, where, 0.0), feedback, node.sourceline or 1)

    # -- parts and values ----------------------------------------------------------------------------------------------

    def parts(
        self, node: etree._Element, where: str, once: Iterable[str] = (), many: Iterable[str] = ()
    ) -> dict[str, list[etree._Element]]:
        """The children of `node` by their names; what is neither `once` nor `many`, or a second of `once`, is a stray."""
        found: dict[str, list[etree._Element]] = {name: [] for name in (*once, *many)}
        for child in self.children(node, where):
            if child.tag not in found:
                self.stray(ELEMENT, child.tag, where, child)
            elif child.tag in once and found[child.tag]:
                self.stray(REPEATED, child.tag, where, child)
            else:
                found[child.tag].append(child)
        return found

    def first(self, nodes: list[etree._Element]) -> str:
        return self.text(nodes[0]) if nodes else ""

    def text(self, node: etree._Element) -> str:
        """The inside as HTML; words without a tag are one paragraph, but in a `<text>`, which stands in a line."""
        if node.tag != "still":
            self.attributes(node, ())
        prose = collapsed(self.prose(node))
        bare = prose and not prose.startswith(("<p>", "<ul>", "<ol>", "<blockquote>")) and node.tag not in INLINE_ONLY
        return f"<p>{prose}</p>" if bare else prose

    def nothing_in(self, node: etree._Element, where: str) -> None:
        for child in self.children(node, where):
            self.stray(ELEMENT, child.tag, where, child)

    def time(self, node: etree._Element, name: str, where: str) -> float | None:
        if name not in node.attrib:
            return None
        value = read_time(node.get(name, ""))
        if value is None:
            self.stray(VALUE, f'{name}="{self.quote(node.get(name, ""))}"', where, node)
        return value

    def points(self, node: etree._Element, where: str, default: float) -> float:
        if "points" not in node.attrib:
            return default
        text = node.get("points", "")
        if text.isascii() and text.isdigit() and len(text) <= 3:
            return float(text)
        self.stray(VALUE, f'points="{self.quote(text)}"', where, node)
        return default

    def switch(self, node: etree._Element, name: str, where: str) -> bool:
        said = node.get(name, "false")
        if said not in ("true", "false"):
            self.stray(VALUE, f'{name}="{self.quote(said)}"', where, node)
        return bool(said == "true")

    def stretch(self, node: etree._Element, where: str) -> tuple[float, float] | None:
        """other="20 26.5": from, to."""
        said = node.get("other", "")
        times = [read_time(part) for part in said.split()]
        if len(times) == 2 and times[0] is not None and times[1] is not None:
            return times[0], times[1]
        if "other" in node.attrib:
            self.stray(VALUE, f'other="{self.quote(said)}"', where, node)
        return None
