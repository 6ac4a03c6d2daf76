"""The printed papers of a course in another language: the same pages with the texts of a memory, as PDF files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from ..papers import guide
from ..papers.printing import paper, printed, titles
from . import table
from .course import Teller
from .markup import text_of
from .memory import Memory
from .segments import Say, Text, rewritten
from .sources import paper_file, papers_of


def paper_page(name: str, language: str, say: Say) -> tuple[str, str]:
    """The paper `name` in the words of `say`, as HTML, and its title. What `say` does not know stays as it is."""
    title = titles(guide())[name]
    own = text_of(say(Text(escape(title, quote=False), paper_file(name), table.TITLE)) or escape(title, quote=False))
    page = rewritten(paper_file(name), printed(name, guide()), say)
    page = page.replace('<html lang="en">', f'<html lang="{escape(language)}">', 1)
    return re.sub(r"<title>.*?</title>", lambda _: f"<title>{escape(own)}</title>", page, count=1), own


def papers_in(root: Path, memory: Memory) -> tuple[dict[str, bytes], list[Text]]:
    """The papers of the course in `root` in the language of `memory`, as PDF by their files; none, where a text has no
    translation, and those texts: half a paper is not printed."""
    say = Teller(memory)
    pages = {file: paper_page(name, memory.language.code, say) for file, name in papers_of(root).items()}
    if say.missing:
        return {}, say.missing
    return {file: paper(page, title) for file, (page, title) in pages.items()}, []


def write_papers(made: dict[str, bytes], memory: Memory) -> Iterator[Path]:
    """Put `made` beside the memory, where they stand for the files of the course. Yields those that were changed."""
    for file, body in made.items():
        path = memory.folder / file
        if not path.is_file() or path.read_bytes() != body:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
            yield path
