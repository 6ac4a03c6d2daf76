"""Processes of a race: each posts to the same block from several threads at once. Run by test_concurrency.

Arguments: the repository, the state folder, what to do, how many processes, how many threads in each. With "pledge", "review" and
"begin" (a scenario) each thread sends the same form once; with "scenario" it plays the run to the end, with other choices than its
neighbors; with "marks" it adds and removes marks. Prints one line per answer.

The processes are forks of this one, which has imported everything and opened no database.
"""

import multiprocessing
import os
import sys
import threading
from pathlib import Path

ROOT, STATE, KIND, PROCESSES, THREADS = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
sys.path.insert(0, str(ROOT))

from dti_xblocks.course.preview.settings import configure  # noqa: E402 - the path comes first

configure(STATE)

from django.db import connection  # noqa: E402 - Django is configured first

from dti_xblocks.pledge_block import PledgeBlock  # noqa: E402
from dti_xblocks.records.case_law import marks, reading  # noqa: E402
from dti_xblocks.review_block import ReviewBlock  # noqa: E402
from tests import runtime  # noqa: E402
from tests.blocks_at_work import pledge_form  # noqa: E402
from tests.pledge.samples import PLEDGE as PLEDGE_OLX  # noqa: E402
from tests.records.case_law import race_marks  # noqa: E402
from tests.records.scenario import race_runs  # noqa: E402


# The first block that a process makes has the same usage key in every process.
def one_form():
    """What each thread does: send one form."""
    block = runtime.make_block(PledgeBlock, PLEDGE_OLX) if KIND == "pledge" else runtime.make_block(ReviewBlock)
    handler, form = ("sign", pledge_form(block)) if KIND == "pledge" else ("submit", {"stars": "4", "text": "Good."})
    return lambda number: [said(runtime.post(runtime.again(block), handler, form))]


def said(answer) -> str:
    """The status of an answer; with its words, where it is not 200, so that a race that fails once tells why."""
    words = "" if answer.status_code == 200 else f":{'_'.join(answer.text.split())[:600]}"
    return f"{answer.status_code}{words}"


def one_run():
    """What each thread does: play to the ending."""
    site = race_runs.Site()
    if KIND == "begin":
        return lambda number: [site.request(runtime.LEARNER, "begin", {})[0]]
    return lambda number: race_runs.play_through(site, runtime.LEARNER, number)


def marking():
    """What each thread does: see the test."""

    def act(number):
        learner = runtime.LEARNER
        race_marks.add(learner.user_id, "shared")
        race_marks.add(learner.user_id, f"own-{os.getpid()}-{number}")
        race_marks.add(learner.user_id, "", "", anchor=None)
        marks.remove_bookmark(learner.user_id, race_marks.COURSE, "graham")
        return ["200", "200", "200", reading.note(learner, race_marks.COURSE, "block", "graham", "opened", race_marks.NOW)]

    return act


def race(gate) -> None:
    """What one process does, from the moment that all threads of all processes are ready."""
    act = marking() if KIND == "marks" else one_run() if KIND in ("begin", "scenario") else one_form()
    answers, failed = [], []

    def one(number):
        try:
            gate.wait(120)
            answers.extend(act(number))
        except BaseException:
            failed.append(number)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("\n".join(map(str, answers)), flush=True)
    sys.exit(bool(failed))


if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    gate = fork.Barrier(PROCESSES * THREADS)
    racers = [fork.Process(target=race, args=(gate,)) for _ in range(PROCESSES)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    sys.exit(any(racer.exitcode for racer in racers))
