"""The pages: course home, units, progress, info, the switch between people, and reset."""

from __future__ import annotations

from urllib.parse import quote, unquote

from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie

from .. import addresses
from ..completion import progress
from ..grading import course_grade
from ..models import BlockState, Completion, Event, Score
from ..people import PEOPLE
from .fragments import PageResources, has_math
from .middleware import COOKIE
from .outline import outline
from .session import blocks, definition_at

LAST_SEEN = "dti_preview_last"


@ensure_csrf_cookie
def home(request):
    """Course home: the outline, how far one is, and where to go on."""
    with blocks(request) as runtime:
        done = progress(runtime)
        tree = runtime.tree
        resume = tree.named(unquote(request.COOKIES.get(LAST_SEEN, "")))
        units = [unit for _chapter, _sequence, unit in runtime.seen_units()]
        first = next(iter(units), None)
        if resume is None and done.units_complete:  # another browser: go on where something is left to do
            resume = next((unit for unit in units if unit.key not in done.complete), None)
        context = {
            "outline": outline(runtime, done),
            "done": done,
            "resume": addresses.unit(resume) if resume and tree.place_of(resume.key) else "",
            "start": addresses.unit(first) if first else "",
            "warnings": tree.warnings if request.person.is_staff else (),
        }
    return render(request, "preview/home.html", context)


@ensure_csrf_cookie
def unit_page(request, block_id: str):
    """One unit, as the learning MFE shows it. Rendering it for a learner completes what is complete when viewed."""
    resources = PageResources()
    with blocks(request) as runtime:
        units = runtime.seen_units()
        index = next((i for i, (_c, _s, unit) in enumerate(units) if unit.key.block_id == block_id), None)
        if index is None:
            raise Http404(_("There is no unit of this name in the course, or only course staff may see it."))
        chapter, sequence, unit = units[index]
        shown = _rendered(runtime, unit, resources)
        if request.person.tracks_progress and not unit.children:
            runtime.records.complete(unit.key, 1.0)
        runtime.finish()
        done = progress(runtime)
        context = {
            "chapter": chapter,
            "sequence": sequence,
            "unit": unit,
            "blocks": shown,
            "resources": resources,
            "math": any(has_math(block["html"]) for block in shown),
            "outline": outline(runtime, done, current=unit.key),
            "done": done,
            "unit_tabs": [
                {
                    "title": sibling.title,
                    "url": addresses.unit(sibling),
                    "complete": sibling.key in done.complete,
                    "current": sibling.key == unit.key,
                    "number": number,
                    "id": sibling.key.block_id,
                }
                for number, sibling in enumerate((u for _c, s, u in units if s.key == sequence.key), 1)
            ],
            "previous": _link(units, index - 1),
            "next": _link(units, index + 1),
        }
    response = render(request, "preview/unit.html", context)
    response.set_cookie(LAST_SEEN, quote(unit.key.block_id), samesite="Lax", httponly=True)
    return response


def _rendered(runtime, unit, resources) -> list[dict]:
    """The unit's blocks as HTML with what the page shows around them."""
    keys = runtime.seen_children(unit.key) if unit.children else [unit.key]
    runtime.store.preload(definition.key for definition in runtime.tree.below(unit.key))
    shown = []
    for key in keys:
        definition = runtime.tree.blocks[key]
        if definition.cls.has_children is False or definition.children or key != unit.key:
            block = runtime.get_block(key)
            fragment = runtime.render(block, runtime.view_for(block))
            resources.add(fragment)
            shown.append({
                "html": mark_safe(fragment.content),  # noqa: S308 - blocks' own markup, which is the page's content
                "type": definition.block_type,
                "title": getattr(block, "display_name_with_default", None) or definition.title,
                "anchor": addresses.anchor(key),
                # Platform blocks are made for a light page; ours and plain text follow the reader's scheme.
                "light_only": not definition.block_type.startswith(("html", "dti_")),
                "edit": addresses.edit(key) if runtime.person.in_studio else "",
                "edited": bool(runtime.person.in_studio and runtime.overlay.of(str(key))),
            })  # fmt: skip
    return shown


def _link(units, index: int):
    if not 0 <= index < len(units):
        return None
    _chapter, sequence, unit = units[index]
    return {"url": addresses.unit(unit), "title": unit.title, "sequence": sequence.title}


def sequence_page(request, block_id: str):
    """A subsection's address leads to its first unit."""
    with blocks(request) as runtime:
        units = runtime.seen_units()
    for _chapter, sequence, unit in units:
        if sequence.key.block_id == block_id:
            return HttpResponseRedirect(addresses.unit(unit))
    raise Http404(_("This subsection has no units."))


@ensure_csrf_cookie
def progress_page(request):
    """Grades per category and subsection, the pass mark, and completion."""
    with blocks(request) as runtime:
        grade = course_grade(runtime)
        done = progress(runtime)
        rows = [
            {
                "grade": subsection,
                "complete": subsection.sequence.key in done.complete,
                "url": addresses.sequence(subsection.sequence),
            }
            for subsection in grade.subsections
        ]
    return render(request, "preview/progress.html", {"grade": grade, "done": done, "rows": rows})


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


def completion_state(request):
    """For the page's script after a block was answered: which units are complete now."""
    with blocks(request) as runtime:
        done = progress(runtime)
        units, groups = {}, {}
        for chapter, sequence, seen in runtime.seen_sequences():
            units.update({unit.key.block_id: unit.key in done.complete for unit in seen})
            groups.update({group.key.block_id: group.key in done.complete for group in (chapter, sequence)})
    return JsonResponse({"units": units, "groups": groups, "percent": done.percent})


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


def not_found(request, exception):
    """The page for HTTP 404, with the sentence of the exception where it has one."""
    sentence = str(exception) if exception and not isinstance(exception.args[0] if exception.args else "", dict) else ""
    return _message(request, _("Not found"), sentence or _("There is no such page."), 404)


def refused(request, exception=None):
    """The page for HTTP 400."""
    return _message(request, _("Refused"), _("The preview did not understand this request."), 400)


def forbidden(request, exception=None):
    """The page for HTTP 403."""
    return _message(request, _("Refused"), _("This request is not allowed."), 403)


def broken(request):
    """The page for HTTP 500."""
    return _message(request, _("Something went wrong"), _("The log of the preview says why. Nothing was saved."), 500)


def _message(request, title: str, sentence: str, status: int):
    context = {"title": title, "sections": [{"title": "", "html": format_html("<p>{}</p>", sentence)}]}
    return render(request, "preview/info.html", context, status=status)
