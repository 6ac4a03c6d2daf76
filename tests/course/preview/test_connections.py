"""What goes over the wire: answers without a body, and connections that are slow."""

import contextlib
import http.client
import socket
import threading

import pytest
from django.http import StreamingHttpResponse

from dti_xblocks.course.preview import serve as serving


@contextlib.contextmanager
def served(app):
    """`app` on a port of this machine, as the preview serves it; gives the port."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = serving.make_server(app, listening)
    worker = threading.Thread(target=server.run, daemon=True)
    worker.start()
    try:
        yield listening.getsockname()[1]
    finally:
        # In the server's own thread; with nothing open it comes to an end.
        server.trigger.pull_trigger(lambda: [each.close() for each in [*server._map.values()]])
        worker.join(10)
        assert not worker.is_alive()
        server.task_dispatcher.shutdown()
        listening.close()


def hello(_environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def got(port: int) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", "/")
        return connection.getresponse().read()
    finally:
        connection.close()


# -- HEAD ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/", "/dti/verify", "/unit/choices", "/static/clip.webm", "/page/vendor/jquery.js", "/nowhere"]
)
def test_the_answer_to_head_is_that_to_get_without_a_body(application, address):
    with served(application) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", address)
        whole = connection.getresponse()
        length = len(whole.read())
        connection.request("HEAD", address)
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Content-Type"]) == (whole.status, whole.headers["Content-Type"])
        assert abs(int(answer.headers["Content-Length"]) - length) < 200, "tokens and times differ"
        answer.read()
        assert connection.sock, "the connection stays open"
        # What a client reads next is the next answer.
        connection.sock.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.sock.recv(1)
        connection.close()


def test_an_answer_in_pieces_has_no_body_either(application, monkeypatch):
    monkeypatch.setattr(
        "dti_xblocks.course.preview.pages.assets.HttpResponse", lambda **_: StreamingHttpResponse([b"one", b"two"])
    )
    with served(application) as port, socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(b"HEAD /favicon.ico HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        said = line.recv(65536)
        line.settimeout(0.3)
        with contextlib.suppress(TimeoutError):
            said += line.recv(65536)
    head, _end, body = said.partition(b"\r\n\r\n")
    assert b"Content-Length: 6" in head and body == b""


# -- slow connections ----------------------------------------------------------------------------------------------------------


def test_slow_connections_do_not_stop_the_preview():
    with served(hello) as port, contextlib.ExitStack() as lines:
        for _number in range(150):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", port)))
            line.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        assert got(port) == b"hello"


def test_a_connection_that_says_nothing_is_closed(monkeypatch):
    monkeypatch.setattr(serving, "IDLE", 1)
    with served(hello) as port, socket.create_connection(("127.0.0.1", port), timeout=240) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        assert line.recv(1) == b""
