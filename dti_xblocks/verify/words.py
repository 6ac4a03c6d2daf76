"""What an answer comes to: the heading of the page, and the sentences below it."""

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
SENTENCES = {
    VALID: gettext_lazy("This pledge was signed and is on record here. Its seal is intact."),
    EXPIRED: gettext_lazy(
        "This pledge was signed and is on record here, and its seal is intact. But it was valid for a limited "
        "time, and that time is over."
    ),
    WITHDRAWN: gettext_lazy("This pledge was signed and is on record here. It was withdrawn later and no longer counts."),
    ERASED: gettext_lazy(
        "A pledge with this code was signed, and its seal is intact. Its text was erased when the time for keeping"
        " it was over or on request. That was recorded too. Nothing more can be shown."
    ),
    UNSEALED: gettext_lazy(
        "This pledge is on record here, but its seal is not complete yet. So this page cannot tell whether it was "
        "changed. Please check again later."
    ),
    NO_KEY: gettext_lazy(
        "This pledge is on record here. It was sealed with a key that this site does not have any more, so this "
        "page cannot tell whether it was changed. Please tell the agency."
    ),
    ALTERED: gettext_lazy(
        "There is a record with this code, but it is not as it was signed: the record, its seal, or its place "
        "among the others was changed. Do not rely on it. Please tell the agency."
    ),
    FILE_ALTERED: gettext_lazy(
        "This file has the seal of a pledge, but it is not as it was issued. Do not rely on it. Some programs "
        "change a file when they save or print it: ask for the file as it was downloaded."
    ),
    FILE_EARLY: gettext_lazy(
        "This copy was made before its record was sealed, so nobody can tell whether the file was changed. Ask the"
        " signer to download the pledge again, or check its code."
    ),
    FILE_NO_KEY: gettext_lazy(
        "This file was sealed, but not with a key of this site. It may come from another institution. Check it on "
        "the site that is printed on it."
    ),
    FILE_NO_PDF: gettext_lazy(
        "Choose the PDF file that the signer downloaded. A photo or scan cannot be checked here: use the code on it."
    ),
    FILE_UNKNOWN: gettext_lazy(
        "This file has no seal of a pledge, or was changed so much that none is left. Do not rely on it. If there "
        "is a code on it, check the code."
    ),
    UNKNOWN: gettext_lazy(
        "No signed pledge with this code is on record here. Check the code for typing errors. The pledge may also "
        "come from another institution: look at the address that is printed on it."
    ),
}
SENTENCES_ON_FILES = {
    GENUINE: gettext_lazy("The file is genuine: no byte of it has changed since it was sealed here."),
    PARTLY: gettext_lazy(
        "The pledge in the file is as it was sealed here. What follows it, which should be the PDF signature, "
        "cannot be checked by this page. Check the file with dti-verify, as described below."
    ),
}
NO_RECORD = gettext_lazy("This site has no record of a pledge that belongs to it. Please tell the agency.")


def verdict(answer: Answer) -> str | Promise:
    """The heading above `answer`: what matters most of file and record."""
    if answer.file == GENUINE and answer.state == UNKNOWN:
        return NOT_ON_RECORD
    if answer.file == PARTLY and answer.state not in (WITHDRAWN, ALTERED):
        return CHECKED_IN_PART
    return VERDICTS[answer.state]


def sentences(answer: Answer) -> list[Promise]:
    """What is said below the heading: of the file, where it is known, and of the record."""
    on_file = [SENTENCES_ON_FILES[answer.file]] if answer.file else []
    on_record = NO_RECORD if answer.file and answer.state == UNKNOWN else SENTENCES[answer.state]
    return [*on_file, on_record]
