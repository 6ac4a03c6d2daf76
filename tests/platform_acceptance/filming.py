"""A film of the course, watched as the player reports it, stopped and answered by plain forms; and the same still by still.

What is reported must be possible: whoever tells of twelve seconds has to have had them, at double speed. So this waits. Films are
watched side by side, each in the time that it takes.
"""

from __future__ import annotations

import heapq
import json
import re
import time
from collections.abc import Generator, Iterator
from typing import Any
from urllib.parse import urldefrag

from lxml import html

from . import courses, pages
from .outcome import Ledger
from .results import completion, score
from .visitors import Answer, Visitor, handler_address

SPEED = 1.9  # seconds of the film a second: the player offers 2
PART = 60.0  # seconds of the film that are reported at once
STEPS = 400  # presses after which stills that come to no end are given up
STILL, LINE = 1.2, 0.15  # seconds for a still, and for a word of it


class NotWatchedError(Exception):
    """The film did not go as its content says."""


def watch_all(ledger: Ledger, learner: Visitor, blocks: list[Any]) -> None:
    """Watch `blocks` side by side: while one runs, the others go on."""
    waiting = [(0.0, number, watch(ledger, learner, block)) for number, block in enumerate(blocks)]
    while waiting:
        ready, number, film = heapq.heappop(waiting)
        time.sleep(max(0.0, ready - time.monotonic()))
        try:
            heapq.heappush(waiting, (time.monotonic() + next(film), number, film))
        except StopIteration:
            pass
        except NotWatchedError as error:  # the others go on
            ledger.note(f"{courses.usage(blocks[number]).block_id}: the film goes as its content says", False, error)


def watch(ledger: Ledger, learner: Visitor, block: Any) -> Iterator[float]:
    """Watch `block` as a film, rightly; then once more, wrongly, which takes nothing away.

    Gives, each time, for how many seconds it runs before anything can be said of it.
    """
    usage, name = courses.usage(block), courses.usage(block).block_id
    video, page = _content(block), learner.unit(usage)
    secrets = [text for text in _kept_back(video) if _squeezed(text) in _squeezed(page.text)]
    ledger.same(f"{name}: before an answer nothing tells what follows it", secrets, [], f"{len(video.moments)} moments")
    bare = learner.ask("post", handler_address(usage, "watch"), data={"spans": "[]"})
    ledger.same(f"{name}: a report without the site's token is refused", bare.status, 403)
    early = _report(learner, usage, [(0.0, video.film.seconds)], video.film.seconds)
    ledger.same(f"{name}: more than can have been watched is not counted", early.status, 409 if video.film.seconds > 5 else 200)
    began, costs = time.monotonic(), []
    _report(learner, usage, [], 0.0)
    at = 0.0
    for moment in video.moments:
        yield from _watched(learner, usage, at, moment.at)
        at = moment.at
        answered = yield from _decide(learner, usage, moment)
        costs.append((answered.queries, answered.seconds))
    ledger.note(
        f"{name}: what an answer costs", True, ", ".join(f"{asked} SQL, {1000 * took:.0f} ms" for asked, took in costs[:2])
    )
    yield from _watched(learner, usage, at, video.film.seconds)
    seconds = f"{video.film.seconds:.0f} s of film in {time.monotonic() - began:.0f} s"
    wanted = (1.0 if video.possible else None, 1.0)
    found = (score(learner, usage) if video.possible else None, completion(learner, usage))
    ledger.same(f"{name}: watched and decided, it gives all points and completes", found, wanted, seconds)
    for moment in video.moments:
        _wrongly(learner, usage, moment)
    ledger.same(f"{name}: a weaker answer afterwards does not lower the grade", score(learner, usage), wanted[0])
    shown = learner.unit(usage)
    ledger.note(f"{name}: what was answered is there after a reload", "is-answered" in shown.text and not shown.faults)
    _file(ledger, learner, name, shown)


def by_stills(ledger: Ledger, learner: Visitor, block: Any) -> None:
    """Read `block` still by still, answer wrongly, and let each situation run out: complete, and without points."""
    usage, name = courses.usage(block), courses.usage(block).block_id
    video = _content(block)
    count = turned_over(learner, usage, video)
    ledger.same(f"{name}: still by still one comes to its end", count, len(video.stills), f"{len(video.stills)} stills")
    found = (score(learner, usage), completion(learner, usage))
    ledger.same(f"{name}: wrong answers complete it, and give no point", found, (0.0, 1.0))


def turned_over(learner: Visitor, usage: Any, video: Any) -> int:
    """The stills of `video` from the first to the last, every question answered wrongly once. Gives how many were turned over."""
    page = learner.unit(usage)
    page = _sound(learner.send(page, "change_mode", only=_to_stills(page), mode="stills"))
    count = 0
    for _press in range(STEPS):
        if (question := _form_of(page, "answer", _is_open)) is not None:
            wrong = {each.id for moment in video.moments for each in getattr(moment, "choices", ()) if not each.correct}
            choice = next(value for value in question.choices["choice"] if value in wrong)
            page = _sound(learner.send(page, "answer", only=question, choice=choice))
            continue
        time.sleep(STILL + LINE * len(_caption(page).split()))
        onward = max((form for form in pages.forms(page.text) if form.handler == "turn_still"), key=_number, default=None)
        if onward is None or _number(onward) <= count:
            break
        count = _number(onward)
        page = _sound(learner.send(page, "turn_still", only=onward, to=str(count)))
    return count


def _is_open(form: pages.Form) -> bool:
    """Whether a question waits for its first answer: those after it are for practice."""
    return "choice" in form.choices and dict(form.fields).get("attempt") == "0"


def _decide(learner: Visitor, usage: Any, moment: Any) -> Generator[float, None, Answer]:
    """The best answer to `moment`."""
    if hasattr(moment, "choices"):
        page = learner.unit(usage)
        right = [choice.id for choice in moment.choices if choice.correct]
        return _sound(learner.send(page, "answer", only=_form_for(page, moment), choice=right if moment.multiple else right[0]))
    _report(learner, usage, [], moment.at, tape=moment.id)
    began = moment.at
    for window in moment.windows:
        if window.points == max(each.points for each in moment.windows):
            at = (began + window.until) / 2
            break
        began = window.until
    yield (at - moment.at) / SPEED
    page = learner.unit(usage)
    way = max(moment.ways, key=lambda each: each.points).id
    return _sound(learner.send(page, "answer", only=_form_for(page, moment), way=way, at=f"{at:.1f}"))


def _wrongly(learner: Visitor, usage: Any, moment: Any) -> None:
    """A weak answer, for practice."""
    if hasattr(moment, "choices"):
        page = learner.unit(usage)
        wrong = next(choice.id for choice in moment.choices if not choice.correct)
        _sound(learner.send(page, "answer", only=_form_for(page, moment), choice=wrong))


def _watched(learner: Visitor, usage: Any, start: float, end: float) -> Iterator[float]:
    """Have the time that the film takes from `start` to `end`, and report it in parts."""
    while start < end:
        until = min(end, start + PART)
        yield (until - start) / SPEED
        answer = _report(learner, usage, [(start, until)], until)
        if answer.status != 200:
            raise NotWatchedError(f"{start} to {until}: HTTP {answer.status} {answer.text[:200]}")
        start = until


def _report(learner: Visitor, usage: Any, spans: list[tuple[float, float]], position: float, tape: str = "") -> Answer:
    fields = {"spans": json.dumps(spans), "position": str(position), "tape": tape}
    return learner.post_form(handler_address(usage, "watch"), fields)


def _file(ledger: Ledger, learner: Visitor, name: str, page: Answer) -> None:
    """The file itself: its type, and a part of it, as players ask."""
    found = re.search(r'<video[^>]* src="([^"]+)"', page.text)
    address = found[1] if found else ""
    whole, part = learner.get(address), learner.ask("get", address, HTTP_RANGE="bytes=100-199")
    kind = whole.headers.get("Content-Type", "")
    ledger.same(
        f"{name}: the file of the film is sent as a film", (whole.status, kind), (200, "video/mp4"), f"{len(whole.body)} bytes"
    )
    ledger.same(f"{name}: and in parts", (part.status, part.body), (206, whole.body[100:200]))
    texts = re.findall(r'<track[^>]* src="([^"]+)"', page.text)
    told = [learner.get(each) for each in texts]
    ledger.same(f"{name}: its captions are sent as captions", [each.headers.get("Content-Type", "")[:8] for each in told],
                ["text/vtt"] * len(texts), f"{len(texts)} files")  # fmt: skip


def _form_for(page: Answer, moment: Any) -> pages.Form:
    form = _form_of(page, "answer", lambda form: dict(form.fields).get("moment") == moment.id)
    if form is None:
        raise NotWatchedError(f"{page.address} has no form for {moment.id}")
    return form


def _form_of(page: Answer, handler: str, is_it: Any) -> pages.Form | None:
    return next((form for form in pages.forms(page.text) if form.handler == handler and is_it(form)), None)


def _to_stills(page: Answer) -> pages.Form | None:
    return _form_of(page, "change_mode", lambda form: dict(form.fields).get("mode") == "stills")


def _number(form: pages.Form) -> int:
    return int(form.choices["to"][0])


def _caption(page: Answer) -> str:
    return " ".join(node.text_content() for node in html.fromstring(page.text).iter("figcaption"))


def _content(block: Any) -> Any:
    from dti_xblocks.video import olx

    video, _problems = olx.examine(block.content)
    return video


def _kept_back(video: Any) -> list[str]:
    """What nobody may know before they have answered."""
    from dti_xblocks.activity.model import plain

    found = []
    for moment in video.moments:
        parts = [*getattr(moment, "choices", ()), *getattr(moment, "windows", ()), *getattr(moment, "ways", ())]
        parts += [moment.never] if hasattr(moment, "never") else []
        found += [plain(text) for part in parts for text in (part.feedback, getattr(part, "followed", "")) if text]
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _sound(answer: Answer) -> Answer:
    if answer.status != 200 or answer.faults:
        raise NotWatchedError(f"{urldefrag(answer.address)[0]}: HTTP {answer.status} {answer.faults}")
    return answer
