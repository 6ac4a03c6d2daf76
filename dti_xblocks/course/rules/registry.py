"""The book of the course tool's rules, and how a rule names a place."""

from __future__ import annotations

from ...content import ERROR, Problem, Rulebook
from ..model import Block, OlxCourse

RULES: Rulebook[[OlxCourse]] = Rulebook()
rule = RULES.rule


def at(code: str, block: Block, message: str, severity: str = ERROR, line: int = 0) -> Problem:
    """A problem at `block`, or at a line inside its file."""
    return Problem(code, block.file, message, severity, line or block.line)
