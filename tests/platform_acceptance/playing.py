"""A scenario, played by its plain forms."""

from __future__ import annotations

from typing import Any

from . import courses, pages
from .outcome import Ledger
from .results import completion, score
from .visitors import Answer, Visitor
from .walks import Walk, walks

BUTTONS = ("begin", "enter", "go_on")  # forms that only lead on
STEPS = 200  # forms after which a run that comes to no ending is given up


class NotPlayedError(Exception):
    """The run did not go as the walk says."""


def play(ledger: Ledger, learner: Visitor, block: Any) -> None:
    """Play `block` twice: the strongest walk, then the weakest, which must not lower the grade."""
    usage, name = courses.usage(block), courses.usage(block).block_id
    strongest, *_others, weakest = walks(name)
    opening = learner.unit(usage)
    begin = pages.form(opening.text, "begin")
    if begin is None:
        raise NotPlayedError(f"{name} has no form to begin: {opening.status}")
    bare = learner.ask("post", begin.action, data={"attempt": "0"})
    ledger.same(f"{name}: a form without the site's token is refused", bare.status, 403)
    end, costs = through(learner, opening, strongest)
    ledger.same(f"{name}: the strongest walk comes to its ending", end.faults, [], f"{len(strongest.steps)} decisions")
    ledger.same(f"{name}: it gives all points and completes", (score(learner, usage), completion(learner, usage)), (1.0, 1.0))
    ledger.note(
        f"{name}: what a decision costs",
        True,
        f"{_middle([cost[0] for cost in costs])} SQL, {_middle([1000 * cost[1] for cost in costs])} ms",
    )
    ledger.same(f"{name}: the review is there after a reload", pages.form(learner.unit(usage).text, "again") is not None, True)
    made = [learner.get(address) for address in pages.links(end.text, "review_pdf")[:1]]
    ledger.same(f"{name}: the review as PDF", [(each.status, each.body[:5]) for each in made], [(200, b"%PDF-")], _seconds(made))
    again = learner.send(end, "again")
    through(learner, again, weakest)
    ledger.same(f"{name}: a weaker run does not lower the grade", score(learner, usage), 1.0, f"played {weakest.share:.2f}")


def through(learner: Visitor, page: Answer, walk: Walk) -> tuple[Answer, list[tuple[int, float]]]:
    """Play `walk` from `page`. Gives the page at its end, and (queries, seconds) of each decision. Half way it is left and resumed."""
    steps, costs = list(walk.steps), []
    for _number in range(STEPS):
        handlers = {form.handler for form in pages.forms(page.text)}
        if press := next((each for each in BUTTONS if each in handlers), ""):
            page = learner.send(page, press)
        elif "choose" in handlers and steps:
            page, steps = _decide(learner, page, steps), steps[1:]
            costs.append((page.queries, page.seconds))
            if len(steps) == len(walk.steps) // 2:
                page = learner.get(page.address)  # as on another day: what was played is there
        else:
            break
        if page.status != 200:
            raise NotPlayedError(f"HTTP {page.status} before {steps[:1]}: {page.text[:200]}")
    if steps or pages.form(page.text, "again") is None:
        raise NotPlayedError(f"The run stopped before {steps[:1] or 'its ending'}")
    return page, costs


def _decide(learner: Visitor, page: Answer, steps: list[tuple[str, str]]) -> Answer:
    scene, choice = steps[0]
    form = next(form for form in pages.forms(page.text) if form.handler == "choose" and "choice" in form.choices)
    shown = dict(form.fields)["scene"]
    if shown != scene or choice not in form.choices["choice"]:
        raise NotPlayedError(f"Wanted {scene} > {choice}, found {shown} > {form.choices['choice']}")
    return learner.send(page, "choose", only=form, choice=choice)


def _middle(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 2]:.0f}"


def _seconds(answers: list[Answer]) -> str:
    return ", ".join(f"{answer.seconds:.1f} s" for answer in answers)
