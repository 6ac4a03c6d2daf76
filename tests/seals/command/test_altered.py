"""`dti-verify` of files to which something was done."""

import io
import random
import re

import pikepdf
import pypdf

from dti_xblocks.seals import file, keys, pades
from tests.pdf import pledge_samples as samples
from tests.seals.command.at_work import RING, _pdf, file_of, row_under, state


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
