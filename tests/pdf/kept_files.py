"""Kept files of pledges as somebody who can write to the database would change them."""

import hashlib
import io

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from dti_xblocks.records import models
from dti_xblocks.seals import file, pades
from tests.pdf.pledge_samples import institution


def blanked(body: bytes) -> bytes:
    """`body` with a further revision in which its first page says something else."""
    writer = IncrementalPdfFileWriter(io.BytesIO(body))
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    text = generic.StreamObject(stream_data=b"BT (I, SOMEBODY ELSE) Tj ET")
    page.get_object()["/Contents"] = writer.add_object(text)
    writer.mark_update(page)
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(body) and len(out.getvalue()) > len(body)
    return out.getvalue()


def signed_by_a_stranger(body: bytes) -> bytes:
    """The sealed part of `body` with the PDF signature of another institution behind it."""
    keys, length = institution("Strangers"), int(file.MARKER.search(body)["length"])
    return pades.sign(body[:length], keys["certificate"], keys["certificate_key"], title="Signature", reason="None")


def put_in(row, body: bytes) -> None:
    """`body` as the file that is kept of `row`, with the digest that it has."""
    changed = models.PledgeCopy.objects.filter(pledge=row.id).update(body=body, digest=hashlib.sha256(body).hexdigest())
    assert changed == 1
