"""What learners have written for themselves in activities, as texts to read and to take away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from ..templating.dates import moment_text

MARKDOWN = re.compile(r"([\\`*_\[\]<>&|~$#])")
LINE_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([+\-=])")


def plan_text(words: dict[str, str]) -> str:
    """A plan as one sentence: a full stop after its first half would stand before our comma."""
    situation = words.get("if", "").rstrip(" .,;\n")
    return str(_("If I see {situation}, then I will {action}")).format(situation=situation, action=words.get("then", ""))


def said(one: Any) -> str:
    """What is written in one activity (`words` by the names of its fields) as one text."""
    return plan_text(one.words) if "then" in one.words else str(one.words.get("text", ""))


def own_words_text(found: Iterable[Any], course: str) -> str:
    """What a learner has written in a course (`title`, `words`, `changed_at`), as Markdown in which nothing acts."""
    title = _("My words in {course}").format(course=course) if course else _("My words")
    blocks = [f"# {_escaped(title)}"]
    for one in found:
        blocks.append(f"## {_escaped(one.title or _('Activity'))}")
        blocks += [_paragraphs(said(one)), _escaped(moment_text(one.changed_at))]
    if len(blocks) == 1:
        blocks.append(_escaped(_("You have written nothing in this course yet.")))
    return "\n\n".join(blocks) + "\n"


def _escaped(text: str) -> str:
    line = MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return LINE_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[0]}", line)


def _paragraphs(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join("\\\n".join(filter(None, map(_escaped, one.split("\n")))) for one in paragraphs)
