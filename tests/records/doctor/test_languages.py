"""The doctor and the languages that a site has released (the platform's DarkLangConfig)."""

from types import SimpleNamespace

import pytest
from django.test import override_settings

from dti_xblocks.records.management.doctor import site as site_checks
from dti_xblocks.records.management.doctor.finding import ABSENT, NOTE, OK


@pytest.mark.parametrize(
    ("released", "beta", "state"),
    [([], None, NOTE), (["en", "fr"], None, NOTE), (["es-es"], None, OK), ([], ["es-419"], OK)],
    ids=["none", "others", "another region's", "as beta"],
)
def test_the_doctor_says_when_spanish_is_not_released(platform, released, beta, state):
    platform.languages = SimpleNamespace(
        released_languages_list=released, enable_beta_languages=beta is not None, beta_languages_list=beta or []
    )
    (one,) = site_checks.released_languages()
    assert one.state == state
    if state == NOTE:
        assert "not released es-419" in one.says
        assert f"with {', '.join(sorted({'en', 'es-419', *released}))} as released languages" in one.mend


def test_a_beta_language_that_the_site_does_not_offer_is_not_released(platform):
    platform.languages = SimpleNamespace(released_languages_list=[], enable_beta_languages=False, beta_languages_list=["es-419"])
    assert [one.state for one in site_checks.released_languages()] == [NOTE]


def test_the_sites_own_language_needs_no_release(platform):
    platform.languages = SimpleNamespace(released_languages_list=[], enable_beta_languages=False)
    with override_settings(LANGUAGE_CODE="es-419"):
        assert [one.state for one in site_checks.released_languages()] == [OK]


def test_without_a_platform_nobody_can_tell():
    assert [one.state for one in site_checks.released_languages()] == [ABSENT]
