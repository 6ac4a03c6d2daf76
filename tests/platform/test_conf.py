"""Settings: what they are when nobody sets them, what Django's system checks say of them, and what operators can read."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import override_settings

from dti_xblocks.platform import conf

ROOT = Path(__file__).parents[2]
LOGO = ROOT / "dti_xblocks/course/preview/assets/badge.svg"
WRONG = {
    "DTI_INSTITUTION": (
        "Sunset PD",
        {"title": "Sunset PD"},
        {"name": 5},
        {"name": "x" * 121},
        {"paper": "A5"},
        {"logo": str(LOGO)},
        {"name": "Sunset PD", "logo": "no/such/file.png"},
        {"name": "Sunset PD", "logo": 5},
        {"name": "Sunset PD", "logo": __file__},
        {"name": "Sunset PD", "logo": "../../conf.py"},
    ),
    "DTI_AUTHORITIES_FOLDER": ("/nowhere/at/all", 5),
    "DTI_PACKET_STORAGE": ("no-such-alias", ["default"]),
    "DTI_PLEDGE_KEEP_ADDRESS": ("no", None),
    "DTI_PLEDGE_KEEP_BROWSER": (0, "yes"),
    "DTI_PLEDGE_KEYS": ("/nowhere/at/all", {"private": "", "secret": ""}, 7),
    "DTI_PLEDGE_RETENTION_DAYS": (-1, True, "30", 1.5),
    "DTI_PLEDGE_RETIREMENT": ("perhaps", None, ""),
    "DTI_PLEDGE_TIMESTAMP_URL": ("javascript:alert(1)", "tsa.example.org"),
    "DTI_PLEDGE_VERIFY_RATE": ("many", None, 0, -5),
    "DTI_PLEDGE_VERIFY_SHOWS": (("name", "shoe size"), "nonsense", 3),
    "DTI_PLEDGE_VERIFY_URL": ("javascript:alert(1)", "verify.example.gov"),
    "DTI_RENDER": ("pigeon", 1),
    "DTI_FILMS": ("no-such-alias", "ftp://films.example.gov/", ["default"]),
}
RIGHT = {
    "DTI_INSTITUTION": (None, {}, {"name": "Sunset PD"}, {"name": "Sunset PD", "logo": LOGO, "paper": "A4"}, {"paper": "Letter"}),
    "DTI_AUTHORITIES_FOLDER": ("", str(ROOT), ROOT),
    "DTI_PACKET_STORAGE": ("", "default"),
    "DTI_PLEDGE_KEEP_ADDRESS": (True, False),
    "DTI_PLEDGE_KEEP_BROWSER": (True, False),
    "DTI_PLEDGE_KEYS": (None, "", ROOT, {"private": "text"}),
    "DTI_PLEDGE_RETENTION_DAYS": (0, 4000),
    "DTI_PLEDGE_RETIREMENT": ("trim", "erase", "keep"),
    "DTI_PLEDGE_TIMESTAMP_URL": ("", None, "https://tsa.example.org"),
    "DTI_PLEDGE_VERIFY_RATE": (1, 200),
    "DTI_PLEDGE_VERIFY_SHOWS": ((), None, "name", ["agency"]),
    "DTI_PLEDGE_VERIFY_URL": ("", "https://verify.example.gov/dti/verify"),
    "DTI_RENDER": ("", None, "celery", "thread", "request"),
    "DTI_FILMS": ("", None, "default", "https://films.example.gov/dti"),
}


def each(values: dict) -> list:
    return [pytest.param(name, value, id=f"{name}={value!r}") for name in values for value in values[name]]


def ids_of(found) -> list[str]:
    return [one.id for one in found]


def test_every_setting_is_tried_here():
    names = [one.name for one in conf.ALL]
    assert set(WRONG) == set(RIGHT) == set(names)
    assert len(set(names)) == len({one.number for one in conf.ALL}) == 14


def test_no_setting_has_to_be_set():
    with override_settings():
        for one in conf.ALL:
            if hasattr(settings, one.name):
                delattr(settings, one.name)
        assert conf.problems() == []
        assert (conf.keep_address(), conf.keep_browser(), conf.retention_days(), conf.retirement()) == (True, True, 0, "trim")
        assert (conf.verify_rate(), conf.verify_shows(), conf.verify_url()) == (20, {"initials", "course", "date"}, None)
        assert (conf.render(), conf.packet_storage(), conf.authorities_folder(), conf.timestamp_url()) == ("", "", "", "")
        assert conf.pledge_keys() is None
        assert conf.institution() == ("", "", "Letter")


@pytest.mark.parametrize(("name", "value"), each(RIGHT))
def test_what_may_be_set_is_no_problem(name, value):
    with override_settings(**{name: value}):
        assert conf.problems() == []


@pytest.mark.parametrize(("name", "value"), each(WRONG))
def test_what_is_wrong_has_its_number_a_sentence_and_a_hint(name, value):
    setting = next(one for one in conf.ALL if one.name == name)
    with override_settings(**{name: value}):
        (problem,) = conf.problems()
    assert problem.id == f"dti_records.E{setting.number:03}"
    assert problem.msg.startswith(f"settings.{name} ") and problem.msg.endswith(".")
    assert problem.hint


def test_the_check_of_the_site_says_so():
    with override_settings(DTI_RENDER="pigeon"), pytest.raises(SystemCheckError, match=r"dti_records\.E012.*pigeon"):
        call_command("check")
    call_command("check")


@pytest.mark.parametrize("name", ["DTI_PLEDGE_RETENTION_DAYS", "DTI_PLEDGE_RETIREMENT"])
def test_what_would_erase_something_is_not_guessed(name):
    read = {"DTI_PLEDGE_RETENTION_DAYS": conf.retention_days, "DTI_PLEDGE_RETIREMENT": conf.retirement}[name]
    for value in WRONG[name]:
        with override_settings(**{name: value}), pytest.raises(ImproperlyConfigured, match=name):
            read()


def test_operators_can_read_of_all_of_them():
    text = (ROOT / "docs/operators/settings.md").read_text(encoding="utf-8")
    assert conf.table() in text, "run scripts/settings_table.py"
    for one in conf.ALL:
        if one.default not in ("", None):
            assert f"`{one.default!r}`".replace("'", '"') in one.unset


def test_no_setting_is_read_elsewhere():
    for path in (ROOT / "dti_xblocks").rglob("*.py"):
        if path.name == "conf.py" or {"preview", "tutor"} & set(path.parts):  # the latter's are settings of Tutor
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else node.value if isinstance(node, ast.Constant) else ""
            assert not re.fullmatch(r"DTI_\w+", str(name)), f"{path}:{node.lineno} names {name}"
