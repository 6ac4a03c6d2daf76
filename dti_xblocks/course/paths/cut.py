"""A course cut down to a path: a folder of its own, with the blocks, files, policies and links that belong to it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from ...content import parser
from ..build import course_files
from ..films.delivery import stands_for
from ..identity import Identity, identity, rekeyed
from ..olx import read
from ..outline import outline
from ..source import CourseUnreadableError
from ..tags import name_of
from .links import mend
from .model import Chapter, LearningPath

BLOCKS = ("chapter", "sequential", "vertical", "html", "problem", "itembank")  # folders in which all has to be used
TEXTS = (".html", ".xml", ".json", ".css", ".js", ".vtt")  # files that name others


def cut(root: Path, path: LearningPath, into: Path) -> Path:
    """Write what `path` keeps of the course in `root` into the new folder `into`, and return it.

    Raises `CourseUnreadableError` where the path is of another course, or names what is not there.
    """
    old = identity(root)
    if f"{old.org}+{old.number}+{old.run}" != path.source:
        raise CourseUnreadableError(f"This path is of the course {path.source}; {root} is {old.key}.")
    for file in course_files(root):
        name = file.relative_to(root)
        if name.as_posix() not in path.without:
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, into / name)
    _edit(into, path)
    titles = _keep_blocks(into, old.run, path)
    mend(read(into, path.outline), path.law)
    _grade(into, path)
    _say(into, old.run, path, titles)
    _drop_unused(into, path)
    _rename(into, old, path)
    return into


def _edit(root: Path, path: LearningPath) -> None:
    for edit in path.edits:
        file = root / edit.file
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        if edit.find not in text:
            raise CourseUnreadableError(f"{edit.file} does not say {edit.find[:60]!r}, which the path changes. Correct the path.")
        file.write_text(text.replace(edit.find, edit.replace), encoding="utf-8")


def _keep_blocks(root: Path, run: str, path: LearningPath) -> dict[str, Chapter]:
    """Leave what the path keeps; the sections by their titles in the whole course."""
    titles = {}
    _keep(root / f"course/{run}.xml", [chapter.name for chapter in path.chapters], path.outline.title)
    for chapter in path.chapters:
        titles[_keep(root / f"chapter/{chapter.name}.xml", [part.name for part in chapter.parts], chapter.title)] = chapter
        for part in chapter.parts:
            if part.units:
                _keep(root / f"sequential/{part.name}.xml", part.units)
    return titles


def _keep(file: Path, wanted: Sequence[str], title: str = "") -> str:
    """Leave only the children of these names, in this order. Returns the title that the block had."""
    if not file.is_file():
        raise CourseUnreadableError(f"The path keeps {file.parent.name} {file.stem}, which the course does not have.")
    holder = etree.fromstring(file.read_bytes(), parser())
    children = {name_of(child): child for child in holder if isinstance(child.tag, str)}
    for name in wanted:
        if name not in children:
            raise CourseUnreadableError(f"The path keeps {name}, which is not in {file.parent.name} {file.stem}.")
    for child in list(holder):
        holder.remove(child)
    holder.extend(children[name] for name in wanted)
    had = holder.get("display_name", "")
    holder.set("display_name", title or had)
    file.write_bytes(etree.tostring(holder, encoding="utf-8") + b"\n")
    return had


def _grade(root: Path, path: LearningPath) -> None:
    """The graders of the formats that are left, with their number and the path's weights."""
    course = read(root, path.outline)
    counts = Counter(str(block.setting("format")) for block in course.blocks("sequential") if block.switch("graded"))
    if set(counts) != set(path.weights):
        found, said = ", ".join(sorted(counts)), ", ".join(sorted(path.weights))
        raise CourseUnreadableError(f"The path keeps subsections of the formats {found}, and gives weights to {said}.")
    graders = [grader for grader in course.grading["GRADER"] if grader["type"] in counts]
    for grader in graders:
        grader |= {"min_count": counts[grader["type"]], "weight": path.weights[grader["type"]]}
    _write(root / course.grading_file, {**course.grading, "GRADER": graders})


def _say(root: Path, run: str, path: LearningPath, titles: Mapping[str, Chapter]) -> None:
    """Title, certificate, outcomes and discussion topics in the policy."""
    file = root / f"policies/{run}/policy.json"
    policy = json.loads(file.read_text(encoding="utf-8"))
    own = policy[f"course/{run}"]
    old, own["display_name"] = own.get("display_name"), path.outline.title
    for certificate in own.get("certificates", {}).get("certificates", []):
        certificate |= {name: path.outline.title for name in ("name", "course_title") if certificate.get(name) == old}
    outcomes = {sentence: path.outline.outcomes[name] for name, sentence in outline().outcomes.items()}
    own["learning_info"] = [outcomes.get(sentence, sentence) for sentence in own.get("learning_info", [])]
    topics = {}
    for name, topic in own.get("discussion_topics", {}).items():
        module, _, title = name.partition(": ")
        if not module.startswith("Module "):
            topics[name] = topic
        elif title in titles:
            topics[f"Module {titles[title].number}: {titles[title].title}"] = topic
    own["discussion_topics"] = topics
    _write(file, policy)


def _write(file: Path, data: dict) -> None:
    file.write_text(json.dumps(data, indent=4, ensure_ascii=False) + "\n", encoding="utf-8")


def _drop_unused(root: Path, path: LearningPath) -> None:
    """Files of blocks that went, and then what only they showed."""
    course = read(root, path.outline)
    for name in course.files:
        if name.startswith(tuple(f"{folder}/" for folder in BLOCKS)) and name not in course.used:
            (root / name).unlink()
    said = "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in course_files(root) if file.suffix in TEXTS)
    for file in (root / "static").iterdir():
        if stands_for(file.name) not in said:
            file.unlink()


def _rename(root: Path, old: Identity, path: LearningPath) -> None:
    org, number, run = path.outline.course.split("+")
    new = Identity(org, number, run, path.outline.title)
    for before, (after, data) in rekeyed(root, old, new).items():
        (root / before).unlink()
        (root / after).parent.mkdir(parents=True, exist_ok=True)
        (root / after).write_bytes(data)
    (root / "policies" / old.run).rmdir()
