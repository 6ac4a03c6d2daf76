"""The Django app of the plugin, for the LMS, Studio and the preview."""

import mimetypes
from typing import Any, ClassVar

from django.apps import AppConfig, apps
from django.core import checks
from django.utils.translation import gettext_lazy as _

from ..platform import conf, record_store, tracking
from .management.doctor import cheap


class RecordsConfig(AppConfig):
    """Durable records, and the translations of the whole package in `locale/`, where Django looks for an app's."""

    name = "dti_xblocks.records"
    label = "dti_records"
    verbose_name = _("Duty to Intervene records")
    default_auto_field = "django.db.models.BigAutoField"

    # Found by the platform's plugin loader through the entry points. Studio has the settings only.
    plugin_app: ClassVar[dict[str, Any]] = {
        "url_config": {"lms.djangoapp": {"namespace": "dti", "regex": r"^dti/", "relative_path": "urls"}},
        # Both times, because the platform reads a site's own list between them.
        "settings_config": {
            "lms.djangoapp": {"common": {"relative_path": "settings"}, "production": {"relative_path": "settings"}},
            "cms.djangoapp": {"common": {"relative_path": "settings"}, "production": {"relative_path": "settings"}},
        },
        # Accounts are retired in the LMS only. "Misc" comes while the account still has its name.
        "signals_config": {
            "lms.djangoapp": {
                "relative_path": "receivers",
                "receivers": [
                    {
                        "receiver_func_name": "retire_learner",
                        "signal_path": "openedx.core.djangoapps.user_api.accounts.signals.USER_RETIRE_LMS_MISC",
                    },
                ],
            },
        },
    }

    def ready(self) -> None:
        """Have `manage.py check` look at our settings, at what the tracking log leaves out, and at what else costs nothing.

        And have the platform know pictures in WebP, which Python does not before 3.13: it serves an imported file as what Python
        takes its name for. Where event-routing-backends is an app of the site, our events become xAPI statements.
        """
        mimetypes.add_type("image/webp", ".webp")
        checks.register(conf.problems)
        checks.register(tracking.problems)
        checks.register(cheap.system_checks)
        if apps.is_installed("event_routing_backends"):
            record_store.register()
