"""The process dies while somebody signs: before and after each write and commit. Run by `test_pledge_crash` and databases.py.

Arguments: Django's setting of the database (JSON), "atomic" (a request is one transaction, as in the LMS) or "plain". For each
such moment a process is killed with SIGKILL there; then another one, as after a restart, looks at what is left, sends the same
form again, and lets the next learner sign. Ends with status 0 when nothing was lost, halved or doubled; says how many moments.
"""

import json
import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.records.pledge.race_signers import configure

LEARNER, NEXT = 500, 501
ENOUGH = 500  # moments, of which there are about fifty
READING = ("SELECT", "SAVEPOINT", "RELEASE")  # to die beside these is to die after the write before


class Death:
    """Counts the moments at which something is about to be written, or has been, and dies at the one wanted."""

    def __init__(self, wanted: int):
        self.left = wanted

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around_statements(self, execute, sql, params, many, context):
        if sql.startswith(READING):
            return execute(sql, params, many, context)
        self.step()
        result = execute(sql, params, many, context)
        self.step()
        return result

    def around_commits(self, connection) -> None:
        commit = connection._commit

        def counted():
            self.step()
            commit()
            self.step()

        connection._commit = counted


def request(course: str, style: str, step) -> str:
    """What a block does when somebody agrees and signs: the event, the signature, the grade. The code on the page."""
    from django.db import transaction

    from dti_xblocks.records.review import reviews
    from tests.records.pledge import race_pledges

    with transaction.atomic() if style == "atomic" else nullcontext():
        race_pledges.note(LEARNER, course, "consented")
        row, _added = race_pledges.sign(LEARNER, course)
        # The platform's grade is a row in the same database; a review stands for it here.
        step()
        place = {"user_id": LEARNER, "username": "u", "course_key": course, "usage_key": f"grade-in-{course}"}
        reviews.save(**place, shown_as="", stars=5, text="", now=race_pledges.NOW)
        step()
    return row.code


def in_a_process(act) -> tuple[int, str]:
    """Run `act` in a process of its own: (the status it ended with, what it returned before)."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(read)
            os.write(write, act().encode())
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read) as answers:
        answer = answers.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), answer


def dying(course: str, style: str, wanted: int) -> str:
    from django.db import connection

    death = Death(wanted)
    connection.ensure_connection()
    death.around_commits(connection)
    with connection.execute_wrapper(death.around_statements):
        return request(course, style, death.step)


def afterwards(course: str, style: str, answered: str) -> str:
    """After a restart: look, try again, go on. What was found at first."""
    from dti_xblocks.pledge import seal
    from dti_xblocks.records import models
    from tests.records.pledge import race_pledges

    left = list(models.SignedPledge.objects.filter(course_key=course))
    events = list(models.PledgeEvent.objects.filter(course_key=course))
    graded = models.CourseReview.objects.filter(course_key=course).count()
    assert len(left) <= 1 and len(events) <= 1
    assert not left or events, "a signature without the consent before it"
    assert not answered or [row.code for row in left] == [answered], "a signature that was answered is gone"
    assert style == "plain" or len(left) == len(events) == graded, "half a request"
    for kind, row in [("pledge", row) for row in left] + [("event", row) for row in events]:
        assert seal.intact(row.document, row.document_hash)
        waiting = models.PledgePending.objects.filter(kind=kind, entry_id=row.id, entry=row.document_hash).count()
        linked = models.PledgeLink.objects.filter(kind=kind, entry_id=row.id, entry=row.document_hash).count()
        assert waiting + linked == 1, f"{kind}: {waiting} pending, {linked} linked"
    assert models.PledgePending.objects.filter(chain=course).count() <= len(left) + len(events)

    code = request(course, style, lambda: None)
    assert not left or code == left[0].code, "a second signature"
    race_pledges.sign(NEXT, course)
    race_pledges.sound(course, 3)
    assert models.CourseReview.objects.filter(course_key=course).count() == 1
    return f"{len(left)}{len(events)}{graded}"


def main(database: str, style: str) -> int:
    configure(json.loads(database))
    from django.db import connections

    from tests.records.pledge import race_pledges

    found: dict[str, int] = {}
    for wanted in range(1, ENOUGH):
        course = next(race_pledges.courses)
        status, answered = in_a_process(lambda c=course, n=wanted: dying(c, style, n))
        again, seen = in_a_process(lambda c=course, a=answered: afterwards(c, style, a))
        assert again == 0, f"after dying at moment {wanted} ({style})"
        found[seen] = found.get(seen, 0) + 1
        if status == 0:
            assert answered and seen == "111"
            break
        assert (status, answered) == (-signal.SIGKILL, "")
    else:
        raise AssertionError("it never came to its end")
    connections.close_all()
    assert {"000", "111"} <= set(found) and wanted > 20, found
    print(f"killed at {wanted - 1} moments ({style}): nothing lost, halved or doubled; found {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
