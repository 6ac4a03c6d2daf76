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
from .registry import at, rule

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
    re.compile("does not have the required setting"),  # every field of a block has a default
    re.compile("do not add up to 1"),  # CX011
    re.compile(
        r"The tag <(?!course|chapter|sequential|vertical)[\w-]+[ >].* is missing the display_name"
    ),  # others have a default
    re.compile(r"grading_policy\.json' was not found"),  # CX010
    re.compile(r"The <[\w-]+> tag is unexpectedly empty"),  # of a tag that an older word names, which it does not know
    re.compile("refers to <(static_tab|course_info|about) "),  # pages, which are no part of its structure
    # Elements that HTML has had for years and olxcleaner's parser does not know.
    re.compile(
        r"Tag (article|aside|audio|bdi|canvas|data|datalist|details|dialog|figcaption|figure|footer|header|main|mark|m[a-z]+|"
        r"meter|nav|output|picture|progress|rp|rt|ruby|search|section|source|summary|svg|g|path|rect|circle|ellipse|line|polyline|"
        r"polygon|text|tspan|defs|use|time|track|template|video|wbr) invalid"
    ),
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
    findings, fault = _findings(course, cleaner)
    if fault:
        message = f"olxcleaner could not check all of this course ({fault}); its findings may be incomplete. Ours are not."
        yield Problem("CX090", "course.xml", message, WARNING)
        yield from _unreadable_dates(course)
    for finding in findings:
        said = finding.description
        if any(words.search(said) for words in ACCEPTED) or _read_as_json(said):
            continue
        if finding.name == "PolicyNotFound" and course.has_file(course.policy_file):  # in the older place
            continue
        severity = ERROR if DATE_SETTING.search(said) else WARNING
        yield Problem("CX090", finding.filename, f"{said} (olxcleaner: {finding.name})", severity)


def _findings(course: OlxCourse, cleaner) -> tuple[list, str]:
    """What olxcleaner finds, and what it stumbled over, "" for nothing: it trusts its input, and a course may be anything.

    Where one of its later steps fails, the findings of the steps before are had without it.
    """
    fault = ""
    for steps in (8, 5, 3, 1):
        try:
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                found = cleaner.validate(str(course.root), steps, list(SAID_ALREADY), known_tags())
        except Exception as error:
            fault = fault or repr(error)
        else:
            return found[1].errors, fault
    return [], fault


def _unreadable_dates(course: OlxCourse) -> Iterator[Problem]:
    """What olxcleaner would have said of dates, had it come so far."""
    for block in course.blocks("course", "chapter", "sequential", "vertical", "problem"):
        for name in ("start", "end", "due", "enrollment_start", "enrollment_end"):
            value = block.setting(name)
            if isinstance(value, str) and not (_is_date(value) or _is_json_date(value)):
                yield at("CX090", block, f"The date {name}=“{value}” cannot be read. Write it as 2030-01-31T00:00:00Z.")


def _read_as_json(description: str) -> bool:
    """Whether a finding is about a date that stands there as JSON, as Studio wrote it for years; the import reads that."""
    match = DATE_SETTING.search(description)
    return match is not None and _is_json_date(match[1])


def _is_json_date(text: str) -> bool:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return value is None or (isinstance(value, str) and _is_date(value))


def _is_date(text: str) -> bool:
    try:
        return bool(text and dateutil.parser.parse(text))
    except (ValueError, OverflowError):
        return False
