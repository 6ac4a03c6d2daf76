"""The package as people install it: from the wheel, the source archive, git, and editable, each in an environment of its own.

The environments borrow this one's third-party packages (by path, so that nothing of ours is visible through it), and each
runs a probe that loads the blocks, serves their files and reads the course.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from dti_xblocks import PUBLIC, __version__

ROOT = Path(__file__).parent.parent
MIGRATIONS = sorted(path.stem for path in Path(__file__).parent.parent.glob("dti_xblocks/records/migrations/0*.py"))
PROBE = Path(__file__).parent / "packaging_probe.py"
pytestmark = [pytest.mark.once, pytest.mark.packaging]


def run(*command, cwd=ROOT) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory) -> Path:
    """A copy of what git would hold of this tree, as a repository of its own."""
    target = tmp_path_factory.mktemp("source") / "repository"
    names = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")
    for name in filter(None, names):
        path = ROOT / name
        if path.is_symlink() or path.exists():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target / name, follow_symlinks=False)
    run("git", "init", "-q", cwd=target)
    run("git", "add", "-A", cwd=target)
    run("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "x", cwd=target)
    return target


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, source)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def sdist(source, tmp_path_factory) -> Path:
    target = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", target, source)
    return next(target.glob("*.tar.gz"))


def environment(folder: Path) -> Path:
    """A new environment that sees this one's third-party packages; returns its Python."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def course_of(source: Path) -> dict[str, str]:
    """The files of the course in a source tree but for its films, each with its digest."""
    root = source / "course_export"
    found = [path for path in root.rglob("*") if path.is_file() and path.suffix != ".mp4"]
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.mark.parametrize("route", ["wheel", "sdist", "git", "editable"])
def test_every_way_to_install_gives_working_blocks(route, request, source, tmp_path):
    what = {
        "wheel": lambda: [request.getfixturevalue("wheel")],
        "sdist": lambda: [request.getfixturevalue("sdist")],
        "git": lambda: [f"git+file://{source}"],
        "editable": lambda: ["--editable", source],
    }[route]()
    python = environment(tmp_path / "environment")
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "--force-reinstall",
        *what,
    )
    # The course is checked by what the wheel has installed; the other ways give the same files, which takes less time to see.
    report = json.loads(run(python, PROBE, *(["validate"] if route == "wheel" else []), cwd=tmp_path))
    static = {path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static").rglob("*") if path.is_file()}
    assert str(ROOT) not in report["package"], "the probe must not see the checkout"
    assert set(report["published"]) == {f"{PUBLIC}/{name}" for name in static}
    assert report["served"] == [f"{PUBLIC}/css/dti.css", f"{PUBLIC}/js/start.js"]
    assert report["refused"] == ["public/../../block.py", "templates/dti/block.html", f"{PUBLIC}/../templates/dti/block.html"]
    assert report["blocks"] == ["dti_activity", "dti_case_law", "dti_pledge", "dti_review", "dti_scenario", "dti_video"]
    assert report["authorities"] >= 40
    assert report["migrations"] == MIGRATIONS
    assert report["validated"] == (0 if route == "wheel" else None)
    assert report["course"] == course_of(source)
    assert report["plugins"] == {"lms.djangoapp": "RecordsConfig", "cms.djangoapp": "RecordsConfig"}
    assert report["tutor"] == ["dti"]


def test_the_wheel_holds_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"dti_xblocks"}
    assert not [
        name for name in names if name.endswith((".pyc", ".db", ".sqlite3", ".log", ".map")) or "/tests/" in name or "/." in name
    ]
    assert any(name.endswith(("licenses/LICENSE", "dist-info/LICENSE")) for name in names)


def test_the_address_of_browser_files_has_the_version_in_it():
    """The platform serves entry files under hashed names but not what they import: a new release must not meet an old file."""
    assert f"public/v{__version__.replace('.', '_')}" == PUBLIC
    assert [path.name for path in (ROOT / "dti_xblocks/web/public").iterdir()] == [PUBLIC.removeprefix("public/")]
    assert (ROOT / "dti_xblocks/web" / PUBLIC).resolve() == ROOT / "static"
    for path in (ROOT / "static/js").rglob("*.js"):
        for name in re.findall(r'(?:from|import\()\s*"([^"]+)"', path.read_text(encoding="utf-8")):
            assert (path.parent / name).resolve() in (ROOT / "static/js").rglob("*.js"), f"{path.name} imports {name}"


def requirements(wheel, extra: str, python: str) -> dict[str, SpecifierSet]:
    """What the wheel asks for with that extra ("" for none) on that version of Python: name -> versions."""
    archive = zipfile.ZipFile(wheel)
    name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    lines = [line for line in archive.read(name).decode().splitlines() if line.startswith("Requires-Dist: ")]
    where = {"extra": extra, "python_version": python, "python_full_version": f"{python}.7"}
    found: dict[str, SpecifierSet] = {}
    for asked in (Requirement(line.removeprefix("Requires-Dist: ")) for line in lines):
        if asked.marker is None or asked.marker.evaluate(where):
            name = canonicalize_name(asked.name)
            found[name] = found.get(name, SpecifierSet()) & asked.specifier
    return found


@pytest.mark.parametrize(
    ("name", "fault", "mended"),
    [
        ("django", "4.2.19", "4.2.20"),
        ("cryptography", "44.0.0", "44.0.1"),
        ("pypdf", "6.16.0", "6.16.1"),
        ("pillow", "10.2.0", "10.3.0"),
        ("waitress", "3.0.0", "3.0.1"),
    ],
)
@pytest.mark.parametrize("python", ["3.11", "3.12"])
def test_versions_with_known_faults_are_not_taken(wheel, name, fault, mended, python):
    asked = requirements(wheel, "preview", python)[name]
    assert not asked.contains(fault) and asked.contains(mended)


def test_a_server_that_only_runs_the_blocks_needs_no_preview_packages(wheel):
    metadata = zipfile.ZipFile(wheel)
    name = next(name for name in metadata.namelist() if name.endswith(".dist-info/METADATA"))
    required = [
        line.split(":", 1)[1].strip()
        for line in metadata.read(name).decode().splitlines()
        if line.startswith("Requires-Dist") and "extra ==" not in line
    ]
    assert not [
        line
        for line in required
        if any(word in line.lower() for word in ("contrib", "sdk", "waitress", "xstatic", "pytest", "tutor"))
    ]


def test_films_stay_out_of_wheel_and_source_archive(source, wheel, sdist):
    """They come with the archive of the course: a server reads none from the package."""
    assert any(source.rglob("film-*.mp4"))
    with zipfile.ZipFile(wheel) as archive, tarfile.open(sdist) as tar:
        names = [*archive.namelist(), *tar.getnames()]
    assert not [name for name in names if name.endswith(".mp4")]
    assert any(name.endswith("-poster.webp") for name in names)
