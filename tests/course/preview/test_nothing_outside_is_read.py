"""Somebody else's course reads nothing outside of its folder."""

import json
import os

import pytest

from dti_xblocks.course.preview.course_files import CourseFiles
from dti_xblocks.course.preview.errors import PreviewError
from dti_xblocks.course.preview.loader import load
from dti_xblocks.course.preview.serve import make_application
from dti_xblocks.course.preview.static_files import StaticFiles
from tests.course.preview.conftest import Visitor
from tests.course.preview.made import every_page, in_a_unit


@pytest.fixture
def leaking(write, tmp_path):
    """A course in which everything that can be a link is one, out of the course."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "secret.html").write_text("TOPSECRET")
    (secrets / "secret.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nTOPSECRET\n")
    (secrets / "policy.json").write_text('{"course/r": {"display_name": "TOPSECRET"}}')
    (secrets / "problem.xml").write_text("<problem><p>TOPSECRET</p></problem>")
    folder = write({
        "course.xml": in_a_unit(
            '<html url_name="h1" filename="link"/><html url_name="h2"/><html url_name="h3" filename="../../secrets/secret"/>'
            '<problem url_name="p1"/><problem url_name="p2"><include file="secret.xml"/><p>z</p></problem>'
            '<video url_name="v" transcripts=\'{"en": "secret.srt", "fr": "../../secrets/secret.srt"}\'/>'
        ),
        "html/h2.xml": '<html filename="folder/secret"/>',
        "policies/x": "",
        "tabs/x": "",
        "static/x": "",
        "about/x": "",
        "problem/x": "",
    })  # fmt: skip
    for link, target in {
        "html/link.html": "secret.html",
        "html/folder": "",
        "tabs/t.html": "secret.html",
        "about/overview.html": "secret.html",
        "info": "",
        "static/secret.srt": "secret.srt",
        "static/deep": "",
        "policies/r": "",
        "problem/p1.xml": "problem.xml",
        "secret.xml": "problem.xml",
    }.items():
        (folder / link).symlink_to(secrets / target)
    (secrets / "handouts.html").write_text("TOPSECRET")
    return folder


def test_links_out_of_the_course_are_not_followed(leaking, tmp_path, state_in_use):
    visitor = Visitor(make_application(leaking, tmp_path / "state"), "staff")
    for address in ("/", "/info", "/unit/u", "/tab/t"):
        assert b"TOPSECRET" not in visitor.get(address).content, address
    for name in ("secret.srt", "deep/secret.html", "deep_secret.html"):
        assert visitor.get(f"/asset/{name}").status_code == 404
    for language in ("en", "fr"):
        answer = visitor.get(visitor.handler("v", "transcript", f"translation/{language}"))
        assert answer.status_code == 404 and b"TOPSECRET" not in answer.content
    tree = visitor.tree
    assert "TOPSECRET" not in str([dict(block.fields) for block in tree.blocks.values()]) + str(tree.policy)
    for link in ("html/link.html", "html/folder", "info", "static/secret.srt", "static/deep", "policies/r", "secret.xml"):
        assert any(warning.startswith(f"{link} is a link that leads out of the course") for warning in tree.warnings), link


def test_a_static_folder_elsewhere_is_not_served(write, tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "a.txt").write_text("TOPSECRET")
    folder = write({})
    (folder / "static").symlink_to(tmp_path / "secrets")
    assert StaticFiles(folder / "static").find("a.txt") is None


def test_a_file_that_becomes_a_link_is_not_served(write, tmp_path):
    folder = write({"static/a.txt": "mine"})
    files = StaticFiles(folder / "static")
    assert files.find("a.txt")
    (folder / "static" / "a.txt").unlink()
    (folder / "static" / "a.txt").symlink_to("/etc/hostname")
    assert files.find("a.txt") is None


def test_links_inside_the_course_are_followed(write):
    folder = write({"static/a.txt": "mine", "course.xml": in_a_unit('<html url_name="h" filename="b"/>'), "html/a.html": "Words"})
    (folder / "html" / "b.html").symlink_to("a.html")
    (folder / "static" / "b.txt").symlink_to("a.txt")
    tree = load(folder)
    assert tree.named("h").fields["data"] == "Words"
    assert tree.static.find("b.txt")
    assert tree.warnings == ()


def test_course_xml_elsewhere_is_a_sentence(write, tmp_path):
    folder = write({})
    (folder / "course.xml").rename(tmp_path / "elsewhere.xml")
    (folder / "course.xml").symlink_to(tmp_path / "elsewhere.xml")
    with pytest.raises(PreviewError, match="leads out of the course"):
        load(folder)


def test_tabs_cannot_name_files_elsewhere(preview, tmp_path):
    (tmp_path / "secret.html").write_text("TOPSECRET")
    slugs = ["../../secret", str(tmp_path / "secret"), "a\x00b", "a\nb", "A" * 5000, "\ud800"]
    tabs = [{"type": "static_tab", "name": "T", "url_slug": slug} for slug in slugs]
    visitor = preview({"policies/r/policy.json": json.dumps({"course/r": {"tabs": tabs}})})
    every_page(visitor)
    assert visitor.tree.tabs == ()


def test_a_pipe_is_not_waited_for(write):
    folder = write(
        {
            "course.xml": in_a_unit('<html url_name="a" filename="pipe"/><problem url_name="pipe"/>'),
            "html/x": "",
            "problem/x": "",
            "about/x": "",
        }
    )
    for name in ("html/pipe.html", "problem/pipe.xml", "about/overview.html"):
        os.mkfifo(folder / name)
    tree = load(folder)
    assert len(tree.warnings) == 2


def test_blocks_cannot_write_into_the_course(write):
    folder = write({})
    files = CourseFiles(folder)
    for attempt in (lambda: files.open("new.txt", "w"), lambda: files.openbin("course.xml", "a")):
        with pytest.raises(Exception, match=r"read only|read-only"):
            attempt()
    assert files.open("course.xml").read().startswith("<course")
