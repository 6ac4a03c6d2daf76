"""What Open edX's own checker, olxcleaner, finds: the rules by which a platform that has it switched on may refuse an import."""

from __future__ import annotations

import contextlib
import io
import json
import re
import warnings
from collections.abc import Iterator

import dateutil.parser

from ...content import ERROR, WARNING, Problem
from ..model import OlxCourse
from .files import known_tags
from .registry import rule

# What our own rules say with file and line already, or what is a matter of taste in olxcleaner and right in the platform.
SAID_ALREADY = {
    "InvalidXML": "CX001",
    "CourseXMLDoesNotExist": "read",
    "FileDoesNotExist": "CX004",
    "MissingFile": "CX004",
    "InvalidPolicyJSON": "CX012",
    "BadPolicy": "CX012",
    "BadEntry": "CX012",
    "BadPolicyFormat": "CX012",
    "DuplicateURLName": "CX006",
    "DuplicateHTMLName": "CX006",
    "UnexpectedTag": "CX003",
    "TagMismatch": "CX003",
    "BadJumpToLink": "CX008",
    "InvalidPointer": "CX030",
    "UnexpectedContent": "CX031",
    "SettingOverride": "the policy is where Studio exports course settings, and it wins over attributes",
    "ExtraDisplayName": "every block may have a title",
    "MissingURLName": "of <wiki>, which has none in Studio's own export; for our blocks CX015",
    "NonFlatURLName": "the platform reads such names",
    "NonFlatFilename": "the platform reads such names",
}
DATE_SETTING = re.compile(r"invalid date setting for \w+: '(.*)'\.$")
ACCEPTED = (
    "does not have the required setting",  # every field of a block has a default
    "do not add up to 1",  # CX011
    "The tag <wiki> is missing the display_name",  # Studio's own export has none
    "grading_policy.json' was not found",  # CX010
)
# Elements that HTML has had for years and olxcleaner's parser does not know.
NEWER_HTML = re.compile(
    r"Tag (article|aside|audio|bdi|canvas|data|datalist|details|dialog|figcaption|figure|footer|header|main|mark|math|m[a-z]+|"
    r"meter|nav|output|picture|progress|rp|rt|ruby|search|section|source|summary|svg|g|path|rect|circle|ellipse|line|polyline|"
    r"polygon|text|tspan|defs|use|time|track|template|video|wbr) invalid"
)


@rule("CX090")
def olxcleaner(course: OlxCourse) -> Iterator[Problem]:
    """A finding of openedx/olxcleaner. An import that does not ask it loses nothing, but for a date that nothing can read."""
    try:
        import olxcleaner as cleaner
    except ImportError:
        message = "olxcleaner is not installed, so its rules were not checked. Install dti-xblocks[preview]."
        yield Problem("CX090", "course.xml", message, WARNING)
        return
    if course.top is None:
        return  # it cannot go on where reading stopped, and that is reported
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            _course, store, _names = cleaner.validate(str(course.root), ignore=list(SAID_ALREADY), allowed_xblocks=known_tags())
    except Exception as error:  # it trusts its input; ours may be broken on purpose
        yield Problem("CX090", "course.xml", f"olxcleaner could not read this course ({error!r}).", WARNING)
        return
    for finding in store.errors:
        said = finding.description
        if any(words in said for words in ACCEPTED) or NEWER_HTML.search(said) or _read_as_json(said):
            continue
        if finding.name == "PolicyNotFound" and course.has_file(course.policy_file):  # in the older place
            continue
        severity = ERROR if DATE_SETTING.search(said) else WARNING
        yield Problem("CX090", finding.filename, f"{said} (olxcleaner: {finding.name})", severity)


def _read_as_json(description: str) -> bool:
    """Whether a finding is about a date that stands there as JSON, as Studio wrote it for years; the import reads that."""
    match = DATE_SETTING.search(description)
    try:
        value = json.loads(match[1]) if match else ""
        return value is None or bool(value and isinstance(value, str) and dateutil.parser.parse(value))
    except (ValueError, OverflowError):
        return False
