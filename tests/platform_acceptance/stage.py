"""One stage of a run in a process of its own: `python -m platform_acceptance.stage NAME`."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from . import boot
from .outcome import Ledger

# name -> the service that it runs in; each is a module of this package with `run(ledger)`
STAGES = {"importing": "cms", "walking": "lms", "learning": "lms", "libraries": "cms", "authoring": "cms"}


def main() -> None:
    """Run the stage that the command line names."""
    (name,) = sys.argv[1:]
    ledger = Ledger(boot.work() / "checks.jsonl", os.environ["DTI_PLATFORM_DATABASE"])
    service = STAGES[name]
    with ledger.part("Start"):
        seconds = boot.start(service)
        ledger.note(f"{'the LMS' if service == 'lms' else 'Studio'} starts with the package", True, f"{seconds:.0f} s")
        import dti_xblocks

        ledger.note(
            "the package is the one of the wheel", Path(dti_xblocks.__file__).is_relative_to(os.environ["DTI_PLATFORM_SITE"])
        )
    import_module(f"platform_acceptance.{name}").run(ledger)
    if service == "cms":
        boot.keep_store()  # the tables know which versions of a course are in it


if __name__ == "__main__":
    main()
