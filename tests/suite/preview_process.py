"""A preview as `dti-course preview` starts it: preview_process.py COURSE PORT STATE [CLOCK]

With CLOCK, a file that holds a number of seconds, the time of our code stands still: it is the moment of the start, and so many
seconds later. What a test of a scene against the clock sees then does not hang on the pace of the machine.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))


def stand_still(clock: Path) -> None:
    """Give every module of our blocks that works with `datetime` one whose `now` reads the clock."""
    from datetime import datetime, timedelta
    from importlib.metadata import entry_points

    begun = datetime.now().astimezone()

    class Still(datetime):
        @classmethod
        def now(cls, tz=None):
            return begun.astimezone(tz) + timedelta(seconds=float(clock.read_text()))

    for block in entry_points(group="xblock.v1"):
        if block.value.startswith("dti_xblocks."):
            block.load()
    for name, module in list(sys.modules.items()):
        if name.startswith("dti_xblocks.") and getattr(module, "datetime", None) is datetime:
            module.datetime = Still


def main(course: str, port: str, state: str, clock: str = "") -> int:
    from dti_xblocks.course.cli import main as dti_course
    from dti_xblocks.course.preview.settings import configure

    configure(Path(state))
    from django.db.backends.signals import connection_created

    from dti_xblocks.course.preview import database  # noqa: F401 - its receiver comes first
    from tests.suite.states import hurry

    connection_created.connect(hurry)
    if clock:
        stand_still(Path(clock))
    return dti_course(["preview", course, "--port", port, "--state", state])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
