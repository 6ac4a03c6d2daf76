"""What was found out: one `Check` a fact, kept as lines of JSON, and all of them as a report in Markdown."""

from __future__ import annotations

import contextlib
import json
import time
import traceback
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

LONGEST = 400  # characters of a detail that the report shows


@dataclass(frozen=True)
class Check:
    """One fact. `area` is the part of the report, `what` a sentence, `detail` figures or the reason why not."""

    database: str
    area: str
    what: str
    passed: bool
    detail: str = ""
    seconds: float = 0.0


class Ledger:
    """The checks of one run, appended to a file that all processes of the run share."""

    def __init__(self, path: Path, database: str, area: str = ""):
        self.path, self.database, self.area = path, database, area

    def note(self, what: str, passed: bool, detail: object = "", seconds: float = 0.0) -> bool:
        """Keep a fact, and say it. Returns `passed`."""
        check = Check(self.database, self.area, what, bool(passed), _short(detail), round(seconds, 1))
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(check), ensure_ascii=False) + "\n")
        print(
            f"   {self.database}: {'ok  ' if check.passed else 'FAIL'} {what}{f': {check.detail}' if check.detail else ''}",
            flush=True,
        )
        return check.passed

    def same(self, what: str, found: object, wanted: object, detail: object = "") -> bool:
        """Keep that `found` is `wanted`, with both where it is not."""
        passed = found == wanted
        return self.note(what, passed, detail if passed else f"found {found!r}, not {wanted!r}. {detail}")

    @contextlib.contextmanager
    def part(self, area: str) -> Iterator[None]:
        """One part of the report. An exception inside is a failed check, and the parts after it go on."""
        self.area, began = area, time.monotonic()
        print(f"-> {self.database}: {area}", flush=True)
        try:
            yield
        except Exception as error:
            traceback.print_exc()
            self.note("the part ran to its end", False, f"{type(error).__name__}: {error}", time.monotonic() - began)

    def checks(self) -> list[Check]:
        """All that is in the file."""
        if not self.path.exists():
            return []
        return [Check(**json.loads(line)) for line in self.path.read_text(encoding="utf-8").splitlines()]


def report(facts: dict[str, str], checks: list[Check]) -> str:
    """The checks as Markdown: what was run, a verdict, and a table for each area with a column for each database."""
    databases = list(dict.fromkeys(check.database for check in checks))
    failed = [check for check in checks if not check.passed]
    verdict = f"All {len(checks)} checks passed." if checks and not failed else f"{len(failed)} of {len(checks)} checks failed."
    lines = ["| What | Which |", "|---|---|", *(f"| {name} | {_cell(value)} |" for name, value in facts.items()), "", verdict, ""]
    for area in dict.fromkeys(check.area for check in checks):
        of_area = [check for check in checks if check.area == area]
        lines += [f"## {area}", "", f"| Check | {' | '.join(databases)} | Figures |", f"|---|{'---|' * len(databases)}---|"]
        for what in dict.fromkeys(check.what for check in of_area):
            alike = sorted((check for check in of_area if check.what == what), key=lambda check: not check.passed)
            found = {check.database: check for check in alike}  # a failed one stands for all
            marks = [_mark(found.get(database)) for database in databases]
            lines.append(f"| {_cell(what)} | {' | '.join(marks)} | {_cell(_details(list(found.values())))} |")
        lines.append("")
    return "\n".join(lines)


def _mark(check: Check | None) -> str:
    if check is None:
        return "–"
    return "passed" if check.passed else "**failed**"


def _details(checks: list[Check]) -> str:
    """What the databases have to say: once where they say the same, and what failed before anything else."""
    told = [check for check in sorted(checks, key=lambda check: check.passed) if check.detail]
    return "; ".join(dict.fromkeys(check.detail if check.passed else f"{check.database}: {check.detail}" for check in told[:2]))


def _cell(text: str) -> str:
    return " ".join(str(text).replace("|", "/").split())


def _short(detail: object) -> str:
    text = " ".join(str(detail).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
