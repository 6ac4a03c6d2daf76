"""Django for a tool on an author's machine, where there is no site."""

from __future__ import annotations


def configure_django() -> None:
    """Our block classes import Django models; checking attributes against their fields needs no database."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(INSTALLED_APPS=["dti_xblocks.records"], USE_TZ=True)
        django.setup()
