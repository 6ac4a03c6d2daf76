"""What can be wrong with the kept PDF files of signed pledges: checked as a stranger would, from their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from types import ModuleType

from django.db.models import Exists, OuterRef

from ...pledge.seal import text_digest
from ...seals import whole
from ...seals.keys import Keyring
from .rows import CopyRow, SignedRow

FAULTS = {whole.ALTERED: "file", whole.UNKNOWN_KEY: "file-key"}
Fault = tuple[int, str, str, str]  # row of the file, code of the pledge, word, column


class FilesOfRows:
    """The files of the signatures in one course. `seen` counts those that were checked, `in_part` those of them whose PDF
    signatures could not be checked because pyHanko is missing."""

    def __init__(self, models: ModuleType, chain: str, ring: Keyring):
        self.models, self.chain, self.ring = models, chain, ring
        self.seen = self.in_part = 0

    def faults(self, row: SignedRow) -> Iterator[Fault]:
        """What is wrong with the file of `row`; nothing where none is kept."""
        copy = self.models.PledgeCopy.objects.filter(pledge=row.id).first()
        if copy is None:
            return
        self.seen += 1
        if row.document is None:
            yield copy.id, row.code, "file-erased", ""
            return
        body = bytes(copy.body)
        checked = whole.check(body, self.ring)
        self.in_part += checked.state == whole.PARTLY
        if checked.state in FAULTS:
            yield copy.id, row.code, FAULTS[checked.state], ""
        elif checked.code != row.code:
            yield copy.id, row.code, "file-code", checked.code
        yield from _columns(copy, body, row.code, checked.signed)

    def strays(self) -> Iterator[Fault]:
        """Files whose code is of a pledge of this course, and whose column names no pledge at all."""
        there = self.models.SignedPledge.objects.filter(id=OuterRef("pledge"))
        for copy in self.models.PledgeCopy.objects.filter(~Exists(there)).order_by("id").iterator(chunk_size=20):
            code = whole.check(bytes(copy.body), self.ring).code
            if code and self.models.SignedPledge.objects.filter(code_digest=text_digest(code), course_key=self.chain).exists():
                yield copy.id, code, "file-column", "pledge"


def _columns(copy: CopyRow, body: bytes, code: str, signed: bool) -> Iterator[Fault]:
    if copy.digest != hashlib.sha256(body).hexdigest():
        yield copy.id, code, "file-column", "digest"
    if copy.signed != signed:
        yield copy.id, code, "file-column", "signed"
