"""One headless Chromium for each process of the suite: started when the first browser test asks, closed before the next other one.

While Playwright runs its event loop in this thread, Django takes the thread for an asynchronous one and refuses its database, and
nothing else can run a loop of its own (signing a PDF does). So tests of other kinds find it closed.

A person of a test has a context of their own while the test goes on. Chromium starts a process for a new one, which has read and
compiled nothing yet, and that is most of what a page costs. So a context that people of its kind have asked for before is swept
when its person leaves, and lent to the next one: cookies, storage and pages are gone, and what is compiled is still there, because
an empty page of the same site keeps the process.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from functools import cache

# The shell is the engine without the windows around it: a person's first page costs it a quarter of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",
]
EMPTY_PAGE = "page/badge.svg"  # of a preview: runs no script
MOST_FREE = 3  # contexts that wait for somebody
_running: list = []  # Playwright and the browser, while they run
_asked: Counter = Counter()  # kinds of contexts, and how often somebody asked
_free: list = []  # (kind, context, its empty page), the one that has waited longest first
_lent: dict = {}  # contexts in use: their kind, address, and empty page if they have one


@cache
def program() -> str | None:
    """The path of Chromium on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def browser():
    """The browser of this process."""
    if not _running:
        from playwright.sync_api import sync_playwright

        assert program(), "Chromium is missing: make test installs it"
        playwright = sync_playwright().start()
        _running.append(playwright)
        _running.append(playwright.chromium.launch(executable_path=program(), args=QUIET))
    return _running[1]


def lend(address: str, script: str = "", **options):
    """A context of the browser for a person who visits the preview at `address`; `script` runs at the begin of every page."""
    kind = json.dumps([address, script, options], sort_keys=True)
    _asked[kind] += 1
    place = next((number for number, (each, *_context) in enumerate(_free) if each == kind), None)
    if place is None:
        context, empty = browser().new_context(**options), None
        if script:
            context.add_init_script(script)
    else:
        _kind, context, empty = _free.pop(place)
    _lent[context] = (kind, address, empty)
    return context


def give_back(context, keep: bool = True) -> None:
    """The person of a context leaves. Without `keep` it is closed: something was done to it that cannot be undone."""
    if context not in _lent:
        return  # the browser was closed meanwhile
    kind, address, empty = _lent.pop(context)
    if not keep or _asked[kind] < 2 or '"java_script_enabled": false' in kind:
        context.close()
        return
    for page in context.pages:
        if page != empty:
            page.close()
    context.set_offline(False)  # now that no page can hear of it
    context.clear_cookies()
    if empty is None:
        empty = context.new_page()
        empty.goto(f"{address}/{EMPTY_PAGE}")
    empty.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    _free.append((kind, context, empty))
    while len(_free) > MOST_FREE:
        _free.pop(0)[1].close()


def close() -> None:
    """Close it, if it runs."""
    _free.clear()
    _lent.clear()
    while _running:
        last = _running.pop()
        if hasattr(last, "stop"):
            last.stop()
        else:
            last.close()
