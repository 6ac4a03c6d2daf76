"""The words of the review editor. The script gets them with the page; {names} are filled in by it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from ...content import Problem
from ..kit.words import kit_words, row_words


def review_words() -> dict:
    """Everything that the editor says, in the author's language."""
    return {
        **kit_words(),
        **{name: row_words()[name] for name in ("visual", "otherElement", "noProblems", "lineNumber")},
        "editorTitle": _("Review editor"),
        "views": _("Views of the review"),
        "reviewBroken": _("The OLX text cannot be read at the moment. The review below is the last one that could."),
        "notChecked": _("The review could not be checked just now. It is checked again with your next change."),
        "wholeList": _("The review"),
        "promptTitle": _("The question"),
        "prompt": _("What learners are asked"),
        "promptHelp": _("It stands above the stars. Leave this empty to ask the usual question."),
        "proseHelp": _(
            "A blank line begins a new paragraph. *Stars* make emphasis, **two** make it strong. Lines that begin with “- ” make "
            "a list, with “1. ” a numbered one, with “> ” a quotation."
        ),
        "onlyOlx": _("This text has markup that the form cannot show. Change it in the Text tab."),
        "editInText": _("Open the Text tab"),
        "preview": _("As learners will see it"),
        "previewHelp": _("Nothing can be filled in or pressed here."),
    }


def worded(problem: Problem) -> Problem:
    """`problem` in the words of the form."""
    sentences = {
        "RV001": _("There is no question of your own: learners are asked the usual one."),
        "RV002": _("There is more than one question. Keep one; the others are not shown."),
        "RV003": _("The text has a part here that has no meaning in a review. It is not shown. Remove it in the Text tab."),
        "RV004": _("The text has a setting here that has no effect. Remove it in the Text tab."),
        "RV005": _("These words stand outside of the question and are not shown. Move or remove them in the Text tab."),
    }
    return replace(problem, message=sentences.get(problem.code, problem.message))
