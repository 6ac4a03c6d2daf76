"""The preview's own Django app: its tables, templates and nothing else."""

from django.apps import AppConfig


class PreviewConfig(AppConfig):
    """Never installed in an Open edX: only `settings.configure` names it."""

    name = "dti_xblocks.course.preview"
    label = "dti_preview"
    default_auto_field = "django.db.models.BigAutoField"
