"""The format worked out once more, plainly and slowly, so that the product's answers can be compared with something.

Nothing of `motion`, `explore` and `play` is used. A life is everything that ever happened; no two are taken for the same.
"""

from typing import NamedTuple

from dti_xblocks.scenario.model import Choice, Scenario


class Life(NamedTuple):
    place: str
    meters: tuple[tuple[str, int], ...]
    taken: frozenset
    levels: frozenset
    decided: frozenset
    earned: int


class TooManyError(Exception):
    """More lives than one wants to wait for."""


def met(life: Life, need) -> bool:
    if need.kind == "meter":
        value = dict(life.meters)[need.ref]
        low = need.at_least if need.at_least is not None else value
        high = need.at_most if need.at_most is not None else value
        truth = low <= value <= high
    elif need.kind == "choice":
        truth = tuple(need.ref.split("/")) in life.taken
    else:
        truth = need.ref in life.levels
    return truth != need.negated


def all_met(life: Life, needs) -> bool:
    return not [need for need in needs if not met(life, need)]


def enter(scenario: Scenario, life: Life, place_id: str) -> Life:
    places = {place.id: place for place in (*scenario.scenes, *scenario.endings)}
    place = places[place_id]
    while place.needs and not all_met(life, place.needs):
        place = places[place.otherwise]
    life = life._replace(place=place.id)
    if place.id in {scene.id for scene in scenario.scenes}:
        return life._replace(levels=life.levels | ({place.level} - {""}))
    return life._replace(earned=life.earned + (place.points if scenario.score_by != "choices" else 0))


def born(scenario: Scenario) -> Life:
    meters = tuple((meter.id, meter.start) for meter in scenario.meters)
    return enter(scenario, Life("", meters, frozenset(), frozenset(), frozenset(), 0), scenario.scenes[0].id)


def live(scenario: Scenario, life: Life, choice: Choice) -> Life:
    """The life after `choice`, whoever took it."""
    values = dict(life.meters)
    for effect in choice.effects:
        meter = next(meter for meter in scenario.meters if meter.id == effect.meter)
        values[meter.id] = min(meter.highest, max(meter.lowest, values[meter.id] + effect.by))
    counts = scenario.score_by != "endings" and life.place not in life.decided
    after = Life(
        "",
        tuple(values.items()),
        life.taken | {(life.place, choice.id)},
        life.levels | ({choice.level} - {""}),
        life.decided | {life.place},
        life.earned + (choice.points if counts else 0),
    )
    return enter(scenario, after, choice.to)


def scene_of(scenario: Scenario, life: Life):
    return next((scene for scene in scenario.scenes if scene.id == life.place), None)


def open_to(scenario: Scenario, life: Life) -> list[Choice]:
    scene = scene_of(scenario, life)
    return [choice for choice in (scene.choices if scene else ()) if choice.offered and all_met(life, choice.needs)]


def late_of(scenario: Scenario, life: Life) -> Choice | None:
    scene = scene_of(scenario, life)
    if scene is None or not scene.clock:
        return None
    return next((choice for choice in scene.choices if choice.id == scene.timeout), None)


def lives(scenario: Scenario, clocks: bool, most: int = 4000) -> dict[Life, list[Life]]:
    """Every life that can be lived, with those that follow. Raises `TooManyError`."""
    start = born(scenario)
    found: dict[Life, list[Life]] = {}
    todo = [start]
    while todo:
        life = todo.pop()
        if life in found:
            continue
        ways = open_to(scenario, life)
        late = late_of(scenario, life) if clocks else None
        found[life] = [live(scenario, life, choice) for choice in [*ways, *([late] if late else [])]]
        todo += found[life]
        if len(found) > most:
            raise TooManyError
    return found


def most_earned(scenario: Scenario, clocks: bool, back: frozenset) -> int | None:
    """The most points at an ending for whoever never takes a way `back`, (scene, place come to); None when none can be reached."""
    endings = {ending.id for ending in scenario.endings}
    todo, earned = [born(scenario)], []
    while todo:
        life = todo.pop()
        if life.place in endings:
            earned.append(life.earned)
        late = late_of(scenario, life) if clocks else None
        after = [live(scenario, life, choice) for choice in [*open_to(scenario, life), *([late] if late else [])]]
        todo += [following for following in after if (life.place, following.place) not in back]
        if len(todo) > 4000:
            raise TooManyError
    return max(earned, default=None)


def hopeless(scenario: Scenario) -> set[str]:
    """The scenes in which some life, lived with clocks, finds no way to an ending by decisions."""
    every = lives(scenario, clocks=True)
    endings = {ending.id for ending in scenario.endings}
    saved = {life for life in every if life.place in endings}
    before: dict[Life, list[Life]] = {}
    for life in every:
        for choice in open_to(scenario, life):
            before.setdefault(live(scenario, life, choice), []).append(life)
    todo = list(saved)
    while todo:
        for life in before.get(todo.pop(), ()):
            if life not in saved:
                saved.add(life)
                todo.append(life)
    return {life.place for life in every if life not in saved}
