"""What a learner sees of a scenario: the present screen, the after-action review as a PDF, the brief of an authority."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...case_law.library import library
from ...pages.case_law.views import view
from ...pages.notices import notice
from ...pages.scenario.screen import Played, Terms, learner_html, review_html
from ...pdf import PdfUnavailableError, fault
from ...pdf import render as render_pdf
from ...platform import clock
from ...platform.addresses import form_action, page_context
from ...platform.learner import Learner
from ...platform.titles import course_title
from ...scenario.model import Scenario
from ...scenario.play import State
from ...scenario.screen import CONSEQUENCE
from ...templating import render
from ..base import RefusedError
from . import beats, others, practice
from .authorities import lookup_for
from .host import ScenarioHost
from .loading import pass_mark, problems, scenario_in_play, scenario_of
from .players import player_of, sees_report
from .run import Run, latest, shown
from .score import counted_rule, finished, is_complete, recorded
from .tries import may_try_again, tries_left

MOST_IN_PDF = 150  # decisions; a thousand of a loop take the server forty seconds and most of a gigabyte
PDFS = 30  # that one learner may have made in an hour: each is made anew, and takes up to three seconds
ACTIONS = ("begin", "enter", "choose", "go_on", "again", "replay", "open_answers", "settle", "review_pdf")


def screen(block: ScenarioHost, learner: Learner | None) -> SafeString:
    """The present screen of `learner` (None: an author's preview without a known user)."""
    scenario = scenario_of(block)
    if scenario is None:
        listing = render("dti/problems.html", {"problems": problems(block)}) if sees_report(block, learner) else ""
        return format_html("{}{}", listing, notice(_("This scenario is being edited. Please come back later.")))
    now, run = clock.now(), shown(block, player_of(block, learner))
    state = run.state(scenario, now) if block.attempt else None
    return page_of(block, learner, scenario, run, state, now)


def page_of(
    block: ScenarioHost,
    learner: Learner | None,
    scenario: Scenario,
    run: Run,
    state: State | None,
    now: datetime,
    *,
    overtaken: bool = False,
    opened: bool = False,
) -> SafeString:
    """The screen of a learner whose run is in `state`, None before the first run, and for staff the way to the report after it.

    `overtaken` says that another window was quicker with the decision that this screen answers; `opened`, that it answers the
    wish for the strongest answers.
    """
    player = player_of(block, learner)
    ended = state is not None and state.ending is not None
    frame = {
        **page_context(block),
        **{name: partial(form_action, block, name) for name in ACTIONS},  # a screen has forms for one or two of them
        "attempt": block.attempt or latest(player),
        "overtaken": overtaken,
        "incomplete": not is_complete(block),
        "unsettled": ended and player is not None and not run.practice and recorded(block) is None,
        "opened": opened,
        "can_pdf": state is not None and ended and len(state.steps) <= MOST_IN_PDF and not fault(),
    }
    beat = (
        CONSEQUENCE if overtaken and not (state and state.clock and state.clock.started) else beats.shown(block, scenario, state)
    )
    frame["stepped_in"] = others.stepped_in(block, player, state) if beat == CONSEQUENCE else None
    html = learner_html(
        _played(block, scenario, run, state), _terms(block, run), lookup_for(block, beat == CONSEQUENCE), now, frame, beat
    )
    way = sees_report(block, learner) and block.where.course
    report = render("dti/scenario/report.html", {"report": form_action(block, "report")}) if way else ""
    return format_html("{}{}", html, report)


def review_pdf(block: ScenarioHost, learner: Learner, query: Mapping[str, str]) -> tuple[bytes, str, str]:
    """The after-action review of the present run as a PDF: bytes, type and name. Raises `RefusedError` where there is none."""
    scenario = scenario_in_play(block)
    run = shown(block, player_of(block, learner))
    state = run.state(scenario, clock.now()) if block.attempt else None
    if state is None or state.ending is None:
        raise RefusedError(_("The review is there when you have come to an ending."), 409)
    if recorded(block) and state.lost:
        raise RefusedError(_("This scenario has changed since you played it, so your decisions cannot be shown any more."), 409)
    if len(state.steps) > MOST_IN_PDF:
        raise RefusedError(_("This run is too long for a PDF file. Print the page instead."), 409)
    frame = {
        **page_context(block),
        "title": block.display_name,
        "course": course_title(block),
        "learner": learner.full_name,
        "attempt": block.attempt,
    }
    html = review_html(_played(block, scenario, run, state), state, _terms(block, run), lookup_for(block), clock.now(), frame)
    try:
        return render_pdf(html, title=block.display_name), "application/pdf", "after-action-review.pdf"
    except PdfUnavailableError as error:
        raise RefusedError(_("PDF files cannot be made on this site at the moment. Print the page instead."), 503) from error


def authority(block: ScenarioHost, learner: Learner, query: Mapping[str, str]) -> SafeString:
    """The brief of an authority that a decision rests on. Raises `RefusedError` for one that the library does not have."""
    found = library().get(query.get("ref", ""))
    if found is None:
        raise RefusedError(_("The case-law library has no such authority."), 404)
    return render("dti/scenario/authority.html", {"item": view(found)})


def _played(block: ScenarioHost, scenario: Scenario, run: Run, state: State | None) -> Played:
    return Played(scenario, state, run.started, run.pace, recorded(block), tuple(finished(block)), run.practice, run.given)


def _terms(block: ScenarioHost, run: Run) -> Terms:
    return Terms(
        pass_mark=pass_mark(block),
        tries_left=tries_left(block),
        may_try_again=may_try_again(block),
        clock_rule=block.clock_rule,
        counted=counted_rule(block),
        answers=practice.answers_open(block, run),
        asked=practice.answers_asked(block, run),
        replay_counts=practice.may_count(block, run),
    )
