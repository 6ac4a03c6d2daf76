"""Scripts and styles of rendered blocks, each once, in the order and place that the platform gives them."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..services import without_foreign_files

MATH_MARKS = ("\\(", "\\[", "[mathjax", "<math", "mathjaxinline", "formulaequationinput", "[mathjaxinline]")


@dataclass
class PageResources:
    """What the page's head and the end of its body must load."""

    head: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)
    _seen: set = field(default_factory=set)

    def add(self, fragment) -> None:
        """Take over what a fragment needs, each resource once."""
        for resource in fragment.resources:
            if resource in self._seen:
                continue
            self._seen.add(resource)
            (self.head if resource.placement == "head" or "css" in resource.mimetype else self.foot).append(_tag(resource))

    @property
    def head_html(self) -> SafeString:
        """The resources for the page's head."""
        return mark_safe("\n".join(self.head))  # noqa: S308 - tags made below; texts are the blocks' own code

    @property
    def foot_html(self) -> SafeString:
        """The resources for the end of the page."""
        return mark_safe("\n".join(self.foot))  # noqa: S308 - as above


def _tag(resource) -> str:
    """One resource as HTML. Text resources are code of installed blocks and stand as they are, as on the platform."""
    if resource.mimetype == "text/css":
        if resource.kind == "url":
            return f'<link rel="stylesheet" href="{escape(resource.data)}">'
        return f"<style>{without_foreign_files(resource.data)}</style>"
    if resource.mimetype == "application/javascript":
        if resource.kind == "url":
            return f'<script src="{escape(resource.data)}"></script>'
        return f"<script>{resource.data}</script>"
    if resource.mimetype == "text/html":
        return resource.data
    return f'<script type="{escape(resource.mimetype)}">{resource.data}</script>'


def has_math(html: str) -> bool:
    """Whether a page needs MathJax, which is large."""
    return any(mark in html for mark in MATH_MARKS)
