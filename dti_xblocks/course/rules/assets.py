"""The files of static/: under which name the platform keeps them, what names them, and how a page links them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from ...content.sizes import large_name
from ..model import Block, OlxCourse

# As the platform rewrites it: directly after a quote, which may be escaped in JSON. Or in a bracket, as a style has it.
STATIC_LINK = re.compile(r"""(?:\\?["']\s*/?static/([^"'<>\\]+)|\(\s*/?static/([^"'()<>\\]+))""")
# A file by the key or the older address that it has on the platform; an import rewrites both.
ASSET_KEY = re.compile(r"""(?:type@asset\+block[@/]|/c4x/[^"'/]+/[^"'/]+/asset/)([^"'?#<>\\\s]+)""")
QUOTED = re.compile(r"""["']([^"'<>\n]{1,300})["']""")
WORD = re.compile(r"""[^\s"'()<>=\\?#&;,|:]+""")
LONGEST_NAME = 300
PROGRAM = re.compile(r"<(script|style)\b", re.IGNORECASE)
END_OF_PROGRAM = re.compile(r"</(?:script|style)\b", re.IGNORECASE)
TAG = re.compile(r"<[\w/!?]")
IGNORED = re.compile(r"\._.*|\.DS_Store|.*~")  # names in static/ that an import leaves out
LISTS = ("policies/assets.json", "assets/assets.xml")  # of all files that there are
PAGES = (".html", ".xml", ".json")
TEXTS = (*PAGES, ".css", ".htm", ".js", ".svg", ".txt")
UNKNOWN_PART = re.compile(r"[$`]|\{|<%")  # of a name that a script or a template completes


def asset_name(name: str) -> str:
    """The name under which the platform keeps a file of static/, and under which it looks for one that a link names."""
    return re.sub(r"[^\w.%-]", "_", name.strip())


def kept_files(course: OlxCourse) -> dict[str, list[str]]:
    """The name that each file of static/ has after an import -> the files that get it; more than one where some are lost."""
    kept = defaultdict(list)
    for name in course.files:
        if name.startswith("static/") and not IGNORED.fullmatch(name.rpartition("/")[2]):
            kept[asset_name(name.removeprefix("static/"))].append(name)
    return kept


def readable(course: OlxCourse) -> list[str]:
    """The texts in which an import, a learner's page or a script finds links, in the order of files."""
    return [
        name
        for name in course.files
        if (name in course.used and (name.endswith(PAGES) or name.startswith("custom_tags/")) and name not in LISTS)
        or (name.startswith("static/") and name.endswith(TEXTS))
    ]


def linking_lines(course: OlxCourse, name: str) -> list[str]:
    """The lines of a text, of which only that is left which can link: tags, scripts and styles of a page, all of the rest."""
    text = course.text(name)
    if name.endswith((".html", ".htm", ".xml", ".svg")):
        if name.endswith(".xml") and not name.startswith(("html/", "problem/")):
            text = text.replace("&lt;", "<").replace("&gt;", ">")  # pages as the content of an element
        text = "".join(_linking_parts(text))
    return text.replace("&quot;", '"').split("\n")


def _linking_parts(page: str) -> Iterator[str]:
    """The tags, scripts and styles of a page to the letter; of comments and words only the ends of their lines."""
    here = 0
    while match := TAG.search(page, here):
        start = match.start()
        yield "\n" * page.count("\n", here, start)
        if page.startswith("<!--", start):
            end = page.find("-->", start)
        elif PROGRAM.match(page, start):  # where a comment hides nothing
            closing = END_OF_PROGRAM.search(page, start)
            end = closing.start() if closing else -1
        else:
            end = page.find(">", start)
        here = len(page) if end < 0 else max(end, start + 1)
        part = page[start:here]
        yield "\n" * part.count("\n") if part.startswith("<!--") else part
    yield "\n" * page.count("\n", here)


def lines(course: OlxCourse) -> Iterator[tuple[str, int, str]]:
    """Every line of every text that an import reads: file, line number, text."""
    for name in readable(course):
        if not name.startswith("static/"):
            for number, line in enumerate(course.text(name).split("\n"), 1):
                yield name, number, line


def static_links(line: str) -> Iterator[str]:
    """The names below static/ that a line links, as they are written, without what a script completes."""
    for quoted, bracketed in STATIC_LINK.findall(line):
        link = quoted or bracketed
        name = re.split("[?#]", link, maxsplit=1)[0]
        if not link.endswith("?raw") and name.strip() and not name.endswith("/") and not UNKNOWN_PART.search(name):
            yield name


def named_files(course: OlxCourse) -> set[str]:
    """The names, as the platform keeps them, that something in the course says: in links, settings, scripts, even comments."""
    names: set[str] = set()
    for file in readable(course):
        text = course.text(file).replace("&quot;", '"')
        said = {*QUOTED.findall(text), *ASSET_KEY.findall(text)}
        said.update(word for word in WORD.findall(text) if "." in word and len(word) <= LONGEST_NAME)
        for line in text.split("\n"):
            said.update(static_links(line))
        for name in said:
            name = re.split("[?#]", name, maxsplit=1)[0].rpartition("/static/")[2]
            names.update((asset_name(name.lstrip("./")), asset_name(name.rpartition("/")[2])))
    for block in course.blocks("video", "videoalpha"):
        names.update(asset_name(name) for name in transcript_files(block))
    if any(block.node.find(".//script[@type='loncapa/python']") is not None for block in course.blocks("problem")):
        names.add("python_lib.zip")  # which Python in problems may import
    return names | {asset_name(str(course.settings.get("course_image") or ""))}


def used_files(course: OlxCourse) -> set[str]:
    """The files of static/ that something names, the small sizes of pictures among them, and those beside them in a folder of
    their own, as a program has them."""
    named, begun = named_files(course), _begun_names(course)
    used = {
        file
        for name, files in kept_files(course).items()
        if name in named or _is_small_size(name, named) or (begun and name.startswith(begun))
        for file in files
    }
    programs = {file.split("/")[1] for file in used if file.count("/") > 1 and file.endswith((".js", ".html", ".htm"))}
    return used | {name for name in course.files if name.count("/") > 1 and name.split("/")[1] in programs}


def _is_small_size(name: str, named: set[str]) -> bool:
    large = large_name(name)
    return bool(large) and large in named


def _begun_names(course: OlxCourse) -> tuple[str, ...]:
    """What links begin with that a script or a template completes."""
    links = [link[0] or link[1] for name in readable(course) for link in STATIC_LINK.findall(course.text(name))]
    begun = {
        asset_name(UNKNOWN_PART.split(link, maxsplit=1)[0]) for link in links if UNKNOWN_PART.search(link) or "." not in link
    }
    return tuple(name for name in begun if name.strip("_"))


def transcript_files(video: Block) -> set[str]:
    """The files of static/ that a video has transcripts from."""
    ids = [video.setting(name) for name in ("sub", "youtube_id_1_0")]
    ids += [part.rpartition(":")[2] for part in str(video.setting("youtube") or "").split(",")]
    sources = [*re.findall(r'[^\s"\[\],]+', str(video.setting("html5_sources") or ""))]
    sources += [part.get("src") or "" for part in video.node.iter("source")]
    ids += [re.sub(r"\.\w+$", "", source.rpartition("/")[2]) for source in sources]
    ids += [re.sub(r"^subs_|\.\w+$", "", name) for name in named_transcripts(video)]
    codes = {str(code) for code in _by_language(video)} | {part.get("language") for part in video.node.iter("transcript")}
    names = {f"{code}subs_{each}.srt.sjson" for each in ids if each for code in ("", *(f"{code}_" for code in codes))}
    kept, languages = video.setting("edx_video_id"), video.node.iterfind("video_asset/transcripts/transcript")
    names |= {f"{kept}-{each.get('language_code')}.{suffix}" for each in languages for suffix in ("srt", "sjson")}
    return names | set(named_transcripts(video))


def named_transcripts(video: Block) -> list[str]:
    """The files that a video names for its languages."""
    named = [*_by_language(video).values(), *(part.get("src") for part in video.node.iter("transcript"))]
    return [name.removeprefix("/static/") for name in named if isinstance(name, str) and name]


def _by_language(video: Block) -> dict:
    written = video.setting("transcripts") or {}
    try:
        written = json.loads(written) if isinstance(written, str) else written
    except (ValueError, RecursionError):
        return {}
    return written if isinstance(written, dict) else {}
