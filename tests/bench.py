"""`make bench`: what pages and answers cost, measured in this process without a network.

Prints a table; asserts nothing. Times are medians in milliseconds after a warm-up; bytes are exact.
"""

from __future__ import annotations

import gzip
import io
import re
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

ROUNDS = 15
UNITS = ["m01-welcome-u1", "m02-section-1983-u1", "m02-assessment-u1", "m03-scenario-u1", "m06-download-u1", "m09-pledge-item-u1"]


class Browser:
    """The least that a WSGI application needs to see of a browser: cookies and a CSRF token."""

    def __init__(self, application):
        self.application, self.cookies, self.token = application, {}, ""

    def ask(self, path: str, form: dict | None = None) -> tuple[str, bytes]:
        environ: dict = {}
        setup_testing_defaults(environ)
        body = urlencode(form or {}).encode()
        environ.update(
            {
                "PATH_INFO": path,
                "HTTP_HOST": "127.0.0.1",
                "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                "HTTP_ACCEPT": "application/json" if form is not None else "text/html",
                "HTTP_X_CSRFTOKEN": self.token,
            }
        )
        if form is not None:
            environ.update({"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/x-www-form-urlencoded"})
            environ.update({"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)})
        status: list[str] = []

        def start(line, headers, _error=None):
            status.append(line)
            for name, value in headers:
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]

        answer = self.application(environ, start)
        data = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        if found := re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', data):
            self.token = found[1].decode()
        return status[0], data


def median_ms(action) -> float:
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        action()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> None:
    from dti_xblocks.course.olx import read
    from dti_xblocks.course.preview.serve import make_application
    from dti_xblocks.course.source import shipped_course

    began = time.perf_counter()
    browser = Browser(make_application(shipped_course(), Path(tempfile.mkdtemp(prefix="dti-bench-"))))
    browser.ask("/")
    print(f"start of the preview with the first page: {time.perf_counter() - began:.2f} s\n")
    print(f"{'unit page':28}{'first ms':>10}{'median ms':>11}{'bytes':>9}{'gzip':>8}")
    slowest = (0.0, "")
    for block in read(shipped_course()).blocks("vertical"):
        began = time.perf_counter()
        browser.ask(f"/unit/{block.url_name}")
        slowest = max(slowest, ((time.perf_counter() - began) * 1000, block.url_name))
    print(f"{'(all units, the slowest)':28}{slowest[0]:10.1f}  {slowest[1]}")
    for unit in UNITS:
        began = time.perf_counter()
        _status, page = browser.ask(f"/unit/{unit}")
        first = (time.perf_counter() - began) * 1000
        again = median_ms(lambda unit=unit: browser.ask(f"/unit/{unit}"))
        print(f"{unit:28}{first:10.1f}{again:11.1f}{len(page):9}{len(gzip.compress(page)):8}")

    _status, page = browser.ask("/unit/m03-scenario-u1")
    begin = re.search(rb'action="([^"]*begin[^"]*)"', page)[1].decode().split("?")[0]
    times, sizes = [], []
    _status, answer = browser.ask(begin, {})
    for _decision in range(8):
        fields = dict(re.findall(r'name=\\"(attempt|step|scene)\\" value=\\"([^"\\]*)', answer.decode()))
        choice = re.search(r'name=\\"choice\\" value=\\"([^"\\]*)', answer.decode())
        if choice is None:
            break
        began = time.perf_counter()
        _status, answer = browser.ask(begin.replace("begin", "choose"), {**fields, "choice": choice[1]})
        times.append((time.perf_counter() - began) * 1000)
        sizes.append(len(answer))
    print(f"\na decision in the scenario: median {statistics.median(times):.1f} ms, {max(sizes)} bytes at most")

    print(f"\n{'browser files of a block':28}{'bytes':>9}{'gzip':>8}")
    static = Path(__file__).parent.parent / "static"
    for kind in ("scenario", "case-law", "pledge", "review"):
        names = ["js/start.js", "js/screen.js", f"js/{kind}.js", "css/dti.css", f"css/{kind}.css"]
        data = [(static / name).read_bytes() for name in names]
        print(f"{kind:28}{sum(map(len, data)):9}{sum(len(gzip.compress(part)) for part in data):8}")


if __name__ == "__main__":
    main()
