"""Our Django templates, rendered by an engine of our own: the platform's default engine may be another language."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import nh3
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from ..content import PROSE_TAGS

TEMPLATES = Path(__file__).parents[1] / "templates"
CLEANED = 2000  # pieces of prose that a process keeps clean: authors write each once, and thousands read it


@functools.cache
def engine() -> Engine:
    """The engine, made once per process."""
    return Engine(
        dirs=[str(TEMPLATES)],
        libraries={
            "i18n": "django.templatetags.i18n",
            "l10n": "django.templatetags.l10n",
            "dti": "dti_xblocks.templating.tags",
        },
        builtins=["django.templatetags.i18n", "dti_xblocks.templating.tags"],
        autoescape=True,
    )


def render(name: str, context: dict[str, Any]) -> SafeString:
    """The template `name` (below templates/) as HTML."""
    return engine().get_template(name).render(Context(context))


@functools.lru_cache(maxsize=CLEANED)
def prose(html: str) -> SafeString:
    """Authored prose made safe: only `PROSE_TAGS`, no attributes at all."""
    return mark_safe(nh3.clean(html, tags=PROSE_TAGS, attributes={}))  # noqa: S308 - cleaned by nh3 in this very line
