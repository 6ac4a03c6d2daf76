"""Authorities as plain data for the platform's mobile apps."""

from __future__ import annotations

from typing import Any

from ...case_law import citation
from ...case_law.library import Library
from ...case_law.model import Authority
from ...case_law.text import is_web_address
from ...content.italics import plain
from .views import LABELS, RELIANCE, STRENGTHS, flag, view


def plain_authority(authority: Authority, library: Library) -> dict[str, Any]:
    """One authority, to be read without a connection. The answer of its question is not in it."""
    forms = citation.forms_of(authority)
    warning = flag(authority, library)
    return {
        "slug": authority.slug,
        "kind": authority.kind,
        "heading": authority.heading,
        "citation": authority.citation,
        "citations": {"full": forms.full, "short": forms.short, "plain": forms.plain},
        "official_url": authority.official_url if is_web_address(authority.official_url) else "",
        "sections": [
            {"code": part.code, "title": str(LABELS[part.code]), "paragraphs": [plain(text) for text in part.paragraphs]}
            for part in authority.parts
        ],
        "treatment": {
            "flag": authority.treatment,
            "label": str(warning["label"]) if warning else "",
            "note": plain(authority.treatment_note),
            "by": [one["text"] for one in warning["by"]] if warning else [],
        },
        "verified": authority.verified,
        "line": authority.line,
        "strength": str(STRENGTHS.get(authority.strength, "")),
        "reliance": str(RELIANCE.get(authority.reliance, "")),
        "read_with": list(authority.read_with),
        "note": view(authority)["note"],
        "checked": authority.checked,
        "edited": list(authority.edited),
    }
