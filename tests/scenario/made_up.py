"""Random scenarios for hypothesis, and how one is written as OLX. Every word and id of a scenario stands in it once."""

from dataclasses import replace
from itertools import count

from hypothesis import strategies as st

from dti_xblocks.scenario.model import SCORED, Choice, Effect, Ending, Level, Line, Media, Meter, Need, Person, Scenario, Scene

WORD = r"[a-z]+\d+q"  # every word made here, and nothing else


class Words:
    """Words that come once. Points are numbers that nothing else is."""

    def __init__(self):
        self._numbers = count(1)
        self._points = count(10_001)

    def __call__(self, kind: str) -> str:
        return f"{kind}{next(self._numbers)}q"

    def prose(self, kind: str) -> str:
        return f"<p>{self(kind)}</p>"

    def points(self, draw) -> int:
        return next(self._points) if draw(st.booleans()) else draw(st.sampled_from([0, 20_000, 30_000]))


@st.composite
def scenarios(draw, most_scenes: int = 5):
    """Sound scenarios, with loops, clocks, conditions and all. From every scene the first choice leads onward for everybody."""
    word = Words()
    levels = tuple(Level(word("level"), word("title"), word("means")) for _ in range(draw(st.integers(0, 2))))
    meters = tuple(_meter(draw, word) for _ in range(draw(st.integers(0, 2))))
    people = _people(draw, word)
    scene_ids = [word("scene") for _ in range(draw(st.sampled_from([1, 2, *range(2, most_scenes + 1)])))]
    ending_ids = [word("ending") for _ in range(draw(st.integers(1, 3)))]
    places = [*scene_ids, *ending_ids]
    sizes = [draw(st.integers(1, 3)) for _ in scene_ids]
    names = [[word("choice") for _ in range(size)] for size in sizes]
    world = (levels, meters, [f"{scene}/{name}" for scene, inside in zip(scene_ids, names, strict=True) for name in inside])

    def onward(number: int) -> str:
        return places[min(number + draw(st.sampled_from([1, 1, 1, 2, 3])), len(places) - 1)]

    def needs(likely: int, always: bool = False) -> tuple[Need, ...]:
        asked = draw(st.integers(0, 9)) < likely
        return tuple(_need(draw, *world) for _ in range(draw(st.integers(1, 2)))) if asked and not always else ()

    scenes = []
    for number, scene_id in enumerate(scene_ids):
        choices = [
            Choice(
                id=name,
                to=onward(number) if index == 0 else draw(st.sampled_from(places)),
                points=word.points(draw),
                text=word("text"),
                outcome=word.prose("outcome"),
                why=word.prose("why"),
                authorities=(word("slug"),) if draw(st.booleans()) else (),
                level=draw(st.sampled_from(["", *(level.id for level in levels)])),
                needs=needs(4, always=index == 0),
                effects=tuple(Effect(meter.id, draw(st.integers(-3, 3))) for meter in meters if draw(st.booleans())),
            )
            for index, name in enumerate(names[number])
        ]
        timeout = ""
        if draw(st.booleans()):
            late = draw(st.integers(0, len(choices) - 1))
            offered = late == 0 or draw(st.booleans())
            choices[late] = replace(choices[late], offered=offered, needs=())
            timeout = choices[late].id
        asked = needs(3, always=number == 0)
        scenes.append(
            Scene(
                id=scene_id,
                title=word("title"),
                level=draw(st.sampled_from(["", *(level.id for level in levels)])),
                place=word("place"),
                time=word("time"),
                lines=_lines(draw, word, people),
                you=_somebody(draw, people),
                choices=tuple(choices),
                clock=draw(st.integers(5, 600)) if timeout else 0,
                timeout=timeout,
                needs=asked,
                otherwise=onward(number) if asked else "",
            )
        )
    endings = []
    for number, ending_id in enumerate(ending_ids, start=len(scene_ids)):
        asked = needs(3, always=number == len(places) - 1)
        endings.append(
            Ending(
                id=ending_id,
                title=word("title"),
                result=draw(st.sampled_from(["good", "mixed", "bad"])),
                lines=_lines(draw, word, people),
                points=word.points(draw),
                needs=asked,
                otherwise=onward(number) if asked else "",
            )
        )
    return Scenario(
        people=people,
        introduction=word.prose("introduction"),
        levels=levels,
        scenes=tuple(scenes),
        endings=tuple(endings),
        meters=meters,
        score_by=draw(st.sampled_from(SCORED)),
    )


def _meter(draw, word) -> Meter:
    lowest = draw(st.integers(-3, 2))
    highest = lowest + draw(st.integers(1, 6))
    start = draw(st.integers(lowest, highest))
    return Meter(word("meter"), word("title"), word("means"), start, lowest, highest, draw(st.sampled_from(["play", "end"])))


def _people(draw, word) -> tuple[Person, ...]:
    return tuple(
        Person(
            id=word("person"),
            name=word("name"),
            role=word("role"),
            portrait=f"/static/{word('portrait')}.webp" if draw(st.booleans()) else "",
            knows=word.prose("knows"),
            knows_not=word.prose("not") if draw(st.booleans()) else "",
        )
        for _number in range(draw(st.integers(0, 2)))
    )


def _somebody(draw, people: tuple[Person, ...]) -> str:
    return draw(st.sampled_from(["", *(person.id for person in people)]))


def _lines(draw, word, people: tuple[Person, ...]) -> tuple:
    lines = [Line(word.prose("story"))]
    if draw(st.booleans()):
        by = _somebody(draw, people)
        lines.append(Line(word("speech"), "" if by else word("speaker"), by=by, over=draw(st.sampled_from(["", "radio"]))))
    kind = draw(st.sampled_from(["", "", "image", "video", "audio"]))
    if kind == "image":
        lines.append(Media(kind, f"/static/{word('picture')}.png", alt=word("alt")))
    elif kind:
        captions = f"/static/{word('captions')}.vtt" if kind == "video" else ""
        source = f"/static/{word('recording')}.mp4"
        lines.append(Media(kind, source, title=word("title"), captions=captions, transcript=word.prose("transcript")))
    return tuple(lines)


def _need(draw, levels, meters, choices) -> Need:
    kind = draw(st.sampled_from(["choice", *(["meter"] * 2 if meters else []), *(["level"] if levels else [])]))
    negated = draw(st.booleans())
    if kind == "meter":
        bounds = draw(st.sampled_from([(0, None), (1, None), (None, 0), (None, 2), (0, 2), (-1, 1)]))
        return Need(kind, draw(st.sampled_from(meters)).id, *bounds, negated=negated)
    ref = draw(st.sampled_from(choices if kind == "choice" else [level.id for level in levels]))
    return Need(kind, ref, negated=negated)


def written(scenario: Scenario, between: str = "\n  ") -> str:
    """The scenario as OLX, with `between` between its elements."""
    pieces = [f"<introduction>{scenario.introduction}</introduction>"] if scenario.introduction else []
    pieces += [f"<level{_attributes(id=level.id, title=level.title)}>{level.html}</level>" for level in scenario.levels]
    pieces[1:1] = [_person(person, between) for person in scenario.people]
    for meter in scenario.meters:
        numbers = {"start": meter.start, "lowest": meter.lowest, "highest": meter.highest}
        pieces.append(f"<meter{_attributes(id=meter.id, title=meter.title, show=meter.show, **numbers)}>{meter.html}</meter>")
    for scene in scenario.scenes:
        named = {name: getattr(scene, name) for name in ("id", "title", "level", "place", "time", "timeout", "otherwise")}
        clock = {} if scene.clock == 0 else {"clock": scene.clock}
        named |= {name: value for name, value in (("as", scene.you), ("audio", scene.audio)) if value}
        inside = [*map(_needs, scene.needs), *map(_line, scene.lines), *(_choice(choice, between) for choice in scene.choices)]
        pieces.append(_element("scene", inside, between, **named, **clock))
    for ending in scenario.endings:
        named = {name: getattr(ending, name) for name in ("id", "title", "result", "points", "otherwise")}
        pieces.append(_element("ending", [*map(_needs, ending.needs), *map(_line, ending.lines)], between, **named))
    return between + between.join(pieces) + between


def _choice(choice: Choice, between: str) -> str:
    named = {name: getattr(choice, name) for name in ("id", "to", "points", "level")}
    inside = list(map(_needs, choice.needs))
    inside += [f"<{name}>{getattr(choice, name)}</{name}>" for name in ("text", "outcome", "why") if getattr(choice, name)]
    inside += [f"<effect{_attributes(meter=effect.meter, by=effect.by)}/>" for effect in choice.effects]
    inside += [f"<authority{_attributes(ref=slug)}/>" for slug in choice.authorities]
    return _element("choice", inside, between, **named, **({} if choice.offered else {"offered": "no"}))


def _needs(need: Need) -> str:
    bounds = {"at-least": need.at_least, "at-most": need.at_most}
    return f"<needs{'-not' if need.negated else ''}{_attributes(**{need.kind: need.ref} if need.kind else {}, **bounds)}/>"


def _line(line) -> str:
    if isinstance(line, Media):
        inside = f"<transcript>{line.transcript}</transcript>" if line.transcript else ""
        named = {name: getattr(line, name) for name in ("src", "alt", "title", "captions") if getattr(line, name)}
        return f"<{line.kind}{_attributes(**named)}>{inside}</{line.kind}>"
    named = {name: getattr(line, name) for name in ("who", "by", "over", "audio") if getattr(line, name)}
    return f"<say{_attributes(**named)}>{line.html}</say>" if named else line.html


def _person(person: Person, between: str) -> str:
    named = {name: getattr(person, name) for name in ("id", "name", "role", "portrait", "initials")}
    known = {"knows": person.knows, "knows-not": person.knows_not}
    return _element("person", [f"<{tag}>{html}</{tag}>" for tag, html in known.items() if html], between, **named)


def _element(tag: str, inside: list[str], between: str, **named) -> str:
    return f"<{tag}{_attributes(**named)}>{between}{between.join(inside)}{between}</{tag}>"


def _attributes(**named) -> str:
    """What is None is written as no number; what is empty is left out."""
    told = {name: "none" if value is None and name not in ("at-least", "at-most") else value for name, value in named.items()}
    return "".join(f' {name}="{value}"' for name, value in told.items() if value not in ("", None))
