"""The server as a process: starting, refusing to start, surviving."""

import re
import socket
import threading
import time
import urllib.error

import pytest

from dti_xblocks.course.preview import serve as serving
from dti_xblocks.course.preview.errors import PreviewError
from tests.course.preview.process import running

pytestmark = pytest.mark.slow


def problem_address(name: str, handler: str = "xmodule_handler/problem_check") -> str:
    return f"/xblock/learner/block-v1:ExampleOrg+EB101+2030+type@problem+block@{name}/{handler}"


def test_kill_9_in_mid_answer_loses_nothing_that_was_acknowledged(course, tmp_path):
    state = tmp_path / "state"
    acknowledged = []
    with running(course, state) as (process, browser):
        browser.get("/unit/choices")

        def answer_on_and_on():
            # "dropdown" has no limit of attempts: every acknowledged answer adds one.
            while True:
                try:
                    text = browser.post(problem_address("dropdown"), {"input_dropdown_2_1": "Ice"})
                except OSError:
                    return
                acknowledged.append(int(re.search(r'"attempts_used": (\d+)', text)[1]))

        worker = threading.Thread(target=answer_on_and_on)
        worker.start()
        deadline = time.monotonic() + 120
        while len(acknowledged) < 8 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
        worker.join(120)
    assert len(acknowledged) >= 8
    with running(course, state) as (_process, browser):
        page = browser.get("/unit/choices")
        used = int(re.search(r'data-problem-id="[^"]*dropdown".*?data-attempts-used="(\d+)"', page, re.DOTALL)[1])
        assert used in (acknowledged[-1], acknowledged[-1] + 1), "the last may have been written and not yet answered"
        answer = browser.post(problem_address("dropdown"), {"input_dropdown_2_1": "Steam"})
        assert f'"attempts_used": {used + 1}' in answer


def test_two_tabs_at_once_lose_nothing(course, tmp_path):
    with running(course, tmp_path / "state") as (_process, browser):
        browser.get("/unit/choices")
        failures = []

        def answer(times):
            for _time in range(times):
                try:
                    browser.post(problem_address("dropdown"), {"input_dropdown_2_1": "Ice"})
                    browser.get("/unit/choices")
                except urllib.error.HTTPError as error:
                    failures.append(error.code)

        workers = [threading.Thread(target=answer, args=(6,)) for _number in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(60)
        assert not failures
        text = browser.post(problem_address("dropdown"), {"input_dropdown_2_1": "Steam"})
        assert '"attempts_used": 25' in text


def test_it_says_where_it_is(course, tmp_path):
    with running(course, tmp_path / "state") as (process, _browser):
        process.terminate()
        said = process.stdout.read()
    assert "“Every block, from the policy” (course-v1:ExampleOrg+EB101+2030): 13 units" in said
    assert "html/lost.xml is missing" in said
    assert re.search(r"The preview is at http://127\.0\.0\.1:\d+/", said)


def test_a_port_in_use_is_a_sentence(course, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PreviewError, match=f"Port {port} is in use .* choose another port"):
            serving.serve(course, port=port, state_dir=tmp_path / "state")


def test_a_port_that_cannot_be_is_a_sentence(course, tmp_path):
    with pytest.raises(PreviewError, match="port 70000"):
        serving.serve(course, port=70000, state_dir=tmp_path / "state")


def test_other_addresses_are_refused(course, tmp_path):
    with pytest.raises(PreviewError, match="this machine only"):
        serving.serve(course, port=0, state_dir=tmp_path / "state", host="0.0.0.0")


def test_a_folder_that_is_no_course_is_a_sentence(course, tmp_path, state_in_use):
    (course / "course.xml").unlink()
    with pytest.raises(PreviewError, match=r"has no course\.xml"):
        serving.serve(course, port=0, state_dir=tmp_path / "state", say=lambda text: None)


def test_a_state_folder_that_cannot_be_made_is_a_sentence(course, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PreviewError, match="cannot be made"):
        serving.serve(course, port=0, state_dir=tmp_path / "file" / "state", say=lambda text: None)


def test_an_xblock_that_is_too_old_is_a_sentence(monkeypatch):
    monkeypatch.setattr(serving.compat, "has_platform_blocks", lambda: False)
    with pytest.raises(PreviewError, match=r"need XBlock 6\.1 or newer; \S+ is installed"):
        serving.check_installed()


def test_missing_packages_are_a_sentence(monkeypatch):
    monkeypatch.setattr(serving, "NEEDED", ("json", "no_such_package", "no_such.module"))
    with pytest.raises(PreviewError, match=r"no_such_package, no_such.module.*pip install 'dti-xblocks\[preview\]'"):
        serving.check_installed()
