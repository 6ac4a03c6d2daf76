"""`dti-course authorities`: what of the library was last checked long ago."""

from dataclasses import replace
from datetime import date

from dti_xblocks.case_law.library import Library, library
from dti_xblocks.course.authorities import last_checked, stale, table
from dti_xblocks.course.cli import main

OLD = replace(library().get("graham-v-connor"), checked="2020-02")
SMALL = Library(
    [library().get("mn-626-8475"), OLD], (), [place for place in library().jurisdictions if place.code in ("OH", "MN")]
)


def test_the_oldest_check_comes_first_and_a_place_without_a_law_is_one_to_check_too():
    rows = last_checked(SMALL, date(2026, 12, 1))
    assert [(one.name, one.month, one.days) for one in rows] == [
        ("graham-v-connor", "2020-02", 2495),
        ("OH", "2026-11", 30),
        ("mn-626-8475", "2026-11", 30),
    ]
    assert [one.name for one in stale(rows, 365)] == ["graham-v-connor"]
    assert stale(rows, 2495) == [] and len(stale(rows, 0)) == 3
    assert table(rows).splitlines()[0] == "2020-02   2495  yes     graham-v-connor: Graham v. Connor, 490 U.S. 386 (1989)"


def test_the_command_says_what_is_stale_and_ends_with_its_exit_code(capsys):
    assert main(["authorities", "--stale", "365", "--on", "2027-01-15"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["authorities", "--stale", "365", "--on", "2028-01-15"]) == 1
    said = capsys.readouterr()
    everything = len(library()) + sum(not place.statutes for place in library().jurisdictions)
    assert len(said.out.splitlines()) == everything
    assert f"{everything} of {everything} were last checked more than 365 days before 2028-01-15." in said.err
    assert main(["authorities", "--on", "2027-01-15"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == everything


def test_days_are_a_number(capsys):
    try:
        main(["authorities", "--stale", "soon"])
    except SystemExit as stop:
        assert stop.code == 2
    assert "DAYS is a whole number" in capsys.readouterr().err
