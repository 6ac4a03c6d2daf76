"""A course for its staff: who may look, and where the page about it is."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import CourseKey

from .lms_course import course_of
from .staff_course import NoCourseError, NotStaffError, StaffCourse


def open_course(request: Any, text: str) -> StaffCourse:
    """The course with the key `text`, for the person of `request`. Raises `NotStaffError` and `NoCourseError`.

    Where there is no LMS the request may give it: `staff_course`, a function of the course key that raises the same.
    """
    own = getattr(request, "staff_course", None)
    try:
        key = CourseKey.from_string(text)
    except InvalidKeyError as error:
        raise NoCourseError(text) from error
    if own is not None:
        return own(key)
    user = getattr(request, "user", None)
    try:
        from lms.djangoapps.courseware.access import has_access
    except ImportError as error:
        raise NoCourseError("This is no LMS") from error
    if user is None or not user.is_authenticated or not has_access(user, "staff", key):
        raise NotStaffError
    return course_of(key, user)


def address(course: str) -> str:
    """Where the staff's page of the course with this key is; "" where the site has none."""
    for name in ("dti:staff-course", "staff-course"):
        try:
            return str(reverse(name, args=[course]))
        except NoReverseMatch:
            continue
    return ""
