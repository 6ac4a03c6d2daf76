"""A preview of the every-block course, and people who visit it without a browser."""

import html
import os
import re
import shutil
from pathlib import Path

import pytest
from django.test import Client
from suite.states import begin

from dti_xblocks.course.preview import settings as preview_settings
from dti_xblocks.course.preview.serve import make_application
from tests.course.preview.made import PROBLEM, in_a_unit

EVERY_BLOCK = Path(__file__).parent.parent / "fixtures" / "every-block"


@pytest.fixture
def state_in_use():
    """Gives the process back to the state folder that the other tests use."""
    before = preview_settings.current_state_dir()
    yield
    preview_settings.configure(before)


@pytest.fixture
def course(tmp_path):
    """A copy of the course, to be changed at will."""
    return Path(shutil.copytree(EVERY_BLOCK, tmp_path / "course"))


@pytest.fixture
def application(course, tmp_path, state_in_use):
    return make_application(course, begin(tmp_path / "state"))


@pytest.fixture
def learner(application):
    return Visitor(application)


@pytest.fixture
def visit(application):
    """`visit("staff")` is that person in front of the same preview."""
    return lambda who="learner", **options: Visitor(application, who, **options)


class Visitor:
    """Opens pages and answers problems, as the page's script does."""

    def __init__(self, application, who: str = "learner", **options):
        self.application = application
        self.who = who
        self.client = Client(**{"dti.preview": application.course, "HTTP_HOST": "127.0.0.1:8000"}, **options)
        self.client.cookies["dti_preview_person"] = who

    @property
    def tree(self):
        return self.application.course.tree()

    def get(self, address: str, **headers):
        return self.client.get(address, **headers)

    def page(self, address: str) -> str:
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.content.decode()

    def unit(self, name: str) -> str:
        return self.page(f"/unit/{name}")

    def key(self, name: str) -> str:
        return str(self.tree.named(name).key)

    def handler(self, block: str, name: str, suffix: str = "") -> str:
        return f"/xblock/{self.who}/{self.key(block)}/{name}" + (f"/{suffix}" if suffix else "")

    def answer(self, problem: str, *answers, check: int = 200) -> dict:
        """Submit a problem: one entry per response, in order; a list ticks several boxes."""
        base = self.tree.named(problem).key.html_id()
        data = {}
        for number, value in enumerate(answers, 2):
            name = f"input_{base}_{number}_1"
            data[f"{name}[]" if isinstance(value, list) else name] = value
        answer = self.client.post(self.handler(problem, "xmodule_handler", "problem_check"), data)
        assert answer.status_code == check, answer.content
        return answer.json() if check == 200 else {}

    def grade(self) -> str:
        """The progress page's text, without markup."""
        text = re.sub(r"<[^>]+>", " ", self.page("/progress").partition("<main")[2])
        return re.sub(r"\s+", " ", html.unescape(text))

    def completion(self) -> dict:
        return self.get("/completion").json()

    def records(self):
        """What the database holds for this person."""
        from dti_xblocks.course.preview.people import PEOPLE
        from dti_xblocks.course.preview.records import Records

        return Records(PEOPLE[self.who])


@pytest.fixture
def write(tmp_path):
    """`write({"course.xml": ...})` makes a course of these files; names may be bytes."""

    def make(files):
        folder = tmp_path / "course"
        for name, content in {"course.xml": in_a_unit(PROBLEM), **files}.items():
            path = os.path.join(os.fsencode(folder), os.fsencode(name))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
        return folder

    return make


@pytest.fixture
def preview(write, tmp_path, state_in_use):
    """`preview(files, who)` is that person in front of the course of these files."""

    def make(files=(), who="learner"):
        return Visitor(make_application(write(dict(files)), begin(tmp_path / "state")), who)

    return make
