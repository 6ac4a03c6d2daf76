"""`make bench`: what pages and answers cost, measured in this process without a network; `make bench RUNS=100000` for the report.

Prints tables; asserts nothing. Times are medians in milliseconds after a warm-up; bytes are exact.
"""

from __future__ import annotations

import gzip
import io
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from quick import QUICK

ROUNDS, RUNS = (2, 40) if QUICK else (15, 10_000)
STATIC = Path(__file__).parents[2] / "static"
RELATIVE_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
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
                "PATH_INFO": path.partition("?")[0],
                "QUERY_STRING": path.partition("?")[2],
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


def main(runs: int = RUNS) -> None:
    from dti_xblocks.course.olx import read
    from dti_xblocks.course.preview.serve import make_application
    from dti_xblocks.course.source import shipped_course
    from dti_xblocks.platform.addresses import style_sheets

    began = time.perf_counter()
    browser = Browser(make_application(shipped_course(), Path(tempfile.mkdtemp(prefix="dti-bench-"))))
    browser.ask("/")
    print(f"start of the preview with the first page: {time.perf_counter() - began:.2f} s\n")
    print(f"{'unit page':28}{'first ms':>10}{'median ms':>11}{'bytes':>9}{'gzip':>8}")
    slowest = (0.0, "")
    units = list(read(shipped_course()).blocks("vertical"))
    for block in units[:5] if QUICK else units:
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

    print(f"\n{'browser files of a block':28}{'bytes':>9}{'gzip':>8}")
    for kind in ("scenario", "case-law", "pledge", "review"):
        print(sizes(kind, [f"js/{kind}/main.js"], [*style_sheets(kind)]))
    print(sizes("scenario: staff report", ["js/scenario/report.js"], ["css/scenario/report.css"]))
    for kind in ("scenario", "case-law", "pledge"):
        sheets = ["css/dti.css", "css/studio/editor.css", f"css/{kind}-studio/editor.css"]
        print(sizes(f"{kind}: editor in Studio", [f"js/{kind}-studio/main.js"], sheets))

    import case_law

    case_law_screens(browser)
    print()
    case_law.main()

    import scenarios

    scenarios.play_shipped(browser)
    scenarios.report(browser, runs)
    scenarios.large()


def case_law_screens(browser: Browser) -> None:
    """What each screen of the reading list of module 6 costs, as a script asks for it."""
    _status, page = browser.ask("/unit/m06-download-u1")
    address = re.search(rb'data-read="([^"]+)"', page)[1].decode().removesuffix("/read")
    screens: dict[str, tuple[str, dict | None]] = {
        "one authority": ("read?ref=graham-v-connor", None),
        "search: a name": ("find", {"q": "graham"}),
        "search: common words": ("find", {"q": "officer force"}),
        "search: all, narrowed": ("find", {"circuit": "7th"}),
        "my notes": ("my_notes", None),
        "choice of a packet": ("packet", None),
    }
    print(f"\n{'case-law screen':28}{'first ms':>10}{'median ms':>11}{'bytes':>9}{'gzip':>8}")
    for label, (screen, form) in screens.items():
        began = time.perf_counter()
        _status, body = browser.ask(f"{address}/{screen}", form)
        first = (time.perf_counter() - began) * 1000
        again = median_ms(lambda screen=screen, form=form: browser.ask(f"{address}/{screen}", form))
        print(f"{label:28}{first:10.1f}{again:11.1f}{len(body):9}{len(gzip.compress(body)):8}")


def sizes(label: str, scripts: list[str], sheets: list[str]) -> str:
    """The files that a page loads: the scripts with all modules that they import, and the style sheets."""
    files = {STATIC / "js/start.js", *(STATIC / sheet for sheet in sheets)}
    waiting = [STATIC / script for script in scripts]
    while waiting:
        path = waiting.pop().resolve()
        if path not in files and path.exists():
            files.add(path)
            waiting += [path.parent / name for name in RELATIVE_IMPORT.findall(path.read_text(encoding="utf-8"))]
    data = [path.read_bytes() for path in files if path.exists()]
    return f"{label:28}{sum(map(len, data)):9}{sum(len(gzip.compress(part)) for part in data):8}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
