"""`pip install dti-xblocks[extra]`, as the guides write it, moves no pin of the platform.

Followed here without an index, over recorded facts (tests/pins), and then, where an index answers, by pip itself in environments
that have every pin installed.
"""

import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from suite import pins
from suite.pins import RELEASES, ROOT, TEAK, VERAWOOD

pytestmark = pytest.mark.once
EXTRAS = ("", "sign", "preview", "papers", "docs", "test")
# What an extra moves that no server needs: the preview has the platform's blocks as a package, which Teak has in an early form.
MAY_MOVE = {("preview", "teak"): {"xblocks-contrib"}}
# What the versions move that pip would take without our upper bounds, on Teak and Verawood alike: measured with the pins installed.
MOVES = {
    "pyhanko": {"0.27.1": "click", "0.28.0": "click", "0.29.0": "lxml", "0.38.0": "cryptography, lxml, on Teak cffi"},
    "weasyprint": {"67.0": "tinycss2", "68.0": "tinycss2", "70.0": "tinycss2"},
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return pins.small_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def asked(wheel) -> list[Requirement]:
    archive = zipfile.ZipFile(wheel)
    name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    lines = archive.read(name).decode().splitlines()
    return [Requirement(line.removeprefix("Requires-Dist: ")) for line in lines if line.startswith("Requires-Dist: ")]


# -- followed over what is recorded ----------------------------------------------------------------------------------------


def follow(release, asked, extra, known) -> dict[str, str]:
    """What has to be installed beside the pins, by the newest recorded version; fails where a pin would have to move."""
    installed: dict[str, str] = {}
    open_ = [(one, "dti-xblocks") for one in asked if release.applies(one, extra) or release.applies(one, "")]
    while open_:
        one, by = open_.pop()
        name = canonicalize_name(one.name)
        if name in release.pins:
            assert one.specifier.contains(release.pins[name]), f"{by} asks for {one}: {release.name} pins {release.pins[name]}"
            continue
        fitting = [version for version in known.get(name, {}) if one.specifier.contains(version)]
        assert fitting, f"{by} asks for {one}, of which tests/pins/requires.toml knows no version"
        newest = max(fitting, key=Version)
        if installed.setdefault(name, newest) != newest or name not in known:
            continue
        requires = [Requirement(text.replace("(", "").replace(")", "")) for text in known[name][newest]]
        open_ += [(each, f"{name} {newest}") for each in requires if each.name not in installed]
    return installed


@pytest.mark.packaging
@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
@pytest.mark.parametrize("extra", ["", "sign"])
def test_what_a_server_installs_moves_no_pin(release, asked, extra):
    found = follow(release, asked, extra, pins.recorded())
    assert found["weasyprint"] == "66.0" and found.get("pyhanko") == ("0.26.0" if extra else None)


@pytest.mark.packaging
@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
@pytest.mark.parametrize("extra", EXTRAS)
def test_no_requirement_of_ours_excludes_a_pin(release, asked, extra):
    specifiers: dict[str, SpecifierSet] = {}
    for one in asked:
        if release.applies(one, extra):
            name = canonicalize_name(one.name)
            specifiers[name] = specifiers.get(name, SpecifierSet()) & one.specifier
    excluded = {name for name, wanted in specifiers.items() if name in release.pins and not wanted.contains(release.pins[name])}
    assert excluded == MAY_MOVE.get((extra, release.name), set())


@pytest.mark.packaging
@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
def test_versions_that_move_a_pin_are_not_asked_for(release, asked):
    for name, versions in MOVES.items():
        wanted = [one.specifier for one in asked if canonicalize_name(one.name) == name and release.applies(one, "sign")]
        assert wanted
        for version, moved in versions.items():
            assert not any(each.contains(version) for each in wanted), f"{name} {version} moves {moved}"


@pytest.mark.packaging
def test_a_requirement_that_moves_a_pin_is_found(asked):
    known = pins.recorded()
    for name, version, requires in (("weasyprint", "66.0", ["tinycss2 >=1.5.0"]), ("pyhanko", "0.26.0", ["lxml>=5.4.0"])):
        spoilt = {**known, name: {version: requires}}
        with pytest.raises(AssertionError, match=r"pins (1\.4\.0|5\.3\.2)"):
            follow(VERAWOOD, asked, "sign", spoilt)


def test_the_pins_that_the_tests_run_with_are_those_of_teak():
    lines = (ROOT / "scripts/teak-pins.txt").read_text(encoding="utf-8").splitlines()
    run_with = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    assert {name: TEAK.pins[canonicalize_name(name)] for name in run_with} == run_with


def test_pins_are_whole_lists():
    assert len(TEAK.pins) > 250 and len(VERAWOOD.pins) > 250
    for release in RELEASES:
        assert {"django", "xblock", "lxml", "cryptography", "cffi", "tinycss2", "pillow", "click", "requests"} <= set(
            release.pins
        )
        assert all(Version(version) for version in release.pins.values())


# -- and by pip itself -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def index():
    if not pins.index_answers():
        pytest.skip("no package index answers: what pip would install cannot be asked")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made: dict[str, Path] = {}

    def of(release) -> Path:
        if release.name not in made:
            python = pins.interpreter(release)
            if not python:
                pytest.skip(f"there is no Python {release.python} on this machine to resolve {release.name} with")
            made[release.name] = pins.environment(release, tmp_path_factory.mktemp(release.name) / "environment", python)
        return made[release.name]

    return of


@pytest.mark.slow
@pytest.mark.packaging
@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
@pytest.mark.parametrize("extras", [("sign",), ("preview", "docs", "test")], ids=",".join)
def test_pip_itself_moves_no_pin(release, extras, wheel, index, place):
    new = pins.would_install(place(release), f"dti-xblocks[{','.join(extras)}] @ {wheel.as_uri()}")
    moved = {name: f"{release.pins[name]} -> {version}" for name, version in new.items() if name in release.pins}
    assert set(moved) == {name for extra in extras for name in MAY_MOVE.get((extra, release.name), ())}, moved
    assert {"weasyprint", "pyhanko"} <= set(new)


@pytest.mark.slow
@pytest.mark.packaging
@pytest.mark.parametrize("release", RELEASES, ids=lambda one: one.name)
def test_our_upper_bounds_are_needed(release, index, place):
    """What comes after them moves what we say that it moves: if it does not any more, setup.py can let go."""
    newest = {name: max(versions, key=Version) for name, versions in MOVES.items()}
    moved = set(pins.would_install(place(release), *(f"{name}=={version}" for name, version in newest.items()))) & set(
        release.pins
    )
    assert {"tinycss2", "lxml", "cryptography"} <= moved
