"""An OLX course as it was read: its blocks with file and line, its files, its policies."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ..content import Problem
from .build import course_files
from .languages.outlines import outline_of
from .outline import Outline, outline
from .policies import Policies
from .tags import definition_file

OURS = {"dti_scenario", "dti_case_law", "dti_pledge", "dti_review", "dti_activity", "dti_video"}
# What an import reads besides blocks: pages of the course, templates, policies, lists of files, what is not published yet.
READ_ANYWAY = re.compile(
    r"course\.xml|(about|info|tabs|custom_tags)/.+|assets/assets\.xml|policies/assets\.json|drafts/.+"
    r"|(policies/[^/]+/)?(policy|grading_policy)\.json"
)


@dataclass
class Block:
    """One block. `node` is its definition (after following a pointer), `file` and `line` where that stands.

    `url_name` is the name that an import gives it, "" where it makes one up. `named_in` is where its parent names it: file and
    line of its tag there, which for inline blocks is the same place; `pointed` whether only its name stands there.
    """

    tag: str
    url_name: str
    node: etree._Element
    file: str
    line: int
    parent: Block | None = None
    named_in: tuple[str, int] = ("", 0)
    pointed: bool = False
    policy: dict = field(default_factory=dict)
    children: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The name that learners see, "" where there is none."""
        return str(self.setting("display_name") or "")

    def setting(self, name: str) -> object:
        """The value of a setting: that of the policy, which wins, or the text of the attribute; None where neither says."""
        return self.policy[name] if name in self.policy else self.node.get(name)

    def switch(self, name: str) -> bool | None:
        """A setting that is on or off, as the platform reads it; None where it is not said."""
        value = self.setting(name)
        return None if value is None else value is True or str(value).strip('"').lower() == "true"

    def below(self) -> Iterator[Block]:
        """This block and all below it, in course order."""
        yield self
        for child in self.children:
            yield from child.below()


@dataclass
class OlxCourse:
    """A course folder. `problems` are the mistakes met while reading; `read` the files that were read as the course's.

    `keeps` is the curriculum that it has to keep, where somebody says so; else that of its key, if there is one. `worked_out` is
    what one rule worked out of the files and others need as well.
    """

    root: Path
    keeps: Outline | None = None
    top: Block | None = None
    org: str = ""
    number: str = ""
    run: str = ""
    read: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    worked_out: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_ours(self) -> bool:
        """Whether this is the course whose curriculum is outline.toml, or a path through it."""
        return self.curriculum.course == f"{self.org}+{self.number}+{self.run}"

    @functools.cached_property
    def curriculum(self) -> Outline:
        """What the course has to keep; of a course of somebody else's nothing is asked, and this is ours."""
        return self.keeps or outline_of(f"{self.org}+{self.number}+{self.run}") or outline()

    @functools.cached_property
    def files(self) -> list[str]:
        """Every file, as a path relative to the course folder."""
        return [path.relative_to(self.root).as_posix() for path in course_files(self.root)]

    def blocks(self, *tags: str) -> list[Block]:
        """The blocks in course order, all or those of `tags`."""
        found = [] if self.top is None else list(self.top.below())
        return [block for block in found if not tags or block.tag in tags]

    @functools.cached_property
    def used(self) -> set[str]:
        """The files outside static/ that an import reads. To be asked once the course is read."""
        pages = {page for block in self.blocks("html") if self.has_file(page := self.page_of(block))}
        return self.read | pages | {name for name in self.files if READ_ANYWAY.fullmatch(name)}

    def has_file(self, name: str) -> bool:
        """Whether `name` is a file of the course. Names come from authors: they may be impossible, or lead outside."""
        return name in self._file_set

    @functools.cached_property
    def _file_set(self) -> frozenset[str]:
        return frozenset(self.files)

    def text(self, name: str) -> str:
        """A file as text; undecodable bytes are replaced, another rule names them."""
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    def page_of(self, block: Block) -> str:
        """The file that holds the page of an html block, "" for a block without one."""
        if block.tag != "html":
            return ""
        return definition_file(block.tag, block.url_name, block.node.get("filename"), self.has_file)

    @functools.cached_property
    def policies(self) -> Policies:
        """What the course says in its policies."""
        return Policies(self)

    @property
    def policy_file(self) -> str:
        """Where the policy is, or should be."""
        return self.policies.policy_file

    @property
    def grading_file(self) -> str:
        """Where the grading policy is, or should be."""
        return self.policies.grading_file

    @property
    def grading(self) -> dict:
        """The grading policy; empty when missing or broken."""
        return self.policies.grading

    @property
    def settings(self) -> dict:
        """The course block's entry in the policy."""
        return self.policies.of("course", self.run)

    @property
    def declared_tags(self) -> set[str]:
        """The block types that the course says it needs, in its policy or, in older exports, at its <course>."""
        try:
            written = json.loads(self.top.node.get("advanced_modules") or "[]") if self.top else []
        except (ValueError, RecursionError):
            written = []
        both = [*self.settings.get("advanced_modules", []), *(written if isinstance(written, list) else [])]
        return {tag for tag in both if isinstance(tag, str)}
