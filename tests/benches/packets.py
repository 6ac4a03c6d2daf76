"""What packets cost: `python tests/benches/packets.py`. Prints a table; asserts nothing.

"made" is the time from asking to the file, in a process of its own that begins cold; "memory" is the most that this process had
resident; "again" is an answer from storage. Bytes are exact; times are wall clock on the machine at hand, the best of a few.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from quick import QUICK

ROUNDS = 1 if QUICK else 3
PACKETS = (("one", 1), ("module 2", 21), ("library", 170), ("five libraries", 850), ("1,000 authorities", 1000))


def best(action, rounds: int = ROUNDS) -> tuple[float, object]:
    """The shortest time in seconds, and the last result."""
    times, result = [], None
    for _round in range(rounds):
        began = time.perf_counter()
        result = action()
        times.append(time.perf_counter() - began)
    return min(times), result


def set_up(state: str) -> None:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from dti_xblocks.course.preview.settings import configure

    configure(Path(state))


def measured(name: str, count: int, state: str) -> None:
    """One line of the table, in a process whose only children are those of this packet."""
    set_up(state)
    import pypdf

    from dti_xblocks import pdf
    from dti_xblocks.blocks.case_law.packets import printing
    from dti_xblocks.case_law.library import library
    from dti_xblocks.case_law.packet import annotated
    from dti_xblocks.pages.case_law.packet_document import Cover, document
    from dti_xblocks.records import tasks
    from dti_xblocks.records.case_law import packets

    authorities = list(library())
    authorities = library().module(2) if name == "module 2" else (authorities * (count // len(authorities) + 1))[:count]

    def write():
        return document([annotated(one) for one in authorities], Cover(name), library(), printing())

    first, made = best(write, 1)
    html, made = best(write)
    source = made.to_render(date(2026, 11, 23))
    pdf_time, body = best(lambda: pdf.render_apart(source, title=name, base_css=made.css), 1 if count > 100 else ROUNDS)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pages = len(pypdf.PdfReader(io.BytesIO(body)).pages)

    def order(digest):
        values = {"digest": digest, "owner_id": 0, "title": name, "expected": made.expected, "now": datetime.now(UTC)}
        return packets.ask(**values, source=lambda: tasks.document(source, made.css))

    row, _new = order(made.digest)
    job = packets.take(row.id, datetime.now(UTC))
    packets.finish(job, body, datetime.now(UTC))
    again, _body = best(lambda: b"".join(packets.content(packets.find(made.digest, 0))))
    print(
        f"{name:22}{len(authorities):6}{pages:7}{made.expected:6}{first * 1000:9.0f}{html * 1000:9.0f}"
        f"{len(made.to_read(date(2026, 11, 23)).encode()):10}{pdf_time:9.2f}{len(body):10}{peak:8.0f}{again * 1000:9.1f}"
    )


def main() -> None:
    state = tempfile.mkdtemp(prefix="dti-bench-")
    set_up(state)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(f"{'':22}{'':6}{'':7}{'about':>6}{'HTML':>9}{'HTML':>9}{'HTML':>10}{'PDF':>9}{'PDF':>10}{'memory':>8}{'again':>9}")
    print(
        f"{'packet':22}{'cases':>6}{'pages':>7}{'pages':>6}{'first ms':>9}{'ms':>9}{'bytes':>10}{'made s':>9}{'bytes':>10}{'MB':>8}{'ms':>9}"
    )
    for name, count in PACKETS[:1] if QUICK else PACKETS:
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=measured, args=(name, count, state))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
