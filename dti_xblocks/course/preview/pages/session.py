"""One request's work with blocks."""

from __future__ import annotations

import contextlib

from django.http import Http404
from django.utils.translation import gettext as _
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import UsageKey

from ..database import writing
from ..runtime import PreviewRuntime
from ..tree import CourseTree, Definition


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
        return tree.blocks[UsageKey.from_string(key).map_into_course(tree.course_key)]
    except (InvalidKeyError, KeyError) as error:
        raise Http404(_("There is no such block in this course.")) from error
