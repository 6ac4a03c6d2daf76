"""Handlers of blocks: one transaction each, alone."""

from __future__ import annotations

import logging

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from xblock.django.request import django_to_webob_request, webob_to_django_response
from xblock.exceptions import InvalidScopeError, NoSuchHandlerError

from ..people import PEOPLE
from .middleware import become
from .session import blocks, definition_at

log = logging.getLogger(__name__)
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def handle(request, person_key: str, key: str, name: str, suffix: str | None = None):
    """Answer for the person whom the page was shown to, whoever the switch shows now. CSRF is checked by then."""
    if person_key not in PEOPLE:
        raise Http404
    become(request, PEOPLE[person_key])
    if request.method in CHANGING and not request.person.is_authenticated:
        return refusal(request, _("Please sign in and try again. Nothing was saved."), 403)
    definition = definition_at(request.META["dti.preview"].tree(), key)
    try:
        with blocks(request) as runtime:
            if definition.children:
                runtime.store.preload(child.key for child in runtime.tree.below(definition.key))
            block = runtime.get_block(definition.key)
            answer = runtime.handle(block, name, django_to_webob_request(request), (suffix or "").rstrip("/"))
            response = webob_to_django_response(answer)
            if response.status_code >= 500:
                raise _UndoError(response)
            return response
    except _UndoError as undo:
        return undo.response
    except NoSuchHandlerError:
        return refusal(request, _("This block has no such action."), 404)
    except InvalidScopeError:
        log.exception("Handler %s of %s wrote an authored field", name, key)
        return refusal(request, _("This can be changed in Studio only. Nothing was saved."), 403)
    except Exception:
        log.exception("Handler %s of %s failed; nothing it did was saved", name, key)
        return refusal(request, _("Something went wrong in this block. Nothing was saved."), 500)


class _UndoError(Exception):
    """A handler answered with a server error: what it wrote must not stay."""

    def __init__(self, response):
        super().__init__()
        self.response = response


def refusal(request, message: str, status: int) -> HttpResponse:
    """The sentence, as JSON for scripts and as text for forms."""
    if "application/json" in request.headers.get("Accept", "") or "json" in (request.content_type or ""):
        return JsonResponse({"error": message, "success": message}, status=status)
    return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")
