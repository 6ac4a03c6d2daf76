"""A preview in a process of its own, and a client with cookies and nothing else."""

import contextlib
import http.cookiejar
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

START = """
import sys
from pathlib import Path
from dti_xblocks.course.preview.serve import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]), state_dir=Path(sys.argv[3]))
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Browser:
    """Cookies, the token, and nothing else."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        with self.opener.open(self.address + path, timeout=120) as answer:
            return answer.read().decode()

    def post(self, path, data):
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), "")
        request = urllib.request.Request(
            self.address + path,
            urllib.parse.urlencode(data).encode(),
            {"X-CSRFToken": token, "Referer": self.address + "/"},
        )
        with self.opener.open(request, timeout=120) as answer:
            return answer.read().decode()


@contextlib.contextmanager
def running(course: Path, state: Path):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(course), str(port), str(state)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        browser = Browser(port)
        for _attempt in range(1200):
            with contextlib.suppress(OSError):
                browser.get("/")
                break
            assert process.poll() is None, process.stdout.read()
            time.sleep(0.1)
        yield process, browser
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()
