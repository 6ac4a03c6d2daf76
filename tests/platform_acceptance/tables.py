"""The tables of LMS and Studio: those of the platform from its models, ours by our own migrations.

`python -m platform_acceptance.tables SERVICE COMMAND... [+ COMMAND...]` runs management commands of the platform under our settings,
one after the other: to start the platform takes longer than most of them.
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
NEXT = "+"
FILES = ("platform.db", "history.db")
BESIDES = ("mongo.pickle", "course.json", "checks.jsonl")  # what a run has besides its tables
DATABASES = ("platform", "history")  # in MariaDB
COMMANDS = (
    ("lms", "migrate", "--run-syncdb", "--noinput"),
    ("lms", "migrate", "--database", "student_module_history", "--run-syncdb", "--noinput"),
    ("cms", "migrate", "--run-syncdb", "--noinput"),
    ("lms", DATA),
)


class TablesNotMadeError(Exception):
    """A command of the platform failed; the message is the end of what it said."""


def make(python: str, environment: dict[str, str], template: Path) -> bool:
    """Make all tables of the run's database. They are made once, kept in the folder `template`, and taken from there after that.

    Returns whether they were made, not taken.
    """
    work, socket = Path(environment["DTI_PLATFORM_WORK"]), environment["DTI_PLATFORM_SOCKET"]
    if (template / "done").exists():
        _copy(template, work, socket, back=True)
        return False
    for command in COMMANDS:
        run(python, environment, *command)
    template.mkdir(parents=True, exist_ok=True)
    _copy(template, work, socket)
    (template / "done").touch()
    return True


def keep(folder: Path, work: Path, socket: str, *, back: bool = False) -> None:
    """All that a stage begins with into `folder`, or `back` from there: tables, courses, and what was found out."""
    folder.mkdir(parents=True, exist_ok=True)
    source, target = (folder, work) if back else (work, folder)
    for name in BESIDES:
        (target / name).unlink(missing_ok=True)
        if (source / name).exists():
            shutil.copy(source / name, target / name)
    _copy(folder, work, socket, back=back)


def _copy(template: Path, work: Path, socket: str, *, back: bool = False) -> None:
    """The tables into `template`, or `back` into the database: files of SQLite, or what MariaDB dumps."""
    if not socket:
        for name in FILES:
            shutil.copy(*(folder / name for folder in ((template, work) if back else (work, template))))
        return
    for name in DATABASES:
        server = ["--socket", socket, "--user", "root", name]
        with (template / f"{name}.sql").open("rb" if back else "wb") as file:
            command, way = ("mariadb", "stdin") if back else ("mariadb-dump", "stdout")
            subprocess.run([command, *server], check=True, **{way: file})


def run(python: str, environment: dict[str, str], *command: str) -> str:
    """A management command, or several with `NEXT` between them, in a process of its own. Returns what they said."""
    started = [python, "-m", "platform_acceptance.tables", *command]
    done = subprocess.run(started, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TablesNotMadeError(f"{' '.join(command)}: " + "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:]))
    return done.stdout


def command(*words: str) -> tuple[bool, str]:
    """A management command in this process, which has started the platform: whether it went well, and the last that it said."""
    well, said = output(*words)
    return well, (said.strip().splitlines() or [""])[-1]


def output(*words: str) -> tuple[bool, str]:
    """The same, with all that it said."""
    from django.core.management import CommandError, call_command

    said = io.StringIO()
    try:
        call_command(*words, stdout=said, stderr=said)
    except CommandError as error:
        return False, f"{said.getvalue()} {error}"
    except SystemExit as ended:
        return not ended.code, said.getvalue()
    return True, said.getvalue()


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
    """Run the commands of the command line."""
    from . import boot

    service, *words = sys.argv[1:]
    boot.prepare(service)
    if words == [DATA]:
        data()
        return
    from django.core.management import execute_from_command_line

    while words:
        end = words.index(NEXT) if NEXT in words else len(words)
        one, words = words[:end], words[end + 1 :]
        execute_from_command_line([os.environ["DJANGO_SETTINGS_MODULE"], *one])


if __name__ == "__main__":
    main()
