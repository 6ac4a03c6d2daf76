"""What signed pledges cost: python tests/benches/pledges.py [RECORDS] [SIGNERS], on SQLite in a temporary folder.

Signatures through the block on one worker (each request one transaction, as in the LMS), links per second of the chain, the
check of the whole chain (time and peak of Python's memory) and the CSV of all signatures. With DTI_DATABASE_ENGINE, _NAME,
_USER, _HOST in the environment chain and check are measured on that server instead. Prints a table; asserts nothing.
"""

import copy
import os
import re
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import records as bench_records  # noqa: E402 - the path comes first
from quick import QUICK  # noqa: E402

COURSE = "course-v1:DTI+DTI101+bench"
BLOCK = "block-v1:DTI+DTI101+bench+type@dti_pledge+block@m09-pledge-item-u1"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PORTION = 1000
OLX = ROOT / "course_export/vertical/m09-pledge-item-u1.xml"


def configure() -> bool:
    """Set up Django with keys for pledges; True where blocks can be made too."""
    from django.conf import settings

    if os.environ.get("DTI_DATABASE_NAME"):
        from dti_xblocks.seals.make import make_keys

        bench_records.configure()
        settings.DTI_PLEDGE_KEYS = str(Path(tempfile.mkdtemp(prefix="dti-bench-")) / "keys")
        make_keys(settings.DTI_PLEDGE_KEYS, "Example")
        return False
    if not settings.configured:
        from dti_xblocks.course.preview.settings import configure as preview

        preview(Path(tempfile.mkdtemp(prefix="dti-bench-")))
    return True


def course_pledge() -> str:
    """What the course's own pledge has between its tags."""
    from lxml import etree

    from dti_xblocks.content import inner_xml, parser

    return inner_xml(etree.parse(str(OLX), parser()).find(".//dti_pledge"))


def sign_through_block(signers: int) -> dict:
    """`signers` people open the course's pledge, agree, and sign; requests per second of each kind, and a document."""
    from django.db import transaction
    from runtime import Person, again, make_block, page, post

    from dti_xblocks.pledge_block import PledgeBlock
    from dti_xblocks.records.models import SignedPledge

    people = [Person(number, f"officer{number:06d}", "Ana Reyes") for number in range(10_000, 10_000 + signers)]
    block = make_block(PledgeBlock, course_pledge(), enrolled={person.user_id for person in people})
    shown = re.search(r'name="shown" value="([^"]+)"', page(again(block, people[0])))[1]
    agreeing = {"shown": shown, "consent": "yes"}
    form: list = []
    took = {"page": 0.0, "agree": 0.0, "sign": 0.0}
    for person in people:
        mine = again(block, person)
        for name, act in (
            ("page", lambda mine=mine: page(mine)),
            ("agree", lambda mine=mine: post(mine, "agree", agreeing)),
            ("sign", lambda mine=mine, form=form: post(mine, "sign", form)),
        ):
            began = time.perf_counter()
            with transaction.atomic():
                answer = act()
            took[name] += time.perf_counter() - began
            if name == "agree" and not form:
                form += _filled(page(again(block, person)), shown)
            if name != "page" and answer.status_code != 200:
                raise SystemExit(f"{name} was refused: {answer.text[:500]}")
    rows = SignedPledge.objects.filter(usage_key=str(block.scope_ids.usage_id))
    if rows.count() != signers:
        raise SystemExit(f"{rows.count()} of {signers} are on record")
    return {name: signers / seconds for name, seconds in took.items()} | {"document": rows.first().document}


def _filled(html: str, shown: str) -> list:
    """The form for signing, all filled in."""
    answers = dict.fromkeys(re.findall(r'name="(answer-[^"]+)"', html), "1234")
    affirmed = re.findall(r'name="affirm" value="([^"]+)"', html)
    return [("shown", shown), ("turn", "1"), ("name", "Ana Reyes"), *(("affirm", each) for each in affirmed), *answers.items()]


def plain_document() -> dict:
    """A document as long as that of the course's pledge, where there is no block to make one."""
    text = "I will step in when I see force that is not lawful, as soon as I can do so safely. "
    return {
        "format": "dti-pledge/2",
        "language": "en",
        "wording": {"hash": "a" * 64, "label": "", "preamble": text * 12, "closing": text * 3},
        "affirmations": [{"id": f"a{number}", "text": text * 2, "affirmed": True} for number in range(6)],
        "consent": {"given": True, "disclosure": text * 15},
        "signer": {"account_name": "Ana Reyes"},
        "signature": {"kind": "typed", "name": "Ana Reyes", "strokes": []},
        "place": {"title": "Duty to Intervene"},
    }


def fill(records: int, document: dict) -> None:
    """Half as many signatures as `records`, each after the event of its consent, all waiting for their links."""
    from dti_xblocks.pledge.seal import digest, text_digest
    from dti_xblocks.pledge.signing import moment
    from dti_xblocks.records.models import PledgeEvent, PledgePending, SignedPledge
    from dti_xblocks.records.pledge.events import Happening

    for start in range(0, records // 2, PORTION):
        events, pledges = [], []
        for number in range(start, min(start + PORTION, records // 2)):
            at, who = NOW + timedelta(seconds=number), {"user_id": number + 1, "username": f"officer{number:06d}"}
            where = {"course_key": COURSE, "usage_key": BLOCK}
            agreed = Happening("consented", "t1/consented/1", **who, **where, at=at, details={"disclosure": "d" * 2000})
            kept = agreed.document(f"{number:016x}")
            events.append(
                PledgeEvent(**who, **where, kind=agreed.kind, key=agreed.key, at=at, document=kept, document_hash=digest(kept))
            )
            code = f"{number:06d}-BENCH"
            signed = copy.deepcopy(document) | {"code": code, "turn": 1, "signed_at": moment(at), "valid_until": "", "origin": ""}
            signed["signer"] |= who
            signed["place"] |= {"course": COURSE, "block": BLOCK}
            pledges.append(
                SignedPledge(
                    **who,
                    **where,
                    full_name=signed["signer"]["account_name"],
                    signed_name=signed["signature"]["name"],
                    method=signed["signature"]["kind"],
                    wording_hash=signed["wording"]["hash"],
                    language=signed["language"],
                    document=signed,
                    document_hash=digest(signed),
                    code=code,
                    code_digest=text_digest(code),
                    signed_at=at,
                )
            )
        waiting = []
        for kind, model, rows in (("event", PledgeEvent, events), ("pledge", SignedPledge, pledges)):
            model.objects.bulk_create(rows, batch_size=200)
            hashes = [row.document_hash for row in rows]
            found = model.objects.filter(course_key=COURSE, document_hash__in=hashes) if rows[0].pk is None else rows
            waiting += [PledgePending(chain=COURSE, kind=kind, entry_id=row.id, entry=row.document_hash) for row in found]
        PledgePending.objects.bulk_create(waiting)


def timed(act) -> tuple[float, object]:
    began = time.perf_counter()
    found = act()
    return time.perf_counter() - began, found


def peak_of(act) -> float:
    """The peak of Python's memory while `act` runs, above what there was before, in MB. Tracing makes it several times slower."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    act()
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return peak / 1e6


def listed(number: int) -> None:
    """What the list of `number` signatures asks, as CPU time: the counts by status, the first page and the last, a part of a name."""
    from dti_xblocks.pledge.validity import Terms
    from dti_xblocks.records.models import SignedPledge
    from dti_xblocks.records.pledge import roster

    wording = SignedPledge.objects.filter(usage_key=BLOCK).values_list("wording_hash", flat=True)[0]
    asked = roster.Asked(BLOCK, wording, Terms(), datetime.now(UTC))
    for name, ask in {
        "list: counts by status": lambda: roster.counts(asked),
        "list: first page": lambda: roster.page(asked, 0, 50),
        "list: last page": lambda: roster.page(asked, max(0, number - 50), number),
        "list: part of a name": lambda: roster.page(roster.Asked(BLOCK, wording, Terms(), asked.now, search="0423"), 0, 50),
    }.items():
        times = []
        for _round in range(5):
            began = time.process_time()
            ask()
            times.append(time.process_time() - began)
        print(f"{name:28}{min(times) * 1000:9.0f} ms of CPU, {number} signatures", flush=True)


def csv_of_all() -> int:
    """Every part of the CSV of all signatures; its bytes."""
    from dti_xblocks.blocks.pledge.report import PART, signed_csv
    from dti_xblocks.pledge.validity import Terms
    from dti_xblocks.records.models import SignedPledge
    from dti_xblocks.records.pledge.roster import Asked

    rows = SignedPledge.objects.filter(usage_key=BLOCK).order_by("id")
    asked = Asked(BLOCK, rows.values_list("wording_hash", flat=True)[0], Terms(), datetime.now(UTC))
    size, after = 0, 0
    while ids := list(rows.filter(id__gt=after).values_list("id", flat=True)[:PART]):
        size += sum(map(len, signed_csv(asked, after, ["Agency"])))
        after = ids[-1]
    return size


def main(records: int = 30 if QUICK else 100_000, signers: int = 4 if QUICK else 200) -> None:
    with_blocks = configure()
    from django.core.management import call_command
    from django.db import connection

    from dti_xblocks.records.pledge.chain import complete
    from dti_xblocks.records.pledge.check import check
    from dti_xblocks.seals.site import site_keys

    call_command("migrate", verbosity=0)
    ring = site_keys().ring
    document = plain_document()
    if with_blocks:
        found = sign_through_block(signers)
        document = found.pop("document")
        for name, rate in found.items():
            print(f"{name + ' (one worker)':28}{rate:9.0f} per second, {1000 / rate:.1f} ms each", flush=True)
    took, _nothing = timed(lambda: fill(records, document))
    print(f"{records} records on {connection.vendor}, made in {took:.0f} s", flush=True)
    took, (linked, signed) = timed(lambda: complete(COURSE, ring))
    print(
        f"{'linking and sealing':28}{linked / took:9.0f} per second ({linked} linked, {signed} signed in {took:.0f} s)",
        flush=True,
    )
    took, report = timed(lambda: check(COURSE, ring))
    print(f"{'check of the chain':28}{took:9.1f} s for {report.links} links, {report.faults} faults", flush=True)
    print(f"{'':28}{peak_of(lambda: check(COURSE, ring)):9.1f} MB of Python's memory at the peak", flush=True)
    listed(records // 2)
    took, size = timed(csv_of_all)
    print(f"{'CSV of all signatures':28}{took:9.1f} s, {records // 2} rows, {size / 1e6:.1f} MB", flush=True)
    print(f"{'':28}{peak_of(csv_of_all):9.1f} MB of Python's memory at the peak", flush=True)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
