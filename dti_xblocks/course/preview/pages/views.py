"""The pages of the course: its home, units and progress."""

from __future__ import annotations

from urllib.parse import quote, unquote

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie

from .. import addresses
from ..completion import progress
from ..grading import course_grade
from .fragments import PageResources, has_math
from .outline import outline
from .session import LAST_SEEN, blocks


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
def unit_page(request, block_id: str, template: str = "preview/unit.html"):
    """One unit with the course around it, or as `template` has it. Rendering it for a learner completes what viewing does."""
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
            "dresses": {dress: addresses.dressed(unit, dress) for dress in ("lms", "mfe", "studio")},
            "previous": _link(units, index - 1),
            "next": _link(units, index + 1),
        }
    response = render(request, template, context)
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
                "edit_in_studio": addresses.in_studio(key) if runtime.person.in_studio else "",
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


def completion_state(request):
    """For the page's script after a block was answered: which units are complete now."""
    with blocks(request) as runtime:
        done = progress(runtime)
        units, groups = {}, {}
        for chapter, sequence, seen in runtime.seen_sequences():
            units.update({unit.key.block_id: unit.key in done.complete for unit in seen})
            groups.update({group.key.block_id: group.key in done.complete for group in (chapter, sequence)})
    return JsonResponse({"units": units, "groups": groups, "percent": done.percent})
