"""One request's work with blocks."""

from __future__ import annotations

import contextlib

from django.http import Http404
from django.utils.translation import gettext as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey
from opaque_keys.edx.locator import BlockUsageLocator

from ..database import writing
from ..runtime import PreviewRuntime
from ..tree import CourseTree, Definition

LAST_SEEN = "dti_preview_last"  # a cookie: the unit that was open last


@contextlib.contextmanager
def blocks(request):
    """The runtime for the request's person. Everything inside is one transaction; an exception undoes it all."""
    tree = request.META["dti.preview"].tree()
    with writing():
        runtime = PreviewRuntime(tree, request.person, request.user)
        yield runtime
        runtime.finish()


def definition_at(tree: CourseTree, key: str) -> Definition:
    """The block with that usage key, written out. 404 with a sentence when there is none."""
    try:
        found = UsageKey.from_string(key)
    except InvalidKeyError:
        found = None
    definition = None
    if isinstance(found, BlockUsageLocator):  # keys of libraries, asides and containers are no blocks of a course
        definition = tree.blocks.get(found.map_into_course(tree.course_key))
    if definition is None:
        raise Http404(_("There is no such block in this course."))
    return definition
