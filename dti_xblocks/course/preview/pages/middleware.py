"""Who looks (a cookie that the switch sets) and what every page template needs."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser

from ..people import PEOPLE, VISITOR, Person, person_named
from ..staff_course import staff_course

COOKIE = "dti_preview_person"


def person(get_response):
    """Sets `request.person` and a matching `request.user`; both are for this request only. And `request.staff_course`, which
    the page about the course asks for."""

    def middleware(request):
        become(request, person_named(request.COOKIES.get(COOKIE)))
        request.staff_course = lambda key: staff_course(request.META["dti.preview"].tree(), request.person, key)
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def become(request, someone: Person) -> None:
    """Answer this request for `someone`."""
    request.person = someone
    request.user = user_of(someone)


def user_of(someone: Person):
    """The Django user that blocks may ask for. Rows are not needed: nobody signs in."""
    if not someone.is_authenticated:
        return AnonymousUser()
    return get_user_model()(
        id=someone.user_id,
        username=someone.username,
        first_name=someone.full_name.partition(" ")[0],
        last_name=someone.full_name.partition(" ")[2],
        email=someone.email,
        is_staff=someone.is_staff,
        is_active=True,
    )


def page_context(request) -> dict:
    """For every page: the course, who looks, and who else could."""
    live = request.META.get("dti.preview")
    if live is None:
        return {}
    tree = live.tree()
    return {
        "course_title": tree.title,
        "course_language": tree.language,
        "has_info": bool(tree.info),
        "tabs": tree.tabs,
        "fault": live.fault,
        "person": getattr(request, "person", VISITOR),
        "people": PEOPLE.values(),
    }
