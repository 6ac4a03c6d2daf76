"""What the plugin adds to the settings of LMS and Studio when they are loaded."""

from __future__ import annotations

from typing import Any

from ..platform import record_store, tracking

HEARTBEAT = "HEARTBEAT_EXTENDED_CHECKS"  # of the platform
HEALTH = "dti_xblocks.records.health.check"
FILTERS, PICTURES, WEBP = "FILES_AND_UPLOAD_TYPE_FILTERS", "Images", "image/webp"  # of Studio's page of files


def plugin_settings(settings: Any) -> None:
    """Keep what people type into our forms, and who checked which code, out of the tracking log, and have the platform's extended
    heartbeat ask our records. Studio's page of files shows pictures in WebP among the pictures, as it does other kinds. What the
    site has set stays. Where the site sends xAPI statements, our events are among those that become some.
    """
    if record_store.is_installed():
        record_store.allow(settings)
    setattr(settings, tracking.SETTING, tracking.with_ours(getattr(settings, tracking.SETTING, None)))
    asked = getattr(settings, HEARTBEAT, None)
    if asked is not None and HEALTH not in asked:
        setattr(settings, HEARTBEAT, type(asked)([*asked, HEALTH]))
    kinds = getattr(settings, FILTERS, None)
    if kinds and WEBP not in kinds.get(PICTURES, [WEBP]):
        setattr(settings, FILTERS, {**kinds, PICTURES: [*kinds[PICTURES], WEBP]})
