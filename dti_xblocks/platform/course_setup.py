"""What a course needs of the platform that an archive cannot carry: a mode that earns certificates, and the rest of that way.

Each function raises `NoPlatformError` where the process has no such part of the platform: a preview, a workbench, or Studio
where the LMS is asked for.
"""

from __future__ import annotations

from typing import Any

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

HONOR, AUDIT = "honor", "audit"
SWITCH = "certificates.auto_certificate_generation"
PLACEHOLDER = "Edit this name in Studio"  # of the signatory, as our archive ships it


class NoPlatformError(Exception):
    """There is no Open edX around this process, or not the part that was asked for."""


class NoSuchCourseError(ValueError):
    """The key is none, or no course has it. The message says which."""


def course_key(text: str) -> CourseKey:
    """The key that `text` is. Raises `NoSuchCourseError`."""
    try:
        return CourseKey.from_string(text)
    except InvalidKeyError:
        raise NoSuchCourseError(f"{text} is no course key. One looks like course-v1:DTI+DTI101+v1.") from None


def course(key: CourseKey) -> Any:
    """The course block as authors see it in Studio, or as it is published in the LMS. Raises `NoSuchCourseError`."""
    found = _store().get_course(key)
    if found is None:
        raise NoSuchCourseError(f"There is no course {key} on this site.")
    return found


def is_there(key: CourseKey) -> bool:
    """Whether a course has the key."""
    return bool(_store().has_course(key))


def banks() -> str:
    """The block by which this platform draws questions so that the drawn ones alone are graded: see `course/banks.py`."""
    try:
        from lms.djangoapps.course_blocks.transformers import library_content as transformer
    except ImportError:
        return "itembank"  # a later release, which has moved it
    return "itembank" if hasattr(transformer, "ItemBankMixin") else "library_content"


def modes(key: CourseKey) -> dict[str, bool]:
    """The modes that people can enroll in, each with whether it earns a certificate."""
    found = _course_mode()
    return {mode.slug: bool(found.is_eligible_for_certificate(mode.slug)) for mode in found.modes_for_course(key)}


def add_mode(key: CourseKey, slug: str = HONOR) -> bool:
    """See to it that the course has this mode, free of charge; whether it is new."""
    rows = _course_mode().objects
    return bool(
        rows.get_or_create(course_id=key, mode_slug=slug, currency="usd", defaults={"mode_display_name": slug.title()})[1]
    )


def in_mode(key: CourseKey, slug: str = AUDIT) -> int:
    """How many people are enrolled in this mode."""
    return int(_enrollments().objects.filter(course_id=key, mode=slug, is_active=True).count())


def move(key: CourseKey, slug: str = HONOR) -> int:
    """Move everybody who audits the course into this mode, as the platform does it, with its events; how many they were."""
    moved = 0
    for enrollment in _enrollments().objects.filter(course_id=key, mode=AUDIT, is_active=True).order_by("id"):
        enrollment.change_mode(mode=slug)
        moved += 1
    return moved


def certificates_come_by_themselves() -> bool:
    """Whether the platform makes a certificate when somebody passes, without a click."""
    return bool(_switches().objects.filter(name=SWITCH, active=True).exists())


def let_certificates_come() -> bool:
    """Switch that on for the whole site; whether it was off."""
    if certificates_come_by_themselves():
        return False
    _switches().objects.update_or_create(name=SWITCH, defaults={"active": True})
    return True


def certificate_faults(key: CourseKey) -> list[str]:
    """What keeps the course from giving certificates that an institution would sign, as sentences."""
    found = course(key)
    certificates = (getattr(found, "certificates", None) or {}).get("certificates") or []
    active = [one for one in certificates if one.get("is_active")]
    faults = []
    if not getattr(found, "cert_html_view_enabled", True):
        faults.append("Certificates are switched off in the course's advanced settings (Certificate Web/HTML View Enabled).")
    if not active:
        faults.append("The course has no active certificate (Studio, Settings, Certificates).")
    if any(person.get("name") == PLACEHOLDER for one in active for person in one.get("signatories") or []):
        faults.append("The signatory of the certificate is still the placeholder (Studio, Settings, Certificates).")
    return faults


def offer(key: CourseKey, types: list[str]) -> list[str]:
    """Put block types into the Advanced menu of the course's units in Studio; those that are new there. Only Studio may."""
    found = course(key)
    present = list(getattr(found, "advanced_modules", None) or [])
    new = [one for one in types if one not in present]
    if new:
        try:
            from xmodule.modulestore import ModuleStoreEnum
        except ImportError as error:
            raise NoPlatformError from error
        found.advanced_modules = present + new
        _store().update_item(found, ModuleStoreEnum.UserID.mgmt_command)
    return new


def switched_off(types: list[str]) -> list[str]:
    """Those block types that the site has disabled: the LMS does not render them."""
    try:
        from common.djangoapps.xblock_django.api import disabled_xblocks
    except (ImportError, RuntimeError) as error:  # the latter: a model of an app that is not installed
        raise NoPlatformError from error
    return sorted(set(types) & {row.name for row in disabled_xblocks()})


def _store() -> Any:
    try:
        from xmodule.modulestore.django import modulestore
    except ImportError as error:
        raise NoPlatformError from error
    return modulestore()


def _course_mode() -> Any:
    try:
        from common.djangoapps.course_modes.models import CourseMode
    except (ImportError, RuntimeError) as error:
        raise NoPlatformError from error
    return CourseMode


def _enrollments() -> Any:
    try:
        from common.djangoapps.student.models import CourseEnrollment
    except (ImportError, RuntimeError) as error:
        raise NoPlatformError from error
    return CourseEnrollment


def _switches() -> Any:
    _course_mode()  # the switch means something in a platform only
    try:
        from waffle.models import Switch
    except (ImportError, RuntimeError) as error:
        raise NoPlatformError from error
    return Switch
