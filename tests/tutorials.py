"""A tutorial as steps: what its blocks of code ask for, read from the Markdown word for word."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"[Ww]rite `([\w./-]+)`:\s*$")
REPLACE = re.compile(r"put this in place of the (\w+) `([\w-]+)`:\s*$")
BEFORE = re.compile(r"this before the (\w+) `([\w-]+)`:\s*$")
AT_THE_END = re.compile(r"put it at the end of the (\w+) `([\w-]+)`.*:\s*$", re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A block of code: its language, and the paragraph that says what to do with it."""

    language: str
    text: str
    said: str


def steps(path: Path) -> list[Step]:
    """The blocks of code of a Markdown file, in order, each with what is said right before it."""
    markdown, found, end = path.read_text(encoding="utf-8"), [], 0
    for block in BLOCK.finditer(markdown):
        paragraphs = markdown[end : block.start()].strip().split("\n\n")
        found.append(Step(block[1], block[2], " ".join(paragraphs[-1].split())))
        end = block.end()
    return found


def files(path: Path) -> dict[str, str]:
    """The files that a tutorial has written whole."""
    return {name[1]: step.text for step in steps(path) if (name := FILE.search(step.said))}


def edit(document: Path, step: Step) -> None:
    """Do with an element of XML what is said before it. Raises `LookupError` where nothing is, or its place is not there."""
    root = etree.fromstring(document.read_bytes())
    for pattern in (REPLACE, BEFORE, AT_THE_END):
        if said := pattern.search(step.said):
            place = next(root.iter(said[1]), None) if said[2] is None else root.find(f".//{said[1]}[@id='{said[2]}']")
            if place is None:
                raise LookupError(f"There is no {said[1]} “{said[2]}” in {document}.")
            _put(place, etree.fromstring(step.text), pattern)
            document.write_bytes(etree.tostring(root, encoding="utf-8"))
            return
    raise LookupError(f"Nobody says where this goes: {step.said!r}")


def _put(place, element, pattern) -> None:
    if pattern is REPLACE:
        place.getparent().replace(place, element)
    elif pattern is BEFORE:
        place.addprevious(element)
    else:
        place.append(element)


def shell(text: str, folder: Path, path: str) -> str:
    """Run a block for the shell in `folder`; what it printed. Raises `AssertionError` where it fails."""
    variables = {"PATH": f"{path}:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8", "PYTHONWARNINGS": "ignore"}
    command = ["/bin/sh", "-e", "-c", text]
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
    return done.stdout
