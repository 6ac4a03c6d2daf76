"""The Django app of the plugin, for the LMS, Studio and the preview."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Durable records, and the translations of the whole package in `locale/`, where Django looks for an app's."""

    name = "dti_xblocks.records"
    label = "dti_records"
    verbose_name = _("Duty to Intervene records")
    default_auto_field = "django.db.models.BigAutoField"

    # Found by the platform's plugin loader through the entry points; no URLs or settings of ours are needed yet.
    plugin_app: ClassVar[dict] = {}
