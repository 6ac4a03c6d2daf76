"""What scenarios cost, for `make bench`: playing the shipped ones, the review, the staff report with many runs, a very large scenario.

`python tests/benches/scenarios.py [RUNS]` measures these alone. Prints tables; asserts nothing.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from quick import QUICK  # noqa: E402 - the path comes first

RUNS, PORTION = 40 if QUICK else 10_000, 1000
UNITS = {"m03-night": "m03-scenario-u1", "m06-seconds": "m06-opportunity-u3", "m08-ladder": "m08-how-to-intervene-u3"}
SCENES, METERS = 60 if QUICK else 300, ("safety", "trust", "partner")
ADDRESS = '(/xblock/[^"#]+/{handler})["#]'


class Took(float):
    """Milliseconds; `cpu` of them this process was at work. Where the machine is busy only that can be compared."""

    cpu: float

    @classmethod
    def since(cls, began: tuple[float, float]):
        took = cls((time.perf_counter() - began[0]) * 1000)
        took.cpu = (time.process_time() - began[1]) * 1000
        return took


def timed(action):
    """(what `action` gives, how long it took)"""
    began = time.perf_counter(), time.process_time()
    given = action()
    return given, Took.since(began)


def middle(times: list[Took]) -> str:
    return f"{statistics.median(times):.1f} / {max(times):.1f}{statistics.median(took.cpu for took in times):8.1f}"


# -- playing -----------------------------------------------------------------------------------------------------------


def play_shipped(browser) -> None:
    """Each shipped scenario on its strongest path, as a browser does, without a network."""
    print(f"\n{'playing the strongest path':40}{'':4}{'ms p50 / max':>16}{'CPU ms':>8}{'answer bytes':>14}{'gzip':>8}")
    for name, unit in UNITS.items():
        play_one(browser, name, unit)


def play_one(browser, name: str, unit: str) -> None:
    from dti_xblocks.scenario import olx
    from dti_xblocks.scenario.explore import analysis

    scenario = olx.read(content_of(unit))
    page = browser.ask(f"/unit/{unit}")[1].decode()
    base = html.unescape(re.search(ADDRESS.format(handler="begin"), page)[1]).removesuffix("begin")
    times: dict[str, list[Took]] = {}
    answers: dict[str, bytes] = {}

    def ask(kind: str, address: str, fields: dict | None = None) -> bytes:
        (status, body), took = timed(lambda: browser.ask(address, fields))
        if not status.startswith("200"):
            raise SystemExit(f"{name}, {kind}: {status} {body[:300]!r}")
        times.setdefault(kind, []).append(took)
        answers[kind] = max(answers.get(kind, b""), body, key=len)
        return body

    screen = screen_of(ask("begin", f"{base}begin", {"attempt": "0", "pace": "1"}))
    for number, (scene, choice) in enumerate(analysis(scenario).path, start=1):
        if scenario.scene(scene).clock:
            screen = screen_of(ask("start a clock", f"{base}enter", hidden_fields(screen)))
        kind = "going on to the ending" if number == len(analysis(scenario).path) else "going on"
        screen = screen_of(ask("decision", f"{base}choose", {**hidden_fields(screen), "choice": choice}))
        screen = screen_of(ask(kind, f"{base}go_on", hidden_fields(screen)))
        if "beat" in hidden_fields(screen):
            kind = "going on to the review" if hidden_fields(screen)["beat"] == "end" else "going on from a new role"
            screen = screen_of(ask(kind, f"{base}go_on", hidden_fields(screen)))
    for _round in range(15):
        ask("unit page with the review", f"/unit/{unit}")
    for kind, took in times.items():
        print(row(f"{name}: {kind}", took, answers[kind]))


def row(label: str, times: list[Took], body: bytes) -> str:
    return f"{label:40}{len(times):4}{middle(times):>24}{len(body):14}{len(gzip.compress(body)):8}"


def content_of(unit: str) -> str:
    text = (ROOT / f"course_export/vertical/{unit}.xml").read_text(encoding="utf-8")
    return re.search(r"<dti_scenario[^>]*>(.*)</dti_scenario>", text, re.DOTALL)[1]


def screen_of(answer: bytes) -> str:
    return json.loads(answer)["html"]


def hidden_fields(screen: str) -> dict:
    """The hidden fields of the first form."""
    form = re.search(r"<form.*?</form>", screen, re.DOTALL)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0] if form else ""))


# -- the report --------------------------------------------------------------------------------------------------------


def report(browser, runs: int) -> None:
    """The parts of the staff report over `runs` finished runs of random learners, and the first part of its CSV."""
    from dti_xblocks.scenario import olx

    unit = UNITS["m06-seconds"]
    browser.cookies["dti_preview_person"] = "staff"
    page = browser.ask(f"/unit/{unit}")[1].decode()
    address = html.unescape(re.search(ADDRESS.format(handler="report"), page)[1])
    key = re.search(r'data-usage-id="([^"]*type@dti_scenario[^"]*)"', page)[1]
    began = time.perf_counter()
    fill(olx.read(content_of(unit)), key, runs)
    print(f"\nstaff report of m06-seconds with {runs} runs (made in {time.perf_counter() - began:.0f} s)")
    print(f"{'':44}{'ms p50 / max':>16}{'CPU ms':>8}{'answer bytes':>14}{'gzip':>8}")
    parts = {
        "overview": {"part": "overview"},
        "decisions": {"part": "decisions"},
        "map": {"part": "map", "which": "all"},
        "people, first page": {"part": "people"},
        "people, search": {"part": "people", "q": "0042"},
        "one person": {"part": "person", "person": "1042"},
    }
    for label, query in parts.items():
        times = []
        for _round in range(5):
            (status, body), took = timed(lambda query=query: browser.ask(address, query))
            if not status.startswith("200"):
                raise SystemExit(f"report, {label}: {status} {body[:300]!r}")
            times.append(took)
        print(row(label, times, body))
    (_status, body), took = timed(lambda: browser.ask(address.replace("/report", "/runs_csv") + "?after=0"))
    print(row("CSV, first part", [took], body))
    browser.cookies["dti_preview_person"] = "learner"


def fill(scenario, usage_key: str, runs: int) -> None:
    """`runs` finished runs, and a tenth as many given up, by learners who choose by chance; one run in four is a second one."""
    from dti_xblocks.records.models import ScenarioDecision, ScenarioRun, ScenarioStart

    dice = random.Random(6)  # numbers to measure with
    now = datetime(2026, 1, 1, tzinfo=UTC)
    user, attempt, made = 1000, 1, 0
    while made < runs:
        starts, decisions, finished = [], [], []
        for _row in range(min(PORTION, runs - made)):
            now += timedelta(seconds=7)
            who = {
                "user_id": user,
                "username": f"bench{user - 1000:06d}",
                "course_key": "course-v1:Bench",
                "usage_key": usage_key,
            }
            entries, state = walk(scenario, dice, now)
            gives_up = dice.random() < 0.1
            entries = entries[: dice.randrange(len(entries))] if gives_up else entries
            count = {"entries": len(entries), "length": len(entries)}
            start = ScenarioStart(**who, attempt=attempt, started_at=now, scenario_version=scenario.version, **count)
            starts.append(start)
            places = [entry[0] for entry in entries[1:]] + [state.ending.id]
            for serial, (entry, led_to) in enumerate(zip(entries, places, strict=False)):
                at = datetime.fromisoformat(entry[2])
                how = entry[3] if len(entry) > 3 else ""
                where = {"serial": serial, "position": serial, "scene": entry[0], "choice": entry[1], "how": how}
                decisions.append((start, ScenarioDecision(**where, led_to=led_to, seconds=dice.randrange(3, 40), at=at)))
            if not gives_up:
                made += 1
                score = {"earned": state.earned, "possible": state.possible, "ending": state.ending.id}
                end = datetime.fromisoformat(entries[-1][2])
                spent = {"started_at": now, "finished_at": end, "seconds": int((end - now).total_seconds())}
                finished.append((start, ScenarioRun(
                    **who, attempt=attempt, scenario_version=scenario.version, result=state.ending.result, **score, **spent
                )))  # fmt: skip
            user, attempt = (user, attempt + 1) if dice.random() < 0.25 else (user + 1, 1)
        ScenarioStart.objects.bulk_create(starts)
        for start, decision in decisions:
            decision.run = start
        for start, run in finished:
            run.start = start
        ScenarioDecision.objects.bulk_create([decision for _start, decision in decisions], batch_size=2000)
        ScenarioRun.objects.bulk_create([run for _start, run in finished], batch_size=500)


def walk(scenario, dice, began: datetime):
    """(entries, state) of a random run, loops included."""
    from dti_xblocks.scenario import motion, play

    standing, entries, at = motion.begin(scenario), [], began
    while scene := scenario.scene(standing.place):
        at += timedelta(seconds=dice.randrange(3, 40))
        late = bool(scene.clock) and dice.random() < 0.1
        choice = scene.choice(scene.timeout) if late else dice.choice(motion.open_choices(scenario, standing))
        entries.append([scene.id, choice.id, at.isoformat(), *([play.TIME_UP] if late else [])])
        standing = motion.take(scenario, standing, choice)
    return entries, play.replay(scenario, entries)


# -- a very large scenario ---------------------------------------------------------------------------------------------


def large() -> None:
    """Reading, checking and exploring 300 scenes with 1,000 choices: as authors write them, and too tangled to be scored."""
    from dti_xblocks.scenario import olx, rules
    from dti_xblocks.scenario.explore import analysis

    for label, asked in (("one meter is asked about", METERS[:1]), ("three meters are asked about", METERS)):
        text = large_story(asked)
        scenario, reading = timed(lambda text=text: olx.read(text))
        _version, versioning = timed(lambda scenario=scenario: scenario.version)
        found, exploring = timed(lambda scenario=scenario: analysis(scenario))
        problems, checking = timed(lambda scenario=scenario: rules.check(scenario))
        choices = sum(len(scene.choices) for scene in scenario.scenes)
        print(f"\n{len(scenario.scenes)} scenes, {choices} choices, {len(text)} bytes; {label}")
        print(
            f"  CPU: read {reading.cpu:.0f} ms, version {versioning.cpu:.0f} ms, explore {exploring.cpu:.0f} ms, rules {checking.cpu:.0f} ms"
        )
        if found.complete:
            print(f"  strongest path: {len(found.path)} decisions, {found.possible} points; {len(problems)} problems")
        else:
            print(f"  too tangled to be scored, and refused: {', '.join(sorted({problem.code for problem in problems}))}")


def large_story(asked: tuple[str, ...]) -> str:
    """A story that goes on, with short cuts, loops back, a clock now and then; some choices need one of the meters `asked`."""
    dice = random.Random(300)
    scenes = []
    for number in range(SCENES):
        choices = []
        for place in range(4 if number % 3 == 0 else 3):
            ahead = number + 1 + (dice.randrange(3) if place else 0)
            to = f"s{ahead}" if ahead < SCENES else "end-0"
            if place == 2 and number % 10 == 9:
                to = f"s{number - dice.randrange(1, 5)}"
            need = moved = ""
            if place == 1 and number % 20 == 19:
                need = f'<needs meter="{dice.choice(asked)}" at-least="{dice.choice((30, 50, 70))}"/>'
            elif place == 1 and number % 20 == 9:
                need = f'<needs-not choice="s{number - 9}/c0"/>'
            if number % 5 == 0:
                moved = f'<effect meter="{dice.choice(METERS)}" by="{dice.choice((-20, -10, 10, 20))}"/>'
            level = f' level="l{dice.randrange(3)}"' if place else ""
            words = (
                f"<text>Do {number}-{place}.</text><outcome><p>It went {number}-{place}.</p></outcome><why><p>Because.</p></why>"
            )
            points = dice.randrange(4)
            choices.append(f'<choice id="c{place}" to="{to}" points="{points}"{level}>{need}{words}{moved}</choice>')
        clock = ' clock="20" timeout="c0"' if number % 6 == 1 else ""
        told = f"<p>What happens in {number}.</p>{''.join(choices)}"
        scenes.append(f'<scene id="s{number}" title="Scene {number}"{clock}>{told}</scene>')
    levels = "".join(f'<level id="l{number}" title="Level {number}">What it means.</level>' for number in range(3))
    meters = "".join(f'<meter id="{meter}" title="{meter}">What it means.</meter>' for meter in METERS)
    endings = (
        f'<ending id="end-0" title="Well" result="good" otherwise="end-1"><needs meter="{METERS[0]}" at-least="60"/><p>It ends.</p></ending>'
        '<ending id="end-1" title="Not well" result="bad"><p>It ends.</p></ending>'
    )
    return f"<introduction><p>It begins.</p></introduction>{levels}{meters}{''.join(scenes)}{endings}"


def main(runs: int = RUNS) -> None:
    from pages import Browser

    from dti_xblocks.course.preview.serve import make_application
    from dti_xblocks.course.source import shipped_course

    browser = Browser(make_application(shipped_course(), Path(tempfile.mkdtemp(prefix="dti-bench-"))))
    browser.ask("/")
    play_shipped(browser)
    report(browser, runs)
    large()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
