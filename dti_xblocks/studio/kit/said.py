"""Problems as an editor's script gets them: ready for JSON, in the author's language."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext

from ...content import Problem, in_language


def said(problem: Problem) -> dict[str, Any]:
    """The fields of a problem, its sentence and its place translated where they are known to the catalogues."""
    return asdict(in_language(problem, gettext))
