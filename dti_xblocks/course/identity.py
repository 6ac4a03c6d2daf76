"""What a course is called: its key, the name of its archive, and another key for the same course."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from .. import __version__
from ..content import parser
from .languages.outlines import outline_of, translation_of
from .source import CourseUnreadableError

LONGEST = 60  # characters of a title in the name of a file


@dataclass(frozen=True)
class Identity:
    """A course's key in its three parts, and its title.

    `is_shipped` is true of what comes with this package: our course, the paths through it, and both in other languages. `name` is
    what its files are called where that is not made of the title: a translation has the name of its source.
    """

    org: str
    number: str
    run: str
    title: str = ""
    is_shipped: bool = False
    name: str = ""

    @property
    def key(self) -> str:
        """As the platform writes it."""
        return f"course-v1:{self.org}+{self.number}+{self.run}"

    @property
    def slug(self) -> str:
        """The title for the name of a file: small Latin letters, digits and hyphens; the number where nothing is left of it."""
        return self.name or _slug(self.title) or _slug(self.number) or "course"

    @property
    def version(self) -> str:
        """The version of the course: of what is shipped that of the package, of every other its run."""
        return __version__ if self.is_shipped else _slug(self.run, keep=r"._") or "course"


def identity(root: Path) -> Identity:
    """What the course in `root` is called. Raises `CourseUnreadableError`."""
    top = _parsed(root / "course.xml")
    org, number, run = (top.get(name) or "" for name in ("org", "course", "url_name"))
    definition = root / "course" / f"{run}.xml"
    title = _policy(root, run).get("display_name") or top.get("display_name")
    if not title and _is_name(run) and definition.is_file():
        title = _parsed(definition).get("display_name")
    key = f"{org}+{number}+{run}"
    source = translation_of(key)
    name = f"{_slug(source[0].title)}-{source[1].code.lower()}" if source else ""
    return Identity(org, number, run, str(title or ""), outline_of(key) is not None, name)


def from_key(text: str, like: Identity) -> Identity:
    """The course `like` under the key `text`. Raises `CourseUnreadableError` for what is no course key."""
    try:
        key = CourseKey.from_string(text)
    except InvalidKeyError:
        key = None
    if key is None or not text.startswith("course-v1:"):
        raise CourseUnreadableError(f"{text} is no course key. One looks like {like.key}.")
    return Identity(str(key.org), str(key.course), str(key.run), like.title, like.is_shipped, like.name)


def rekeyed(root: Path, old: Identity, new: Identity) -> dict[str, tuple[str, bytes]]:
    """The files that differ under another key: path -> (new path, bytes). Raises `CourseUnreadableError`.

    The key stands in course.xml, in two names of files that course.xml points to, and in one name in the policy.
    """
    if (root / "drafts").is_dir() or (root / "course" / "drafts").is_dir():
        raise CourseUnreadableError(
            "Drafts name the course they are of. Publish or discard them in Studio, export, and try again."
        )
    top = _parsed(root / "course.xml")
    for name, value in (("org", new.org), ("course", new.number), ("url_name", new.run)):
        top.set(name, value)
    found = {"course.xml": ("course.xml", etree.tostring(top, encoding="utf-8") + b"\n")}
    if not _is_name(old.run):
        return found
    definition = root / "course" / f"{old.run}.xml"
    if definition.is_file():
        found[f"course/{old.run}.xml"] = (f"course/{new.run}.xml", definition.read_bytes())
    folder = root / "policies" / old.run
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        body = path.read_bytes()
        if path.name == "policy.json":
            policy = {
                (f"course/{new.run}" if name == f"course/{old.run}" else name): value for name, value in json.loads(body).items()
            }
            body = (json.dumps(policy, indent=4, ensure_ascii=False) + "\n").encode()
        found[f"policies/{old.run}/{path.name}"] = (f"policies/{new.run}/{path.name}", body)
    return found


def _policy(root: Path, run: str) -> Mapping[str, Any]:
    path = root / "policies" / run / "policy.json"
    if not _is_name(run) or not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        policy = found.get(f"course/{run}") or {}
        return policy if isinstance(policy, dict) else {}
    except (ValueError, AttributeError, RecursionError):
        return {}  # the rules say what is wrong with it


def _is_name(run: str) -> bool:
    """Whether a run can be the name of a file: it comes from a course of anybody's."""
    return bool(run) and "/" not in run and "\\" not in run and "\0" not in run and run not in (".", "..")


def _parsed(path: Path) -> etree._Element:
    try:
        return etree.fromstring(path.read_bytes(), parser())
    except (etree.XMLSyntaxError, OSError) as error:
        raise CourseUnreadableError(f"{path.name} cannot be read: {error}") from error


def _slug(text: str, keep: str = "") -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(rf"[^a-z0-9{keep}]+", "-", plain).strip("-._")[:LONGEST].rstrip("-._")
