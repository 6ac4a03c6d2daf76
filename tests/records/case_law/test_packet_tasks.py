"""The task and the command that make packets."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from dti_xblocks import pdf
from dti_xblocks.records import tasks
from dti_xblocks.records.case_law import packets
from dti_xblocks.records.models import Packet
from tests.records.case_law.packet_rows import HOUR, SECOND, a_store, ask, ready


@pytest.fixture(autouse=True)
def store(monkeypatch):
    yield from a_store(monkeypatch)


def told(monkeypatch, result):
    """What `make_packet` leaves where the renderer gives `result` or raises it."""
    seen = {}

    def stand_in(html, *, title, base_css, heartbeat):
        seen.update(html=html, title=title, css=base_css)
        heartbeat(3)
        seen["done"] = Packet.objects.get().done
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr(pdf, "render_apart", stand_in)
    row, _new = ask(source=tasks.document("<p>hi", "p{}"), now=datetime.now(UTC))
    tasks.make_packet(row.id)
    return Packet.objects.get(), seen


def test_the_task_renders_and_keeps_the_file(monkeypatch):
    row, seen = told(monkeypatch, b"%PDF-made")
    assert row.state == "ready" and b"".join(packets.content(row)) == b"%PDF-made"
    assert seen == {"html": "<p>hi", "title": "T", "css": "p{}", "done": 3}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (pdf.NotRenderedError("pages"), "pages"),
        (pdf.NotRenderedError("memory", "exit status 3"), "memory"),
        (pdf.PdfUnavailableError("Install Pango."), "unavailable"),
        (RuntimeError("what nobody thought of"), "broken"),
    ],
)
def test_what_goes_wrong_stands_in_the_row(monkeypatch, error, reason):
    row, _seen = told(monkeypatch, error)
    assert (row.state, row.reason, row.source) == ("failed", reason, None)


def test_a_worker_that_was_overtaken_stops(monkeypatch):
    def slow(html, *, title, base_css, heartbeat):
        packets.take(Packet.objects.get().id, datetime.now(UTC) + 61 * SECOND)
        heartbeat(1)
        raise AssertionError("it went on")

    monkeypatch.setattr(pdf, "render_apart", slow)
    row, _new = ask(source=tasks.document("<p>", ""), now=datetime.now(UTC))
    tasks.make_packet(row.id)
    assert (Packet.objects.get().state, Packet.objects.get().tries) == ("working", 2)


def test_the_task_of_a_packet_that_is_gone_or_made_does_nothing(monkeypatch):
    monkeypatch.setattr(pdf, "render_apart", lambda *_args, **_options: 1 / 0)
    tasks.make_packet(999_999)
    tasks.make_packet(ready().id)
    assert Packet.objects.get().state == "ready"


def test_the_command_makes_what_waits_and_tells_what_there_is(monkeypatch, capsys):
    monkeypatch.setattr(pdf, "render_apart", lambda html, **_options: b"%PDF-" + html.encode())
    now = datetime.now(UTC)
    ask("a" * 64, source=tasks.document("one", ""), now=now)
    ask("b" * 64, owner=7, source=tasks.document("two", ""), now=now - 25 * HOUR)
    call_command("dti_packets", "--make", "--purge")
    told = capsys.readouterr().out.splitlines()
    assert told == ["Removed 1 packets.", "Made what was waiting: 1.", "ready: 1 shared, 0 personal, 0.0 MB"]
    call_command("dti_packets")
    assert capsys.readouterr().out.splitlines() == told[2:]
