"""The address of this site, as people outside of it see it."""

from __future__ import annotations

from django.conf import settings


def root_address() -> str:
    """The address of the LMS without a slash at its end ("https://lms.example.edu"), or "" where nothing tells it.

    A site of a multi-site installation has its own. The request is asked last: a page in Studio or a task has none of the LMS.
    """
    found = _configured() or getattr(settings, "LMS_ROOT_URL", "") or _of_request()
    return str(found).rstrip("/")


def block_address(course_key: str, usage_key: str) -> str:
    """The address of a block's page in the LMS, or "" where no setting tells that of the LMS."""
    root = str(_configured() or getattr(settings, "LMS_ROOT_URL", "") or "").rstrip("/")
    return f"{root}/courses/{course_key}/jump_to/{usage_key}" if root else ""


def _configured() -> str:
    try:
        from openedx.core.djangoapps.site_configuration import helpers
    except ImportError:  # a runtime without a platform
        return ""
    return helpers.get_value("LMS_ROOT_URL", "") or ""


def _of_request() -> str:
    try:
        from crum import get_current_request  # ships with Open edX and the preview
    except ImportError:
        return ""
    request = get_current_request()
    return f"{request.scheme}://{request.get_host()}" if request is not None else ""
