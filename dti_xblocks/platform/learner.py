"""Who is in front of the block, as far as the platform says.

Open edX does not check enrolment before it calls a handler, so the blocks ask here.
"""

from __future__ import annotations

from dataclasses import dataclass

from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

PREFIX = "edx-platform."


@dataclass(frozen=True)
class Learner:
    """A signed-in person. `user_id` is the platform's integer user id, the key under which records are kept."""

    user_id: int
    username: str
    full_name: str
    is_staff: bool


def current_learner(block) -> Learner | None:
    """The signed-in person who is looking at `block`; None for anonymous visitors and where no user is known."""
    service = block.runtime.service(block, "user")
    if service is None:
        return None
    user = service.get_current_user()
    attributes = user.opt_attrs
    if attributes.get(PREFIX + "is_authenticated") is False:
        return None
    try:
        user_id = int(attributes.get(PREFIX + "user_id"))
    except (TypeError, ValueError):
        return None
    username = attributes.get(PREFIX + "username") or ""
    return Learner(
        user_id=user_id,
        username=username,
        full_name=user.full_name or username,
        is_staff=bool(attributes.get(PREFIX + "user_is_staff") or attributes.get(PREFIX + "user_is_global_staff")),
    )


def is_impersonated(learner: Learner) -> bool:
    """True when staff look at the course as `learner`: the platform then gives us the learner, but the request is theirs.

    Nobody may make another person's record. Where no request is known (tests, tasks) nobody is impersonated.
    """
    return impersonator(learner) is not None


def impersonator(learner: Learner) -> Learner | None:
    """The member of staff who looks at the course as `learner`; None where the learner is there in person."""
    try:
        from crum import get_current_request  # ships with Open edX and the preview
    except ImportError:
        return None
    user = getattr(get_current_request(), "user", None)
    user = getattr(user, "real_user", None) or user
    if user is None or not user.is_authenticated or user.pk == learner.user_id:
        return None
    name = str(getattr(user, "username", "") or "")
    return Learner(user_id=user.pk, username=name, full_name=name, is_staff=True)


def in_studio(block) -> bool:
    """True where the block is shown or handled by Studio: nothing a visitor does there may become a record."""
    return bool(getattr(block.runtime, "is_author_mode", False)) or _studio_permissions(block) is not None


def keeps_records(block) -> bool:
    """True where what a learner does may become a record: in a course, in the LMS."""
    return course_key(block) is not None and not in_studio(block)


def may_author(block) -> bool:
    """True when the person may change the block's content: asked on every save, since any handler can be called by URL."""
    permissions = _studio_permissions(block)
    context = context_key(block)
    if permissions is not None and context is not None:
        return bool(permissions.can_write(context))
    learner = current_learner(block)
    if learner is None:
        return False
    if context is not None and not context.is_course:
        # Content libraries of the newer kind have no such service, and their authors are no staff of the site: there the
        # platform's own `save_block` asks for the library's rights and refuses.
        return True
    # A course block without Studio's service is in the LMS, where nobody edits; without keys it is in a workbench.
    return learner.is_staff and (context is None or in_studio(block))


def may_take(block, learner: Learner | None) -> bool:
    """True when `learner` may act in this block: enrolled in its course, or staff, or no enrolments are kept here."""
    if learner is None:
        return False
    enrollments = block.runtime.service(block, "enrollments")
    course = course_key(block)
    if learner.is_staff or enrollments is None or course is None:
        return True
    return enrollments.get_active_enrollments_by_course(course).filter(user_id=learner.user_id).exists()


def context_key(block):
    """The course or library key of `block`, or None where keys are plain words (the XBlock workbench)."""
    usage = block.scope_ids.usage_id
    if not isinstance(usage, UsageKey):
        try:
            usage = UsageKey.from_string(str(usage))
        except InvalidKeyError:
            return None
    return usage.context_key


def course_key(block):
    """The course key of `block`; None in content libraries and in the workbench."""
    key = context_key(block)
    return key if key is not None and key.is_course else None


def _studio_permissions(block):
    return block.runtime.service(block, "studio_user_permissions")
