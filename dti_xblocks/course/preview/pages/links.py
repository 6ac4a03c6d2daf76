"""Links that authors write to blocks and pages, as the platform answers them."""

from __future__ import annotations

from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _

from .. import addresses
from .session import definition_at


def jump_to(request, key: str):
    """A block's address leads to it on its unit's page."""
    tree = request.META["dti.preview"].tree()
    return _to(tree, definition_at(tree, key))


def jump_to_id(request, block_id: str):
    """`/jump_to_id/x` links of the course."""
    tree = request.META["dti.preview"].tree()
    definition = tree.named(block_id.rstrip("/"))
    if definition is None:
        raise Http404(_("A link of the course leads to “{name}”, which the course does not have.").format(name=block_id))
    return _to(tree, definition)


def _to(tree, definition):
    place = tree.place_of(definition.key)
    if place is None:
        return HttpResponseRedirect("/")
    unit = place[2]
    # A reading list opens the authority that the link's own fragment names: a browser keeps that where we add none.
    keeps_fragment = definition in place or definition.block_type == "dti_case_law"
    anchor = "" if keeps_fragment else f"#{addresses.anchor(definition.key)}"
    return HttpResponseRedirect(addresses.unit(unit) + anchor)


def course_link(request, rest: str):
    """`/course/...` and `/courses/<key>/...` links of the course, as far as there is such a page here."""
    tree = request.META["dti.preview"].tree()
    parts = [part for part in rest.split("/") if part and part != str(tree.course_key)]
    if len(parts) >= 2 and parts[0] == "jump_to_id":
        return jump_to_id(request, parts[1])
    if len(parts) >= 2 and parts[0] == "jump_to":
        return jump_to(request, parts[1])
    page = parts[0] if parts else ""
    if page == "progress":
        return HttpResponseRedirect("/progress")
    if page in ("info", "about"):
        return HttpResponseRedirect("/info")
    if page and tree.named(parts[-1]):
        return _to(tree, tree.named(parts[-1]))
    if any(tab.slug == page for tab in tree.tabs):
        return HttpResponseRedirect(f"/tab/{page}")
    return HttpResponseRedirect("/")


def no_video(_request, name: str):
    """The platform has an API here. The preview only needs the address to have a name."""
    raise Http404
