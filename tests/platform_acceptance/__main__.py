"""The whole run, in this project's own environment: `python -m tests.platform_acceptance`, see scripts/platform.sh."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from . import tables, wheels
from .outcome import Check, Ledger, report
from .stage import STAGES

ROOT = wheels.ROOT
HEAD = """# What was tried on Open edX

The package and the course in the code of Open edX itself: installed, imported, read and played to the certificate by a learner, edited
and exported by an author. `make test-platform` made this page. [Acceptance on Open edX](platform.md) says how to make it for
another release, what each part does, and what it does not show.
"""
FIRST = "SQLite"
EXTRA = "sign"
STAND_INS = {"mongomock": "4.3.0", "sentinels": "1.1.1"}  # what is not of the platform, and not of ours
SHOWN = ("django", "xblock", "lxml", "mysqlclient", "weasyprint", "pyhanko")  # versions in the report


def main() -> int:
    """Run everything. Returns the exit code: 0 only if every check passed."""
    parser = argparse.ArgumentParser(prog="make test-platform")
    parser.add_argument("--platform", type=Path, required=True, help="a checkout of the code of Open edX")
    parser.add_argument("--python", required=True, help="the Python of an environment with the platform's testing requirements")
    parser.add_argument("--work", type=Path, default=ROOT / "var/platform", help="where the run keeps what it makes")
    parser.add_argument("--socket", default="", help="of an empty MariaDB; without it only SQLite is used")
    parser.add_argument("--release", default="", help="what the checkout is called in the report")
    parser.add_argument("--report", type=Path, help="the report; without it in the work folder")
    parser.add_argument("--start", choices=STAGES, help="go on from here with what the last run has left, and its wheel")
    run = Run(parser.parse_args())
    began = time.monotonic()
    run.whole()
    checks, target = run.checks(), run.asked.report or run.work / "report.md"
    run.facts["Duration"] = f"{(time.monotonic() - began) / 60:.0f} minutes"
    target.write_text(f"{HEAD}\n{report(run.facts, checks)}", encoding="utf-8")
    failed = sum(not check.passed for check in checks)
    print(f"-> {len(checks)} checks, {failed} failed. Report: {target}")
    return 1 if failed or not checks else 0


class Run:
    """What is made is in `work`: the wheel, the side folder `site`, the archive, and a folder for each database."""

    def __init__(self, asked: argparse.Namespace):
        self.asked = asked
        self.work: Path = asked.work.resolve()
        self.site, self.tools, self.code = (self.work / name for name in ("site", "tools", "code"))
        for folder in (self.code,) if asked.start else (self.site, self.tools, self.code):
            shutil.rmtree(folder, ignore_errors=True)
        self.code.mkdir(parents=True)
        # The platform's processes see this package alone, and of ours otherwise what the wheel has brought.
        (self.code / "platform_acceptance").symlink_to(Path(__file__).parent)
        self.facts: dict[str, str] = {}
        self.known = self.work / "facts.json"
        self.databases: dict[str, str] = {FIRST: "", **({"MariaDB": asked.socket} if asked.socket else {})}

    def whole(self) -> None:
        """Build, install, and everything on each database; or the stages that are left."""
        if self.asked.start:
            self.facts = {
                **json.loads(self.known.read_text("utf-8")),
                "Continued": f"after a break, from {self.asked.start!r} on",
            }
            with ThreadPoolExecutor(len(self.databases)) as both:
                list(both.map(self._rest, self.databases))
            return
        first = self.ledger(FIRST, new=True)
        with first.part("Installation"):
            self._install(first)
        if not all(check.passed for check in first.checks()):
            return
        with ThreadPoolExecutor(len(self.databases)) as both:
            list(both.map(self._on, self.databases))

    def _on(self, database: str) -> None:
        """Tables and stages on one database."""
        ledger = self.ledger(database, new=database != FIRST)
        with ledger.part("Tables"):
            self._tables(ledger)
        if (self.state(database) / "ready").exists():
            for stage in STAGES:
                tables.keep(self._before(database, stage), self.state(database), self.databases[database])
                self._stage(ledger, stage)

    def _rest(self, database: str) -> None:
        """The stages from the one that was asked for on, from what there was before it."""
        tables.keep(self._before(database, self.asked.start), self.state(database), self.databases[database], back=True)
        for stage in list(STAGES)[list(STAGES).index(self.asked.start) :]:
            tables.keep(self._before(database, stage), self.state(database), self.databases[database])
            self._stage(self.ledger(database), stage)

    def _before(self, database: str, stage: str) -> Path:
        """Where it is kept what there was before a stage."""
        return self.state(database) / f"before-{stage}"

    def state(self, database: str) -> Path:
        """The folder of a database."""
        return self.work / database.lower()

    def ledger(self, database: str, *, new: bool = False) -> Ledger:
        """What was found out on a database; with `new` nothing yet."""
        if new:
            shutil.rmtree(self.state(database), ignore_errors=True)
            self.state(database).mkdir()
        return Ledger(self.state(database) / "checks.jsonl", database)

    def checks(self) -> list[Check]:
        """Everything that was found out."""
        return [check for database in self.databases if self.state(database).exists() for check in self.ledger(database).checks()]

    def _install(self, ledger: Ledger) -> None:
        wheel = wheels.build(self.work)
        for extra in ("", EXTRA):
            found = wheels.resolve(self.asked.python, wheel, extra)
            what = f"pip without constraints moves no package of the platform{f' (extra {extra})' if extra else ''}"
            ledger.same(
                what, found.moved, {}, f"adds {', '.join(f'{name} {version}' for name, version in sorted(found.added.items()))}"
            )
        wheels.install(self.asked.python, found.added, self.site, wheel)
        wheels.install(self.asked.python, STAND_INS, self.tools)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "dti_xblocks.course",
                "build",
                "course_export",
                "--into",
                str(self.work),
                "--banks",
                self._banks(),
            ],
            cwd=ROOT,
            check=True,
        )
        known = {**wheels.installed(self.asked.python), **found.added}
        self.facts = {
            "Package": wheel.name,
            "Platform": self.asked.release or _described(self.asked.platform),
            "Date": f"{datetime.now(UTC):%Y-%m-%d}",
            "Python": _said(self.asked.python, "-V").removeprefix("Python "),
            "Versions": ", ".join(f"{name} {known[name]}" for name in SHOWN if name in known),
            "System": " ".join([platform.system(), *platform.libc_ver()]),
        }
        self.known.write_text(json.dumps(self.facts), encoding="utf-8")

    def _banks(self) -> str:
        """How questions are drawn so that this platform grades the drawn ones alone, as `dti_import` finds out by itself."""
        transformer = self.asked.platform / "lms/djangoapps/course_blocks/transformers/library_content.py"
        known = not transformer.exists() or "ItemBankMixin" in transformer.read_text(encoding="utf-8")
        return "itembank" if known else "library_content"

    def _environment(self, database: str) -> dict[str, str]:
        archive = max(self.work.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
        return {
            **{name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "VIRTUAL_ENV")},
            "PYTHONPATH": os.pathsep.join(map(str, (self.site, self.tools, self.code, self.asked.platform.resolve()))),
            "PYTHONSAFEPATH": "1",  # else the folder that this was started in, the source tree, would come before the wheel
            "DTI_PLATFORM_SITE": str(self.site),
            "EDX_PLATFORM": str(self.asked.platform.resolve()),
            "DTI_PLATFORM_WORK": str(self.state(database)),
            "DTI_PLATFORM_DATABASE": database,
            "DTI_PLATFORM_SOCKET": self.databases[database],
            "DTI_PLATFORM_ARCHIVE": str(archive),
        }

    def _template(self, database: str) -> Path:
        """Where the empty tables of this checkout of the platform are kept."""
        code = f"{self.asked.platform.resolve()} {_described(self.asked.platform)}"
        return self.work / f"tables-{hashlib.sha256(code.encode()).hexdigest()[:8]}-{database.lower()}"

    def _tables(self, ledger: Ledger) -> None:
        environment, began = self._environment(ledger.database), time.monotonic()
        made = tables.make(self.asked.python, environment, self._template(ledger.database))
        seconds = f"{time.monotonic() - began:.0f} s"
        ledger.note("the tables of the platform are made from its models", True, seconds if made else "by an earlier run")

        steps = {
            "our migrations run": ("migrate", "dti_records"),
            "they can be undone": ("migrate", "dti_records", "zero"),
            "they run again": ("migrate", "dti_records"),
            "there is nothing to migrate that is not in them": ("makemigrations", "--check", "--dry-run", "dti_records"),
            "keys are made": ("dti_pledge_keys", "make", str(self.state(ledger.database) / "keys"), "--name", "Acceptance"),
        }
        joined = [word for words in steps.values() for word in (tables.NEXT, *words)][1:]
        tables.run(self.asked.python, environment, "lms", *joined)
        for what in steps:
            ledger.note(what, True)
        for service, name in (("lms", "the LMS"), ("cms", "Studio")):
            said = tables.run(self.asked.python, environment, service, "check", "--fail-level", "ERROR")
            ledger.note(
                f"the system check of {name} finds nothing in our settings", "dti_records" not in said, said.strip()[-150:]
            )
        (self.state(ledger.database) / "ready").touch()

    def _stage(self, ledger: Ledger, stage: str) -> None:
        log = self.state(ledger.database) / f"{stage}.log"
        before = len(ledger.checks())
        with log.open("w", encoding="utf-8") as file:
            command = [self.asked.python, "-m", "platform_acceptance.stage", stage]
            environment = self._environment(ledger.database)
            code = subprocess.run(command, env=environment, stdout=file, stderr=subprocess.STDOUT, check=False).returncode
        new = ledger.checks()[before:]
        print(
            f"   {ledger.database}, {stage}: {sum(check.passed for check in new)} of {len(new)} checks passed; {log}", flush=True
        )
        if code:
            ledger.area = stage.title()
            ledger.note("the stage came to its end", False, f"exit code {code}, see {log.name}")


def _described(folder: Path) -> str:
    """What git calls the checkout; its folder where git knows nothing of it."""
    return _said("git", "-C", str(folder), "describe", "--always", "--tags") or folder.name


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


if __name__ == "__main__":
    sys.exit(main())
