"""What of a scenario may be in a response, found by its words: everything authored, and when it becomes due."""

import html
import re
from dataclasses import dataclass, field

from dti_xblocks.scenario import play
from dti_xblocks.scenario.cast import becomes
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.model import Line, Media, Scenario
from dti_xblocks.scenario.percent import passes

SHORTEST = 24  # characters of a sentence that is searched for; shorter ones stand in other places by chance


@dataclass
class Secrets:
    """The pieces of text that stand in a scenario, by what makes them due: an id of a place, "scene/choice" or "review"."""

    scenario: Scenario
    pieces: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self):
        story = self.scenario
        for place in (*story.scenes, *story.endings):
            self._add(place.id, place.title)
            for line in place.lines:
                texts = [line.html] if isinstance(line, Line) else _texts_of(line)
                self._add(place.id, *texts)
        for person in story.people:
            self._add(f"become {person.id}", person.knows, person.knows_not)
        for scene in story.scenes:
            for choice in scene.choices:
                self._add(f"offer {scene.id}/{choice.id}", choice.text)
                self._add(f"{scene.id}/{choice.id}", choice.text, choice.outcome, choice.why)
        for meter in story.meters:
            if meter.show == "end":
                self._add("review", meter.title)
        for piece, when in self.pieces.items():  # a piece that stands within another one is seen with that
            for other, seen in self.pieces.items():
                if piece in other:
                    when |= seen

    def _add(self, when: str, *texts: str) -> None:
        for text in texts:
            for piece in _pieces(text):
                self.pieces.setdefault(piece, set()).add(when)

    def due(self, state: play.State | None, place: bool = True, card: bool = False) -> set[str]:
        """What has become due in a run; without `place`, where it has come to is not yet: only the `card` of a new role may be."""
        if state is None:
            return set()
        story, due = self.scenario, set()
        for step in state.steps if state.ending and place else state.steps[-1:]:
            due.add(f"{step.scene.id}/{step.choice.id}")
        person = becomes(story, state)
        if person and (place or card):
            due.add(f"become {person.id}")
        if not place:
            return due
        if state.scene and not state.waits:
            due |= {state.scene.id, *(f"offer {state.scene.id}/{choice.id}" for choice in state.choices)}
        if state.ending:
            due |= {state.ending.id, "review"}
        return due | {f"title {place}" for place in self._titles(state, story)}

    def _titles(self, state: play.State, story: Scenario) -> set[str]:
        if state.ending is None:
            return {state.scene.id}
        on_path = {step.scene.id for step in state.steps} | {state.ending.id}
        if not passed(state):
            return on_path
        return on_path | {analysis(story).ending} | {scene for scene, _choice in analysis(story).path}

    def leaked(self, text: str, state: play.State | None, place: bool = True, card: bool = False, end: bool = False) -> set[str]:
        """The pieces in `text` that are not due: the strongest answers only after a first run that passed, and at the `end`, where
        the story of the ending stands alone, nothing else."""
        shown = _plain(text)
        due = {state.ending.id, f"title {state.ending.id}"} if end else self.due(state, place, card)
        titles = {_plain(self.scenario.place(name.removeprefix("title ")).title) for name in due if name.startswith("title ")}
        stronger = set()
        if (
            state is not None and state.ending and place and not end and passed(state)
        ):  # the review tells the strongest choice of every scene passed, and the best path
            for scene in self.scenario.scenes:
                for choice in scene.choices:
                    if (
                        analysis(self.scenario).best_choice_at(scene.id) == choice.id
                        or (scene.id, choice.id) in analysis(self.scenario).path
                    ):
                        stronger |= _pieces(choice.text) | _pieces(choice.why)
            for step in state.steps:
                best = step.scene.choice(analysis(self.scenario).best_choice(step.before))
                stronger |= _pieces(best.text) | _pieces(best.why) if best else set()
        return {
            piece
            for piece, when in self.pieces.items()
            if piece in shown and not when & due and piece not in titles and piece not in stronger
        }

    def shown(self, text: str) -> set[str]:
        """The pieces that are in `text`."""
        plain = _plain(text)
        return {piece for piece in self.pieces if piece in plain}


def passed(state: play.State) -> bool:
    """Whether a run that has ended reached the pass mark of 70 per cent."""
    return passes(state.earned, state.possible, 70)


def _texts_of(media: Media) -> list[str]:
    return [media.src, media.alt, media.title, media.transcript]


def _pieces(text: str) -> set[str]:
    """Sentences of authored prose, plain."""
    blocks = re.split(r"</?(?:p|li|ul|ol|blockquote|br)\b[^>]*>", text)
    return {
        piece
        for block in blocks
        for piece in re.split(r"(?<=[.!?])(?<! v\.) ", _plain(block))
        if len(piece) >= SHORTEST or "-" in piece.split(" ", 1)[0]
    }


def _plain(text: str) -> str:
    text = text.replace('\\"', '"').replace("\\n", " ")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())
