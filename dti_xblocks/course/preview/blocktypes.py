"""Which class serves an OLX tag. Found once per process: looking through entry points is slow."""

from __future__ import annotations

import functools
import logging
import re

from xblock.core import XBlock
from xblock.plugin import AmbiguousPluginError, PluginMissingError

from ..tags import FOLLOWED, PURE
from . import compat
from .containers import CONTAINERS
from .placeholders import DiscussionBlock, UnknownBlock

log = logging.getLogger(__name__)

# The platform's own blocks live in xblocks-contrib under these entry points until the platform drops its copies.
EXTRACTED = {
    "html": "_html_extracted",
    "about": "_html_extracted",
    "static_tab": "_html_extracted",
    "course_info": "_html_extracted",
    "problem": "_problem_extracted",
    "video": "_video_extracted",
    "poll_question": "_poll_question_extracted",
    "word_cloud": "_word_cloud_extracted",
    "lti": "_lti_extracted",
    "annotatable": "_annotatable_extracted",
}
SAME = {"videoalpha": "video"}  # older words


@functools.lru_cache(maxsize=1000)  # addresses name types as well, and may name anything
def class_for(tag: str) -> type[XBlock]:
    """The block class of an OLX tag; `UnknownBlock` when nothing installed serves it."""
    if tag in CONTAINERS:
        return CONTAINERS[tag]
    if tag == "discussion":
        return DiscussionBlock
    tag = SAME.get(tag, tag)
    extracted = EXTRACTED.get(tag) if compat.has_platform_blocks() else None
    for entry_point in filter(None, (extracted, tag)):
        try:
            cls = XBlock.load_class(entry_point)
            return _quiet_video(cls) if entry_point == "_video_extracted" else cls
        except PluginMissingError:
            continue
        except AmbiguousPluginError:
            log.warning("Two installed packages serve <%s>; the preview shows neither.", tag)
        except Exception:
            log.exception("The block type <%s> is installed but cannot be loaded.", tag)
    return UnknownBlock


NO_PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def _quiet_video(cls: type[XBlock]) -> type[XBlock]:
    """The video block, without the video store for videos that are not in it, and without a logo from another host.

    On import the block registers every video there, and gives those without an id a random one: in a preview, which reads
    the course anew at each start, the store would grow for ever.
    """

    def get_html(self, *args, **kwargs):
        return re.sub(r'src="https://learning\.edx\.org/[^"]*"', f'src="{NO_PICTURE}"', cls.get_html(self, *args, **kwargs))

    def import_video_info_into_val(self, xml, resource_fs, course_id):
        if self.edx_video_id or xml.find("video_asset") is not None:
            return cls.import_video_info_into_val(self, xml, resource_fs, course_id)
        return ""

    # The same module and name: packages find their files by them, stylesheets their blocks.
    members = {
        "__module__": cls.__module__,
        "get_html": get_html,
        "import_video_info_into_val": import_video_info_into_val,
    }
    return type(cls.__name__, (cls,), members)


def follows_pointers(tag: str, has_file: bool) -> bool:
    """Whether the platform reads `<tag url_name="x"/>` from the file `tag/x.xml`. Pure XBlocks: no; unknown ones: who knows."""
    if tag == "discussion":  # content without a file, too
        return has_file
    cls = class_for(tag)
    unknown = cls is UnknownBlock and tag not in PURE
    return tag in FOLLOWED or hasattr(cls, "load_definition_xml") or (unknown and has_file)
