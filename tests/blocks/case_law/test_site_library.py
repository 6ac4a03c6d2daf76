"""What a site has to read: the shipped library with the files of the institution's own folder."""

import logging
import os

import pytest
from django.test import override_settings

from dti_xblocks.blocks.case_law.site_library import site_library
from dti_xblocks.case_law.library import library

OWN = """
slug = "general-order-300"
kind = "policy"
caption = "Use of Force"
citation = "General Order 300 (2024)"
state = "Springfield Police Department"
in_brief = "Step in. Tell a supervisor."
duty = "Every officer who is present has to intervene."

[check]
question = "Who?"
right = "Everyone"
wrong = ["Nobody"]
why = "It says so."
"""
CHANGE = """
slug = "graham-v-connor"
on_the_street = "Our general order 300 says the same."
"""


@pytest.fixture
def folder(tmp_path):
    with override_settings(DTI_AUTHORITIES_FOLDER=str(tmp_path)):
        yield tmp_path


def test_without_a_folder_it_is_the_library():
    assert site_library() is library()


def test_an_institution_adds_and_changes(folder):
    (folder / "a.toml").write_text(OWN, encoding="utf-8")
    (folder / "b.toml").write_text(CHANGE, encoding="utf-8")
    assert site_library().get("general-order-300").is_agencys
    assert site_library().get("general-order-300").check.right == "Everyone"
    assert site_library().get("graham-v-connor").edited == ("on_the_street",)
    assert site_library().get("graham-v-connor").facts == library().get("graham-v-connor").facts
    assert len(site_library()) == len(library()) + 1


def test_it_is_read_again_when_a_file_changes_and_not_before(folder):
    path = folder / "a.toml"
    path.write_text(OWN, encoding="utf-8")
    before = site_library()
    assert site_library() is before
    path.write_text(OWN.replace("Step in.", "Stop it."), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert site_library().get("general-order-300").in_brief.startswith("Stop it.")


@pytest.mark.parametrize(
    "broken",
    [
        "slug = ",
        'slug = "x"\ncolour = "red"\n',
        'slug = "graham-v-connor"\nrule = 3\n',
        'slug = "graham-v-connor"\ntopics = [1, 2]\n',
        'slug = "graham-v-connor"\nverified = "fully"\n',
        OWN.replace("general-order-300", "X Y"),
        OWN.replace("general-order-300", "a" * 101),
        OWN.replace('caption = "Use of Force"', ""),
        OWN.replace('"Who?"', "5"),
        OWN.replace('["Nobody"]', '"Nobody"'),
        'check = "x"\n',
    ],
)
def test_a_file_that_cannot_be_read_is_left_out_and_named_in_the_log(folder, caplog, broken):
    (folder / "a.toml").write_text(OWN, encoding="utf-8")
    (folder / "broken.toml").write_text(broken, encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        assert len(site_library()) == len(library()) + 1
    assert "broken.toml" in caplog.text


def test_a_folder_that_is_not_there_changes_nothing(tmp_path):
    with override_settings(DTI_AUTHORITIES_FOLDER=str(tmp_path / "nowhere")):
        assert site_library() is library()


def test_a_link_to_nowhere_and_a_hidden_file_do_no_harm(folder):
    (folder / "a.toml").write_text(OWN, encoding="utf-8")
    (folder / "gone.toml").symlink_to(folder / "nowhere")
    (folder / ".#a.toml").symlink_to(folder / "somebody@elsewhere")
    assert len(site_library()) == len(library()) + 1
