"""`make bench-peers`: what a page and an answer of our blocks cost beside branching-xblock, drag-and-drop-v2, poll and
h5p-xblock.

All blocks run in the preview's runtime, each in a process of its own over a course of one unit and an empty SQLite file. A
rendering is: make the runtime, get the block, `student_view`, the HTML, and the commit; a submission is the same with a POST
through the handler. Every one is by a learner of their own, after a warm-up. SQL counts statements on tables, without
transactions and savepoints; bytes are those that the browser gets, files loaded by files included. The blocks take turns, and of
three rounds the quietest counts: other programs on the machine can only make it slower. Prints two tables; with `--plots FOLDER`
draws peers-cpu.svg and peers-js.svg there as well.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from posixpath import dirname, join, normpath
from types import ModuleType

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from peers_kinds import KINDS, OURS, next_step  # noqa: E402 - the path comes first
from plots import bars  # noqa: E402
from quick import QUICK  # noqa: E402

ROUNDS, WARM_UP, RENDERINGS, SUBMISSIONS = (1, 1, 2, 2) if QUICK else (3, 20, 100, 100)
RELATIVE_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")


class Statements:
    """Counts the statements on tables that a database connection runs."""

    def __init__(self):
        self.reads = self.writes = 0

    def __call__(self, execute, sql, params, many, context):
        verb = sql.split(None, 1)[0].upper()
        self.reads += verb == "SELECT"
        self.writes += verb in ("INSERT", "UPDATE", "DELETE", "REPLACE")
        return execute(sql, params, many, context)


class Bench:
    """One block in a preview of its own."""

    def __init__(self, kind: str):
        from dti_xblocks.course.preview.serve import make_application

        stand_in_for_the_platform()

        self.kind = KINDS[kind]
        folder = Path(tempfile.mkdtemp(prefix="dti-peers-"))
        write_course(folder / "course", self.kind.olx())
        self.application = make_application(folder / "course", folder / "state")
        self.tree = self.application.course.tree()
        self.key = next(key for key, block in self.tree.blocks.items() if block.block_type == self.kind.tag)
        self.people = iter(range(100, 10**6))

    def person(self):
        from dti_xblocks.course.preview.people import Person

        number = next(self.people)
        return Person(f"learner{number}", "", number, f"learner{number}", f"Learner {number}")

    def work(self, person, action):
        """What `action(runtime, block)` gives, in a transaction of its own."""
        from dti_xblocks.course.preview.database import writing
        from dti_xblocks.course.preview.runtime import PreviewRuntime

        with writing():
            runtime = PreviewRuntime(self.tree, person)
            given = action(runtime, runtime.get_block(self.key))
            runtime.finish()
        return given

    def render(self, person):
        return self.work(person, lambda runtime, block: runtime.render(block, "student_view"))

    def request(self, handler: str, body):
        """A form (our blocks) or JSON (theirs), as it comes from a browser."""
        from webob import Request

        if self.kind.posts_forms:
            return Request.blank(f"/{handler}", POST=body, headers={"Accept": "application/json"})
        return Request.blank(f"/{handler}", method="POST", body=json.dumps(body).encode(), content_type="application/json")

    def post(self, person, handler: str, request):
        """The answer to `request`, which must be 200."""
        answer = self.work(person, lambda runtime, block: runtime.handle(block, handler, request))
        if answer.status_int != 200:
            raise SystemExit(f"{self.kind.name}, {handler}: {answer.status} {answer.text[:300]}")
        return answer

    def measure(self) -> dict:
        from django.db import connection

        times: dict[str, list[float]] = {"render": []}
        work: dict[str, list[float]] = {"render": []}
        statements: dict[str, list[tuple[int, int]]] = {"render": []}
        answers: dict[str, int] = {}

        def timed(name: str, action):
            counted = Statements()
            began, began_work = time.perf_counter(), time.process_time()
            with connection.execute_wrapper(counted):
                given = action()
            times.setdefault(name, []).append((time.perf_counter() - began) * 1000)
            work.setdefault(name, []).append((time.process_time() - began_work) * 1000)
            statements.setdefault(name, []).append((counted.reads, counted.writes))
            return given

        for number in range(WARM_UP + RENDERINGS):
            if number == WARM_UP:
                for numbers in (times, work, statements):
                    numbers["render"].clear()
            fragment = timed("render", lambda: self.render(self.person()))
        for number in range(WARM_UP + SUBMISSIONS):
            if number == WARM_UP:
                for numbers in (times, work, statements):
                    rendered = numbers["render"]
                    numbers.clear()
                    numbers["render"] = rendered
            person = self.person()
            self.render(person)
            steps, answer = self.kind.steps(self, person), None
            while step := next_step(steps, answer):
                name, handler, body = step
                request = self.request(handler, body)
                answer = timed(name, lambda p=person, h=handler, r=request: self.post(p, h, r))
                answers[name] = max(answers.get(name, 0), len(answer.body))
        html = fragment.body_html().encode()
        files = loaded_files(self.application, fragment)
        return {
            "html": size([html]),
            "js": size(data for name, data in files.items() if not name.endswith(".css")),
            "css": size(data for name, data in files.items() if name.endswith(".css")),
            "cpu": {name: statistics.median(ms) for name, ms in work.items()},
            "ms": {name: (statistics.median(ms), sorted(ms)[int(len(ms) * 0.95)]) for name, ms in times.items()},
            "sql": {
                name: [statistics.median(column) for column in zip(*pairs, strict=True)] for name, pairs in statements.items()
            },
            "answers": answers,
        }


def stand_in_for_the_platform() -> None:
    """The one thing that drag-and-drop-v2 imports from the platform while it grades: a switch, off as it is by default."""

    class CourseWaffleFlag:
        def __init__(self, *_names):
            """Named on the platform."""

        def is_enabled(self, _course_key=None) -> bool:
            return False

    module = ModuleType("openedx.core.djangoapps.waffle_utils")
    module.CourseWaffleFlag = CourseWaffleFlag
    for name in ("openedx", "openedx.core", "openedx.core.djangoapps"):
        sys.modules[name] = ModuleType(name)
    sys.modules[module.__name__] = module


def write_course(folder: Path, inner: str) -> None:
    (folder / "course").mkdir(parents=True)
    (folder / "course.xml").write_text('<course url_name="run" org="Bench" course="B1"/>')
    wrapped = f'<vertical url_name="u" display_name="U">{inner}</vertical>'
    sequence = f'<sequential url_name="s" display_name="S" graded="true" format="Work">{wrapped}</sequential>'
    (folder / "course/run.xml").write_text(
        f'<course display_name="B" start="2020-01-01T00:00:00Z"><chapter url_name="c" display_name="C">{sequence}</chapter></course>',
        encoding="utf-8",
    )


def loaded_files(application, fragment) -> dict[str, bytes]:
    """What a browser loads for the fragment: its files, and the modules that they import."""
    found: dict[str, bytes] = {}
    waiting = []
    for number, resource in enumerate(fragment.resources):
        if resource.kind == "url":
            waiting.append(resource.data)
        else:
            found[f"inline-{number}.{'css' if 'css' in resource.mimetype else 'js'}"] = resource.data.encode()
    waiting += re.findall(r'"module": "([^"]+)"', fragment.body_html())
    while waiting:
        address = waiting.pop()
        path = address.partition("?")[0]
        if path in found or "://" in path or address.startswith("//"):
            continue
        found[path] = ask(application, path)
        if path.endswith(".js"):
            waiting += [normpath(join(dirname(path), name)) for name in RELATIVE_IMPORT.findall(found[path].decode("utf-8"))]
    return found


def ask(application, path: str) -> bytes:
    from wsgiref.util import setup_testing_defaults

    environ: dict = {"PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "REQUEST_METHOD": "GET"}
    setup_testing_defaults(environ)
    status = []
    answer = application(environ, lambda line, headers, _error=None: status.append(line))
    data = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if not status[0].startswith("200"):
        raise SystemExit(f"{path}: {status[0]}")
    return data


def size(parts) -> tuple[int, int]:
    parts = list(parts)
    return sum(map(len, parts)), sum(len(gzip.compress(part, 6, mtime=0)) for part in parts)


def main() -> None:
    labels = {}
    for key, kind in KINDS.items():
        try:
            labels[key] = f"{kind.name} {version(kind.package)}"
        except PackageNotFoundError:
            print(f"{kind.package} is not installed here: it is left out.")
    rounds = [{kind: measured(kind) for kind in labels} for _round in range(ROUNDS)]
    rows = {label: quietest([one[kind] for one in rounds]) for kind, label in labels.items()}
    pages = [("Block", "Rendering, ms p50 / p95", "CPU ms", "SQL r + w", "HTML B / gzip", "JS B / gzip", "CSS B / gzip")]
    answers = [("Block", "Request", "ms p50 / p95", "CPU ms", "SQL r + w", "Answer B")]
    for label, result in rows.items():
        sizes = ["{:,} / {:,}".format(*result[part]) for part in ("html", "js", "css")]
        pages.append((label, *costs(result, "render"), *sizes))
        answers += [(label, name, *costs(result, name), f"{most:,}") for name, most in result["answers"].items()]
    print(table(pages), table(answers), sep="\n\n")
    if len(sys.argv) > 2:
        plot(Path(sys.argv[2]), labels, rows)


def plot(folder: Path, labels: dict[str, str], rows: dict[str, dict]) -> None:
    """Two charts: what an answer costs the server, and what a page costs the line."""
    ours = {label for kind, label in labels.items() if KINDS[kind].package == OURS}
    answers = [
        (f"{label}: {name}", result["cpu"][name], label in ours) for label, result in rows.items() for name in result["answers"]
    ]
    scripts = [(label, result["js"][1] / 1000, label in ours) for label, result in rows.items()]
    folder.mkdir(parents=True, exist_ok=True)
    for name, title, unit, bars_of in (
        ("peers-cpu", "CPU time of an answer", "ms", sorted(answers, key=lambda row: row[1])),
        ("peers-js", "Scripts of a page, compressed", "kB", sorted(scripts, key=lambda row: row[1])),
    ):
        (folder / f"{name}.svg").write_text(bars(title, unit, bars_of), encoding="utf-8")


def quietest(results: list[dict]) -> dict:
    """The lowest times of several measurements; the rest is the same in all."""
    names = results[0]["ms"]
    lowest = {name: [min(pair) for pair in zip(*(result["ms"][name] for result in results), strict=True)] for name in names}
    cpu = {name: min(result["cpu"][name] for result in results) for name in names}
    return {**results[0], "ms": lowest, "cpu": cpu}


def costs(result: dict, name: str) -> tuple[str, str, str]:
    middle, late = result["ms"][name]
    return f"{middle:.1f} / {late:.1f}", f"{result['cpu'][name]:.1f}", " + ".join(f"{count:g}" for count in result["sql"][name])


def table(rows: list[tuple]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in rows]
    return "\n".join([lines[0], f"|{'|'.join('-' * (width + 2) for width in widths)}|", *lines[1:]])


def measured(kind: str) -> dict:
    """The numbers of one block, from a process of its own."""
    run = subprocess.run([sys.executable, __file__, kind], capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{kind} could not be measured:\n{run.stderr[-3000:]}")
    return json.loads(run.stdout.splitlines()[-1])


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(json.dumps(Bench(sys.argv[1]).measure()))
    else:
        main()
