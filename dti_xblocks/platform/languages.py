"""The languages in which the platform shows its pages, and ours with them: those that the site has released."""

from __future__ import annotations

from django.conf import settings

from .course_setup import NoPlatformError


def released() -> set[str]:
    """The codes of the released languages in lower case ("es-419"), the site's own among them.

    A site that has switched the table off sends nobody's browser away; who chooses a language in the account gets to choose among
    these all the same (openedx/core/djangoapps/lang_pref/api.py: released_languages). Raises `NoPlatformError`.
    """
    try:
        from openedx.core.djangoapps.dark_lang.models import DarkLangConfig
    except (ImportError, RuntimeError) as error:  # the latter: a model of an app that is not installed
        raise NoPlatformError from error
    current = DarkLangConfig.current()
    found = {settings.LANGUAGE_CODE.lower(), *current.released_languages_list}
    return found | set(current.beta_languages_list) if current.enable_beta_languages else found
