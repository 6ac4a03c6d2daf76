"""What a learner sees of a scenario: the present screen, the after-action review as a PDF, the brief of an authority."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from ...case_law.library import library
from ...case_law.model import CASE
from ...pages.case_law.views import view
from ...pdf import PdfUnavailableError, fault
from ...pdf import render as render_pdf
from ...platform.addresses import form_action, page_context
from ...platform.titles import course_title
from ...scenario import debrief, play, results
from ...scenario.screen import present
from ...templating import render
from ..base import RefusedError
from .run import latest, shown

MOST_IN_PDF = 150  # decisions; a thousand of a loop take the server forty seconds and most of a gigabyte
ACTIONS = ("begin", "enter", "choose", "again", "settle", "review_pdf")


def learner_page(block, learner, scenario, now: datetime) -> str:
    """The HTML of the screen on which `learner` is at `now`."""
    player = block._player(learner)
    run = shown(block, player)
    state = run.state(scenario, now) if block.attempt else None
    recorded = block._recorded
    ended = state is not None and state.ending is not None
    may_look_back = ended and not (recorded and state.lost)
    context = {
        **page_context(block),
        "screen": present(scenario, state, _lookup(block), now),
        "debrief": look_back(block, scenario, state, run.started) if may_look_back else None,
        "kept": kept(block, recorded) if recorded and not may_look_back else None,
        "recorded": kept(block, recorded) if recorded else None,
        "changed": bool(recorded and recorded.version != scenario.version),
        "attempt": block.attempt or latest(player),
        "step": len(state.entries) if state else 0,
        "tries_left": max(block.max_tries - block._tries, 0) if block.max_tries else None,
        "may_try_again": block._may_try_again(),
        "offer_pace": scenario.timed and block.clock_rule not in ("on", "extended", "off"),
        "pace": run.pace,
        "timed": scenario.timed and not (run.pace == play.NO_CLOCK if state else block.clock_rule == "off"),
        "counted": block.counted_rule,
        "counting": counting_percent(block),
        "overtaken": block._overtaken,
        "unsettled": ended and player is not None and recorded is None,
        "can_pdf": ended and len(state.steps) <= MOST_IN_PDF and not fault(),
        **{name: form_action(block, name) for name in ACTIONS},
    }
    return render("dti/scenario/screen.html", context)


def look_back(block, scenario, state: play.State, started: str) -> debrief.Debrief:
    """The after-action review of a finished run."""
    return debrief.look_back(scenario, state, block._pass_mark, _lookup(block), started)


def kept(block, result: results.Result) -> dict:
    """A result as it was when the run was finished."""
    return {
        "title": result.title,
        "result": result.result,
        "earned": result.earned,
        "possible": result.possible,
        "percent": debrief.percent(result.earned, result.possible),
        "passed": debrief.passes(result.earned, result.possible, block._pass_mark),
        "at": result.at,
    }


def counting_percent(block) -> int | None:
    """The percent that counts now, where a learner could wonder which: after several runs, or when staff gave a score."""
    finished = block.finished
    result = results.counting(finished, block.counted_rule)
    return debrief.percent(result.earned, result.possible) if result and len(finished) > 1 else None


def review_pdf(block, learner, scenario, state: play.State) -> bytes:
    """The review of the present run as a PDF. Raises `RefusedError` where PDF files cannot be made here."""
    run, recorded = shown(block, block._player(learner)), block._recorded
    if recorded and state.lost:
        raise RefusedError(_("This scenario has changed since you played it, so your decisions cannot be shown any more."), 409)
    if len(state.steps) > MOST_IN_PDF:
        raise RefusedError(_("This run is too long for a PDF file. Print the page instead."), 409)
    at = state.last.at if state.last else recorded.at if recorded else ""
    context = {
        **page_context(block),
        "screen": present(scenario, state, _lookup(block), datetime.now(UTC)),
        "debrief": look_back(block, scenario, state, run.started),
        "title": block.display_name,
        "course": course_title(block),
        "learner": learner.full_name,
        "recorded": kept(block, recorded) if recorded else None,
        "changed": bool(recorded and recorded.version != scenario.version),
        "attempt": block.attempt,
        "pace": run.pace,
        "finished": at,
        "version": scenario.version[:12],
    }
    try:
        return render_pdf(render("dti/pdf/scenario.html", context), title=block.display_name)
    except PdfUnavailableError as error:
        raise RefusedError(_("PDF files cannot be made on this site at the moment. Print the page instead."), 503) from error


def authority(slug: str) -> str:
    """The brief of an authority of the library. Raises `RefusedError` for one that it does not have."""
    found = library().get(slug)
    if found is None:
        raise RefusedError(_("The case-law library has no such authority."), 404)
    return render("dti/scenario/authority.html", {"item": view(found)})


def _lookup(block):
    def lookup(slug: str) -> tuple[str, str, str] | None:
        found = library().get(slug)
        return (*_cited(found), block.runtime.handler_url(block, "authority", query=f"ref={slug}")) if found else None

    return lookup


def _cited(found) -> tuple[str, str]:
    """The name of an authority, and what follows it with its comma or space: together the citation to the letter."""
    caption, citation = found.caption, found.citation
    if citation.startswith(caption):
        return caption, citation.removeprefix(caption)
    if found.kind == CASE:  # cited under an abbreviated name
        name, comma, rest = citation.partition(", ")
        return name, comma + rest
    return caption, f", {citation}"
