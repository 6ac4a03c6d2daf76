"""Whether an activity is sound. Codes are permanent. What is in `STOPPING` keeps learners from doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from ..content import ATTRIBUTE, ELEMENT, REPEATED, TEXT, VALUE, WARNING, Finding, Problem, Rulebook, pattern, sentence
from .model import FLIP, ID, KINDS, MATCH, ORDER, PLAN, REFLECT, SAY, SORT, SPOT, Activity, Card, plain

RULES: Rulebook[[Activity]] = Rulebook()
UNREADABLE = "AC000"
STOPPING = frozenset({UNREADABLE, "AC002", "AC003", "AC004", "AC005", "AC006", "AC007", "AC008", "AC010", "AC013", "AC014"})
FEWEST = {SORT: 2, ORDER: 2, MATCH: 2, SPOT: 1, FLIP: 1, REFLECT: 0, SAY: 1, PLAN: 0}
MOST = 30
JUDGED = (SORT, ORDER, MATCH, SPOT)


def unreadable(reason: str) -> Problem:
    """The problem of content that is no well-formed XML."""
    return Problem(UNREADABLE, "activity", sentence("The activity cannot be read: {reason}", reason=reason))


def check(activity: Activity) -> list[Problem]:
    """Every problem of `activity`, in the order of its lines."""
    return RULES.problems(activity)


def check_earlier(earlier: str, plans: Collection[str]) -> list[Problem]:
    """The problem of a plan to come back to that is none of `plans`, the url_names of the course's activities of that kind."""
    if not earlier or earlier in plans:
        return []
    message = sentence(
        "There is no plan “{earlier}” in this course. Name the activity (my plan) that is to be shown again, or none.",
        earlier=earlier,
    )
    return [Problem("AC021", "earlier", message)]


def stopping(problems: list[Problem]) -> list[Problem]:
    """Those of `problems` with which learners cannot do the activity."""
    return [problem for problem in problems if problem.code in STOPPING]


def _of(card: Card) -> str:
    return f"card {card.id}".strip()


@RULES.rule("AC001", WARNING)
def no_task(activity: Activity) -> Iterator[Finding]:
    """Nothing says what is to be done."""
    if not plain(activity.task):
        yield "task", sentence("Nothing says what is to be done. Write it in a <task>."), 0


@RULES.rule("AC002")
def number_of_cards(activity: Activity) -> Iterator[Finding]:
    """Too few cards for the kind, or more than anybody can keep in view."""
    fewest, number = FEWEST.get(activity.kind, 0), len(activity.cards)
    if number < fewest:
        yield (
            "activity",
            sentence(
                "An activity of this kind needs {fewest} cards or more; there are {number}. Add a <card>.",
                fewest=fewest,
                number=number,
            ),
            0,
        )
    if number > MOST:
        yield (
            "activity",
            sentence(
                "There are {number} cards; at most {most} can be used. Make two activities of it.", number=number, most=MOST
            ),
            0,
        )


@RULES.rule("AC003")
def card_without_text(activity: Activity) -> Iterator[Finding]:
    """A card on which nothing is written."""
    for card in activity.cards:
        if not plain(card.text):
            yield _of(card), sentence("Nothing is written on this card. Write its <text>."), card.line


@RULES.rule("AC004")
def card_without_back(activity: Activity) -> Iterator[Finding]:
    """A card to turn over without another side, or one to match without its partner."""
    if activity.kind in (FLIP, MATCH):
        for card in activity.cards:
            if not plain(card.back):
                yield _of(card), sentence("This card has no other side. Write its <back>."), card.line


@RULES.rule("AC005")
def group_of_card(activity: Activity) -> Iterator[Finding]:
    """A card that belongs to no group that exists: nobody could place it rightly."""
    known = {group.id for group in activity.groups}
    if activity.kind == SORT:
        for card in activity.cards:
            if card.group not in known:
                message = sentence(
                    "The group “{group}” does not exist. Name one of: {names}.",
                    group=card.group,
                    names=", ".join(sorted(known)) or "none yet",
                )
                yield _of(card), message, card.line


@RULES.rule("AC006")
def groups_to_sort_into(activity: Activity) -> Iterator[Finding]:
    """Fewer than two groups to sort into, or one without a name."""
    if activity.kind != SORT:
        return
    if len(activity.groups) < 2:
        yield "activity", sentence("Cards are sorted into two groups or more. Add a <group>."), 0
    for group in activity.groups:
        if not group.name:
            yield f"group {group.id}".strip(), sentence("This group has no name. Write it between its tags."), group.line


@RULES.rule("AC007")
def ids(activity: Activity) -> Iterator[Finding]:
    """An id that is missing, not usable, or there twice: what learners did is kept under it."""
    for tag, parts in (("card", activity.cards), ("group", activity.groups)):
        counts = Counter(part.id for part in parts)
        seen: set[str] = set()
        for part in parts:
            where = f"{tag} {part.id}".strip()
            if not ID.fullmatch(part.id):
                yield where, sentence("Give it an id of lower-case letters, digits and hyphens, at most 50."), part.line
            elif counts[part.id] > 1 and part.id in seen:
                yield (
                    where,
                    sentence("The id “{id}” is there {counts} times. Give each its own.", id=part.id, counts=counts[part.id]),
                    part.line,
                )
            seen.add(part.id)


@RULES.rule("AC008")
def known_kind(activity: Activity) -> Iterator[Finding]:
    """A kind of activity that does not exist."""
    if activity.kind not in KINDS:
        yield (
            "activity",
            sentence("There is no activity “{kind}”. It is one of: {names}.", kind=activity.kind, names=", ".join(KINDS)),
            0,
        )


@RULES.rule("AC009", WARNING)
def no_feedback(activity: Activity) -> Iterator[Finding]:
    """A card about which learners are told nothing after a try."""
    if activity.kind in JUDGED:
        for card in activity.cards:
            if not plain(card.why):
                yield _of(card), sentence("Nothing is said about this card after a try. Write its <why>."), card.line


@RULES.rule("AC010")
def picture_to_look_at(activity: Activity) -> Iterator[Finding]:
    """A picture without an address of the course's files, or without words for who cannot see it."""
    picture = activity.picture
    if activity.kind == SPOT and picture is not None:
        if not picture.src.startswith("/static/") or len(picture.src) <= len("/static/"):
            yield (
                "picture",
                sentence('The picture needs the address of a file of the course: src="/static/name.png".'),
                picture.line,
            )
        if not picture.alt:
            yield "picture", sentence("Say in words what the picture shows (alt), without what is to be found."), picture.line


@RULES.rule("AC011", WARNING)
def no_picture(activity: Activity) -> Iterator[Finding]:
    """Something to spot without a picture: learners get the list alone."""
    if activity.kind == SPOT and activity.picture is None:
        yield "activity", sentence("There is no picture to look at. Add a <picture>; without it learners get the list alone."), 0


@RULES.rule("AC012", WARNING)
def nothing_to_tell_apart(activity: Activity) -> Iterator[Finding]:
    """All that is listed is to be found, or a group stays empty: whoever takes everything is right."""
    if activity.kind == SPOT and activity.cards and all(card.sign for card in activity.cards):
        yield (
            "activity",
            sentence('Everything listed is to be found. Add what is not (sign="false"), so that there is something to see.'),
            0,
        )
    if activity.kind == SORT:
        for group in activity.groups:
            if not any(card.group == group.id for card in activity.cards):
                yield f"group {group.id}".strip(), sentence("No card belongs into this group."), group.line


@RULES.rule("AC013")
def area_in_picture(activity: Activity) -> Iterator[Finding]:
    """An area that cannot be read or lies outside of the picture; or nothing that is to be found."""
    if activity.kind != SPOT:
        return
    for card in activity.cards:
        if card.area_given and (card.area is None or not card.area.inside):
            message = sentence(
                "The area “{area_given}” is none: four numbers in percent, x y width height, within the picture.",
                area_given=card.area_given,
            )
            yield _of(card), message, card.line
    if activity.cards and not any(card.sign for card in activity.cards):
        yield "activity", sentence('Nothing listed is to be found. At least one card must be (without sign="false").'), 0


@RULES.rule("AC014")
def partners_alike(activity: Activity) -> Iterator[Finding]:
    """Two partners that read the same: nobody can tell which is whose."""
    if activity.kind == MATCH:
        first: dict[str, Card] = {}
        for card in activity.cards:
            said = plain(card.back)
            if said and said in first:
                yield (
                    _of(card),
                    sentence("Its partner reads the same as that of “{id}”. Make them different.", id=first[said].id),
                    card.line,
                )
            first.setdefault(said, card)


@RULES.rule("AC015", WARNING)
def part_without_use(activity: Activity) -> Iterator[Finding]:
    """A part that this kind of activity makes nothing of."""
    if activity.groups and activity.kind != SORT:
        yield (
            "activity",
            sentence("Only an activity that sorts has groups. Remove them, or change the kind."),
            activity.groups[0].line,
        )
    if activity.picture and activity.kind != SPOT:
        yield "picture", sentence("Only “spot” shows a picture. Remove it, or change the kind."), activity.picture.line
    if activity.cards and activity.kind == REFLECT:
        yield "activity", sentence("A note of one's own has no cards. Remove them, or change the kind."), activity.cards[0].line


@RULES.rule("AC016")
def unknown_element(activity: Activity) -> Iterator[Finding]:
    """An element that has no meaning where it stands."""
    return _strays(activity, ELEMENT, pattern("The element <{name}> is not known here. Remove it or correct its name."))


@RULES.rule("AC017", WARNING)
def unknown_attribute(activity: Activity) -> Iterator[Finding]:
    """An attribute that has no meaning."""
    return _strays(activity, ATTRIBUTE, pattern("The attribute {name} is not known here and has no effect. Remove it."))


@RULES.rule("AC018")
def loose_text(activity: Activity) -> Iterator[Finding]:
    """Words outside of the elements, which nobody sees."""
    return _strays(
        activity, TEXT, pattern("The text “{name}” stands outside of any element and is not shown. Move it or remove it.")
    )


@RULES.rule("AC019")
def repeated_part(activity: Activity) -> Iterator[Finding]:
    """A part that can be there once only: the others are not shown."""
    return _strays(activity, REPEATED, pattern("There is more than one <{name}>. Keep one; the others are not shown."))


@RULES.rule("AC020")
def unreadable_value(activity: Activity) -> Iterator[Finding]:
    """A value that is neither true nor false."""
    return _strays(activity, VALUE, pattern("{name} is neither true nor false. Correct it."))


def _strays(activity: Activity, kind: str, message: str) -> Iterator[Finding]:
    for stray in activity.strays:
        if stray.kind == kind:
            yield stray.where or "activity", sentence(message, name=stray.name), stray.line
