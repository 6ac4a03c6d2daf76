"""What an answer comes to, in a few words: the heading of the page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from .answers import (
    ALTERED,
    ERASED,
    EXPIRED,
    FILE_ALTERED,
    FILE_EARLY,
    FILE_NO_KEY,
    FILE_NO_PDF,
    FILE_UNKNOWN,
    GENUINE,
    NO_KEY,
    PARTLY,
    UNKNOWN,
    UNSEALED,
    VALID,
    WITHDRAWN,
    Answer,
)

VERDICTS = {
    VALID: gettext_lazy("Valid"),
    EXPIRED: gettext_lazy("Expired"),
    WITHDRAWN: gettext_lazy("Withdrawn"),
    ERASED: gettext_lazy("Erased"),
    UNSEALED: gettext_lazy("Recorded, not sealed yet"),
    NO_KEY: gettext_lazy("The seal could not be checked"),
    ALTERED: gettext_lazy("Altered"),
    UNKNOWN: gettext_lazy("Unknown"),
    FILE_ALTERED: gettext_lazy("The file was altered"),
    FILE_EARLY: gettext_lazy("The file was made before the seal"),
    FILE_NO_KEY: gettext_lazy("Sealed with a key that is not known here"),
    FILE_NO_PDF: gettext_lazy("Not a PDF file"),
    FILE_UNKNOWN: gettext_lazy("Not a pledge from this site"),
}
NOT_ON_RECORD = gettext_lazy("Sealed here, but not on record")
CHECKED_IN_PART = gettext_lazy("The file could not be checked fully")


def verdict(answer: Answer) -> str | Promise:
    """The heading above `answer`: what matters most of file and record."""
    if answer.file == GENUINE and answer.state == UNKNOWN:
        return NOT_ON_RECORD
    if answer.file == PARTLY and answer.state not in (WITHDRAWN, ALTERED):
        return CHECKED_IN_PART
    return VERDICTS[answer.state]
