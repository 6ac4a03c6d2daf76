"""One process of a crowd: posts the same form to the same block from several threads at once. Run by test_concurrency.

Arguments: the repository, the state folder, the block ("pledge" or "review"), how many threads. Prints one line per answer.
"""

import sys
import threading
import time
from pathlib import Path

ROOT, STATE, KIND, THREADS = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
sys.path.insert(0, str(ROOT))

from dti_xblocks.course.preview.settings import configure  # noqa: E402 - the path comes first

configure(STATE)

from django.db import connection  # noqa: E402 - Django is configured first

from dti_xblocks.pledge_block import PledgeBlock  # noqa: E402
from dti_xblocks.review_block import ReviewBlock  # noqa: E402
from tests import runtime  # noqa: E402
from tests.blocks_at_work import pledge_form  # noqa: E402
from tests.pledge.samples import PLEDGE as PLEDGE_OLX  # noqa: E402

# The first block that a process makes has the same usage key in every process.
block = runtime.make_block(PledgeBlock, PLEDGE_OLX) if KIND == "pledge" else runtime.make_block(ReviewBlock)
form = pledge_form(block) if KIND == "pledge" else {"stars": "4", "text": "Good."}
gate = threading.Barrier(THREADS)
answers = []


def one():
    mine = runtime.again(block)
    gate.wait()
    answers.append(runtime.post(mine, "sign" if KIND == "pledge" else "submit", form).status_code)
    connection.close()


(STATE / f"ready-{KIND}-{time.monotonic_ns()}").touch()
while not (STATE / f"go-{KIND}").exists():
    time.sleep(0.01)
threads = [threading.Thread(target=one) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(*answers, sep="\n")
