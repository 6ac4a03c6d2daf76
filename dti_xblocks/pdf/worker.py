"""`python -m dti_xblocks.pdf.worker`: one document to PDF, in a process that ends with it. See `apart`, which starts it.

Reads a JSON object from standard input and writes the file to standard output. On standard error it says, a line each, the pages
that it has come to ("dti-page 12") and why it failed ("dti-failed memory"); whatever else stands there is the libraries' own.
It needs no Django settings, no database and no environment: it is given none.
"""

from __future__ import annotations

import json
import os
import signal
import sys

from . import rendering
from .apart import BROKEN, FAILED, MEMORY, PAGE, TOO_LONG, UNAVAILABLE


def confine(memory: int, seconds: int) -> None:
    """Let this process use so many bytes of memory and seconds of time and no more, where the system can see to it."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds + 5)  # for the case that nobody is left to end this process
    if hasattr(os, "nice"):
        os.nice(5)  # pages are served first
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, limit in (("RLIMIT_AS", memory), ("RLIMIT_CPU", seconds), ("RLIMIT_CORE", 0)):
        try:
            _soft, hard = resource.getrlimit(getattr(resource, name))
            allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(getattr(resource, name), (allowed, hard))
        except (AttributeError, ValueError, OSError):  # macOS refuses some of them
            continue


class _TooLongError(BaseException):
    """More pages than wanted. No `Exception`, so that no library on the way takes it for its own."""


def main() -> int:
    """Render what standard input asks for, and write it to standard output. Returns the exit code."""
    output, errors = os.dup(1), os.fdopen(os.dup(2), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # what libraries print must not get into the file
    order = json.load(sys.stdin.buffer)
    confine(order["memory"], order["seconds"])

    def on_page(number: int) -> None:
        if number > order["pages"]:
            raise _TooLongError
        print(PAGE, number, file=errors)

    try:
        try:
            rendering.load()
        except (ImportError, OSError) as error:
            print(FAILED, UNAVAILABLE, rendering.why(error), file=errors)
            return 3
        body = rendering.render(order["html"], title=order["title"], base_css=order["css"], on_page=on_page)
    except _TooLongError:
        print(FAILED, TOO_LONG, file=errors)
        return 3
    except MemoryError:
        print(FAILED, MEMORY, file=errors)
        return 3
    except Exception as error:
        print(FAILED, BROKEN, f"{type(error).__name__}: {error}".replace("\n", " ")[:300], file=errors)
        return 3
    with os.fdopen(output, "wb") as file:
        file.write(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
