"""What Open edX's own checker, olxcleaner, finds: the rules by which a platform may refuse an import."""

from __future__ import annotations

from collections.abc import Iterator

from ...content import ERROR, WARNING, Problem
from ..olx import OlxCourse
from .files import known_tags
from .registry import rule

# What our own rules say with file and line already, or what is a matter of taste in olxcleaner and right in the platform.
SAID_ALREADY = {
    "InvalidXML": "CX001",
    "CourseXMLDoesNotExist": "read",
    "FileDoesNotExist": "CX004",
    "MissingFile": "CX004",
    "InvalidPolicyJSON": "CX012",
    "DuplicateURLName": "CX006",
    "DuplicateID": "CX006",
    "DuplicateHTMLName": "CX006",
    "BadPolicy": "CX012",
    "UnexpectedTag": "CX003",
    "BadJumpToLink": "CX008",
    "SettingOverride": "the policy is where Studio exports course settings, and it wins over attributes",
    "MissingURLName": "of <wiki>, which has none in Studio's own export; for our blocks CX015",
}
ACCEPTED = (
    "does not have the required setting 'end'",  # right for a self-paced course, and what Studio exports
    "do not add up to 1",  # CX011
)


@rule("CX090")
def olxcleaner(course: OlxCourse) -> Iterator[Problem]:
    """A finding of openedx/olxcleaner."""
    try:
        import olxcleaner as cleaner
    except ImportError:
        message = "olxcleaner is not installed, so its rules were not checked. Install dti-xblocks[preview]."
        yield Problem("CX090", "course.xml", message, WARNING)
        return
    if course.top is None:
        return  # it cannot go on where reading stopped, and that is reported
    try:
        _course, store, _names = cleaner.validate(str(course.root), ignore=list(SAID_ALREADY), allowed_xblocks=known_tags())
    except Exception as error:  # it trusts its input; ours may be broken on purpose
        yield Problem("CX090", "course.xml", f"olxcleaner could not read this course ({error!r}).", WARNING)
        return
    for finding in store.errors:
        if any(words in finding.description for words in ACCEPTED):
            continue
        severity = ERROR if finding.level_val >= 3 else WARNING
        yield Problem("CX090", finding.filename, f"{finding.description} (olxcleaner: {finding.name})", severity)
