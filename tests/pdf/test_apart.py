"""Rendering in a process of its own: what it may take, what it may know, and that it ends."""

import io
import os
import subprocess
import sys
import threading

import pypdf
import pytest

from dti_xblocks import pdf
from dti_xblocks.pdf import apart, rendering
from dti_xblocks.pdf.apart import Limits, NotRenderedError, render_apart

pytestmark = pytest.mark.slow

START = subprocess.Popen
WAITS = "import sys, time; sys.stdin.buffer.read(); time.sleep(600)"


def document(body):
    return f'<!DOCTYPE html><html lang="en"><head><title>Inside</title></head><body>{body}</body></html>'


PAGES = document("<h1>x</h1>" + '<p style="break-before: page">text</p>' * 12)


@pytest.fixture
def started(monkeypatch):
    """The processes of ours that were started. Libraries start others, to find each other."""
    found = []

    def remember(command, **options):
        process = START(command, **options)
        if command[0] == sys.executable:
            found.append(process)
        return process

    monkeypatch.setattr(subprocess, "Popen", remember)
    yield found
    assert all(process.returncode is not None for process in found)  # nobody is left behind


def instead(monkeypatch, code):
    """Have this Python program run in place of the worker."""
    start = apart.subprocess.Popen
    monkeypatch.setattr(apart, "WORKER", code)
    monkeypatch.setattr(subprocess, "Popen", lambda command, **options: start([command[0], "-c", command[-1]], **options))


def refused(html=PAGES, **limits) -> NotRenderedError:
    with pytest.raises(NotRenderedError) as caught:
        render_apart(html, title="T", limits=Limits(**limits))
    return caught.value


# -- what comes of it ------------------------------------------------------------------------------------------------------


def test_it_is_the_file_that_render_makes(started):
    html = document("<h1>One</h1><p>Text <em>in italics</em></p>")
    assert render_apart(html, title="A title", base_css="p { color: red }") == pdf.render(
        html, title="A title", base_css="p { color: red }"
    )
    assert len(started) == 1


def test_it_tells_of_its_pages(started):
    told = []
    body = render_apart(PAGES, title="T", heartbeat=told.append, every=0.05)
    assert len(pypdf.PdfReader(io.BytesIO(body)).pages) == 13
    assert told == sorted(told) and set(told) <= set(range(14)) and len(told) > 1


def test_several_at_once_do_not_mix(started):
    made = {}

    def one(number):
        made[number] = render_apart(document(f"<p>number {number}"), title=f"T{number}")

    threads = [threading.Thread(target=one, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, body in made.items():
        reader = pypdf.PdfReader(io.BytesIO(body))
        assert (reader.pages[0].extract_text().split("\n")[0], reader.metadata.title) == (f"number {number}", f"T{number}")


# -- what it may take ------------------------------------------------------------------------------------------------------


def test_too_many_pages_end_it(started):
    assert refused(pages=5).code == "pages"


def test_a_document_that_is_too_large_is_not_begun(started):
    assert refused(source=100).code == "size"
    assert started == []


def test_a_file_that_is_too_large_is_not_kept(started):
    assert refused(file=2000).code == "size"


def test_too_much_time_ends_it(started, monkeypatch):
    instead(monkeypatch, WAITS)
    assert refused(seconds=1).code == "time"
    assert started[0].returncode == -9


def test_too_much_memory_ends_it(started):
    fault = refused(document("<p>" + "word " * 1_500_000), memory=250 * 1024**2, seconds=60)
    assert fault.code == "memory", fault.detail


def test_a_process_that_dies_without_a_word_is_told(started, monkeypatch):
    instead(monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert refused().code == "memory"
    instead(monkeypatch, "import signal, os; signal.signal(signal.SIGXCPU, signal.SIG_DFL); os.kill(os.getpid(), signal.SIGXCPU)")
    assert refused().code == "time"
    instead(monkeypatch, "raise SystemExit('what is this')")
    assert (fault := refused()).code == "broken" and "what is this" in fault.detail


def test_what_is_no_file_is_no_success(started, monkeypatch):
    instead(monkeypatch, "import sys; sys.stdin.buffer.read(); print('hello')")
    assert refused().code == "broken"


def test_a_process_that_does_not_listen_does_not_stop_us(started, monkeypatch):
    instead(monkeypatch, "import os; os.close(0); print('gone')")
    assert refused(document("<p>x</p>" * 100_000)).code == "broken"


def test_a_caller_who_gives_up_ends_the_process(started, monkeypatch):
    instead(monkeypatch, WAITS)

    def give_up(_page):
        raise KeyError("enough")

    with pytest.raises(KeyError):
        render_apart(PAGES, title="T", heartbeat=give_up, every=0.05)


@pytest.mark.parametrize(
    "hostile",
    [
        "<p>" + "x" * 20_000 + "</p>",
        "<p>" + "&lt;p&gt;" * 3000 + "</p>",
        "<p>" + "\u202eabc\u2066\u2067" * 2000 + "</p>",
        "<p>" + "👮🏽‍♀️🚓" * 500 + "</p>",
        "<p>" + "e" + "\u0301" * 5000 + "</p>",
        "<p>" + "مرحبا שלום " * 500 + "</p>",
        "<p>x" + "<em>" * 150 + "deep",
        "<p>line</p>" * 2000,
    ],
    ids=["one word", "markup as text", "directions", "emoji", "accents", "right to left", "deep", "many paragraphs"],
)
def test_hostile_text_becomes_pages(started, hostile):
    body = render_apart(document(f"<h1>x</h1>{hostile}"), title="T")
    assert len(pypdf.PdfReader(io.BytesIO(body)).pages) >= 1


def test_nesting_without_end_is_told_and_no_crash(started):
    assert refused(document("<div>" * 3000)).code in ("broken", "memory")


# -- what it may know and reach --------------------------------------------------------------------------------------------


def test_it_knows_nothing_of_our_environment(started, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "open sesame")
    monkeypatch.setenv("TMPDIR", "/tmp")
    instead(
        monkeypatch,
        "import os, sys; sys.stdin.buffer.read(); sys.stdout.write('%PDF-' + ' '.join(os.environ))",
    )
    known = set(render_apart(PAGES, title="T").decode().removeprefix("%PDF-").split())
    assert "TMPDIR" in known and "SECRET_KEY" not in known
    assert known <= {*apart.ENVIRONMENT, "PYTHONPATH", "LC_CTYPE"}


def test_it_opens_neither_network_nor_files(started, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not for you")
    html = document(
        f'<h1>x</h1><img alt="a" src="file://{secret}"><img alt="b" src="http://127.0.0.1:9/x.png">'
        f'<link rel="stylesheet" href="file://{secret}"><object data="file://{secret}"></object>'
        f'<a rel="attachment" href="file://{secret}">a</a>'
        f'<style>@import "file://{secret}"; @font-face {{ font-family: x; src: url("file://{secret}") }} p {{ font: 1em x }}</style><p>text'
    )
    body = render_apart(html, title="T")
    reader = pypdf.PdfReader(io.BytesIO(body))
    assert "text" in reader.pages[0].extract_text() and not reader.attachments
    assert b"not for you" not in body


def test_a_caller_in_another_folder_does_not_matter(started, monkeypatch, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit('not the json of Python')")
    monkeypatch.chdir(tmp_path)
    assert render_apart(document("<p>x"), title="T").startswith(b"%PDF-")


# -- servers that are not as others ----------------------------------------------------------------------------------------


def test_the_interpreter_is_found_where_the_executable_is_a_server(started, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/usr/bin/env")
    assert all(os.path.basename(path).startswith("python") for path in apart.interpreters())
    assert render_apart(document("<p>x"), title="T").startswith(b"%PDF-")


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch):
    monkeypatch.setattr(apart, "interpreters", lambda: ["/nowhere/python3"])
    told = []
    assert render_apart(PAGES, title="T", heartbeat=told.append).startswith(b"%PDF-")
    assert told[:13] == list(range(1, 14))
    assert refused(pages=5).code == "pages"
    assert refused(seconds=0).code == "time"
    assert refused(file=2000).code == "size"


def test_a_server_without_weasyprint_is_told_and_remembered(started, monkeypatch):
    monkeypatch.setattr(rendering, "_failed", False)
    instead(
        monkeypatch,
        "import sys; sys.stdin.buffer.read(); sys.exit(sys.stderr.write('dti-failed unavailable no libpango\\n') and 3)",
    )
    with pytest.raises(pdf.PdfUnavailableError, match="no libpango"):
        render_apart(PAGES, title="T")
    assert rendering._failed is True


def test_the_worker_tells_that_weasyprint_is_missing(started, monkeypatch, tmp_path):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango')")
    monkeypatch.setattr(rendering, "_failed", False)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    with pytest.raises(pdf.PdfUnavailableError, match="cannot load library libpango"):
        render_apart(PAGES, title="T")
