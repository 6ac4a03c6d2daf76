"""A unit in the frame of a learning page, whose height is that of its content: the micro-frontend around the LMS."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from .. import addresses


def learning_page(request, block_id: str):
    """The page around the unit; the unit itself is the LMS's page, in the frame."""
    tree = request.META["dti.preview"].tree()
    unit = tree.named(block_id, "vertical")
    if unit is None:
        raise Http404(_("There is no unit of this name in the course."))
    return render(
        request, "preview/as/mfe.html", {"unit": unit, "inside": addresses.dressed(unit, "lms"), "plain": addresses.unit(unit)}
    )
