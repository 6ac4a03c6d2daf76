"""The checks that ask the platform: blocks, and for each course modes and certificates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xblock.core import XBlock
from xblock.plugin import AmbiguousPluginError, PluginMissingError

from ....platform import course_setup, languages
from ....platform.course_setup import NoPlatformError, NoSuchCourseError
from .cheap import LOCALE, TYPES
from .finding import ABSENT, NOTE, OK, WRONG, Finding

NOT_HERE = "This is not on this server."
REGIONS = {"es": "es-419"}  # by which code the platform knows a language that we have: a region's, where it has no other


def blocks() -> Iterator[Finding]:
    """Whether the platform finds our blocks, each once, and has not disabled any."""
    faults = []
    for name in TYPES:
        try:
            XBlock.load_class(name)
        except PluginMissingError:
            faults.append(Finding("blocks", WRONG, f"The platform does not find the block {name}.", "Install dti-xblocks again."))
        except AmbiguousPluginError:
            mend = "pip list names the packages: uninstall the other one."
            faults.append(Finding("blocks", WRONG, f"Two packages call a block {name}.", mend))
    try:
        off = course_setup.switched_off(list(TYPES))
    except NoPlatformError:
        off = []
    if off:
        mend = "In Django admin, under XBlock configurations, enable them."
        faults.append(Finding("blocks", WRONG, f"The site has disabled {', '.join(off)}.", mend))
    yield from faults or [Finding("blocks", OK, f"The platform finds {', '.join(TYPES)}.")]


def certificates() -> Iterator[Finding]:
    """Whether the site makes a certificate when somebody passes."""
    try:
        automatic = course_setup.certificates_come_by_themselves()
    except NoPlatformError:
        yield Finding("certificates", ABSENT, NOT_HERE)
        return
    if automatic:
        yield Finding("certificates", OK, "A certificate is made when somebody passes.")
    else:
        mend = f"./manage.py lms waffle_switch {course_setup.SWITCH} on --create"
        yield Finding("certificates", WRONG, "No certificate is made when somebody passes, until staff make it.", mend)


def released_languages() -> Iterator[Finding]:
    """Whether learners can have the languages that the blocks speak: the platform shows those that the site has released."""
    try:
        released = languages.released()
    except NoPlatformError:
        yield Finding("languages", ABSENT, NOT_HERE)
        return
    ours = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
    dark = [REGIONS.get(one, one) for one in ours if not any(code.split("-")[0] == one for code in released)]
    dark = [code for code in dark if code != "en"]  # what is not translated is English, whatever the site has released
    if dark:
        mend = (
            "In Django admin of the LMS, under Dark_Lang, Dark lang configs, add one that is enabled, with "
            f"{', '.join(sorted({*released, *dark}))} as released languages."
        )
        yield Finding("languages", NOTE, f"The site has not released {', '.join(dark)}: nobody gets the blocks in it.", mend)
    else:
        yield Finding("languages", OK, "The site has released every language of the blocks.")


def of_courses(keys: Sequence[str]) -> Iterator[Finding]:
    """For each course: whether people can enroll in a mode that earns a certificate, and whether there is one to earn."""
    for text in keys:
        try:
            yield from _course(text)
        except NoPlatformError:
            yield Finding("course", ABSENT, f"{text}: {NOT_HERE[0].lower()}{NOT_HERE[1:]}")
        except NoSuchCourseError as error:
            yield Finding("course", WRONG, str(error), "Give the key as Studio shows it, or import the course.")


def _course(text: str) -> Iterator[Finding]:
    key = course_setup.course_key(text)
    setup = f"./manage.py lms dti_setup --course {text}"
    missing = course_setup.certificate_faults(key)
    modes = course_setup.modes(key)
    faults = []
    if not any(modes.values()):
        says = f"{text}: no mode earns a certificate ({', '.join(modes) or 'none'})."
        faults.append(Finding("course", WRONG, says, setup))
    elif auditing := course_setup.in_mode(key):
        says = f"{text}: {auditing} people audit it, which earns no certificate."
        faults.append(Finding("course", NOTE, says, f"{setup} --move-auditors"))
    faults += [Finding("course", WRONG, f"{text}: {fault}", "Mend it in Studio.") for fault in missing]
    yield from faults or [
        Finding("course", OK, f"{text}: people enroll in {', '.join(modes)}, and there is a certificate to earn.")
    ]
