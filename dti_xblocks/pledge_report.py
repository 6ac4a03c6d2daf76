"""The table of signed pledges for course staff."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .records.tables import csv_bytes


def csv_file(rows: list, current: str) -> bytes:
    """A CSV file of the records `rows`; `current` is the hash of the present wording. Each question asked has a column."""
    labels = list(dict.fromkeys(answer["label"] for row in rows for answer in row.document["answers"]))
    return csv_bytes([*_header(), *labels], (_row(row, current, labels) for row in rows))


def _header() -> list[str]:
    return [
        _("Username"),
        _("Name of the account"),
        _("Signed name"),
        _("Name differs"),
        _("Reason"),
        _("Signed at (UTC)"),
        _("Wording"),
        _("Present wording"),
        _("Language"),
        _("Verification code"),
        _("SHA-256 of the record"),
    ]


def _row(row, current: str, labels: list[str]) -> list:
    signature = row.document["signature"]
    answers = {answer["label"]: answer["value"] for answer in row.document["answers"]}
    return [
        row.username,
        row.full_name,
        row.signed_name,
        _("yes") if signature["name_differs"] else _("no"),
        signature["reason"],
        row.document["signed_at"],
        row.wording_hash,
        _("yes") if row.wording_hash == current else _("no"),
        row.language,
        row.code,
        row.document_hash,
        *(answers.get(label, "") for label in labels),
    ]
