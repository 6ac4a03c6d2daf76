"""Activities, done by their plain forms: wrongly where there is right and wrong, then rightly; words written, kept, removed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urldefrag

from lxml import html

from . import courses, pages
from .outcome import Ledger
from .results import completion, score
from .visitors import Answer, Visitor, handler_address

PRIVATE = {"note of an activity": "PRIVATE-REFLECTION-KESTREL", "words to say": "PRIVATE-WORDS-KESTREL",
           "plan": "PRIVATE-PLAN-KESTREL"}  # fmt: skip
CARD = re.compile(r"-card-(\d+)$")
STEPS = 60  # presses after which what is done card by card is given up
Placing = dict[str, str]


class NotDoneError(Exception):
    """The activity did not go as its content says."""


def do_all(ledger: Ledger, learner: Visitor, blocks: list[Any]) -> None:
    """Every activity of the course, in its order."""
    early: dict[str, list[str]] = {}
    for block in blocks:
        usage = courses.usage(block)
        activity, opening = _content(block), learner.unit(usage)
        if told := [text for text in _kept_back(activity) if _squeezed(text) in _squeezed(_text(opening.text))]:
            early[usage.block_id] = told
        through(ledger, learner, usage, activity, opening)
        ledger.same(f"{usage.block_id} ({activity.kind}): done, it is complete", completion(learner, usage), 1.0)
        if block.weight and block.graded_tries > 1:
            if activity.kind == "spot":
                second_round(learner, usage, activity)
            best = f"the best of {block.graded_tries} tries gives all points"
            ledger.same(f"{usage.block_id} ({activity.kind}): {best}", score(learner, usage), 1.0)
    ledger.same("before a try no activity tells what comes after it", early, {}, f"{len(blocks)} activities")
    scored = {courses.usage(block).block_id: score(learner, courses.usage(block)) for block in blocks if block.weight}
    ledger.note(
        "those with points have a score, and no more than all", all(0 < (one or 0) <= 1 for one in scored.values()), scored
    )
    _again(ledger, learner, blocks)
    _words(ledger, learner, blocks)


def through(ledger: Ledger, learner: Visitor, usage: Any, activity: Any, opening: Answer) -> None:
    """One activity from its `opening` page to its end, by the way of its kind."""
    _WAYS[activity.kind](ledger, learner, usage, activity, opening)


def second_round(learner: Visitor, usage: Any, activity: Any) -> Answer:
    """Begin anew, and find every sign and nothing else: where each card is a step, a round of all is one try."""
    page = _sound(learner.send(learner.unit(usage), "again"))
    for card in (card for card in activity.cards if card.sign):
        page = _sound(learner.send(page, "answer", card=_button(page, card.text)))
    return page


def give_up(ledger: Ledger, learner: Visitor, block: Any) -> None:
    """Somebody tries twice and asks for the answers, which complete the activity and give no point."""
    usage, activity = courses.usage(block), _content(block)
    page = learner.unit(usage)
    for _try in (1, 2):
        page = learner.send(page, "answer", **_placing(activity, page, wrong=True))
    page = learner.send(page, "show_answers")
    shown = all(_squeezed(_plain(card.why)) in _squeezed(_text(page.text)) for card in activity.cards)
    ledger.note(f"{usage.block_id}: after two tries the answers are shown", page.status == 200 and shown)
    ledger.same(f"{usage.block_id}: that completes it", completion(learner, usage), 1.0)


# -- the kinds -----------------------------------------------------------------------------------------------------------


def _judged(ledger: Ledger, learner: Visitor, usage: Any, activity: Any, page: Answer) -> None:
    """Sort, match, order: one wrong try, of which the page says what is wrong, then the right one."""
    tried = learner.send(page, "answer", **_placing(activity, page, wrong=True))
    _sound(tried)
    if not _placing(activity, tried):
        raise NotDoneError(f"{usage.block_id}: a wrong try was taken for the right one")
    _sound(learner.send(tried, "answer", **_placing(activity, tried)))


def _turned(ledger: Ledger, learner: Visitor, usage: Any, activity: Any, page: Answer) -> None:
    for _press in range(STEPS):
        left = form.choices.get("card", []) if (form := pages.form(page.text, "answer")) else []
        if not left:
            break
        page = _sound(learner.send(page, "answer", card=left[0]))
    told = _squeezed(_text(page.text))
    if lost := [card.id for card in activity.cards if _squeezed(_plain(card.back)) not in told]:
        raise NotDoneError(f"{usage.block_id}: turned over, these do not show their back: {lost}")


def _spotted(ledger: Ledger, learner: Visitor, usage: Any, activity: Any, page: Answer) -> None:
    """One thing that is no sign, one sign in the picture, the rest in the list."""
    for card in (card for card in activity.cards if not card.sign):
        page = _sound(learner.send(page, "answer", card=_button(page, card.text)))
    first, *others = [card for card in activity.cards if card.sign]
    form = pages.form(page.text, "answer")
    point = {"x": f"{first.area.x + 1}", "y": f"{first.area.y + 1}"}
    pressed = learner.post_form(urldefrag(form.action)[0], {**dict(form.fields), **point})
    ledger.note(
        f"{usage.block_id}: a sign is found in the picture", pressed.status == 200 and _plain(first.why) in _told(pressed)
    )
    page = learner.unit(usage)
    for card in others:
        page = _sound(learner.send(page, "answer", card=_button(page, card.text)))


def _reflected(ledger: Ledger, learner: Visitor, usage: Any, activity: Any, page: Answer) -> None:
    _sound(learner.send(page, "write", text=PRIVATE["note of an activity"]))


def _said(ledger: Ledger, learner: Visitor, usage: Any, activity: Any, page: Answer) -> None:
    compared = _sound(learner.send(page, "write", text="Something else."))
    told = _squeezed(_text(compared.text))
    shown = all(_squeezed(_plain(card.text)) in told for card in activity.cards)
    ledger.note(f"{usage.block_id}: once something is said, words that one could use are shown", shown)
    _sound(learner.send(compared, "write", text=PRIVATE["words to say"], keep="yes"))


def _planned(ledger: Ledger, learner: Visitor, usage: Any, activity: Any, page: Answer) -> None:
    _sound(learner.send(page, "write", **{"if": "somebody goes quiet", "then": PRIVATE["plan"]}))


_WAYS: dict[str, Callable[[Ledger, Visitor, Any, Any, Answer], None]] = {
    "sort": _judged, "match": _judged, "order": _judged, "flip": _turned, "spot": _spotted,
    "reflect": _reflected, "say": _said, "plan": _planned,
}  # fmt: skip


# -- afterwards ----------------------------------------------------------------------------------------------------------


def _again(ledger: Ledger, learner: Visitor, blocks: list[Any]) -> None:
    """Another round takes nothing away."""
    block = next(block for block in blocks if block.activity == "sort")
    usage = courses.usage(block)
    page = _sound(learner.send(learner.unit(usage), "again"))
    open_ = pages.form(page.text, "answer")
    ledger.note("another round begins anew", open_ is not None and "card-1" in open_.names)
    ledger.same("and what was done stays complete", completion(learner, usage), 1.0)


def _words(ledger: Ledger, learner: Visitor, blocks: list[Any]) -> None:
    """A plan comes back where the course asks for it; all words as a file; removed, they are gone."""
    for block in (block for block in blocks if block.earlier):
        page = learner.unit(courses.usage(block))
        ledger.note(f"{courses.usage(block).block_id}: the plan made before is shown", PRIVATE["plan"] in page.text)
    file = learner.get(handler_address(courses.usage(blocks[0]), "own_words_markdown"))
    kinds = {block.activity for block in blocks}
    wanted = [word for kind, word in zip(("reflect", "say", "plan"), PRIVATE.values(), strict=True) if kind in kinds]
    ledger.same("all of one's own words as a file", [word for word in wanted if word not in file.text], [], f"HTTP {file.status}")
    for block in (block for block in blocks if block.activity == "reflect"):
        usage = courses.usage(block)
        gone = learner.send(learner.unit(usage), "forget")
        kept = PRIVATE["note of an activity"] in learner.unit(usage).text
        ledger.same(
            f"{usage.block_id}: removed, a note is gone", (gone.status, kept, completion(learner, usage)), (200, False, 1.0)
        )


# -- reading a page --------------------------------------------------------------------------------------------------------


def _placing(activity: Any, page: Answer, *, wrong: bool = False) -> Placing:
    """The form of a try: name of a field -> its value; with `wrong` every card lies one place too far."""
    form = pages.form(page.text, "answer")
    root = html.fromstring(page.text)
    shown = {found[1]: _squeezed(node.text_content()) for node in root.iter("*") if (found := CARD.search(node.get("id", "")))}
    if activity.kind == "order":
        numbers = {_squeezed(_plain(card.text)): number for number, card in enumerate(activity.cards)}
        return {f"card-{place}": str((numbers[text] + wrong) % len(numbers) + 1) for place, text in shown.items()}
    targets = {_squeezed(_name(node)): node.get("data-dti-target") for node in root.iter() if node.get("data-dti-target")}
    groups = {group.id: group.name for group in activity.groups}
    pairs = [(card.text, groups[card.group]) if card.group else (card.back, card.text) for card in activity.cards]
    wanted = {_squeezed(_plain(card)): targets[_squeezed(_plain(place))] for card, place in pairs}
    order = sorted(targets.values(), key=int)
    further = {number: order[(index + wrong) % len(order)] for index, number in enumerate(order)}
    return {f"card-{place}": further[wanted[text]] for place, text in shown.items() if f"card-{place}" in form.names}


def _name(target: html.HtmlElement) -> str:
    return next(node.text_content() for node in target.iter() if node.get("data-dti-name") is not None)


def _button(page: Answer, text: str) -> str:
    buttons = [node for node in html.fromstring(page.text).iter("button") if node.get("name") == "card"]
    return next(node.get("value") for node in buttons if _squeezed(node.text_content()) == _squeezed(_plain(text)))


def _content(block: Any) -> Any:
    from dti_xblocks.activity import olx

    return olx.read(block.content, block.activity)


def _kept_back(activity: Any) -> list[str]:
    """The texts that nobody may see before they have done something."""
    cards = {"flip": lambda card: [card.back], "say": lambda card: [card.text, card.why], "plan": lambda card: []}
    texts = [text for card in activity.cards for text in cards.get(activity.kind, lambda card: [card.why])(card)]
    return [_plain(text) for text in [*texts, activity.after] if text]


def _plain(prose: str) -> str:
    from dti_xblocks.activity.model import plain

    return plain(prose)


def _text(page: str) -> str:
    return str(html.fromstring(page).text_content())


def _told(answer: Answer) -> str:
    return _text(answer.json["html"])


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _sound(answer: Answer) -> Answer:
    if answer.status != 200 or answer.faults:
        raise NotDoneError(f"{answer.address}: HTTP {answer.status} {answer.faults}")
    return answer
