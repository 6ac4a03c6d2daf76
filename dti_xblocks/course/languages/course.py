"""A course in another language: a folder of its own with the texts of a memory in the place of the source's."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..build import course_files
from ..graphics import graphics, with_graphics
from ..graphics.model import Graphic
from ..identity import Identity, identity, rekeyed
from .markup import Node, tree
from .memory import Language, Memory
from .segments import Say, Text, is_readable, rewritten
from .sources import translated

SOURCE = "en"
FILES = "static"  # below the folder of a language: files that stand for those of the course, such as printed papers


@dataclass
class Teller:
    """Says a text in a language, and keeps what it could not say."""

    memory: Memory
    missing: list[Text] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._said = self.memory.translations()

    def __call__(self, text: Text) -> str | None:
        """The translation for the file of the text, or that for all files."""
        said = self._said.get((text.file, text.said)) or self._said.get(("", text.said))
        if said is None:
            self.missing.append(text)
        return said


def localized(root: Path, memory: Memory, into: Path) -> list[Text]:
    """Write the course in `root` in the language of `memory` into the new folder `into`; returns what has no translation.

    It has a key of its own: the run of the source with that of the language behind it.
    """
    language, say = memory.language, Teller(memory)
    drawn = {name: translated(graphic, say) for name, graphic in graphics().items() if _shows(root, name)}
    for path in course_files(root):
        name = path.relative_to(root)
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        own = memory.folder / name
        if name.parts[0] == FILES and own.is_file():
            shutil.copyfile(own, target)
        elif is_readable(name.as_posix()):
            source = path.read_text(encoding="utf-8")
            target.write_text(_in_language(name.as_posix(), source, language, say, drawn), encoding="utf-8")
        else:
            shutil.copyfile(path, target)
    _rename(into, identity(root), language)
    return say.missing


def _in_language(name: str, source: str, language: Language, say: Say, drawn: dict[str, Graphic]) -> str:
    text = rewritten(name, source, say, mark=SOURCE)
    if name.endswith(".html"):
        return with_graphics(text, drawn) if "data-graphic" in text else text
    if name.endswith(".xml"):
        return _with_setting(_captions_first(text, language), language)
    return _with_policy(text, language)


def _shows(root: Path, graphic: str) -> bool:
    return any(f'data-graphic="{graphic}"' in path.read_text(encoding="utf-8") for path in (root / "html").glob("*.html"))


def _captions_first(source: str, language: Language) -> str:
    """The file with the captions of the language before those of others, in every film: the first are those that show."""
    if "<captions" not in source:
        return source
    parts, at = [], 0
    for film in (node for node in tree(source, is_html=False).nodes() if node.tag == "dti_video"):
        captions = [node for node in film.inside if isinstance(node, Node) and node.tag == "captions"]
        ordered = sorted(captions, key=lambda node: not _speaks(node, language))
        for place, node in zip(captions, ordered, strict=True):
            parts += [source[at : place.start], source[node.start : node.end]]
            at = place.end
    return "".join([*parts, source[at:]])


def _speaks(captions: Node, language: Language) -> bool:
    return captions.says("lang").lower() in (language.code.lower(), language.setting.lower())


def _with_setting(source: str, language: Language) -> str:
    """The file of the course with the language in its attribute."""
    return re.sub(r'(<course\b[^>]*\slanguage=")[^"]*(")', rf"\g<1>{language.setting}\g<2>", source, count=1)


def _with_policy(source: str, language: Language) -> str:
    policy = json.loads(source)
    for name, own in policy.items() if isinstance(policy, dict) else ():
        if name.startswith("course/") and isinstance(own, dict):
            own["language"] = language.setting
    return json.dumps(policy, indent=4, ensure_ascii=False) + "\n"


def _rename(root: Path, old: Identity, language: Language) -> None:
    new = Identity(old.org, old.number, old.run + language.run, old.title)
    for before, (after, data) in rekeyed(root, old, new).items():
        (root / before).unlink()
        (root / after).parent.mkdir(parents=True, exist_ok=True)
        (root / after).write_bytes(data)
    folder = root / "policies" / old.run
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def untranslated(missing: list[Text]) -> Iterator[str]:
    """The list of what stayed English, each text once, with the first place where it stands."""
    seen: set[str] = set()
    for text in missing:
        if text.said not in seen:
            seen.add(text.said)
            yield f"{text.file}: {text.said}"
