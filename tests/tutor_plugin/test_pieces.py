"""What the plugin for Tutor consists of: scripts that a shell runs as meant, settings that are Python, a requirement that holds."""

import importlib
import json
import shlex
import subprocess
import sys
from collections import defaultdict
from types import ModuleType, SimpleNamespace

import jinja2
import pytest
from packaging.requirements import Requirement

from dti_xblocks import __version__
from dti_xblocks.tutor import pieces
from dti_xblocks.tutor.source import requirement

KEYS = "/openedx/media-private/dti-keys"
HOSTILE = 'O\'Neill & Sons; $(touch gone) `touch gone` "Police"'


def rendered(text: str, **values) -> str:
    """As Tutor renders it: with Jinja, strictly."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # shell and Python, no HTML
    environment.filters["dti_quoted"] = shlex.quote
    given = {**pieces.DEFAULTS, "DTI_INSTITUTION": "Example Police", "DTI_REQUIREMENT": "dti-xblocks[sign]==1", **values}
    return environment.from_string(text).render(**given)


# -- what the image installs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("came_from", "asked"),
    [
        (None, f"dti-xblocks[sign]=={__version__}"),
        ({"url": "file:///home/me/dti-xblocks", "dir_info": {"editable": True}}, f"dti-xblocks[sign]=={__version__}"),
        ({"url": "file:///tmp/dti_xblocks-1.whl", "archive_info": {}}, f"dti-xblocks[sign]=={__version__}"),
        (
            {
                "url": "https://git.example.edu/x.git",
                "vcs_info": {"vcs": "git", "commit_id": "abc123", "requested_revision": "v1"},
            },
            "dti-xblocks[sign] @ git+https://git.example.edu/x.git@abc123",
        ),
        (
            {"url": "ssh://git@h/x.git", "vcs_info": {"vcs": "git", "commit_id": "a"}, "subdirectory": "p"},
            "dti-xblocks[sign] @ git+ssh://git@h/x.git@a#subdirectory=p",
        ),
        ({"url": "https://example.edu/dti.tar.gz", "archive_info": {}}, "dti-xblocks[sign] @ https://example.edu/dti.tar.gz"),
    ],
)
def test_the_image_installs_what_this_machine_has(came_from, asked):
    text = None if came_from is None else json.dumps(came_from)
    found = requirement(SimpleNamespace(version=__version__, read_text=lambda name: text if name == "direct_url.json" else None))
    assert found == asked
    assert Requirement(found).name == "dti-xblocks" and Requirement(found).extras == {"sign"}


def test_the_package_is_installed_without_moving_anything():
    text = rendered(pieces.patches()["openedx-dockerfile-post-python-requirements"], DTI_REQUIREMENT="dti-xblocks[sign]==1")
    assert "pip list --format=freeze" in text and "--constraint /tmp/dti-constraints.txt 'dti-xblocks[sign]==1'" in text
    assert rendered(pieces.patches()["openedx-dockerfile-post-python-requirements"], DTI_REQUIREMENT="").strip() == ""


# -- settings --------------------------------------------------------------------------------------------------------------


def settings_of(name: str, **given) -> dict:
    values = {"os": importlib.import_module("os"), **given}
    exec(
        rendered(pieces.patches()[name], DTI_KEYS_FOLDER=str(given.get("folder", KEYS)), DTI_INSTITUTION="O'Neill's \"County\""),
        values,
    )
    return values


def test_the_institution_has_one_name():
    assert settings_of("openedx-common-settings")["DTI_INSTITUTION"] == {"name": "O'Neill's \"County\""}


def test_the_keys_are_named_where_they_are(tmp_path):
    assert settings_of("openedx-common-settings")["DTI_PLEDGE_KEYS"] is None
    assert settings_of("openedx-common-settings", folder=tmp_path)["DTI_PLEDGE_KEYS"] == str(tmp_path)


def test_libraries_offer_each_block_once():
    listed = settings_of("openedx-cms-common-settings", LIBRARY_ENABLED_BLOCKS=["problem", "dti_pledge"])[
        "LIBRARY_ENABLED_BLOCKS"
    ]
    assert listed == ["problem", "dti_pledge", "dti_scenario", "dti_case_law", "dti_review", "dti_activity", "dti_video"]


# -- scripts ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shell(tmp_path):
    """Run a script as a job container does, with a manage.py that notes down how it was called and makes keys."""
    (tmp_path / "manage.py").write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        "with open('called', 'a') as file: file.write(json.dumps(sys.argv[1:]) + '\\n')\n"
        "if 'make' in sys.argv:\n"
        "    folder = pathlib.Path(sys.argv[sys.argv.index('make') + 1]); folder.mkdir()\n"
        "    (folder / 'sealing-key.pem').touch()\n"
    )
    (tmp_path / "manage.py").chmod(0o755)

    def run(script: str) -> tuple[list, str]:
        (tmp_path / "called").write_text("")
        done = subprocess.run(["sh", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert not (tmp_path / "gone").exists()
        return [json.loads(line) for line in (tmp_path / "called").read_text().splitlines()], done.stdout

    return run


def test_init_makes_tables_and_keys_once(shell, tmp_path):
    service, script = pieces.init()
    (tmp_path / "private files").mkdir()
    folder = tmp_path / "private files/keys"
    text = rendered(script, DTI_KEYS_FOLDER=str(folder), DTI_INSTITUTION=HOSTILE)
    migrate = ["lms", "migrate", "dti_records"]
    called, said = shell(text)
    assert service == "dti"
    assert called == [migrate, ["lms", "dti_pledge_keys", "make", str(folder), "--name", HOSTILE]]
    assert "restart openedx" in said
    called, said = shell(text)
    assert called == [migrate] and "already" in said


def test_init_makes_no_keys_where_they_would_be_lost(shell):
    called, said = shell(rendered(pieces.init()[1], DTI_KEYS_FOLDER="/nowhere/at/all/keys"))
    assert called == [["lms", "migrate", "dti_records"]] and "No keys were made" in said


@pytest.mark.parametrize("key", ["course-v1:DTI+DTI101+v1", HOSTILE])
def test_commands_reach_the_server_to_the_letter(shell, key):
    def call(scripts):
        return [(service, *shell(script)[0]) for service, script in scripts]

    assert call(pieces.setup(key, "honor", False)) == [
        ("lms", ["lms", "dti_setup", "--course", key, "--mode", "honor"]),
        ("cms", ["cms", "dti_setup", "--course", key, "--menu"]),
    ]
    assert call(pieces.setup(key, "verified", True))[0][1][-1] == "--move-auditors"
    assert call(pieces.bring(key, False)) == [("cms", ["cms", "dti_import", "--course", key])]
    assert call(pieces.bring(key, True))[0][1][-1] == "--again"
    spanish = ["cms", "dti_import", "--course", f"{pieces.SHIPPED}-es", "--language", "es-419"]
    assert call(pieces.bring("", False, "es-419")) == [("cms", spanish)]
    assert call(pieces.doctor(key)) == [("dti", ["lms", "dti_doctor", "--course", key])]
    assert call(pieces.doctor("")) == [("dti", ["lms", "dti_doctor"])]


@pytest.mark.parametrize(
    ("command", "scripts"),
    [
        ("dti_setup", pieces.setup("KEY", "honor", True)),
        ("dti_import", pieces.bring("KEY", True, "es-419")),
        ("dti_doctor", pieces.doctor("KEY")),
    ],
)
def test_what_tutor_calls_exists_and_takes_what_it_gives(command, scripts):
    module = importlib.import_module(f"dti_xblocks.records.management.commands.{command}")
    for _service, script in scripts:
        _manage, _variant, name, *arguments = shlex.split(script)
        assert name == command
        module.Command().create_parser("manage.py", name).parse_args(arguments)


def test_the_modes_are_those_of_the_command():
    from dti_xblocks.records.management.commands import dti_import, dti_setup

    assert pieces.MODES == dti_setup.EARNING and pieces.SHIPPED == dti_import.SHIPPED


# -- what Tutor is given ---------------------------------------------------------------------------------------------------


def test_the_plugin_puts_everything_into_the_hooks(monkeypatch):
    given = defaultdict(list)

    class Filter:
        def __init__(self, name):
            self.name = name

        def add_item(self, item):
            given[self.name].append(item)

        def add_items(self, items):
            given[self.name] += items

    class Filters:
        def __getattr__(self, name):
            return Filter(name)

    tutor = ModuleType("tutor")
    tutor.hooks = SimpleNamespace(Filters=Filters())
    monkeypatch.setitem(sys.modules, "tutor", tutor)
    monkeypatch.delitem(sys.modules, "dti_xblocks.tutor.plugin", raising=False)
    plugin = importlib.import_module("dti_xblocks.tutor.plugin")
    sys.modules.pop("dti_xblocks.tutor.plugin")
    assert {name for name, _value in given["CONFIG_DEFAULTS"]} == {"DTI_REQUIREMENT", *pieces.DEFAULTS}
    assert dict(given["ENV_PATCHES"]) == pieces.patches() and len(pieces.patches()) == 6
    assert given["CLI_DO_INIT_TASKS"] == [pieces.init()]
    assert [command.name for command in given["CLI_DO_COMMANDS"]] == ["dti-import", "dti-setup", "dti-doctor"]
    assert [*plugin.dti_setup.callback("K", "honor", False)] == [*pieces.setup("K", "honor", False)]
    assert [*plugin.dti_import.callback("K", False, "es-419")] == [*pieces.bring("K", False, "es-419")]
    assert [*plugin.dti_doctor.callback("")] == [*pieces.doctor("")]
