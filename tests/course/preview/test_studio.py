"""The preview's Studio: edits are laid over the course and never written into it."""

import hashlib
import json

import pytest
from django.test import Client

from dti_xblocks.course.preview.models import BlockState, Score, StudioEdit
from dti_xblocks.course.preview.serve import make_application


@pytest.fixture
def author(visit):
    return visit("studio")


def digest(folder):
    return {
        path.relative_to(folder): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rename(person, name: str):
    """Save the word cloud's Studio form."""
    return person.client.post(
        person.handler("cloud", "submit_studio_edits"),
        json.dumps({"values": {"display_name": name}, "defaults": []}),
        content_type="application/json",
    )


def test_an_edit_shows_to_everybody_and_leaves_the_course_alone(author, learner, course, tmp_path):
    before = digest(course)
    assert "Edit “Words”" in author.unit("social")
    form = author.page(f"/studio/edit/{author.key('cloud')}")
    assert "never changed" in form and "xblock-studio_view" in form
    assert rename(author, "Better words").status_code == 200
    assert "Better words" in learner.unit("social")
    assert "changed in this preview" in author.unit("social")
    assert digest(course) == before
    again = make_application(course, tmp_path / "state")
    page = Client(**{"dti.preview": again.course, "HTTP_HOST": "127.0.0.1"}).get("/unit/social").content.decode()
    assert "Better words" in page, "edits outlive a restart"


def test_an_edit_can_be_taken_back(author, learner):
    rename(author, "Better words")
    address = f"/studio/discard/{author.key('cloud')}"
    assert author.get(address).status_code == 405
    assert learner.client.post(address).status_code == 403
    assert author.client.post(address)["Location"].startswith("/jump_to/")
    assert not StudioEdit.objects.exists()
    assert "Better words" not in learner.unit("social")


def test_learners_and_staff_cannot_edit(learner, visit):
    for person in (learner, visit("staff"), visit("second")):
        assert person.get(f"/studio/edit/{person.key('cloud')}").status_code == 403
        assert rename(person, "Mine").status_code == 403
        assert "/studio/edit/" not in person.unit("social")
    assert not StudioEdit.objects.exists()


def test_an_editor_that_is_part_of_studio_is_said(author):
    page = author.page(f"/studio/edit/{author.key('from-file')}")
    assert "The editor of this block is part of Studio itself." in page


def test_trying_in_studio_leaves_no_trace_with_learners(author, learner):
    author.unit("exam-unit")
    author.answer("exam-problem", "choice_1")
    assert not Score.objects.exists()
    assert set(BlockState.objects.values_list("owner", flat=True)) <= {"studio", ""}
    assert "Your grade is 0%." in learner.grade()
    assert learner.completion()["percent"] == 0


def test_studio_has_the_services_of_studio(author, visit):
    from dti_xblocks.course.preview.people import PEOPLE
    from dti_xblocks.course.preview.runtime import PreviewRuntime

    def services(person):
        return set(PreviewRuntime(person.tree, PEOPLE[person.who])._services)

    assert "studio_user_permissions" in services(author)
    assert "completion" not in services(author)
    assert "studio_user_permissions" not in services(visit("learner"))
    assert "completion" in services(visit("learner"))
    runtime = PreviewRuntime(author.tree, PEOPLE["studio"])
    assert runtime.is_author_mode
    assert runtime.anonymous_student_id == "student"
