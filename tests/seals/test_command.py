"""`dti-verify`: genuine files are valid, and whatever is done to one is found."""

import io
import json
import random
import re
import subprocess
import sys
import zlib

import pikepdf
import pypdf
import pytest
from django.test import override_settings

from dti_xblocks.blocks.pledge import copy as pledge_copy
from dti_xblocks.pledge import seal
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.seals import command, file, keys, pades
from tests.pdf import pledge_samples as samples

SETTING = samples.institution("Department of the command")
SEALING = samples.sealing_only("Department of the command")
RING = samples.ring_of(SETTING)
COURSE = "course-v1:DTI+COMMAND+2026"


def row_under(setting, **more):
    with override_settings(DTI_PLEDGE_KEYS=setting):
        return samples.signed_row(course=COURSE, **more)


def file_of(row, setting) -> bytes:
    with override_settings(DTI_PLEDGE_KEYS=setting):
        return pledge_copy.copy_of(row).body


@pytest.fixture(scope="module")
def row():
    return row_under(SEALING)


@pytest.fixture(scope="module")
def sealed(row):
    return file_of(row, SEALING)


@pytest.fixture(scope="module")
def signed():
    return file_of(row_under(SETTING, strokes=samples.drawing(), valid_until=samples.WHEN.replace(year=2100)), SETTING)


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on `body` with the keys of `setting`: (exit status, what it prints)."""

    def call(body, *more, setting=SETTING, key=None):
        (tmp_path / "pledge.pdf").write_bytes(body)
        (tmp_path / "institution.pub").write_text(setting["public"] if key is None else key)
        status = command.run([str(tmp_path / "pledge.pdf"), "--key", str(tmp_path / "institution.pub"), *more])
        return status, capsys.readouterr().out

    return call


def state(body, ring=RING) -> str:
    return command.verify(body, ring).state


# -- sound files ------------------------------------------------------------------------------------------------------


def test_a_sealed_file_is_valid_and_told_in_plain_words(run, sealed, row):
    status, said = run(sealed)
    assert status == 0
    assert "pledge.pdf: valid\n" in said
    for words in ("Ana Reyes", row.code, "2026-11-23T11:26:05Z", "The Duty to Intervene pledge", "Sergeant", COURSE,
                  "Statements affirmed            7", "withdrawn since can only be seen online"):  # fmt: skip
        assert words in said, words
    assert "PDF signature" not in said


def test_a_signed_file_is_valid(run, signed):
    status, said = run(signed)
    assert status == 0
    assert "The PDF signature is by “Department of the command”, covers the whole file" in said
    assert "typed and drawn" in said


def test_json_for_programs(run, sealed, row):
    status, said = run(sealed, "--json")
    found = json.loads(said)
    assert (status, found["status"], found["state"], found["reasons"]) == (0, 0, "valid", [])
    assert ["Verification code", row.code] in found["facts"]


def test_an_answer_cannot_pass_for_a_fact():
    from dti_xblocks.pledge.model import Affirmation, Pledge, Question

    pledge = Pledge("<p>x</p>", (Affirmation("a", "I will."),), "", (Question("q", "Signed by"),))
    body = file_of(row_under(SEALING, pledge=pledge, answers=("Somebody Else",)), SEALING)
    facts = command.verify(body, RING).facts
    assert ("Signed by", "Ana Reyes") in facts and ("Signed by", "Somebody Else") not in facts
    assert ("Answer: Signed by", "Somebody Else") in facts


def test_a_pledge_that_ran_out_is_genuine_and_said_to_have_run_out():
    body = file_of(row_under(SEALING, valid_until=samples.WHEN.replace(year=2027)), SEALING)
    assert command.verify(body, RING, samples.WHEN).reasons == []
    found = command.verify(body, RING, samples.WHEN.replace(year=2028))
    assert found.state == "valid" and "ran out at 2027-11-23T11:26:05Z" in found.reasons[0]


def test_a_record_from_before_is_valid_too():
    with override_settings(DTI_PLEDGE_KEYS=SEALING):
        body = pledge_copy.copy_of(samples.row_from_before()).body
    assert state(body) == "valid"


def test_a_file_of_an_earlier_key_is_valid_with_the_key_file_of_today(sealed):
    today = samples.institution("The key after it")
    assert state(sealed, keys.read(public=[today["public"], SETTING["public"]])) == "valid"
    assert state(sealed, keys.read(public=[today["public"]])) == "unknown-key"


# -- what is done to a file -------------------------------------------------------------------------------------------


def test_a_changed_byte_anywhere_is_found(sealed, signed):
    random.seed(7)
    for body in (sealed, signed):
        objects = [found.start() for found in re.finditer(rb"\d+ 0 obj", body)]
        assert len(objects) > 15
        regions = [*objects, *(place + 30 for place in objects), *range(0, len(body), len(body) // 150), len(body) - 2]
        for place in [*regions, *random.sample(range(len(body)), 150)]:
            other = bytearray(body)
            other[min(place, len(body) - 1)] ^= random.choice((1, 2, 4, 32, 128))
            assert state(bytes(other)) in ("altered", "unknown-key", "unreadable"), place


def test_a_cut_or_longer_file_is_found(sealed, signed):
    for body in (sealed, signed):
        for other in (body[:-1], body[: len(body) // 2], body + b"\n", body + body, body[:1000]):
            assert state(other) in ("altered", "unreadable")


def test_a_pdf_signature_that_was_taken_off_is_found(run, signed):
    length = file.check(signed, RING).length
    status, said = run(signed[:length])
    assert status == 1 and "ALTERED: The PDF signature that belongs to this file has been taken off." in said


def test_a_file_saved_anew_by_another_program_is_found(sealed, signed):
    for body in (sealed, signed):
        output = io.BytesIO()
        pikepdf.open(io.BytesIO(body)).save(output)
        assert state(output.getvalue()) in ("altered", "unreadable")


def test_a_revision_that_changes_what_is_shown_is_found(sealed, signed):
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    for body in (sealed, signed):
        writer = IncrementalPdfFileWriter(io.BytesIO(body))
        writer.root["/Lang"] = writer.root["/Lang"]
        writer.update_root()
        output = io.BytesIO()
        writer.write(output)
        assert state(output.getvalue()) == "altered"


def test_a_revision_signed_by_somebody_else_is_not_valid(run, signed):
    length = file.check(signed, RING).length
    other = samples.institution("Somebody Else")
    forged = pades.sign(signed[:length], other["certificate"], other["certificate_key"], title="x", reason="x")
    status, said = run(forged)
    assert status == 2 and "“Somebody Else”, whose certificate is not in the key file" in said


def test_an_exchanged_attachment_is_found(sealed, signed):
    for body in (sealed, signed):
        opened = pikepdf.open(io.BytesIO(body))
        opened.attachments["record.json"] = pikepdf.AttachedFileSpec(opened, b'{"code":"x"}')
        output = io.BytesIO()
        opened.save(output)
        assert state(output.getvalue()) in ("altered", "unreadable")


def test_a_genuine_record_in_a_forged_file_is_found(sealed, row):
    parts = pypdf.PdfReader(io.BytesIO(sealed)).attachments
    marker = file.MARKER.search(sealed)[0]
    own = keys.read(samples.institution("The forger")["private"])
    for identifier in (marker, file.marker(row.code, RING.public and next(iter(RING.public))), file.marker(row.code, own.key_id)):
        forged = _pdf(parts, identifier)
        assert state(forged) in ("altered", "unknown-key")
        if own.key_id.encode() in forged:
            assert state(file.put(forged, own)) == "unknown-key"


def test_the_file_of_another_institution_is_of_an_unknown_key(run, sealed):
    status, said = run(sealed, setting=samples.institution("Somebody Else"))
    assert status == 2 and "unknown key: The file says that it was sealed with the key" in said
    assert "Ana Reyes" not in said  # nothing in it is believed


def test_a_file_from_before_the_seal_says_so(run):
    row = row_under(None)
    status, said = run(file_of(row, None))
    assert status == 2 and "not sealed yet: The file was made before the record was sealed" in said


# -- files with a sound seal around something that is not -------------------------------------------------------------


def _pdf(parts: dict, identifier: bytes) -> bytes:
    from dti_xblocks import pdf

    html = '<html lang="en"><head><title>x</title></head><body><h1>A pledge</h1></body></html>'
    attached = tuple(pdf.Attached(name, each[0], "x", samples.WHEN) for name, each in parts.items())
    return pdf.render(html, title="x", for_archive=pdf.Archive(identifier, attached))


def _forged_inside(row, change_record=None, change_seal=None, bodies=None):
    """A file that the institution's own key has sealed, with another record or seal in it: as somebody with the key, or with the
    database and the site, could make."""
    record = json.loads(json.dumps(row.document))
    link = pledge_chain.link_of(pledge_chain.PLEDGE, row.id)
    around = pledge_copy._seal(link)
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
    link = pledge_chain.link_of(pledge_chain.PLEDGE, row.id)
    found = file.FileCheck(file.INTACT, row.code, ring.key_id, 1)
    for path in every:
        record = json.loads(json.dumps(row.document))
        change(path)(record)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(command, "_parts", lambda _body, record=record: (record, pledge_copy._seal(link)))
            with pytest.raises(command._Not) as caught:
                command._record(b"", found, RING, command.Verdict("valid"))
        assert caught.value.args[0] == "altered", path
    assert state(_forged_inside(row, change(("signature", "name")))) == "altered"


@pytest.mark.parametrize("key, value, expected", [
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
    other = pledge_chain.link_of(pledge_chain.PLEDGE, row_under(SEALING).id)
    assert state(_forged_inside(row, change_seal=lambda around: around.update(pledge_copy._seal(other)))) == "altered"


@pytest.mark.parametrize("text", [b"", b"[]", b"{}", b"null", b"\xff", b'{"code": "x"}', b"[" * 100_000, b"1e999"])
def test_a_record_that_is_none_is_no_crash(row, text):
    for name in ("record.json", "seal.json"):
        assert state(_forged_inside(row, bodies={name: [text]})) in ("altered", "unreadable")


# -- hostile files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [
    b"", b"%PDF", b"%PDF-1.7", b"MZ\x90", b"%PDF-1.7\n" + b"1 0 obj<</Type/Catalog>>endobj\n" * 1000, bytes(100_000),
    b"%PDF-1.7\n" + b"<<" * 50_000, b"%PDF-1.7\nstream\n" + zlib.compress(bytes(50_000_000)) + b"\nendstream",
])  # fmt: skip
def test_other_files_are_an_answer_not_a_crash(run, body):
    status, said = run(body)
    assert status == 2 and "cannot be checked: " in said


def test_nothing_is_parsed_whose_seal_does_not_hold(monkeypatch, sealed):
    monkeypatch.setattr(command, "_parts", lambda body: pytest.fail("read"))
    monkeypatch.setattr(pades, "check", lambda *arguments: pytest.fail("read"))
    for body in (sealed[:-1], b"%PDF-1.7 nothing", sealed.replace(b" sealed ", b" signed ")):
        assert state(body) != "valid"


def test_files_that_are_too_large_or_missing_are_said_to_be(run, monkeypatch, sealed, tmp_path, capsys):
    monkeypatch.setattr(command, "LARGEST_FILE", 1024)
    status, said = run(sealed)
    assert status == 2 and "has more than" in said
    assert command.run([str(tmp_path), "--key", str(tmp_path / "institution.pub")]) == 2
    assert "is no file" in capsys.readouterr().out
    assert command.run([str(tmp_path / "pledge.pdf"), "--key", str(tmp_path / "nothing")]) == 2
    assert "The key file cannot be used" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["", "x", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", SETTING["certificate"],
                                 SETTING["private"]])  # fmt: skip
def test_a_key_file_that_cannot_be_used_is_said_to_be(run, sealed, key):
    status, said = run(sealed, key=key)
    assert status == 2 and "cannot be checked: The key file cannot be used" in said
    assert SETTING["private"][30:60] not in said


def test_what_is_printed_cannot_move_the_cursor():
    verdict = command.Verdict("valid", facts=[("Signed by", "Ana\x1b[2J\r\u202eReyes")])
    assert not any(character in command.report("a\x1b.pdf", verdict) for character in "\x1b\r\u202e")


# -- what is not there ------------------------------------------------------------------------------------------------


def test_without_pyhanko_it_says_what_was_not_checked(run, monkeypatch, signed, sealed):
    monkeypatch.setattr(pades, "find_spec", lambda name: None)
    status, said = run(signed)
    assert status == 2 and "not checked to the end: " in said and "pip install pyhanko" in said
    assert "What the sealed record says, whatever else is in the file:" in said
    assert run(sealed)[0] == 0


def test_it_runs_without_django(sealed, signed, tmp_path):
    (tmp_path / "institution.pub").write_text(SETTING["public"])
    for name, body in (("sealed.pdf", sealed), ("signed.pdf", signed)):
        (tmp_path / name).write_bytes(body)
        code = (
            "import sys; sys.modules['django'] = None; sys.modules['xblock'] = None; sys.modules['weasyprint'] = None\n"
            "from dti_xblocks.seals.command import main\n"
            "sys.exit(main())"
        )
        arguments = [sys.executable, "-c", code, str(tmp_path / name), "--key", str(tmp_path / "institution.pub")]
        done = subprocess.run(
            arguments, capture_output=True, text=True, timeout=240, env={"PYTHONPATH": ":".join(sys.path), "LANG": "C"}
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert ": valid" in done.stdout and done.stderr == ""
