"""One headless Chromium for each process of the suite: started when the first browser test asks, closed before the next other one.

While Playwright runs its event loop in this thread, Django takes the thread for an asynchronous one and refuses its database, and
nothing else can run a loop of its own (signing a PDF does). So tests of other kinds find it closed.
"""

from __future__ import annotations

import shutil
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
]
_running: list = []  # Playwright and the browser, while they run


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


def close() -> None:
    """Close it, if it runs."""
    while _running:
        last = _running.pop()
        if hasattr(last, "stop"):
            last.stop()
        else:
            last.close()
