"""Whatever is altered, dropped, moved, added or signed by somebody else in a chain of pledges is found; nothing else is."""

import copy
import io
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import models as fields
from django.test import override_settings

from dti_xblocks.pledge import seal, signing
from dti_xblocks.pledge.model import Affirmation, Pledge, Question
from dti_xblocks.pledge.wording import wording_hash
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import check as pledge_check
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge import pledges, retention
from dti_xblocks.seals import keys
from tests.blocks_at_work import pledge_form
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import LEARNER, Person, make_block, post

WHEN = datetime(2026, 11, 23, 11, 26, tzinfo=UTC)
PLEDGE = Pledge(
    preamble="<p>I “intervene”.</p>",
    affirmations=(Affirmation("a", "I stop."), Affirmation("b", "I report.")),
    questions=(Question("rank", "Rank", False),),
    closing="<p>So be it.</p>",
)
numbers = itertools.count(1)


def new_key() -> str:
    shape = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Ed25519PrivateKey.generate().private_bytes(*shape).decode()


def ring_of(private: str, *before: str) -> keys.Keyring:
    earlier = [keys.public_pem(keys.read(each).private.public_key()) for each in before]
    return keys.read(private, earlier)


KEY, SECOND_KEY = new_key(), new_key()
RING, SECOND_RING = ring_of(KEY), ring_of(SECOND_KEY, KEY)


def signing_with(private: str):
    return override_settings(DTI_PLEDGE_KEYS={"private": private} if private else None)


def sign(chain: str, user_id: int, turn: int = 1, name: str = "Ana Reyes", valid: bool = True):
    block = f"block-v1:{chain}+pledge"
    until = WHEN + timedelta(days=365) if valid else None
    origin = {"address": "192.0.2.7", "browser": "Mozilla/5.0 “Test”"}
    act = signing.Act(chain, block, turn, WHEN, until, "2026", "Duty", origin=origin, salt=f"{user_id:032x}")
    consent = signing.Consent("I agree.", "Agree", "Disclosure.", "1", WHEN - timedelta(minutes=1))
    reading = signing.Reading(WHEN - timedelta(minutes=5), WHEN - timedelta(minutes=2), 180, "button")
    around = signing.Surroundings(
        "Pledge", "en", "Disclosure.", "1", "I agree.", "Agree", "Sign the pledge", "By pressing it I sign."
    )
    entries = signing.Entries(frozenset({"a", "b"}), {"rank": "Sergeant"}, name)
    signer = signing.Signer(user_id, f"u{user_id}", "Ana Reyes")
    draft = pledges.Draft(
        user_id=user_id,
        username=f"u{user_id}",
        course_key=chain,
        usage_key=block,
        turn=turn,
        full_name="Ana Reyes",
        signed_name=name,
        method="typed",
        wording_hash=wording_hash(PLEDGE),
        language="en",
        signed_at=WHEN,
        valid_until=until,
        private=act.private,
        build=lambda code: signing.document(PLEDGE, entries, signer, around, consent, reading, act, code),
    )
    return pledges.add(draft, lambda: f"{next(numbers):04d}-TEST-TEST-CHCK")[0]


def note(chain: str, user_id: int, kind: str = "consented", key: str = "t1/consented/1", pledge=None):
    where = {"course_key": chain, "usage_key": f"block-v1:{chain}+pledge", "at": WHEN}
    happening = pledge_events.Happening(kind, key, user_id, f"u{user_id}", **where, details={"n": [1, "é"]}, pledge=pledge)
    return pledge_events.note(happening)[0]


def new_course() -> str:
    return f"course-v1:Check+{next(numbers)}+2026"


def fill(chain: str, people: int = 4) -> str:
    """Each of `people` agrees and signs: twice as many links."""
    for user_id in range(1, people + 1):
        note(chain, user_id)
        sign(chain, user_id)
    return chain


def drop_course(chain: str) -> None:
    for model in (models.PledgeLink, models.PledgeChain, models.PledgePending):
        model.objects.filter(chain=chain).delete()
    for model in (models.SignedPledge, models.PledgeEvent):
        model.objects.filter(course_key=chain).delete()


@pytest.fixture(scope="module")
def sound():
    """A course of eight links that is never left altered."""
    with signing_with(KEY):
        chain = fill(new_course())
        yield chain
    drop_course(chain)


@pytest.fixture
def course():
    """A course of eight links that a test may spoil."""
    with signing_with(KEY):
        chain = fill(new_course())
        yield chain
    drop_course(chain)


def faults(chain: str, ring=RING, **more) -> list[tuple[str, str]]:
    return [(each.table, each.fault) for each in pledge_check.check(chain, ring, **more).findings]


def links(chain: str) -> list:
    return list(models.PledgeLink.objects.filter(chain=chain).order_by("position"))


# -- what is sound -----------------------------------------------------------------------------------------------------


def test_a_sound_chain_has_no_finding(sound):
    report = pledge_check.check(sound, RING)
    assert report.sound, [str(each) for each in report.findings]
    assert (report.links, report.pledges, report.events, report.records) == (8, 4, 4, 8)
    assert (report.unsigned, report.pending, report.erased, report.faults, report.first) == (0, 0, 0, 0, None)
    assert dict(report.keys) == {RING.key_id: 8}
    assert report.head == (8, models.PledgeChain.objects.get(chain=sound).head)
    assert str(report.head) == f"8:{report.head.digest}"


def test_a_course_without_records_is_sound():
    report = pledge_check.check("course-v1:Nobody+1+1", RING)
    assert report.sound
    assert report.head == (0, seal.START)


def test_progress_is_told_for_each_portion(sound, monkeypatch):
    monkeypatch.setattr(pledge_check, "PORTION", 3)
    told = []
    assert pledge_check.check(sound, RING, lambda done, total: told.append((done, total))).sound
    assert told == [(3, 8), (6, 8), (8, 8)]


def test_queries_grow_with_portions_not_with_records(sound, monkeypatch):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(portion: int) -> int:
        monkeypatch.setattr(pledge_check, "PORTION", portion)
        with CaptureQueriesContext(connection) as queries:
            assert pledge_check.check(sound, RING).sound
        return len(queries)

    assert count(4) - count(8) == 4  # one more portion: its place, its links, its signatures, its events


def test_keys_may_be_rotated_in_the_middle(course):
    with signing_with(SECOND_KEY):
        sign(course, 5)
    report = pledge_check.check(course, SECOND_RING)
    assert report.sound
    assert dict(report.keys) == {RING.key_id: 8, SECOND_RING.key_id: 1}
    assert ("PledgeLink", "unknown-key") in faults(course, RING)


def test_a_tail_without_signatures_is_no_fault(course):
    with signing_with(""):
        sign(course, 5)
        report = pledge_check.check(course, RING)
    assert report.sound
    assert (report.links, report.unsigned) == (9, 1)
    pledge_chain.complete(course, RING)
    assert pledge_check.check(course, RING).unsigned == 0


def test_a_record_that_waits_for_its_link_is_no_fault_and_is_checked(course, monkeypatch):
    monkeypatch.setattr(pledges, "later", lambda chain: None)
    row = sign(course, 5)
    report = pledge_check.check(course, RING)
    assert report.sound
    assert (report.links, report.pending, report.pledges) == (8, 1, 5)
    models.SignedPledge.objects.filter(id=row.id).update(signed_name="Someone Else")
    report = pledge_check.check(course, RING)
    assert (report.first.table, report.first.row, report.first.code, report.first.what) == (
        "SignedPledge",
        row.id,
        row.code,
        "signed_name",
    )


@pytest.mark.parametrize("change", [{"chain": "elsewhere"}, {"kind": "event"}, {"entry_id": 10**9}, {"entry": "0" * 64}], ids=str)
def test_every_field_of_a_row_that_waits_is_held_against_its_record(course, monkeypatch, change):
    monkeypatch.setattr(pledges, "later", lambda chain: None)
    row = sign(course, 5)
    waiting = models.PledgePending.objects.filter(kind="pledge", entry_id=row.id)
    waiting_id = waiting.get().id
    waiting.update(**change)
    assert not pledge_check.check(course, RING).sound
    models.PledgePending.objects.filter(id=waiting_id).delete()


def test_what_was_withdrawn_is_sound(course):
    row = models.SignedPledge.objects.filter(course_key=course).first()
    pledges.withdraw(row, 9, "sergeant", "Signed for another course by mistake.", WHEN)
    report = pledge_check.check(course, RING)
    assert report.sound
    assert report.links == 9


def test_where_it_was_sent_from_may_be_gone(course):
    models.SignedPledge.objects.filter(course_key=course).update(private=None)
    assert pledge_check.check(course, RING).sound


def test_what_retention_erased_is_sound(course):
    row = models.SignedPledge.objects.filter(course_key=course, user_id=2).get()
    retention.erase_pledge(row.id, WHEN + timedelta(days=3000), "retention")
    report = pledge_check.check(course, RING)
    assert report.sound, [str(each) for each in report.findings]
    assert report.erased == 2  # the signature and its consent
    assert report.links == 9


@pytest.mark.parametrize(
    "change",
    [
        {"username": "u9"},
        {"signed_name": "Ben"},
        {"full_name": "Ben"},
        {"private": {"salt": "x"}},
        {"user_id": 99},
        {"usage_key": "b"},
        {"code": "X"},
        {"code_digest": "x"},
        {"document_hash": "x"},
        {"course_key": "c"},
    ],
    ids=str,
)
def test_an_erased_signature_cannot_be_given_to_somebody(course, change):
    row = models.SignedPledge.objects.filter(course_key=course, user_id=2).get()
    retention.erase_pledge(row.id, WHEN, "retention")
    models.SignedPledge.objects.filter(id=row.id).update(**change)
    report = pledge_check.check(course, RING)
    assert row.id in {each.row for each in report.findings if each.table == "SignedPledge"}
    models.SignedPledge.objects.filter(id=row.id).update(course_key=course)


def test_older_documents_are_checked_by_what_they_hold(course):
    row = sign(course, 6, valid=False)
    old = _as_before(row)
    assert pledge_check.check(course, RING).sound
    for change in ({"turn": 2}, {"private": {"salt": "1"}}, {"valid_until": WHEN}, {"method": "drawn"}, {"username": "u7"}):
        before = {name: getattr(old, name) for name in change}
        models.SignedPledge.objects.filter(id=old.id).update(**change)
        assert faults(course), change
        models.SignedPledge.objects.filter(id=old.id).update(**before)
    assert pledge_check.check(course, RING).sound


def _as_before(row):
    """`row`, the last of its chain, as a signature of the first format that was linked later."""
    document = copy.deepcopy(row.document)
    for name in ("turn", "reading", "shown", "statement", "certificate", "local_time", "local_time_of", "valid_until", "origin"):
        del document[name]
    document["format"] = "dti-pledge/1"
    found = seal.digest(document)
    models.SignedPledge.objects.filter(id=row.id).update(document=document, document_hash=found, private=None)
    models.PledgeLink.objects.filter(kind="pledge", entry_id=row.id).delete()
    head = models.PledgeChain.objects.get(chain=row.course_key)
    last = links(row.course_key)[-1]
    head.length = head.signed = last.position
    head.head = last.digest
    head.save()
    models.PledgePending.objects.create(chain=row.course_key, kind="pledge", entry_id=row.id, entry=found)
    pledge_chain.complete(row.course_key, RING)
    return models.SignedPledge.objects.get(id=row.id)


STROKES = "[[[100, 100], [200, 150], [300, 100]]]"


@pytest.mark.parametrize("account_name", ["Ana Reyes", "Ana\u200f  Reyes", "reyes", ""])
@pytest.mark.parametrize("strokes", ["", STROKES])
def test_what_a_block_records_is_sound(account_name, strokes, monkeypatch):
    monkeypatch.setattr(pledge_check, "LIMIT", 10**6)  # other tests spoil rows of this course
    block = make_block(PledgeBlock, PLEDGE_OLX, user=Person(LEARNER.user_id, "reyes", account_name), valid_months="12")
    with signing_with(KEY):
        assert post(block, "sign", pledge_form(block, name="Ana Reyes", strokes=strokes)).status_code == 200
    usage = str(block.scope_ids.usage_id)
    row = models.SignedPledge.objects.get(usage_key=usage)
    events = models.PledgeEvent.objects.filter(usage_key=usage)
    assert row.method == ("drawn" if strokes else "typed")
    report = pledge_check.check(row.course_key, RING)
    mine = {("SignedPledge", row.id), *(("PledgeEvent", event.id) for event in events)}
    assert len(mine) >= 2
    assert [each for each in report.findings if (each.table, each.row) in mine] == []
    models.SignedPledge.objects.filter(id=row.id).update(full_name="Ben Okafor")
    report = pledge_check.check(row.course_key, RING)
    assert [each.what for each in report.findings if (each.table, each.row) in mine] == ["full_name"]


# -- every field of every row ------------------------------------------------------------------------------------------


def altered(field, value):
    """Another value that the column takes."""
    if isinstance(field, fields.JSONField):
        return {**(value or {}), "more": "x"}
    if isinstance(field, fields.DateTimeField):
        return (value or WHEN) + timedelta(seconds=1)
    if isinstance(field, fields.IntegerField):
        return (value or 0) + 1000
    return f"{'b' if str(value)[:1] == 'a' else 'a'}{str(value)[1:]}"


def columns() -> list:
    found = []
    for model in (models.SignedPledge, models.PledgeEvent, models.PledgeLink):
        found += [(model, field) for field in model._meta.concrete_fields]
    return found


@pytest.mark.parametrize(("model", "field"), columns(), ids=lambda each: getattr(each, "__name__", None) or each.name)
def test_every_field_of_every_row_is_held_against_the_seal(sound, model, field):
    course = {"chain": sound} if model is models.PledgeLink else {"course_key": sound}
    for row in list(model.objects.filter(**course)):
        value = getattr(row, field.name)
        changed = altered(field, value)
        model.objects.filter(pk=row.pk).update(**{field.name: changed})
        report = pledge_check.check(sound, RING)
        model.objects.filter(pk=changed if field.primary_key else row.pk).update(**{field.name: value})
        if model is models.PledgeLink and field.primary_key:  # the number of a link's row says nothing, and nothing refers to it
            assert report.sound
            continue
        assert not report.sound, (row, field.name)
        named = {(each.table, each.row) for each in report.findings}
        lost = {(each.table, each.position) for each in report.findings}
        moved = field.name in ("chain", "position")  # the link is missing where it was: the next one says so
        of_record = field.name in ("kind", "entry_id", "entry")
        assert (
            (model.__name__, row.pk) in named or moved or (of_record and any(place == row.position for _table, place in lost))
        ), (
            row,
            field.name,
            report.findings,
        )
    assert pledge_check.check(sound, RING).sound


def leaves(value, path=()):
    """The paths of all values in a document."""
    if isinstance(value, dict) and value:
        for name in value:
            yield from leaves(value[name], (*path, name))
    elif isinstance(value, list) and value:
        for number, each in enumerate(value):
            yield from leaves(each, (*path, number))
    else:
        yield path


def test_every_value_in_a_document_is_held_against_the_seal(sound):
    row = models.SignedPledge.objects.filter(course_key=sound).first()
    rows = models.SignedPledge.objects.filter(pk=row.pk)
    paths = list(leaves(row.document))
    assert len(paths) > 40
    for path in paths:
        document = copy.deepcopy(row.document)
        holder = document
        for name in path[:-1]:
            holder = holder[name]
        value = holder[path[-1]]
        holder[path[-1]] = (not value) if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value}."
        rows.update(document=document)
        assert ("SignedPledge", "document") in faults(sound), path
    rows.update(document={**row.document, "turn": 1.5})
    assert ("SignedPledge", "document") in faults(sound)
    rows.update(document=row.document)
    assert pledge_check.check(sound, RING).sound


@pytest.mark.parametrize("name", ["document", "document and its hash", "document, hash and link", "all but the signature"])
def test_whoever_alters_a_record_cannot_make_it_fit(course, name):
    """Each step further needs the next; the last needs the key."""
    row = models.SignedPledge.objects.filter(course_key=course).first()
    link = models.PledgeLink.objects.get(kind="pledge", entry_id=row.id)
    document = copy.deepcopy(row.document)
    document["signature"]["name"] = "Ben Okafor"
    found = seal.digest(document)
    rows = models.SignedPledge.objects.filter(id=row.id)
    rows.update(document=document, signed_name="Ben Okafor")
    if name != "document":
        rows.update(document_hash=found)
    if "link" in name:
        models.PledgeLink.objects.filter(id=link.id).update(entry=found)
    if name == "all but the signature":
        models.PledgeLink.objects.filter(id=link.id).update(entry=found)
        _rewrite(course)
    report = pledge_check.check(course, RING)
    assert not report.sound
    assert report.first.position == link.position


def _rewrite(chain: str) -> None:
    """Make every link fit the one before it, as who can write to the database could."""
    previous = seal.START
    for link in links(chain):
        link.previous = previous
        link.digest = previous = seal.digest(pledge_chain.payload_of(link))
        link.save()
    models.PledgeChain.objects.filter(chain=chain).update(head=previous)


@pytest.mark.parametrize("field", ["chain", "length", "head", "signed"])
def test_every_field_of_the_end_of_the_chain_is_held_against_its_links(course, field):
    head = models.PledgeChain.objects.get(chain=course)
    for value in {"chain": ["elsewhere"], "length": [0, 7, 9], "head": ["0" * 64], "signed": [0, 7, 9, 10**9]}[field]:
        rows = models.PledgeChain.objects.filter(id=head.id)
        rows.update(**{field: value})
        found = pledge_check.check(course, RING)
        assert {each.table for each in found.findings} == {"PledgeChain"}, (value, found.findings)
        rows.update(**{field: getattr(head, field)})
    models.PledgeChain.objects.filter(chain="elsewhere").delete()
    assert pledge_check.check(course, RING).sound


def test_the_row_of_the_end_may_not_go(course):
    models.PledgeChain.objects.filter(chain=course).delete()
    assert faults(course) == [("PledgeChain", "no-head")]


# -- rows dropped, swapped, added --------------------------------------------------------------------------------------


@pytest.mark.parametrize("position", range(1, 9))
def test_each_link_that_is_dropped_is_missed(course, position):
    models.PledgeLink.objects.filter(chain=course, position=position).delete()
    report = pledge_check.check(course, RING)
    assert "unlinked" in {each.fault for each in report.findings}
    if position < 8:
        assert (report.first.fault, report.first.what, report.first.position) == ("gap", str(position), position + 1)
    else:
        assert report.first.fault == "cut"


@pytest.mark.parametrize("position", range(1, 9))
def test_each_record_that_is_dropped_is_missed(course, position):
    link = links(course)[position - 1]
    model = {"pledge": models.SignedPledge, "event": models.PledgeEvent}[link.kind]
    model.objects.filter(id=link.entry_id).delete()
    report = pledge_check.check(course, RING)
    assert report.faults == 1
    assert (report.first.table, report.first.row, report.first.position) == (model.__name__, link.entry_id, position)
    assert report.first.fault == "no-entry"


def test_several_links_that_are_dropped_are_told_as_one_gap(course):
    models.PledgeLink.objects.filter(chain=course, position__in=(3, 4, 5)).delete()
    assert pledge_check.check(course, RING).first.what == "3–5"


@pytest.mark.parametrize(
    "columns",
    [
        ("position",),
        ("position", "previous"),
        ("position", "previous", "digest", "signature"),
        ("entry_id",),
        ("entry_id", "entry"),
    ],
    ids="+".join,
)
@pytest.mark.parametrize("place", [1, 4])
def test_links_that_are_swapped_are_found(course, place, columns):
    first, second = links(course)[place], links(course)[place + 2]
    rows = models.PledgeLink.objects
    parked = {"position": 999, "entry_id": 10**9}
    old = {name: getattr(first, name) for name in columns}
    new = {name: getattr(second, name) for name in columns}
    rows.filter(id=second.id).update(**{name: parked[name] for name in columns if name in parked})
    rows.filter(id=first.id).update(**new)
    rows.filter(id=second.id).update(**old)
    report = pledge_check.check(course, RING)
    assert not report.sound
    assert report.first.position == place + 1


def test_records_whose_contents_are_swapped_are_found(course):
    first, second = models.SignedPledge.objects.filter(course_key=course)[:2]
    names = ("document", "document_hash", "signed_name", "private")
    for row, other in ((first, second), (second, first)):
        models.SignedPledge.objects.filter(id=row.id).update(**{name: getattr(other, name) for name in names})
    assert ("SignedPledge", "entry") in faults(course)


def test_a_link_that_is_copied_is_found(course):
    link = links(course)[-1]
    link.pk, link.position, link.entry_id = None, 9, 10**9
    link.save(force_insert=True)
    assert {("PledgeChain", "beyond"), ("PledgeLink", "digest"), ("PledgeLink", "signature")} <= set(faults(course))


def test_a_position_that_is_taken_twice_is_found(course, monkeypatch):
    """The database does not allow it; a database without its constraints does."""
    real = pledge_check._Check._portions

    def doubled(self, rows, end):
        for portion in real(self, rows, end):
            yield [*portion[:3], portion[2], *portion[3:]]

    monkeypatch.setattr(pledge_check._Check, "_portions", doubled)
    assert ("PledgeLink", "twice") in faults(course)


@pytest.mark.parametrize("kind", ["pledge", "event"])
def test_a_row_that_is_added_by_hand_is_found(course, kind):
    model = {"pledge": models.SignedPledge, "event": models.PledgeEvent}[kind]
    row = model.objects.filter(course_key=course).first()
    row.pk, row.user_id = None, 77
    if kind == "pledge":
        row.code, row.code_digest = "FORGED", seal.text_digest("FORGED")
    row.save(force_insert=True)
    report = pledge_check.check(course, RING)
    assert (report.first.table, report.first.row, report.first.fault) == (model.__name__, row.pk, "unlinked")
    assert course in pledge_check.courses()


def test_rows_of_a_course_that_has_no_chain_are_found():
    chain = fill(new_course(), people=1)
    models.PledgeLink.objects.filter(chain=chain).delete()
    models.PledgeChain.objects.filter(chain=chain).delete()
    assert chain in pledge_check.courses()
    assert sorted(faults(chain)) == [("PledgeEvent", "unlinked"), ("SignedPledge", "unlinked")]
    drop_course(chain)


def test_more_faults_than_are_told_are_counted(course, monkeypatch):
    monkeypatch.setattr(pledge_check, "LIMIT", 3)
    models.SignedPledge.objects.filter(course_key=course).update(signed_name="Somebody", language="xx")
    report = pledge_check.check(course, RING)
    assert (len(report.findings), report.faults) == (3, 8)


def test_rows_by_hand_are_counted_beyond_those_told(course, monkeypatch):
    monkeypatch.setattr(pledge_check, "LIMIT", 3)
    models.PledgeLink.objects.filter(chain=course).delete()
    report = pledge_check.check(course, RING)
    assert len(report.findings) == 3
    assert report.faults == 9  # the end, four signatures, four events


# -- keys --------------------------------------------------------------------------------------------------------------


def test_links_that_another_key_signed_are_found(course):
    thief = ring_of(new_key())
    for link in links(course):
        link.signature = thief.sign(seal.canonical(pledge_chain.payload_of(link)))
        link.save()
    assert faults(course) == [("PledgeLink", "signature")] * 8
    models.PledgeLink.objects.filter(chain=course).update(key_id=thief.key_id)
    assert faults(course) == [("PledgeLink", "unknown-key")] * 8


def test_a_signature_that_is_taken_away_is_found(course):
    models.PledgeLink.objects.filter(chain=course, position=4).update(signature="", key_id="")
    assert [(each.position, each.fault) for each in pledge_check.check(course, RING).findings] == [(4, "unsigned")]


def test_the_signature_of_another_link_does_not_fit(course):
    models.PledgeLink.objects.filter(chain=course, position=4).update(signature=links(course)[4].signature)
    assert [(each.position, each.fault) for each in pledge_check.check(course, RING).findings] == [(4, "signature")]


@pytest.mark.parametrize("signature", ["zz", "00", "é", " " * 128])
def test_what_is_no_signature_is_found(course, signature):
    models.PledgeLink.objects.filter(chain=course, position=4).update(signature=signature)
    assert [(each.position, each.fault) for each in pledge_check.check(course, RING).findings] == [(4, "signature")]


def test_without_keys_no_signature_counts_as_checked(sound):
    assert faults(sound, keys.Keyring()) == [("PledgeLink", "unknown-key")] * 8


# -- the end -----------------------------------------------------------------------------------------------------------


def _cut(chain: str, fixed: bool) -> pledge_check.Head:
    """Remove the last two links and their records, and with `fixed` note the end accordingly; the end as it was."""
    head = pledge_check.check(chain, RING).head
    for link in links(chain)[-2:]:
        {"pledge": models.SignedPledge, "event": models.PledgeEvent}[link.kind].objects.filter(id=link.entry_id).delete()
        link.delete()
    if fixed:
        last = links(chain)[-1]
        models.PledgeChain.objects.filter(chain=chain).update(length=6, signed=6, head=last.digest)
    return head


def test_an_end_that_is_cut_off_is_missed(course):
    _cut(course, fixed=False)
    assert ("PledgeChain", "cut") in faults(course)


def test_an_end_that_is_cut_off_cleanly_is_missed_by_who_noted_it_down(course):
    head = _cut(course, fixed=True)
    assert faults(course) == []  # nothing in the database tells
    assert faults(course, expect=head) == [("PledgeChain", "expected-more")]


def test_a_chain_made_anew_with_a_stolen_key_is_found_by_who_noted_it_down(course):
    head = pledge_check.check(course, RING).head
    row = models.PledgeEvent.objects.filter(course_key=course).first()
    document = {**row.document, "details": {"n": "forged"}}
    found = seal.digest(document)
    models.PledgeEvent.objects.filter(id=row.id).update(document=document, document_hash=found)
    models.PledgeLink.objects.filter(kind="event", entry_id=row.id).update(entry=found)
    _rewrite(course)
    for link in links(course):
        link.signature = RING.sign(seal.canonical(pledge_chain.payload_of(link)))
        link.save()
    assert faults(course) == []
    assert faults(course, expect=head) == [("PledgeLink", "expected")]
    sign(course, 5)
    assert faults(course, expect=head) == [("PledgeLink", "expected")]


def test_what_was_noted_down_fits_for_good(course):
    heads = [pledge_check.Head(link.position, link.digest) for link in links(course)]
    sign(course, 5)
    for head in heads:
        assert faults(course, expect=head) == []


def test_values_that_no_link_can_have_are_findings_not_crashes(course):
    models.PledgeLink.objects.filter(chain=course, position=8).update(position=2**60)
    assert ("PledgeLink", "digest") in faults(course)
    models.PledgeLink.objects.filter(chain=course, position=1).update(kind="nonsense")
    report = pledge_check.check(course, RING)
    assert report.first.fault == "digest"
    assert ("PledgeLink", "no-entry") in [(each.table, each.fault) for each in report.findings]
    assert all(str(each) for each in report.findings)


def test_a_document_of_any_shape_is_a_finding_not_a_crash(course):
    row = models.SignedPledge.objects.filter(course_key=course).first()
    event = models.PledgeEvent.objects.filter(course_key=course).first()
    for document in (
        [],
        "text",
        7,
        {},
        {"format": signing.FORMAT},
        {"format": [], "signer": "x"},
        {"format": "dti-pledge/1", "place": []},
    ):
        models.SignedPledge.objects.filter(id=row.id).update(document=document)
        models.PledgeEvent.objects.filter(id=event.id).update(document=document)
        found = faults(course)
        assert {("SignedPledge", "document"), ("PledgeEvent", "document")} <= set(found), document


def signatures(chain: str) -> list:
    return list(models.SignedPledge.objects.filter(course_key=chain).order_by("id"))


def renumber(row, number: int) -> None:
    """Give a signature another number, and its link too: no hash holds it."""
    models.PledgeLink.objects.filter(kind="pledge", entry_id=row.id).update(entry_id=number)
    models.SignedPledge.objects.filter(id=row.id).update(id=number)


def test_a_withdrawal_cannot_be_taken_from_its_signature(course):
    row = signatures(course)[0]
    pledges.withdraw(row, 9, "sergeant", "By mistake.", WHEN)
    assert pledge_check.check(course, RING).sound
    renumber(row, row.id + 1_000_000)
    assert [(found.table, found.fault, found.what) for found in pledge_check.check(course, RING).findings] == [
        ("PledgeEvent", "column", "pledge")
    ]


def test_a_withdrawal_cannot_be_moved_to_another_signature(course):
    row, other = signatures(course)[:2]
    pledges.withdraw(row, 9, "sergeant", "By mistake.", WHEN)
    first, second = row.id, other.id
    renumber(row, 2_000_000 + first)
    renumber(other, first)
    renumber(models.SignedPledge.objects.get(id=2_000_000 + first), second)
    assert [(found.table, found.fault, found.what) for found in pledge_check.check(course, RING).findings] == [
        ("PledgeEvent", "column", "pledge")
    ]
    assert [each.withdrawn for each in pledges.of_learner(2, other.usage_key)] == [False]


def test_what_is_left_of_an_erased_event_withdraws_nobody(course):
    row, other = signatures(course)[:2]
    retention.erase_pledge(row.id, WHEN, retention.REQUEST)
    assert pledge_check.check(course, RING).sound
    event = models.PledgeEvent.objects.filter(course_key=course, document__isnull=True).first()
    key = {"key": f"withdrawn/{other.id}", "user_id": other.user_id, "kind": "withdrawn"}
    models.PledgeEvent.objects.filter(id=event.id).update(pledge=other.id, **key)
    assert not pledge_check.check(course, RING).sound
    assert [each.withdrawn for each in pledges.of_learner(other.user_id, other.usage_key)] == [False]


@pytest.mark.parametrize(
    "change",
    [
        {"code": "ZZZZ-ZZZZ-ZZZZ-ZZZZ", "code_digest": seal.text_digest("ZZZZ-ZZZZ-ZZZZ-ZZZZ")},
        {"turn": 7},
        {"language": "xx"},
        {"method": "drawn"},
        {"wording_hash": "0" * 64},
        {"signed_at": WHEN - timedelta(days=9)},
        {"valid_until": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_left_of_an_erased_signature_is_held_against_its_erasure(course, change):
    row = signatures(course)[0]
    retention.erase_pledge(row.id, WHEN, retention.REQUEST)
    models.SignedPledge.objects.filter(id=row.id).update(**change)
    assert [(found.row, found.fault) for found in pledge_check.check(course, RING).findings] == [(row.id, "column")]


def test_a_document_that_was_removed_without_an_event_is_missed(course):
    models.SignedPledge.objects.filter(course_key=course, user_id=1).update(document=None)
    models.PledgeEvent.objects.filter(course_key=course, user_id=2).update(document=None)
    assert sorted(faults(course)) == [("PledgeEvent", "erased"), ("SignedPledge", "erased")]


# -- the command -------------------------------------------------------------------------------------------------------


def run(*arguments) -> tuple[str, str]:
    out, errors = io.StringIO(), io.StringIO()
    call_command("verify_pledges", *arguments, stdout=out, stderr=errors, no_color=True)
    return out.getvalue(), errors.getvalue()


def test_the_command_says_that_all_is_well(sound):
    out, errors = run(sound)
    assert "8 links, 4 signed pledges, 4 events" in out
    assert f"8 links signed by key {RING.key_id}" in out
    assert "  sound\n" in out
    assert f"ends at {pledge_check.check(sound, RING).head}" in out
    assert "8 of 8 links" in errors


def test_the_command_names_the_bad_row_and_fails(course):
    row = models.SignedPledge.objects.filter(course_key=course, user_id=3).get()
    models.SignedPledge.objects.filter(id=row.id).update(signed_name="Ben")
    out = io.StringIO()
    with pytest.raises(CommandError, match="FAULTS in 1 of 1"):
        call_command("verify_pledges", course, stdout=out, stderr=io.StringIO(), no_color=True)
    told = out.getvalue()
    assert f"row {row.id}, position 6, code {row.code}: The column “signed_name” does not agree" in told
    assert "[dti_records_signedpledge]" in told


def test_the_command_completes_first_when_told(course):
    with signing_with(""):
        sign(course, 5)
    out, _errors = run(course)
    assert "1 links are not signed yet" in out
    out, _errors = run(course, "--complete")
    assert "linked 0, signed 1" in out
    assert "not signed yet" not in out


def test_the_command_holds_the_chain_against_what_was_noted_down(course):
    head = _cut(course, fixed=True)
    run(course)
    with pytest.raises(CommandError, match="FAULTS"):
        run(course, "--expect", str(head))


@pytest.mark.parametrize(
    "arguments", [("c", "--expect", "8"), ("c", "--expect", "8:xyz"), ("--expect", "8:" + "0" * 64)], ids=str
)
def test_the_command_refuses_what_it_cannot_read(arguments):
    with pytest.raises(CommandError, match="--expect"):
        run(*arguments)


def test_a_course_that_is_misspelled_is_not_called_sound():
    with pytest.raises(CommandError, match="Nothing is on record"):
        run("course-v1:No+Such+Course")


def test_without_keys_the_command_says_so_and_does_not_call_a_signed_chain_sound(course):
    errors = io.StringIO()
    with signing_with(""), pytest.raises(CommandError):
        call_command("verify_pledges", course, stdout=io.StringIO(), stderr=errors, no_color=True)
    assert "names no keys" in errors.getvalue()


def test_every_fault_has_words():
    from dti_xblocks.records.pledge.check_words import FAULTS

    for fault in FAULTS:
        assert "{" not in str(pledge_check.Finding("PledgeLink", 1, 2, "C", fault, "3"))
