"""The files of static/: under which name the platform keeps them, what names them, and how a page links them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator

from ..model import Block, OlxCourse

# As the platform rewrites it: directly after a quote, which may be escaped in JSON. Or in a bracket, as a style has it.
STATIC_LINK = re.compile(r"""(?:\\?["']\s*/?static/([^"'<>\\]+)|\(\s*/?static/([^"'()<>\\]+))""")
# A file by the key or the older address that it has on the platform; an import rewrites both.
ASSET_KEY = re.compile(r"""(?:type@asset\+block[@/]|/c4x/[^"'/]+/[^"'/]+/asset/)([^"'?#<>\\\s]+)""")
QUOTED = re.compile(r"""["']([^"'<>\n]{1,300})["']""")
WORD = re.compile(r"""[^\s"'()<>=\\?#&;,|:]+\.\w+""")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
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


def shown_text(course: OlxCourse, name: str) -> str:
    """A text of the course without comments, its lines where they are; quotes as they are once XML is read."""
    text = course.text(name)
    if name.endswith((".html", ".xml")):
        text = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    return text.replace("&quot;", '"')


def lines(course: OlxCourse) -> Iterator[tuple[str, int, str]]:
    """Every line of every text that an import reads: file, line number, text."""
    for name in readable(course):
        if not name.startswith("static/"):
            for number, line in enumerate(shown_text(course, name).split("\n"), 1):
                yield name, number, line


def static_links(line: str) -> Iterator[str]:
    """The names below static/ that a line links, as they are written, without what a script completes."""
    for quoted, bracketed in STATIC_LINK.findall(line):
        link = quoted or bracketed
        name = re.split("[?#]", link, maxsplit=1)[0]
        if not link.endswith("?raw") and name.strip() and not name.endswith("/") and not UNKNOWN_PART.search(name):
            yield name


def named_files(course: OlxCourse) -> set[str]:
    """The names, as the platform keeps them, that something in the course says: in links, settings, scripts and styles."""
    names: set[str] = set()
    for file in readable(course):
        text = shown_text(course, file)
        said = {*QUOTED.findall(text), *WORD.findall(text), *ASSET_KEY.findall(text)}
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


def transcript_files(video: Block) -> set[str]:
    """The files of static/ that a video has transcripts from."""
    ids = [video.setting(name) for name in ("sub", "youtube_id_1_0")]
    ids += [part.rpartition(":")[2] for part in str(video.setting("youtube") or "").split(",")]
    names = {f"subs_{each}.srt.sjson" for each in ids if each}
    kept, languages = video.setting("edx_video_id"), video.node.iterfind("video_asset/transcripts/transcript")
    names |= {f"{kept}-{each.get('language_code')}.{suffix}" for each in languages for suffix in ("srt", "sjson")}
    return names | set(named_transcripts(video))


def named_transcripts(video: Block) -> list[str]:
    """The files that a video names for its languages."""
    by_language = video.setting("transcripts") or {}
    try:
        by_language = json.loads(by_language) if isinstance(by_language, str) else by_language
    except (ValueError, RecursionError):
        by_language = {}
    named = list(by_language.values()) if isinstance(by_language, dict) else []
    named += [part.get("src") for part in video.node.iter("transcript")]
    return [name.removeprefix("/static/") for name in named if isinstance(name, str) and name]
