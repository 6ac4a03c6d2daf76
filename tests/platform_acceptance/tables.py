"""The tables of LMS and Studio: those of the platform from its models, ours by our own migrations.

`python -m platform_acceptance.tables SERVICE COMMAND...` runs a management command of the platform under our settings.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

DATA = "data-of-migrations"  # no command of the platform
FILES = ("platform.db", "history.db")
COMMANDS = (
    ("lms", "migrate", "--run-syncdb", "--noinput"),
    ("lms", "migrate", "--database", "student_module_history", "--run-syncdb", "--noinput"),
    ("cms", "migrate", "--run-syncdb", "--noinput"),
    ("lms", DATA),
)


class TablesNotMadeError(Exception):
    """A command of the platform failed; the message is the end of what it said."""


def make(python: str, environment: dict[str, str], template: Path | None = None) -> bool:
    """Make all tables in the run's folder. With `template`, a folder, those of SQLite are made once and copied after that.

    Returns whether they were made, not copied.
    """
    work = Path(environment["DTI_PLATFORM_WORK"])
    if template is not None and (template / "done").exists():
        for name in FILES:
            shutil.copy(template / name, work / name)
        return False
    for command in COMMANDS:
        run(python, environment, *command)
    if template is not None:
        template.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            shutil.copy(work / name, template / name)
        (template / "done").touch()
    return True


def run(python: str, environment: dict[str, str], *command: str) -> str:
    """A management command in a process of its own. Returns its output."""
    started = [python, "-m", "platform_acceptance.tables", *command]
    done = subprocess.run(started, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TablesNotMadeError(f"{' '.join(command)}: " + "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:]))
    return done.stdout


def command(*words: str) -> tuple[bool, str]:
    """A management command in this process, which has started the platform: whether it went well, and the last that it said."""
    from django.core.management import CommandError, call_command

    said = io.StringIO()
    try:
        call_command(*words, stdout=said, stderr=said)
    except (CommandError, SystemExit) as error:
        return False, f"{error} {said.getvalue()[-200:]}"
    return True, (said.getvalue().strip().splitlines() or [""])[-1]


def data() -> None:
    """Put in what the platform's migrations put in besides tables: kinds of milestones, defaults of certificates, switches.

    Each step runs by itself, over the tables as they are now. Old ones that want tables of their time cannot run.
    """
    os.environ["DTI_PLATFORM_MIGRATIONS"] = "all"
    import django

    django.setup()
    from django.apps import apps
    from django.db import connection, transaction
    from django.db.migrations import RunPython
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    names = dict.fromkeys(name for leaf in graph.leaf_nodes() for name in graph.forwards_plan(leaf))
    editor = SimpleNamespace(connection=connection)
    for name in names:
        for step in graph.nodes[name].operations:
            if isinstance(step, RunPython):
                try:
                    with transaction.atomic():
                        step.code(apps, editor)
                except Exception as error:
                    print(f"left out: {name} {error!r:.150}")


def main() -> None:
    """Run the command of the command line."""
    from . import boot

    service, *command = sys.argv[1:]
    boot.prepare(service)
    if command == [DATA]:
        data()
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line([os.environ["DJANGO_SETTINGS_MODULE"], *command])


if __name__ == "__main__":
    main()
