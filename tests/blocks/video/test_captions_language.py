"""Which captions come first: those that the reader's account asks for."""

import pytest

from dti_xblocks.blocks.video.loading import nearest


@pytest.mark.parametrize(
    ("wanted", "languages", "first"),
    [
        ("es-419", ["en", "es-419"], "es-419"),
        ("es", ["en", "es-419"], "es-419"),
        ("es-mx", ["en", "es-419"], "es-419"),
        ("es-mx", ["en", "es-419", "es"], "es"),
        ("en-us", ["es", "en"], "en"),
        ("fr", ["en", "es-419"], "en"),
        ("fr", [], ""),
    ],
)
def test_the_nearest_language_comes_first(wanted, languages, first):
    assert nearest(wanted, languages) == first
