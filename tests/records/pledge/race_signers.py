"""Signers in processes of their own, all at the same moment. Run by `test_pledge_crash` and tests/databases.py.

Arguments: Django's setting of the database (JSON), how many processes, "atomic" (each request is one transaction that began
before, as in the LMS) or "plain". Each signs for itself, with the events before it, and for a learner whom all have in common.
Ends with status 0 when everybody was answered, with one signature per learner, in one sealed chain; says on the last line how
long it took.
"""

import json
import multiprocessing
import sys
import time
import traceback
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))


def configure(database: dict) -> None:
    """Django with this database and nothing else."""
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=["dti_xblocks.records"],
        USE_TZ=True,
        SECRET_KEY="only for these tests",
        DATABASES={"default": database},
        DTI_PLEDGE_KEYS=None,
    )
    django.setup()
    without_waiting_for_the_disk()


def without_waiting_for_the_disk() -> None:
    """What SQLite has written is there for other processes, also when this one is killed: only a power cut would lose it."""
    from django.db.backends.signals import connection_created

    def hurry(connection, **_more):
        if connection.vendor == "sqlite":
            connection.connection.execute("PRAGMA synchronous = OFF")

    connection_created.connect(hurry, weak=False)


def address_of(connection) -> str:
    """The setting by which another process finds the database of `connection`."""
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    return json.dumps({name: connection.settings_dict[name] for name in names})


def signer(number: int, course: str, atomic: bool, gate, answers) -> None:
    """One process: says what it was told, or what went wrong."""
    from django.db import connection, transaction

    from dti_xblocks.records import models
    from tests.records.pledge import race_pledges

    try:
        told = []
        for user_id in (1000 + number, 999):
            for step in race_pledges.steps(user_id, course):
                with transaction.atomic() if atomic else nullcontext():
                    models.SignedPledge.objects.filter(course_key=course).count()  # from here on an older view of the tables
                    gate.wait()
                    told.append(step())
        connection.close()
        own, common = told[3], told[7]
        answers.put((number, own, common))
    except BaseException:
        answers.put((number, traceback.format_exc(), ""))
        raise


def main(database: str, size: str, style: str) -> int:
    configure(json.loads(database))
    from django.conf import settings
    from django.db import connection

    from dti_xblocks.records import models
    from dti_xblocks.seals.site import site_keys
    from tests.records.pledge import race_pledges

    settings.DTI_PLEDGE_KEYS = {"private": race_pledges.new_key()}
    size, course, fork = int(size), next(race_pledges.courses), multiprocessing.get_context("fork")
    gate, answers = fork.Barrier(size, timeout=120), fork.Queue()
    processes = [fork.Process(target=signer, args=(n, course, style == "atomic", gate, answers)) for n in range(size)]
    began = time.monotonic()
    for process in processes:
        process.start()
    told = sorted(answers.get(timeout=240) for _process in processes)
    for process in processes:
        process.join()
    seconds = time.monotonic() - began
    faults = [text for _number, text, common in told if not common]
    assert not faults, "\n".join(faults)
    assert {common for _number, _own, common in told} == {models.SignedPledge.objects.get(user_id=999, course_key=course).code}
    rows = dict(models.SignedPledge.objects.filter(course_key=course).exclude(user_id=999).values_list("user_id", "code"))
    assert rows == {1000 + number: own for number, own, _common in told}
    length = race_pledges.sound(course, 4 * (size + 1), site_keys().ring)
    print(f"{size} processes ({style}) on {connection.vendor}: a sealed chain of {length} in {seconds:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
