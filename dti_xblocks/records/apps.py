"""The Django app of the plugin, for the LMS, Studio and the preview."""

from pathlib import Path
from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Durable records. `path` is the package's root so that Django finds its `locale/` there."""

    name = "dti_xblocks.records"
    label = "dti_records"
    verbose_name = _("Duty to Intervene records")
    default_auto_field = "django.db.models.BigAutoField"
    path = str(Path(__file__).resolve().parent.parent)

    # Found by the platform's plugin loader through the entry points; no URLs or settings of ours are needed yet.
    plugin_app: ClassVar[dict] = {}
