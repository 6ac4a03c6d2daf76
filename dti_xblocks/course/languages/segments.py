"""The texts of a file of a course: every one is offered to a function, and what the function says is put in its place.

A text is a stretch of markup without blocks in it: blanks collapsed, tags without their attributes (`<a>`; `<a1>` and `<a2>`
where there are two that differ), so that a link that changes makes no new text. With a function that says nothing a file stays as
it is, to the byte.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import table
from .markup import TOKEN, Node, Piece, collapsed, in_attribute, text_of, tree

Say = Callable[["Text"], str | None]  # what to put in place of a text; None leaves it
MARKED = re.compile(r"html/.+|tabs/.+|about/.+|info/.+|problem/.+")  # where a span may mark the language of a text
NAMED = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][\w:.-]*?)(?P<number>\d*)(?P<empty>/?)>")


@dataclass(frozen=True)
class Text:
    """A text that people read: `said` as memories have it, the file in which it stands, and what kind of text it is."""

    said: str
    file: str
    kind: str


@dataclass(frozen=True)
class _Place:
    """Where a text stands in the source, and what goes around what is put there."""

    start: int
    end: int
    text: Text
    tags: dict[str, str]
    quote: str | None = None  # of an attribute


def is_readable(name: str) -> bool:
    """Whether a file of a course holds texts that this room knows how to find."""
    return name.endswith((".html", ".xml", "policy.json")) and not name.startswith(("static/", "assets/", "drafts/"))


def texts(name: str, source: str) -> list[Text]:
    """The texts of a file, in order, each as often as it stands there."""
    found: list[Text] = []
    rewritten(name, source, found.append)
    return found


def rewritten(name: str, source: str, say: Say, mark: str = "") -> str:
    """The file with what `say` has for each text; None leaves it, marked as being in the language `mark` where markup allows."""
    if name.endswith(".json"):
        return _rewritten_json(name, source, say)
    top = tree(source, name.endswith(".html"))
    parts, at = [], 0
    for place in sorted(_Finder(name, source).places(top), key=lambda place: place.start):
        said = say(place.text)
        if said is not None and said != place.text.said:
            put = in_attribute(said, place.quote) if place.quote is not None else _with_tags(said, place.tags)
        elif said is None and mark and place.quote is None and MARKED.fullmatch(name):
            put = f'<span lang="{mark}">{source[place.start : place.end]}</span>'
        else:
            continue
        parts += [source[at : place.start], put]
        at = place.end
    return "".join([*parts, source[at:]])


class _Finder:
    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def places(self, node: Node, path: tuple[str, ...] = ()) -> Iterator[_Place]:
        """The texts in an element and in its attributes."""
        if node.tag in table.SILENT or _stays(node):
            return
        yield from self.of_attributes(node)
        run: list[Node | Piece] = []
        path = (*path, node.tag)
        for one in node.inside:
            if _is_inline(one):
                run.append(one)
                continue
            yield from self.of_run(run, path)
            run = []
            if isinstance(one, Node) and "data-graphic" not in one.attributes:  # drawn from a text of its own
                yield from self.places(one, path)
        yield from self.of_run(run, path)

    def of_attributes(self, node: Node) -> Iterator[_Place]:
        for name in table.ATTRIBUTES[table.ANY] | table.ATTRIBUTES.get(node.tag, frozenset()):
            attribute = node.attributes.get(name)
            if attribute is not None and attribute.quote and _has_words(attribute.value):
                said = collapsed(html.escape(attribute.value, quote=False))
                kind = table.OF_ATTRIBUTE.get(name, "text")
                yield _Place(attribute.start, attribute.end, Text(said, self.name, kind), {}, attribute.quote)

    def of_run(self, run: list[Node | Piece], path: tuple[str, ...]) -> Iterator[_Place]:
        """The text of a stretch without blocks; of an element that is all there is, what is in it."""
        while run and self._is_blank(run[0]):
            run = run[1:]
        while run and self._is_blank(run[-1]):
            run = run[:-1]
        if not run:
            return
        nodes = [node for one in run if isinstance(one, Node) for node in one.nodes()]
        if len(run) == 1 and nodes:
            only = nodes[0]
            if not _stays(only) and only.tag not in table.SILENT:
                yield from self.of_attributes(only)
                yield from self.of_run(only.inside, (*path, only.tag))
            return
        for node in nodes:
            yield from self.of_attributes(node)
        start, end = run[0].start, run[-1].end
        before = len(self.source[start:end]) - len(self.source[start:end].lstrip(" \t\r\n\f"))
        after = len(self.source[start:end]) - len(self.source[start:end].rstrip(" \t\r\n\f"))
        start, end = start + before, end - after
        if _has_words(self._words(run)):
            said, tags = _without_attributes(self.source[start:end])
            yield _Place(start, end, Text(said, self.name, table.kind(path)), tags)

    def _is_blank(self, one: Node | Piece) -> bool:
        return isinstance(one, Piece) and not self.source[one.start : one.end].strip(" \t\r\n\f")

    def _words(self, run: list[Node | Piece]) -> str:
        """What can be translated of a stretch."""
        return "".join(
            html.unescape(self.source[one.start : one.end]) if isinstance(one, Piece) else self._words(one.inside)
            for one in run
            if isinstance(one, Piece) or not (_stays(one) or one.tag in table.SILENT)
        )


def _is_inline(one: Node | Piece) -> bool:
    if isinstance(one, Piece):
        return one.is_words
    return one.tag in table.INLINE and all(_is_inline(each) for each in one.inside)


def _stays(node: Node) -> bool:
    """Whether an element says of itself that it is not to be translated. A whole document and the captions of a film name the
    language that they are in before they are translated."""
    in_english = node.says("lang").startswith("en") and node.tag not in ("html", "captions")
    return in_english or node.says("translate") == "no"


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _without_attributes(source: str) -> tuple[str, dict[str, str]]:
    """A stretch of markup with short names for its tags, and the tags by those names."""
    opened = [match for match in TOKEN.finditer(source) if match["open"]]
    variants: dict[str, list[str]] = {}
    for match in opened:
        variants.setdefault(match["open"], []).append(match[0])
    tags: dict[str, str] = {}
    numbers: dict[str, int] = {}
    names: list[str] = []

    def short(match: re.Match[str]) -> str:
        if match["close"]:
            return f"</{names.pop()}>" if names else match[0]
        tag = match["open"]
        if not tag:
            return ""
        numbers[tag] = numbers.get(tag, 0) + 1
        name = tag if len(set(variants[tag])) == 1 else f"{tag}{numbers[tag]}"
        tags[name] = match[0]
        if match["empty"] or tag == "br":
            return f"<{name}/>"
        names.append(name)
        return f"<{name}>"

    return collapsed(TOKEN.sub(short, source)), tags


def _with_tags(said: str, tags: dict[str, str]) -> str:
    """The markup for a text with short names. Names that the source does not have stay as they are: a check finds them."""

    def full(match: re.Match[str]) -> str:
        if match["slash"]:
            return f"</{match['name']}>"
        return tags.get(match["name"] + match["number"], match[0])

    return NAMED.sub(full, said)


def _rewritten_json(name: str, source: str, say: Say) -> str:
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        return source

    def put(holder: dict, key: str, kind: str) -> None:
        value = holder.get(key) if isinstance(holder, dict) else None
        if isinstance(value, str):
            holder[key] = _said(value, name, kind, say)

    if not isinstance(data, dict):
        return source
    for grader in data.get("GRADER", []) if isinstance(data.get("GRADER"), list) else []:
        put(grader, "type", table.GRADE)
        put(grader, "short_label", f"{table.GRADE}: one letter, or a short word")
    for key, own in data.items():
        if key.startswith("course/") and isinstance(own, dict):
            _settings(own, name, say, put)
    return json.dumps(data, indent=4, ensure_ascii=False) + "\n"


def _settings(own: dict, name: str, say: Say, put: Callable[[dict, str, str], None]) -> None:
    put(own, "display_name", table.TITLE)
    for tab in own.get("tabs") or []:
        put(tab, "name", table.TAB)
    if "learning_info" in own:
        own["learning_info"] = [_said(one, name, table.OUTCOME, say) for one in own["learning_info"]]
    if "discussion_topics" in own:
        own["discussion_topics"] = {
            _said(topic, name, table.TOPIC, say): value for topic, value in own["discussion_topics"].items()
        }
    for certificate in (own.get("certificates") or {}).get("certificates") or []:
        for key in ("course_title", "description", "name"):
            put(certificate, key, table.CERTIFICATE)
        for signatory in certificate.get("signatories") or []:
            for key in ("name", "organization", "title"):
                put(signatory, key, table.CERTIFICATE)


def _said(value: str, file: str, kind: str, say: Say) -> str:
    if not _has_words(value):
        return value
    said = say(Text(collapsed(html.escape(value, quote=False)), file, kind))
    return value if said is None else text_of(said)
