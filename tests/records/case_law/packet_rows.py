"""Packets in the records, asked for and made, and a storage of their own."""

from datetime import UTC, datetime, timedelta

from django.core.files.storage import InMemoryStorage

from dti_xblocks.records.case_law import packets
from dti_xblocks.records.models import Packet

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{name: 1}) for name in ("seconds", "minutes", "hours", "days"))


def a_store(monkeypatch):
    """For a fixture: a storage of its own for each test, and no packets before or after."""
    made = InMemoryStorage()
    monkeypatch.setattr(packets, "storage", lambda: made)
    Packet.objects.all().delete()
    yield made
    Packet.objects.all().delete()


def ask(digest="d" * 64, owner=0, now=NOW, source=b"source", expected=7):
    return packets.ask(digest=digest, owner_id=owner, title="T", expected=expected, source=lambda: source, now=now)


def ready(digest="d" * 64, owner=0, now=NOW, body=b"%PDF-body"):
    row, _new = ask(digest, owner, now)
    job = packets.take(row.id, now)
    assert packets.finish(job, body, now)
    return Packet.objects.get(id=row.id)
