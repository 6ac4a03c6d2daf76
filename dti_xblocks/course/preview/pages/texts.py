"""Pages of words: about, updates and handouts, and the course's extra pages."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie


@ensure_csrf_cookie
def info_page(request):
    """About texts, updates and handouts."""
    tree = request.META["dti.preview"].tree()
    titles = {
        "overview": _("About this course"),
        "short_description": _("In short"),
        "effort": _("Effort"),
        "duration": _("Duration"),
        "handouts": _("Handouts"),
        "updates": _("Updates"),
    }
    sections = [{"title": titles[page.slug], "html": _authored(tree, page.html)} for page in tree.info]
    outcomes = [str(outcome) for outcome in tree.policy.get("learning_info") or []]
    return render(request, "preview/info.html", {"sections": sections, "outcomes": outcomes})


@ensure_csrf_cookie
def tab_page(request, slug: str):
    """An extra page of the course."""
    tree = request.META["dti.preview"].tree()
    for page in tree.tabs:
        if page.slug == slug:
            context = {"sections": [{"title": "", "html": _authored(tree, page.html)}], "title": page.title}
            return render(request, "preview/info.html", context)
    raise Http404(_("The course has no page of this name."))


def _authored(tree, html: str):
    return mark_safe(tree.static.rewrite(html))  # noqa: S308 - the author's own page, shown as the platform shows it
