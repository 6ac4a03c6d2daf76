"""Whatever is altered in a row of a chain of pledges is found."""

import copy
from datetime import timedelta

import pytest
from django.db import models as fields

from dti_xblocks.pledge import seal
from dti_xblocks.records import models
from dti_xblocks.records.pledge import check as pledge_check
from tests.records.pledge.check.chains import KEY, RING, WHEN, columns, faults, rewrite, sign, signing_with


def altered(field, value):
    """Another value that the column takes."""
    if isinstance(field, fields.JSONField):
        return {**(value or {}), "more": "x"}
    if isinstance(field, fields.DateTimeField):
        return (value or WHEN) + timedelta(seconds=1)
    if isinstance(field, fields.IntegerField):
        return (value or 0) + 1000
    return f"{'b' if str(value)[:1] == 'a' else 'a'}{str(value)[1:]}"


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
        rewrite(course)
    report = pledge_check.check(course, RING)
    assert not report.sound
    assert report.first.position == link.position


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


@pytest.mark.parametrize(
    "name", ["Ana  Reyes", "Ana Reyes ", "Ana Reyes\u200e", "Ana\u200b Reyes", "ana Reyes", "", "Ana\u00a0Reyes"]
)
def test_the_name_of_the_account_is_the_sealed_one_to_the_letter(course, name):
    models.SignedPledge.objects.filter(course_key=course, user_id=2).update(full_name=name)
    assert faults(course) == [("SignedPledge", "column")]


def test_a_name_that_the_platform_has_untidily_is_kept_tidily_and_agrees(course):
    with signing_with(KEY):
        row = sign(course, 77, account=" Ana\u200e   Reyes ")
    row.refresh_from_db()
    assert row.full_name == row.document["signer"]["account_name"] == "Ana Reyes"
    assert faults(course) == []
