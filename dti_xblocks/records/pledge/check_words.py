"""The faults of a chain in words."""

from __future__ import annotations

from typing import Protocol

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

APP = "dti_records"


class Fault(Protocol):
    """What has to be said: see `check.Finding`."""

    @property
    def table(self) -> str: ...
    @property
    def row(self) -> int | None: ...
    @property
    def position(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def fault(self) -> str: ...
    @property
    def what(self) -> str: ...


FAULTS = {
    # of links
    "gap": gettext_lazy("The links before it are missing: position {what}."),
    "twice": gettext_lazy("Another link has the same position."),
    "previous": gettext_lazy("It does not continue the link before it. One of the two was altered, or one was removed."),
    "digest": gettext_lazy("The link was altered: its digest does not fit."),
    "unsigned": gettext_lazy("Its signature is missing or incomplete."),
    "unknown-key": gettext_lazy("It is signed by a key that is not known here: {what}."),
    "signature": gettext_lazy("The signature does not fit. The link or the signature was altered, or another key signed it."),
    "expected": gettext_lazy("The digest is not the one that was noted down before: the chain was made anew."),
    # of records
    "no-entry": gettext_lazy("The record is gone."),
    "entry": gettext_lazy("The record is not the one that was linked."),
    "document": gettext_lazy("The document was altered: its hash does not fit."),
    "format": gettext_lazy("The document is of no known kind: {what}."),
    "column": gettext_lazy("The column “{what}” does not agree with the sealed document."),
    "private": gettext_lazy("Where it was sent from was altered."),
    "erased": gettext_lazy("The document was removed, and no event says so."),
    "unlinked": gettext_lazy("The record is not in the chain: it was added by hand, or its link was removed."),
    "times": gettext_lazy("The times are out of order: {what}. A clock was wrong, or somebody changed it."),
    # of kept files
    "file": gettext_lazy("The file was altered: its seal or its PDF signature does not fit."),
    "file-key": gettext_lazy("The file is sealed or signed with a key that is not known here."),
    "file-code": gettext_lazy("The file is that of another pledge: {what}."),
    "file-column": gettext_lazy("The column “{what}” does not agree with the file."),
    "file-erased": gettext_lazy("The file was kept, though its record was erased."),
    # of the end of the chain
    "no-head": gettext_lazy("The row that keeps the end of the chain is gone."),
    "head": gettext_lazy("The end of the chain is noted with another digest than its last link has, at position {what}."),
    "cut": gettext_lazy("The chain is shorter than noted: it should have {what} links."),
    "beyond": gettext_lazy("The chain has links after the end that is noted, up to position {what}."),
    "signed": gettext_lazy("How far the chain is signed was altered: {what}."),
    "expected-more": gettext_lazy("The chain ends before the position that was noted down: {what}. Its end was cut off."),
}


def sentence(finding: Fault) -> str:
    """Where it is and what is wrong, for people."""
    where = [str(apps.get_model(APP, finding.table)._meta.verbose_name)]
    if finding.row is not None:
        where.append(_("row {row}").format(row=finding.row))
    if finding.position:
        where.append(_("position {position}").format(position=finding.position))
    if finding.code:
        where.append(_("code {code}").format(code=finding.code))
    fault = str(FAULTS[finding.fault]).format(what=finding.what)
    return f"{', '.join(where)}: {fault}"
