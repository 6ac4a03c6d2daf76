"""The process dies while the pledge block records a signature and reports its grade. Run by `test_pledge_crash`.

Arguments: a state folder, "atomic" (a request is one transaction, as in the LMS) or "plain". As `crash`, with the block and
what it publishes. Of the learner's page state nothing is left after each death: the records alone say what is so.
"""

import itertools
import os
import signal
import sys
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from dti_xblocks.course.preview.settings import configure
from tests.records.pledge.crash import ENOUGH, Death, in_a_process
from tests.records.pledge.race_signers import without_waiting_for_the_disk


class Dying:
    """Publishes to a file, as the platform does to its own tables: before and after that the process may die too."""

    def __init__(self, path: Path, step):
        self.path, self.step = path, step

    def __call__(self, block, event_type, event_data) -> None:
        if event_type in ("grade", "completion"):
            self.step()
            with self.path.open("a", encoding="utf-8") as file:
                file.write(f"{event_type}\n")
            self.step()


def load(path: Path, step):
    """The block as a process finds it when it starts: with what authors wrote, and no state of learners."""
    from dti_xblocks.pledge_block import PledgeBlock
    from tests import runtime
    from tests.pledge.samples import PLEDGE

    block = runtime.make_block(PledgeBlock, PLEDGE)
    block.runtime.publish = Dying(path, step)
    return block


def signing(path: Path, style: str, wanted: int) -> str:
    """Read and agree, and die while signing."""
    from django.db import connection, transaction

    from tests import runtime
    from tests.blocks_at_work import pledge_form

    death = Death(wanted)
    block = load(path, death.step)
    form = pledge_form(block)
    death.left = wanted
    death.around_commits(connection)
    with connection.execute_wrapper(death.around_statements), transaction.atomic() if style == "atomic" else nullcontext():
        assert runtime.post(block, "sign", form).status_code == 200
    return "200"


def afterwards(path: Path, answered: str) -> str:
    """After a restart: the page says whether it is signed; if not, the same is sent again. What was found at first."""
    from dti_xblocks.records import models
    from dti_xblocks.records.pledge import chain as pledge_chain
    from tests import runtime
    from tests.blocks_at_work import pledge_form
    from tests.records.pledge.race_pledges import sound

    block = load(path, lambda: None)
    rows = models.SignedPledge.objects.filter(usage_key=block.where.usage)
    left = list(rows.values())
    assert len(left) <= 1 and (left or not answered)
    html = runtime.page(block)
    assert ('name="shown"' in html) != bool(left), "the page does not say which"
    if not left:
        assert runtime.post(block, "sign", pledge_form(block)).status_code == 200
    (row,) = rows.values()
    assert not left or left == [row]
    published = path.read_text("utf-8").split()
    assert {"grade", "completion"} <= set(published), "the grade is lost"
    assert models.PledgeEvent.objects.filter(usage_key=block.where.usage).count() == 2  # opened, agreed
    assert runtime.post(block, "sign", pledge_form_of_before(block, row)).status_code == 200
    assert rows.count() == 1
    pledge_chain.complete_all(pledge_chain.site_keys().ring)
    sound(str(runtime.COURSE))
    return str(len(left))


def pledge_form_of_before(block, row) -> dict:
    """What a browser sends that kept the form of the first time."""
    return {"turn": "1", "shown": row["document"]["shown"], "name": row["signed_name"], "affirm": "law"}


def main(folder: str, style: str) -> int:
    configure(Path(folder))
    without_waiting_for_the_disk()
    from django.db import connections

    from tests import runtime

    runtime.page(load(Path(os.devnull), lambda: None))  # what is loaded once need not be loaded by each process
    connections.close_all()
    found = {"0": 0, "1": 0}
    for wanted in range(1, ENOUGH):
        runtime._numbers = itertools.count(1000 * wanted)  # another block for each death
        path = Path(folder) / f"published-{wanted}"
        path.touch()
        status, answered = in_a_process(lambda p=path, n=wanted: signing(p, style, n))
        again, seen = in_a_process(lambda p=path, a=answered: afterwards(p, a))
        assert again == 0, f"after dying at moment {wanted} ({style})"
        found[seen] += 1
        if status == 0:
            assert answered and seen == "1"
            break
        assert (status, answered) == (-signal.SIGKILL, "")
    else:
        raise AssertionError("it never came to its end")
    connections.close_all()
    assert found["0"] and found["1"] and wanted > 15, found
    print(f"killed at {wanted - 1} moments ({style}): nothing lost, halved or doubled; unsigned and signed then: {found}")
    return os.EX_OK


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
