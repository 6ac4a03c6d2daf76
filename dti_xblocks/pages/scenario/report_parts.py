"""What the pages of the scenario's report share: shares, titles, the choices at each decision."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from ...scenario.explore import analysis
from ...scenario.model import Choice, Scenario, Scene
from ...scenario.play import TIME_UP
from ...templating.listing import short_number

BAR = 60  # how long the bar of a whole is, in CSS pixels


def plain(prose: str) -> str:
    """Authored prose as text on one line."""
    return " ".join(unescape(strip_tags(prose)).split())


@dataclass(frozen=True)
class Share:
    """`number` of `of`; `late` of them were the clock's."""

    number: int
    of: int
    late: int = 0

    @property
    def part(self) -> float:
        """0.0 to 1.0."""
        return self.number / self.of if self.of else 0.0

    @property
    def percent(self) -> str:
        """Whole per cent for people; what is little is not told as nothing, and not quite all not as all."""
        if not self.of:
            return "–"
        percent = round(100 * self.part)
        if percent == 0 and self.number:
            return "<1%"
        return ">99%" if percent == 100 and self.number < self.of else f"{percent}%"

    @property
    def count(self) -> str:
        """The number, for people."""
        return short_number(self.number)

    @property
    def bar(self) -> str:
        """How long its bar is, of `BAR`: at least visible."""
        return str(max(1, round(BAR * self.part)) if self.number else 0)


@dataclass
class ChoiceRow:
    """A choice at a decision, and its share of the decisions there, by the runs that were counted.

    `gone` is a choice that stands in the records under its id and no longer in the scenario.
    """

    number: str
    text: str
    level: str = ""
    points: int | str = ""
    offered: bool = True
    conditional: bool = False
    strongest: bool = False
    gone: bool = False
    shares: dict[str, Share] = field(default_factory=dict)


@dataclass
class SceneRows:
    """A decision with its choices. `number` is the scene's place in the scenario, "" for one that is `gone` from it."""

    id: str
    number: str
    title: str
    clock: int = 0
    gone: bool = False
    seconds: float | None = None
    totals: dict[str, int] = field(default_factory=dict)
    choices: list[ChoiceRow] = field(default_factory=list)


def choice_rows(scenario: Scenario, counted: dict[str, list[tuple[str, str, str, int]]]) -> list[SceneRows]:
    """Every decision of the scenario in its order, then those on record that are gone from it.

    `counted` has for each kind of runs its rows as `run_report.choices` gives them.
    """
    taken: dict[str, dict[tuple[str, str], list[int]]] = {}
    totals: dict[str, dict[str, int]] = {}
    on_record: dict[str, dict[str, None]] = defaultdict(dict)
    for which, rows in counted.items():
        numbers, sums = taken.setdefault(which, {}), totals.setdefault(which, defaultdict(int))
        for scene, choice, how, number in rows:
            both = numbers.setdefault((scene, choice), [0, 0])
            both[0] += number
            both[1] += number if how == TIME_UP else 0
            sums[scene] += number
            on_record[scene][choice] = None

    def shares(scene: str, choice: str) -> dict[str, Share]:
        found = {which: taken[which].get((scene, choice), (0, 0)) for which in counted}
        return {which: Share(number, totals[which][scene], late) for which, (number, late) in found.items()}

    explored = analysis(scenario)
    best = dict(reversed(explored.path))  # where a path comes back to a scene, its first decision there counts
    listed = []
    for number, scene in enumerate(scenario.scenes, start=1):
        listing = SceneRows(scene.id, str(number), scene.title, scene.clock or 0)
        for place, choice in enumerate(scene.choices, start=1):
            row = _row(scenario, scene, choice, place, best.get(scene.id) or explored.best_choice_at(scene.id))
            row.shares = shares(scene.id, choice.id)
            listing.choices.append(row)
        listed.append(listing)
    known = {scene.id: listing for scene, listing in zip(scenario.scenes, listed, strict=True)}
    for scene_id, choices in on_record.items():
        listing = known.get(scene_id)
        if listing is None:
            listing = SceneRows(scene_id, "", place_title(scenario, scene_id), gone=True)
            listed.append(listing)
        scene = scenario.scene(scene_id)
        for choice_id in choices:
            if scene is None or scene.choice(choice_id) is None:
                listing.choices.append(ChoiceRow("", choice_id, gone=True, shares=shares(scene_id, choice_id)))
    for listing in listed:
        listing.totals = {which: totals[which][listing.id] for which in counted}
    return listed


def _row(scenario: Scenario, scene: Scene, choice: Choice, place: int, best: str) -> ChoiceRow:
    level = scenario.level(choice.level or scene.level)
    return ChoiceRow(
        number=str(place),
        text=plain(choice.text),
        level=level.title if level else "",
        points=scenario.points_of(choice),
        offered=choice.offered,
        conditional=bool(choice.needs),
        strongest=choice.id == best,
    )


def place_title(scenario: Scenario, place_id: str) -> str:
    """The title of a scene or ending, or its id where the scenario no longer has it."""
    place = scenario.place(place_id)
    return place.title if place else place_id


def numbered_titles(scenario: Scenario) -> dict[str, str]:
    """The titles of scenes with their numbers, as on the map, for several may be called the same; and those of endings."""
    scenes = enumerate(scenario.scenes, start=1)
    return {
        **{ending.id: ending.title for ending in scenario.endings},
        **{scene.id: _("{number}. {title}").format(number=number, title=scene.title) for number, scene in scenes},
    }


def result_word(result: str) -> str:
    """A result, for people."""
    return {"good": _("good"), "mixed": _("mixed"), "bad": _("bad")}.get(result, result)
