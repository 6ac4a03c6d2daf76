"""The audit: which packages it looks at, which licences it takes, and that it never calls good what nobody has looked at."""

import importlib.metadata
from email.message import Message
from types import SimpleNamespace

import pytest

from scripts import audit

pytestmark = pytest.mark.once


def package(**told):
    metadata = Message()
    for name, values in told.items():
        for value in [values] if isinstance(values, str) else values:
            metadata[name.replace("_", "-")] = value
    return SimpleNamespace(metadata=metadata, version="1")


def answer(*vulnerabilities, skipped=()):
    packages = [{"name": "django", "version": "4.2.19", "vulns": list(vulnerabilities)}]
    return {"dependencies": packages + [{"name": name, "skip_reason": "Dependency not found"} for name in skipped]}


def test_what_a_server_gets_is_looked_at_with_what_it_needs():
    found = audit.closure(("", "sign"))
    assert {"django", "lxml", "weasyprint", "pydyf", "pyhanko", "cryptography", "cffi", "sqlparse"} <= set(found)
    assert not {"pytest", "mypy", "tutor", "waitress", "dti-xblocks"} & set(found)
    assert "waitress" in audit.closure()


def test_every_licence_goes_with_ours():
    assert audit.licence_faults(audit.closure()) == []


@pytest.mark.parametrize(
    "told",
    [
        {"License_Expression": "MIT"},
        {"License": "BSD-3-Clause"},
        {"Classifier": ["License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"]},
        {"License": "Mozilla Public License 2.0 (MPL 2.0)"},
    ],
)
def test_a_good_licence(told):
    assert audit.licence_faults({"one": package(**told)}) == []


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"License": "Proprietary"},
        {"License_Expression": "SSPL-1.0"},
        {"License": "Business Source License 1.1"},
        {"License": "GPL-2.0-only"},
        {"License": "LIMITED permission"},
    ],
)
def test_a_licence_that_has_to_be_looked_at(told):
    (fault,) = audit.licence_faults({"one": package(**told)})
    assert fault.startswith("one: ")


def test_known_packages_are_still_unclear():
    """Else they need no exception."""
    there = {name: importlib.metadata.distribution(name) for name in audit.KNOWN}
    assert not [name for name, one in there.items() if audit.GOOD.search(audit.licence(one))]


def test_the_lowest_versions_are_those_of_setup_py():
    found = dict(pin.split("==") for pin in audit.floors())
    assert found["django"] == "4.2.20" and found["cryptography"] == "44.0.1" and found["waitress"] == "3.0.1"


def test_a_known_fault_is_told():
    found = {"id": "GHSA-p3fp", "aliases": ["CVE-2025-26699"], "fix_versions": ["4.2.20", "5.1.7"]}
    lines = list(audit.report({}, {"here": answer(found)}))
    assert (True, "Known fault, here: django 4.2.19: CVE-2025-26699, mended in 4.2.20, 5.1.7") in lines


def test_what_does_not_reach_us_is_borne():
    for name in audit.BEARABLE:
        assert audit.known_faults(answer({"id": "X-1", "aliases": [name]})) == ([], 1)


@pytest.mark.parametrize("told", [None, {"dependencies": []}, {"dependencies": [{"name": "django", "skip_reason": "not found"}]}])
def test_an_index_that_knows_nothing_is_no_clean_bill(told):
    assert (False, "left out: no package index told of known faults (here)") in list(audit.report({}, {"here": told}))


def test_what_was_asked_is_counted():
    lines = list(audit.report({}, {"here": answer(skipped=["lxml"])}))
    assert (False, "1 packages have no known fault (here)") in lines
