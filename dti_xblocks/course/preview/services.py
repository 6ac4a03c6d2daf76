"""The platform's runtime services, as far as the platform's blocks and ours ask for them."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.cache import cache
from django.utils import translation
from xblock.reference.user_service import UserService, XBlockUser

from .people import Person
from .transcripts import VideoConfigService
from .tree import CourseTree

# Absent in Studio's preview, as read on a running platform; `studio_user_permissions` exists only there.
NOT_IN_STUDIO = frozenset({"completion", "rebind_user"})
STUDIO_ONLY = frozenset({"studio_user_permissions"})


def services_for(person: Person, tree: CourseTree, field_data, request_user) -> dict:
    """Name -> service for one request."""
    services = {
        "field-data": field_data,
        "user": PreviewUserService(person, request_user),
        "i18n": I18nService(),
        "cache": cache,
        "sandbox": SandboxService(),
        "xqueue": XQueueService(),
        "replace_urls": ReplaceUrlsService(tree),
        "completion": CompletionService(),
        "settings": SettingsService(),
        "video_config": VideoConfigService(tree),
        "rebind_user": RebindUserService(),
        "studio_user_permissions": StudioPermissions(),
    }
    hidden = NOT_IN_STUDIO if person.in_studio else STUDIO_ONLY
    return {name: service for name, service in services.items() if name not in hidden}


class PreviewUserService(UserService):
    """Who looks, with the attributes that the LMS gives."""

    def __init__(self, person: Person, request_user):
        super().__init__()
        self.person = person
        self._django_user = request_user

    def get_current_user(self):
        """The person as the platform describes a user to blocks."""
        person = self.person
        user = XBlockUser(
            is_current_user=True,
            emails=[person.email] if person.email else [],
            full_name=person.full_name or None,
        )
        attributes = {
            "user_id": person.user_id,
            "username": person.username or None,
            "anonymous_user_id": person.anonymous_id if person.is_authenticated else None,
            "deprecated_anonymous_user_id": person.anonymous_id if person.is_authenticated else None,
            "is_authenticated": person.is_authenticated,
            "user_is_staff": person.is_staff,
            "user_is_global_staff": person.is_staff,
            "user_is_beta_tester": False,
            "user_role": "staff" if person.is_staff else "student",
            "request_country_code": None,
            "user_preferences": {"pref-lang": translation.get_language() or "en", "time_zone": None},
        }
        user.opt_attrs.update({f"edx-platform.{name}": value for name, value in attributes.items()})
        return user

    def get_user_by_anonymous_id(self, uid=None):
        """The person's user when the id is theirs (or none is given): blocks grade nobody else here."""
        return self._django_user if uid in (None, self.person.anonymous_id) else None


class I18nService:
    """Django's translations under the names that blocks use, old ones included."""

    gettext = staticmethod(translation.gettext)
    ngettext = staticmethod(translation.ngettext)
    ugettext = staticmethod(translation.gettext)
    ungettext = staticmethod(translation.ngettext)

    @staticmethod
    def get_language_bidi():
        """Whether the language is written from right to left."""
        return translation.get_language_bidi()

    @staticmethod
    def get_javascript_i18n_catalog_url(_block):
        """There is no catalogue for scripts."""
        return

    @staticmethod
    def strftime(dtime, format):
        """A date or time by the format of that name."""
        return dtime.strftime(format)


class SandboxService:
    """Python inside problems is run only when the person who starts the preview says so: somebody else wrote the course."""

    @staticmethod
    def can_execute_unsafe_code():
        """Whether Python in problems is run."""
        return settings.DTI_PREVIEW_RUN_PYTHON

    @staticmethod
    def get_python_lib_zip():
        """Python that problems may import: none."""
        return


class XQueue:
    """What answers in the place of the queue to external graders."""

    @staticmethod
    def send_to_queue(header, body, files_to_upload=None):
        """Refuse: (error code, reason)."""
        return 1, translation.gettext("the preview has no external grader")


class XQueueService:
    """There is no external grader. A problem that wants one tells the learner that it cannot be reached."""

    interface = XQueue()
    default_queuename = "preview"
    waittime = 0

    @staticmethod
    def construct_callback(dispatch="score_update"):
        """There are no graders outside."""
        return ""


class RebindUserService:
    """Blocks are made for one person and stay with them."""

    @staticmethod
    def rebind_noauth_module_to_user(_block, _user):
        """Nothing to do."""


class ReplaceUrlsService:
    """`/static/` links become addresses of the course's files. `/jump_to_id/` and `/course/` are addresses here anyway."""

    def __init__(self, tree: CourseTree):
        self.tree = tree

    def replace_urls(self, text, static_replace_only=False):
        """A text with the addresses of course files as they are here."""
        return self.tree.static.rewrite(str(text)) if text else text


class CompletionService:
    """Completion is always on."""

    @staticmethod
    def completion_tracking_enabled():
        """Whether completion is kept: it is."""
        return True

    @staticmethod
    def get_complete_on_view_delay_ms():
        """How long a block is seen before it counts as viewed."""
        return 0


class SettingsService:
    """No settings buckets: every block uses its own defaults."""

    @staticmethod
    def get_settings_bucket(_block, default=None):
        """Settings of a block type on this server: none."""
        return default if default is not None else {}


class StudioPermissions:
    """In the preview's Studio the author may do everything."""

    @staticmethod
    def can_read(_course_key):
        """Whoever has the preview has the course."""
        return True

    @staticmethod
    def can_write(_course_key):
        """Whoever has the preview has the course."""
        return True


class ModuleStore:
    """The one question that platform blocks still ask a modulestore."""

    def __init__(self, runtime):
        self.runtime = runtime

    def get_course(self, _course_key, **_kwargs):
        """The course's own block."""
        return self.runtime.get_block(self.runtime.tree.root)


FOREIGN_IMPORT = re.compile(r"""@import\s+(?:url\()?\s*["']?(?:https?:)?//[^;]*;""")
FOREIGN_FILE = re.compile(r"""url\(\s*["']?(?:https?:)?//[^)]*\)""")


def without_foreign_files(css: str) -> str:
    """A block's stylesheet without web fonts and pictures from other hosts: blocks load nothing from elsewhere here."""
    return FOREIGN_FILE.sub("none", FOREIGN_IMPORT.sub("", css))
