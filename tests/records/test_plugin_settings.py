"""What the plugin adds to the platform's settings besides the tracking log's and the heartbeat's."""

from types import SimpleNamespace

import pytest

from dti_xblocks.records.settings import plugin_settings


def test_studio_lists_pictures_in_webp_among_the_pictures():
    own = {"Images": ["image/png"], "Code": ["text/css"]}
    site = SimpleNamespace(FILES_AND_UPLOAD_TYPE_FILTERS=own)
    plugin_settings(site)
    plugin_settings(site)  # the platform loads settings of plugins twice
    assert site.FILES_AND_UPLOAD_TYPE_FILTERS == {"Images": ["image/png", "image/webp"], "Code": ["text/css"]}
    assert own["Images"] == ["image/png"], "the platform's own list is not changed in place"


@pytest.mark.parametrize("own", [None, {}, {"Code": ["text/css"]}, {"Images": ["image/webp", "image/png"]}])
def test_a_site_that_knows_them_or_has_no_such_list_keeps_what_it_has(own):
    site = SimpleNamespace(FILES_AND_UPLOAD_TYPE_FILTERS=own)
    plugin_settings(site)
    assert own == site.FILES_AND_UPLOAD_TYPE_FILTERS
