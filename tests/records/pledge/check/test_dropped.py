"""Whatever is dropped, moved, added or signed by somebody else in a chain of pledges is found."""

import pytest

from dti_xblocks.pledge import seal
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import check as pledge_check
from dti_xblocks.seals import keys
from tests.keys import new_key
from tests.records.pledge.check.chains import RING, drop_course, faults, fill, links, new_course, ring_of


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
