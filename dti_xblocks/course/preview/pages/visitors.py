"""The switch between people, and forgetting what one of them did."""

from __future__ import annotations

from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import ensure_csrf_cookie

from ..models import BlockState, Completion, Event, Score
from ..people import PEOPLE
from .middleware import COOKIE
from .session import LAST_SEEN, blocks


def switch_person(request):
    """The switch: a form on every page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    someone = PEOPLE.get(request.POST.get("person", ""))
    if someone is None:
        raise Http404
    response = HttpResponseRedirect(_back(request))
    response.set_cookie(COOKIE, someone.key, samesite="Lax", httponly=True, max_age=31536000)
    return response


def _back(request) -> str:
    target = request.POST.get("next", "/")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"


@ensure_csrf_cookie
def reset_page(request):
    """Asks first; then forgets everything that the person did in this course."""
    if request.method != "POST":
        return render(request, "preview/reset.html", {})
    with blocks(request) as runtime:
        owner = request.person.key
        places = [str(key) for key in runtime.tree.blocks]
        for model in (Score, Completion, Event, BlockState):
            for start in range(0, len(places), 400):
                model.objects.filter(owner=owner, place__in=places[start : start + 400]).delete()
        BlockState.objects.filter(owner=owner, kind__in=("preferences", "profile")).delete()
        forget_records(request.person, runtime.tree.course_key)
    response = HttpResponseRedirect("/?reset=1")
    response.delete_cookie(LAST_SEEN)
    return response


def forget_records(person, course_key) -> None:
    """Delete the person's durable records of our blocks in this course, where their app is installed."""
    from django.apps import apps

    if not person.is_authenticated or person.in_studio or not apps.is_installed("dti_xblocks.records"):
        return
    for model in apps.get_app_config("dti_records").get_models():
        names = {field.name for field in model._meta.get_fields()}
        if {"user_id", "course_key"} <= names:
            model._base_manager.filter(user_id=person.user_id, course_key=str(course_key)).delete()
