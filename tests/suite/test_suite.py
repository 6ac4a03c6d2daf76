"""The suite's own parts: the look at the machine, the order and the sharing of tests, the progress, what each stack runs."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from suite import length, machine, schedule, states
from suite.progress import LONG_RUN, Progress, line, reason

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]


# -- the machine ---------------------------------------------------------------------------------------------------------


def test_this_machine_has_everything():
    assert machine.missing("current") == []


def test_what_is_missing_is_named_with_the_packages_that_have_it(monkeypatch, tmp_path, capsys):
    machine.chromium.program.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(machine.verapdf, "JAVA", tmp_path)
    monkeypatch.setattr(machine.ctypes.util, "find_library", lambda name: None)
    assert machine.main("current") == 1
    said = capsys.readouterr().err
    machine.chromium.program.cache_clear()
    for what in ("Chromium", "Node.js", "Pango", "Java,", "libjaxb-java"):
        assert what in said
    assert "apt-get install chromium nodejs libpango" in said


def test_a_server_needs_no_browser(monkeypatch, tmp_path):
    machine.chromium.program.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not [what for what, _packages in machine.missing("teak") if "browser" in what]
    machine.chromium.program.cache_clear()


# -- who runs what -------------------------------------------------------------------------------------------------------


def test_the_current_stack_runs_every_test_in_two_parts_and_the_others_leave_out_what_they_cannot_make_different(pytestconfig):
    script = (ROOT / "scripts/test.sh").read_text(encoding="utf-8")
    cases = dict(re.findall(r"^  (current|long|previous|teak)\)(.*?)(?=^  \w|^  #|^esac)", script, re.DOTALL | re.MULTILINE))
    assert cases["current"].strip() == """set -- -m "not long" "$@" ;;"""
    assert cases["long"].strip() == """set -- -m "long" "$@" ;;"""
    assert "for target in lint test test-long " in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert script.count("--ignore") == 2 and not re.search(r"-k |--deselect", script)
    known = {marker.partition(":")[0] for marker in pytestconfig.getini("markers")}
    for stack in ("previous", "teak"):
        words = set(re.findall(r"\w+", re.search(r'-m "([^"]+)"', cases[stack])[1])) - {"not", "or"}
        assert words <= known
    assert "domain" in cases["previous"] and "domain" not in cases["teak"], "the domains run on Python 3.11, once"


def test_files_that_are_named_are_there():
    assert [name for name in schedule.APART if not (ROOT / "tests" / name).exists()] == []
    assert [name for name in schedule.FIRST if not list((ROOT / "tests").rglob(name))] == []
    assert [name for name in schedule.DOMAINS if not (ROOT / "tests" / name).is_dir()] == []


def test_what_is_long_is_there():
    """Every name of the lists is one of a test that there is."""
    names = length.BROWSER | length.LONG
    files = sorted({str(ROOT / "tests" / name.partition("::")[0]) for name in names})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n0", "-p", "no:cacheprovider", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    there = set().union(*(length.names_of(line) for line in done.stdout.splitlines() if "::" in line))
    assert names - there == set()


def test_of_the_browser_tests_those_are_not_long_that_are_named():
    def item(name, *markers):
        return SimpleNamespace(nodeid=f"tests/{name}", get_closest_marker=lambda marker: marker in markers)

    assert length.is_long(item("browser/test_blocks.py::test_new", "browser"))
    assert not length.is_long(item("browser/test_blocks.py::test_new", "browser", "smoke"))
    assert not length.is_long(item("browser/test_lessons.py::test_new[a-b]", "browser"))
    assert length.is_long(item("test_pins.py::test_pip_itself_moves_no_pin[a::b]")) and not length.is_long(
        item("test_pins.py::test_new")
    )


def test_tests_of_a_file_stay_together_but_for_those_that_share_nothing():
    assert schedule.group_of("tests/records/test_a.py::test_b[x]") == "tests/records/test_a.py"
    assert schedule.group_of("tests/browser/test_modes.py::test_b[x]") == "tests/browser/test_modes.py::test_b[x]"


def test_long_tests_come_first():
    def item(name, *markers):
        return SimpleNamespace(path=Path(name), get_closest_marker=lambda marker: marker in markers)

    first = item("test_whole_course.py", "browser")
    items = [item("test_a.py"), item("test_b.py", "slow"), item("test_c.py", "browser"), first]
    assert [each.path.name for each in sorted(items, key=schedule.rank)] == [
        "test_whole_course.py", "test_c.py", "test_b.py", "test_a.py"]  # fmt: skip


def test_there_is_no_more_to_share_than_memory_allows(monkeypatch):
    monkeypatch.setattr(schedule.os, "sched_getaffinity", lambda _process: set(range(64)), raising=False)
    monkeypatch.setattr(schedule.os, "sysconf", lambda name: 4096 if name == "SC_PAGE_SIZE" else 2 * 2**20)
    assert schedule.workers() == 4


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 3), (8, 12)])
def test_browsers_wait_so_there_are_more_processes_than_cores(monkeypatch, cores, workers):
    monkeypatch.setattr(schedule.os, "sched_getaffinity", lambda _process: set(range(cores)), raising=False)
    monkeypatch.setattr(schedule.os, "sysconf", lambda name: 4096 if name == "SC_PAGE_SIZE" else 64 * 2**18)
    assert schedule.workers() == workers


# -- what is said --------------------------------------------------------------------------------------------------------


def test_a_line_tells_what_is_done_and_what_is_left():
    assert line(1200, 6400, 0, 200, 61.4).split() == ["1200", "of", "6400", "tests;", "3:20", "gone,", "about", "1:01", "left"]
    assert "2 failed" in line(1200, 6400, 2, 200, 61.4)


def test_what_is_left_goes_by_what_tests_take():
    progress = Progress(SimpleNamespace(option=SimpleNamespace(numprocesses=2, collectonly=False)))
    progress._expect({"tests/browser/a": 9.0, "tests/b": 1.0})
    assert progress._left(0.0) == 5.0
    progress.took = {"tests/b": 2.0}
    assert progress._left(2.0) == 18.0
    progress.took = {"tests/b": 2.0, "tests/browser/a": 20.0}
    assert progress._left(22.0) == 0.0


def test_a_long_run_says_at_once_what_failed_and_why():
    written = []
    reporter = SimpleNamespace(ensure_newline=lambda: None, write_line=written.append, stats={})
    plugins = SimpleNamespace(get_plugin=lambda _name: reporter)
    progress = Progress(SimpleNamespace(option=SimpleNamespace(numprocesses=2, collectonly=False), pluginmanager=plugins))
    progress._expect({f"tests/{number}": 1.0 for number in range(LONG_RUN)})
    assert progress.long
    crash = SimpleNamespace(reprcrash=SimpleNamespace(message="AssertionError: 1 is not 2\nassert 1 == 2"))
    report = SimpleNamespace(nodeid="tests/7", duration=1.0, when="call", failed=True, passed=False, longrepr=crash)
    progress.pytest_runtest_logreport(report)
    assert written[1:] == ["FAILED tests/7: AssertionError: 1 is not 2"]
    assert reason(SimpleNamespace(longrepr="worker 'gw1' crashed\nwhile running")) == "worker 'gw1' crashed"
    assert reason(SimpleNamespace(longrepr=None)) == "None"


def test_a_command_is_quiet_unless_it_fails():
    def quiet(program):
        return subprocess.run([ROOT / "scripts/quiet.sh", "sh", "-c", program], capture_output=True, text=True, check=False)

    good, bad = quiet("echo warning >&2; echo done"), quiet("echo warning >&2; exit 3")
    assert (good.returncode, good.stdout, good.stderr) == (0, "", "")
    assert (bad.returncode, bad.stderr) == (3, "warning\n")


def test_an_environment_is_installed_again_for_what_it_is_made_from_and_not_for_settings_of_tools(tmp_path):
    script = (ROOT / "scripts/setup.sh").read_text(encoding="utf-8")
    line = re.search(r"^build_system=.*$", script, re.MULTILINE)[0]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    def told(text: str) -> str:
        (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
        command = ["sh", "-c", f'{line}; printf %s "$build_system"']
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    here = told(project)
    assert "[build-system]" in here and "setuptools" in here and "[tool" not in here
    assert told(project.replace("line-length = 130", "line-length = 120")) == here
    assert told(project.replace("setuptools>=70", "setuptools>=71")) != here
    assert '"$build_system"' in script.partition(line)[2] and "cat setup.py scripts/*.txt" in script.partition(line)[2]


def test_no_verdict_hangs_on_how_fast_the_machine_is():
    """What a process computes may be bounded, with room; how long somebody waited may not."""
    on_the_wall = re.compile(r"^\s*assert .*\b(?:monotonic|perf_counter|time\.time)\(\) - ", re.MULTILINE)
    paths = [path for path in (ROOT / "tests").rglob("*.py") if "node_modules" not in path.parts]
    found = {path.name for path in paths if on_the_wall.search(path.read_text(encoding="utf-8"))}
    example = "assert time.monotonic() " + "- began < 5"
    assert on_the_wall.search(example) and found == set()


# -- the browser ---------------------------------------------------------------------------------------------------------


def test_what_cannot_be_swept_from_a_context_is_done_through_the_visitor_who_has_it():
    """A context is lent to the next person (`suite.chromium`), with the scripts and the routes that it has by then."""
    lasting = re.compile(
        r"context\.(?:add_init_script|route|expose_\w+|set_extra_http_headers|grant_permissions)\(|clock\.(?:install|set_)"
    )
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tests/browser").glob("*.py")}
    assert {name for name, text in files.items() if lasting.search(text)} == {"visitor.py"}


# -- the tables ----------------------------------------------------------------------------------------------------------


def test_a_file_of_tests_finds_no_rows_of_another_and_numbers_begin_anew():
    from django.contrib.auth.models import User

    states.restore()
    first = User.objects.create(username="somebody").id
    states.restore()
    assert not User.objects.filter(username="somebody").exists()
    assert User.objects.create(username="somebody-else").id == first
    states.restore()
