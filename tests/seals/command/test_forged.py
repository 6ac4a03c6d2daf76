"""`dti-verify` of files with a sound seal around something that is not."""

import json

import pytest

from dti_xblocks.pledge import seal
from dti_xblocks.records.pledge.sealed import sealed_record
from dti_xblocks.seals import command, file, keys
from tests.pdf import pledge_samples as samples
from tests.seals.command.at_work import RING, SEALING, _pdf, row_under, state


def proof_of(row) -> dict:
    """What seal.json of this row's file holds."""
    return json.loads(sealed_record(row).link.proof)


def _forged_inside(row, change_record=None, change_seal=None, bodies=None):
    """A file that the institution's own key has sealed, with another record or seal in it: as somebody with the key, or with the
    database and the site, could make."""
    record = json.loads(json.dumps(row.document))
    around = proof_of(row)
    for change, value in ((change_record, record), (change_seal, around)):
        if change:
            change(value)
    parts = {"record.json": [seal.canonical(record)], "seal.json": [seal.canonical(around)]}
    parts.update(bodies or {})
    ring = keys.read(SEALING["private"])
    return file.put(_pdf(parts, file.marker(row.code, ring.key_id)), ring)


def test_the_parts_unchanged_are_valid(row):
    assert state(_forged_inside(row)) == "valid"


def test_every_altered_field_of_the_record_is_found(row):
    def paths(value, path=()):
        if isinstance(value, dict):
            for key, each in value.items():
                yield from paths(each, (*path, key))
        elif isinstance(value, list) and value:
            yield from paths(value[0], (*path, 0))
        else:
            yield path

    def change(path):
        def work(record):
            for key in path[:-1]:
                record = record[key]
            value = record[path[-1]]
            new = (
                not value
                if isinstance(value, bool)
                else value + 1
                if isinstance(value, int)
                else [[1]]
                if value == []
                else f"{value}x"
            )
            record[path[-1]] = new

        return work

    every = list(paths(row.document))
    assert len(every) > 35
    ring = keys.read(SEALING["private"])
    proof = proof_of(row)
    found = file.FileCheck(file.INTACT, row.code, ring.key_id, 1)
    for path in every:
        record = json.loads(json.dumps(row.document))
        change(path)(record)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(command, "_parts", lambda _body, record=record: (record, proof))
            with pytest.raises(command._NotValidError) as caught:
                command._record(b"", found, RING, command.Verdict("valid"))
        assert caught.value.args[0] == "altered", path
    assert state(_forged_inside(row, change(("signature", "name")))) == "altered"


@pytest.mark.parametrize(("key", "value", "expected"), [
    ("chain", "another course", "altered"),
    ("position", 99, "altered"),
    ("previous", "1" * 64, "altered"),
    ("entry", "1" * 64, "altered"),
    ("kind", "event", "altered"),
    ("linked_at", "2020-01-01T00:00:00Z", "altered"),
    ("format", "dti-link/2", "altered"),
])  # fmt: skip
def test_every_altered_part_of_the_seal_is_found(row, key, value, expected):
    assert state(_forged_inside(row, change_seal=lambda around: around["link"].update({key: value}))) == expected


def test_a_seal_of_another_key_is_found(row):
    other = keys.read(samples.institution("Somebody Else")["private"])

    def again(around):
        around.update(key_id=other.key_id, signature=other.sign(seal.canonical(around["link"])))

    def pretended(around):
        again(around)
        around["key_id"] = next(iter(RING.public))

    assert state(_forged_inside(row, change_seal=again)) == "unknown-key"
    assert state(_forged_inside(row, change_seal=pretended)) == "altered"


def test_the_seal_of_another_record_is_found(row):
    other = proof_of(row_under(SEALING))
    assert state(_forged_inside(row, change_seal=lambda around: around.update(other))) == "altered"


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"null", b"\xff", b'{"code": "x"}', b"[" * 100_000, b"1e999"])
def test_a_record_that_is_none_is_no_crash(row, text):
    for name in ("record.json", "seal.json"):
        assert state(_forged_inside(row, bodies={name: [text]})) in ("altered", "unreadable")
