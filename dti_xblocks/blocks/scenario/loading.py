"""The scenario that a block holds: read, checked, and whether it can be played."""

from __future__ import annotations

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from ...case_law.library import library
from ...content import Problem
from ...scenario import olx, rules
from ...scenario.model import Scenario
from ...scenario.playable import playable, read
from ...templating import prose
from ..base import RefusedError
from .host import ScenarioHost
from .settings import PASS_MARK


def scenario_of(block: ScenarioHost) -> Scenario | None:
    """The scenario, or None when it cannot be read or played."""
    return playable(block.content, block.score_by)


def scenario_in_play(block: ScenarioHost) -> Scenario:
    """The scenario for a learner's request. Raises `RefusedError` when it cannot be read or played."""
    scenario = scenario_of(block)
    if scenario is None:
        raise RefusedError(_("This scenario is being edited. Please come back later. Nothing was lost."), 409)
    return scenario


def problems(block: ScenarioHost) -> list[Problem]:
    """The author's mistakes; see `scenario.rules`."""
    try:
        return rules.check(read(block.content, block.score_by), library().slugs, pass_mark(block))
    except olx.ScenarioUnreadableError as error:
        return [rules.unreadable(str(error), error.line)]


def stopping(block: ScenarioHost) -> list[Problem]:
    """Those of the mistakes because of which nobody can play."""
    return rules.breaking(problems(block))


def pass_mark(block: ScenarioHost) -> int:
    """The pass mark in per cent. An emptied setting (`pass_mark=""` in OLX) is the default."""
    return PASS_MARK if block.pass_mark is None else block.pass_mark


def opening_text(block: ScenarioHost) -> str:
    """What everybody reads before the first decision, as text on one line; "" for what cannot be played."""
    scenario = scenario_of(block)
    if scenario is None:
        return ""
    parts = [(level.title, level.html) for level in scenario.levels]
    parts += [(meter.title, meter.html) for meter in scenario.meters if meter.show == "play"]
    pieces = [scenario.introduction, *(f"{title}: {html}" for title, html in parts)]
    return " ".join(strip_tags(prose(" ".join(pieces))).split())
