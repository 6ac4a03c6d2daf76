"""A learning record store for tests: it keeps what keeps to the specification, and refuses the rest with the reason."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from tests import xapi_rules


class RecordStore(ThreadingHTTPServer):
    """`kept` and `refused` have the statements, in the order in which they came; `address` is its endpoint."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Requests)
        self.kept: list[dict] = []
        self.refused: list[tuple[list[str], dict]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/xapi/"


class Requests(BaseHTTPRequestHandler):
    """PUT of one statement and POST of several, as the specification has them."""

    server: RecordStore

    def do_PUT(self):
        statement = self.body()
        asked = parse_qs(urlsplit(self.path).query).get("statementId", [])
        self.keep([statement], [] if asked == [statement.get("id")] else ["the id is not that of the address"])

    def do_POST(self):
        body = self.body()
        self.keep(body if isinstance(body, list) else [body], [])

    def body(self):
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def keep(self, statements, wrong):
        if urlsplit(self.path).path != "/xapi/statements":
            wrong = [*wrong, f"nothing is at {self.path}"]
        if not self.headers.get("X-Experience-API-Version", "").startswith("1.0."):
            wrong = [*wrong, "the request does not say its version"]
        for statement in statements:
            found = wrong + xapi_rules.faults(statement)
            if found:
                self.server.refused.append((found, statement))
            else:
                self.server.kept.append(statement)
            wrong = wrong or found
        answer = json.dumps(wrong or [one["id"] for one in statements]).encode()
        self.send_response(400 if wrong else 204 if self.command == "PUT" else 200)
        self.send_header("X-Experience-API-Version", "1.0.3")
        if self.command == "POST" or wrong:
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command == "POST" or wrong:
            self.wfile.write(answer)

    def log_message(self, *_ignored):
        """Nothing is logged."""


@contextmanager
def record_store():
    """A record store that answers on this machine, until the block ends."""
    store = RecordStore()
    thread = Thread(target=store.serve_forever, daemon=True)
    thread.start()
    try:
        yield store
    finally:
        store.shutdown()
        store.server_close()
        thread.join()
