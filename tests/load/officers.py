"""Officers at work: each plays, marks, watches, plans, orders a packet, signs and reviews, in an order of their own.

An officer's script does what ours does in a browser: a request without an answer, or with one that says "later", is sent again as it was.
What was answered goes into the ledger, one JSON line each: [officer, what, facts]. What was refused for a reason goes there too.
"""

from __future__ import annotations

import http.client
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import lxml.html

from .crowd import FIRST_ID, name_of

TOKEN = "load" * 8  # Django takes any 32 letters that the cookie and the header have in common
WAIT = (0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8, 8, 8)  # seconds before another try of the same request
LATER = (429, 500, 502, 503, 504)
UNITS = {"play": "m03-scenario-u1", "mark": "m02-download-u1", "watch": "m01-welcome-u1", "plan": "m07-barriers-u5",
         "sort": "m01-professionalism-u2", "sign": "m09-pledge-item-u1", "review": "m09-review-item-u1"}  # fmt: skip
MARKED = "graham-v-connor"


class GaveUpError(Exception):
    """A request had no answer at all, however often it was sent."""


class RefusedError(Exception):
    """The server said no, and why."""


class Line:
    """The connection of one officer. `counts` has how many requests ended how, `times` what each took (seconds)."""

    def __init__(self, port: int, officer: int, ended: Callable[[], bool]):
        self.port, self.officer, self.ended = port, officer, ended
        self.counts: Counter[str] = Counter()
        self.times: list[float] = []
        self.connection: http.client.HTTPConnection | None = None

    def ask(self, path: str, form: list[tuple[str, str]] | None = None) -> str:
        """The answer's text: a page, or the new screen of a block. Sent again until there is one."""
        for wait in (0, *WAIT):
            if wait and self.ended():
                break
            time.sleep(wait * random.uniform(0.5, 1.0))
            began = time.perf_counter()
            try:
                status, body = self._once(path, form)
            except (OSError, http.client.HTTPException):
                self.hang_up()
                self.counts["no answer"] += 1
                continue
            self.times.append(time.perf_counter() - began)
            self.counts[str(status)] += 1
            if status in LATER:
                continue
            if status >= 400:
                raise RefusedError(f"{status} {path.rpartition('/')[2]}: {body[:300]}")
            return json.loads(body)["html"] if form is not None else body
        raise GaveUpError(path)

    def _once(self, path: str, form) -> tuple[int, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Cookie": f"dti_preview_person=officer{self.officer}; csrftoken={TOKEN}",
            "Accept": "application/json" if form is not None else "text/html",
        }
        if form is None:
            self.connection.request("GET", path, headers=headers)
        else:
            headers |= {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
            self.connection.request("POST", path.partition("#")[0], urlencode(form), headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()

    def hang_up(self) -> None:
        """Close the connection; the next request makes another."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Officer:
    """One person. `work` gives after each answered act, so that whoever runs it may wait or stop there."""

    def __init__(self, number: int, line: Line, ledger: Path, seed: int = 0):
        self.number, self.line = number, line
        self.dice = random.Random(f"{seed}-{number}")
        self.ledger = ledger.open("a", encoding="utf-8")

    def note(self, what: str, *facts) -> None:
        """Write down what was answered, at once: this program may be killed as well."""
        self.ledger.write(json.dumps([FIRST_ID + self.number, what, *facts]) + "\n")
        self.ledger.flush()

    def work(self, leaves: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """All that the officer does in the course, or as much of it until, after something, the officer `leaves`."""
        acts = [self.play, self.mark, self.watch, self.plan, self.sort, self.review, self.sign]
        self.dice.shuffle(acts)
        for act in acts:
            try:
                yield from act()
            except RefusedError as refusal:
                self.note("refused", act.__name__, str(refusal))
            except GaveUpError as error:
                self.note("gave up", act.__name__, str(error))
            if leaves():
                return

    # -- acts ----------------------------------------------------------------------------------------------------------

    def play(self) -> Iterator[None]:
        """A run of the scenario, at random. The position of each decision is the number of entries before it."""
        screen = self._unit("play")
        screen = self._send(screen, "begin", pace="1")
        while True:
            for handler in ("go_on", "enter", "choose"):
                if _form(screen, handler) is not None:
                    break
            else:
                return
            fields = dict(_fields(_form(screen, handler)))
            if handler == "choose":
                choice = self.dice.choice(_choices(screen))
                screen = self._send(screen, handler, choice=choice)
                self.note("decision", int(fields["attempt"]), int(fields["step"]), fields["scene"], choice)
            else:
                screen = self._send(screen, handler)
            yield

    def mark(self) -> Iterator[None]:
        """Notes in a case, and a packet that a worker makes."""
        base = self._base("mark", "dti_case_law")
        for number in range(3):
            key = f"{self.dice.getrandbits(48):012x}"
            note = f"Officer {self.number}, note {number}"
            form = [("ref", MARKED), ("passage", f"facts:0:{number * 6}:{number * 6 + 5}"), ("key", key), ("note", note)]
            self.line.ask(f"{base}mark_add", form)
            self.note("mark", key, note)
            yield
        if self.number % 40 == 0:
            self.line.ask(f"{base}packet_make", [("which", "chosen"), ("refs", MARKED), ("personal", "1")])
            self.note("packet")
            yield

    def watch(self) -> Iterator[None]:
        """Some seconds of a film, as they pass."""
        base = self._base("watch", "dti_video")
        self.line.ask(f"{base}watch", [("position", "0"), ("spans", "[]")])
        began, seen = time.monotonic(), 0.0
        for _report in range(3):
            yield
            time.sleep(1)  # of the film
            now = min(time.monotonic() - began, seen + 8)
            if now - seen < 0.5:
                continue
            self.line.ask(f"{base}watch", [("position", f"{now:.1f}"), ("spans", json.dumps([[round(seen, 1), round(now, 1)]]))])
            self.note("watched", round(seen, 1), round(now, 1))
            seen = now

    def plan(self) -> Iterator[None]:
        """A plan in one's own words, changed once."""
        screen = self._unit("plan")
        for number in range(2):
            words = f"If I see it, number {number}, officer {self.number}"
            filled = dict.fromkeys(_texts(_form(screen, "write")), words)
            screen = self._send(screen, "write", **filled)
            self.note("plan", sorted(filled.values()))
            yield

    def sort(self) -> Iterator[None]:
        """The cards of an activity, anywhere."""
        screen = self._unit("sort")
        form = _form(screen, "answer", "dti_activity")
        filled = {each.name: self.dice.choice([one for one in each.value_options if one]) for each in form.iter("select")}
        self._send(screen, "answer", "dti_activity", **filled)
        self.note("sorted", filled)
        yield

    def sign(self) -> Iterator[None]:
        """The pledge, from reading to the signature."""
        screen = self._unit("sign")
        if _form(screen, "read_to_end") is not None:
            screen = self._send(screen, "read_to_end", seconds="30")
            yield
        screen = self._send(screen, "agree", consent="yes")
        yield
        form = _form(screen, "sign")
        affirmed = [("affirm", each.get("value")) for each in form.iter("input") if each.name == "affirm"]
        answers = {each.name: "Test Agency" for each in form.iter("input") if (each.name or "").startswith("answer-")}
        self._send(screen, "sign", None, affirmed, name=name_of(self.number), **answers)
        self.note("signed", name_of(self.number))
        yield

    def review(self) -> Iterator[None]:
        """A review, changed once."""
        screen = self._unit("review")
        for number in range(2):
            text = f"Review {number} of officer {self.number}"
            form = _form(screen, "submit")
            if form is None:
                return  # the author wants more of the course to be done before
            screen = self._send(screen, "submit", stars=str(self.dice.randint(1, 5)), text=text)
            self.note("review", text)
            yield

    # -- forms ---------------------------------------------------------------------------------------------------------

    def _unit(self, act: str) -> str:
        return self.line.ask(f"/unit/{UNITS[act]}")

    def _base(self, act: str, kind: str) -> str:
        """The address of the handlers of the block of that kind in the act's unit."""
        page = lxml.html.fromstring(self._unit(act))
        block = page.xpath(f"//*[contains(@data-usage, 'type@{kind}+')]")[0]
        return block.get("data-handler-prefix").rstrip("/") + "/"

    def _send(self, screen: str, handler: str, kind: str | None = None, more=(), **fields: str) -> str:
        form = _form(screen, handler, kind or "")
        if form is None:
            raise RefusedError(f"the page has no form to {handler}")
        filled = [(name, value) for name, value in _fields(form) if name not in fields]
        return self.line.ask(form.action, [*filled, *fields.items(), *more])


def _form(screen: str, handler: str, kind: str = ""):
    """The first form of the handler, or None."""
    for form in lxml.html.fromstring(screen or "<p></p>").forms:
        action = (form.action or "").partition("#")[0]
        if action.rpartition("/")[2] == handler and kind in action:
            return form
    return None


def _fields(form) -> list[tuple[str, str]]:
    """The hidden fields, but for Django's token."""
    return [
        (one.name, one.get("value", ""))
        for one in form.iter("input")
        if one.get("type") == "hidden" and one.name and "csrf" not in one.name
    ]


def _choices(screen: str) -> list[str]:
    """The choices of the scene."""
    found = lxml.html.fromstring(screen).xpath("//*[@name='choice'][string(@value)]")
    return [one.get("value") for one in found]


def _texts(form) -> list[str]:
    """The names of what can be written in."""
    return [one.name for one in form.iter("textarea", "input") if one.tag == "textarea" or one.get("type") == "text"]
