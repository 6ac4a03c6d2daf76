"""What is shown where there is no page."""

from __future__ import annotations

from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _


def not_found(request, exception):
    """404, with the sentence of whoever raised it."""
    sentence = str(exception) if exception and not isinstance(exception.args[0] if exception.args else "", dict) else ""
    return _message(request, _("Not found"), sentence or _("There is no such page."), 404)


def refused(request, exception=None):
    """400."""
    return _message(request, _("Refused"), _("The preview did not understand this request."), 400)


def forbidden(request, exception=None):
    """403."""
    return _message(request, _("Refused"), _("This request is not allowed."), 403)


def broken(request):
    """500. The request was undone."""
    return _message(request, _("Something went wrong"), _("The log of the preview says why. Nothing was saved."), 500)


def _message(request, title: str, sentence: str, status: int):
    context = {"title": title, "sections": [{"title": "", "html": format_html("<p>{}</p>", sentence)}]}
    return render(request, "preview/info.html", context, status=status)
