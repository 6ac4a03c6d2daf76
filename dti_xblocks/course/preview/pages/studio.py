"""The preview's Studio: the edit form of a block, saved to the overlay in the state folder."""

from __future__ import annotations

import logging

from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie

from .. import addresses
from ..models import StudioEdit
from .errors import forbidden
from .fragments import PageResources
from .session import blocks, definition_at

log = logging.getLogger(__name__)


@ensure_csrf_cookie
def edit_page(request, key: str, template: str = "preview/studio.html"):
    """The block's `studio_view`, with `template` around it; a sentence where its editor is part of Studio itself."""
    if not request.person.in_studio:
        return forbidden(request)
    definition = definition_at(request.META["dti.preview"].tree(), key)
    resources = PageResources()
    form = reason = ""
    with blocks(request) as runtime:
        block = runtime.get_block(definition.key)
        title = block.display_name_with_default
        if getattr(block, "studio_view", None) is None:
            reason = _("This block has no edit form.")
        else:
            try:
                fragment = super(type(runtime), runtime).render(block, "studio_view", {})
                resources.add(fragment)
                form = mark_safe(fragment.content)  # noqa: S308 - the block's own form
            except NotImplementedError:
                reason = _("The editor of this block is part of Studio itself. Edit the file of the course instead.")
            except Exception:
                log.exception("studio_view of %s failed", key)
                reason = _("The edit form of this block could not be shown. The log of the preview says why.")
        edited = bool(runtime.overlay.of(str(definition.key)))
    context = {
        "title": title,
        "form": form,
        "reason": reason,
        "resources": resources,
        "back": addresses.block(definition.key),
        "in_studio": addresses.in_studio(definition.key),
        "discard": addresses.discard(definition.key) if edited else "",
    }
    return render(request, template, context)


def discard(request, key: str):
    """Take back what was changed in the preview's Studio: the course's own text shows again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not request.person.in_studio:
        return forbidden(request)
    definition = definition_at(request.META["dti.preview"].tree(), key)
    with blocks(request):
        StudioEdit.objects.filter(place=str(definition.key)).delete()
    return HttpResponseRedirect(addresses.block(definition.key))
