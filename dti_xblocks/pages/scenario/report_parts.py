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
    text: str = unescape(strip_tags(prose))
    return " ".join(text.split())


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
        """A share in whole per cent, for people: a small share is not shown as 0, nor an incomplete one as 100."""
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
    def of_count(self) -> str:
        """The whole of which it is a share, for people."""
        return short_number(self.of)

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


Counted = list[tuple[str, str, str, int]]  # scene id, choice id, how it was decided, number


class _Taken:
    """How often each choice was taken, by the kinds of runs that were counted."""

    def __init__(self, counted: dict[str, Counted]):
        self.kinds = tuple(counted)
        self.on_record: dict[str, dict[str, None]] = defaultdict(dict)  # the choices of each scene, in order
        self._numbers: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
        self._totals: dict[tuple[str, str], int] = defaultdict(int)
        for which, rows in counted.items():
            for scene, choice, how, number in rows:
                both = self._numbers[which, scene, choice]
                both[0] += number
                both[1] += number if how == TIME_UP else 0
                self._totals[which, scene] += number
                self.on_record[scene][choice] = None

    def totals(self, scene: str) -> dict[str, int]:
        """The decisions in a scene."""
        return {which: self._totals[which, scene] for which in self.kinds}

    def shares(self, scene: str, choice: str) -> dict[str, Share]:
        """The share of a choice in the decisions of its scene."""
        found = {which: self._numbers[which, scene, choice] for which in self.kinds}
        return {which: Share(number, self._totals[which, scene], late) for which, (number, late) in found.items()}


def choice_rows(scenario: Scenario, counted: dict[str, Counted]) -> list[SceneRows]:
    """Every decision of the scenario in its order, then those on record that are gone from it.

    `counted` has for each kind of runs its rows as `run_report.choices` gives them.
    """
    taken, explored = _Taken(counted), analysis(scenario)
    best = dict(reversed(explored.path))  # where a path comes back to a scene, its first decision there counts
    listed = {}
    for number, scene in enumerate(scenario.scenes, start=1):
        listed[scene.id] = SceneRows(scene.id, str(number), scene.title, scene.clock or 0, totals=taken.totals(scene.id))
        for place, choice in enumerate(scene.choices, start=1):
            row = _row(scenario, scene, choice, place, best.get(scene.id) or explored.best_choice_at(scene.id))
            row.shares = taken.shares(scene.id, choice.id)
            listed[scene.id].choices.append(row)
    for scene_id, choices in taken.on_record.items():
        known = scenario.scene(scene_id)
        if known is None:
            title = place_title(scenario, scene_id)
            listed[scene_id] = SceneRows(scene_id, "", title, gone=True, totals=taken.totals(scene_id))
        gone = [choice_id for choice_id in choices if known is None or known.choice(choice_id) is None]
        listed[scene_id].choices += [
            ChoiceRow("", choice_id, gone=True, shares=taken.shares(scene_id, choice_id)) for choice_id in gone
        ]
    return list(listed.values())


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
    words: dict[str, str] = {"good": _("good"), "mixed": _("mixed"), "bad": _("bad")}
    return words.get(result, result)
