"""What is shipped, in every language: the curricula of our course, of the paths through it, and of their translations."""

from __future__ import annotations

import functools
import html
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ..outline import Outline
from ..paths.model import outline_of as source_outline
from .markup import text_of
from .memory import Language, Memory, languages

SHIPPED = Path(__file__).parent.parent / "translations"
Translations = Mapping[tuple[str, str], str]


@functools.cache
def shipped_languages() -> dict[str, Language]:
    """The languages whose memory comes with the package."""
    return languages(SHIPPED)


@functools.cache
def _shipped_translations(code: str) -> Translations:
    return Memory(SHIPPED, shipped_languages()[code]).translations()


def translation_of(key: str) -> tuple[Outline, Language] | None:
    """Of the key "ORG+COURSE+RUN" of a shipped course in another language: the curriculum of its source, and the language."""
    for language in shipped_languages().values():
        if language.run and key.endswith(language.run):
            found = source_outline(key.removesuffix(language.run))
            if found is not None:
                return found, language
    return None


def outline_of(key: str) -> Outline | None:
    """The curriculum that the course "ORG+COURSE+RUN" must keep: that of a shipped course, of a path, of a translation."""
    if (found := source_outline(key)) is not None:
        return found
    if (translated := translation_of(key)) is None:
        return None
    return in_language(*translated, _shipped_translations(translated[1].code))


def in_language(outline: Outline, language: Language, translations: Translations) -> Outline:
    """A curriculum with its titles as they are in a language; what has no translation stays as it is."""

    def said(text: str) -> str:
        escaped = html.escape(text, quote=False)
        return text_of(translations.get(("", escaped), escaped))

    modules = tuple(
        replace(module, title=said(module.title), items=tuple(replace(item, title=said(item.title)) for item in module.items))
        for module in outline.modules
    )
    outcomes = {name: said(sentence) for name, sentence in outline.outcomes.items()}
    return Outline(
        outline.course + language.run,
        said(outline.title),
        outline.hours,
        outcomes,
        modules,
        language.setting,
        said(outline.final),
        language.complete,
    )
