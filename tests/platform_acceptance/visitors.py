"""People in front of the LMS: pages as the learning MFE asks for them, forms as a browser without scripts sends them."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urldefrag, urlencode

from . import logs, pages
from .logs import Entry

PASSWORD = "only for acceptance"
MOST_REDIRECTS = 5
HERE = "http://testserver"  # as Django's test client calls the site
FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came of a request. `queries` is the number of SQL statements."""

    status: int
    body: bytes
    headers: dict[str, str]
    seconds: float = 0.0
    queries: int = 0
    logged: list[Entry] = field(default_factory=list)
    address: str = ""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def faults(self) -> list[str]:
        """What is wrong with it: a server error, errors in the log, a page that says so."""
        found = [f"HTTP {self.status}"] if self.status >= 500 else []
        found += [str(entry) for entry in self.logged if entry.loud]
        kind = self.headers.get("Content-Type", "")
        return found + (pages.trouble(self.text) if self.status == 200 and kind.startswith("text/html") else [])


class Visitor:
    """Somebody with a browser. `client` is Django's test client: URLs, middleware, sessions and CSRF are the platform's."""

    def __init__(self, username: str = "", *, name: str = "", staff: bool = False):
        from django.test import Client

        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        self.username, self.user = username, None
        if username:
            self.user = _account(username, name or username.title(), staff)
            if not self.client.login(username=username, password=PASSWORD):
                raise RuntimeError(f"{username} cannot sign in")

    def enrolled(self, course: Any, mode: str = "honor") -> Visitor:
        """The same visitor, enrolled."""
        from common.djangoapps.student.models import CourseEnrollment

        CourseEnrollment.enroll(self.user, course, mode=mode)
        return self

    def ask(self, method: str, address: str, **options: Any) -> Answer:
        """One request."""
        from django.db import connection

        counted = [0]

        def count(execute: Any, *arguments: Any) -> Any:
            counted[0] += 1
            return execute(*arguments)

        began = time.perf_counter()
        with logs.heard() as logged, connection.execute_wrapper(count):
            response = getattr(self.client, method)(address, **options)
            body = b"".join(response.streaming_content) if response.streaming else response.content
        seconds = time.perf_counter() - began
        return Answer(response.status_code, body, dict(response.items()), seconds, counted[0], logged, address)

    def get(self, address: str, **headers: str) -> Answer:
        """A page or file; redirects are followed."""
        answer = self.ask("get", address, **headers)
        for _step in range(MOST_REDIRECTS):
            if answer.status not in (301, 302, 303):
                break
            answer = self.ask("get", answer.headers["Location"].removeprefix(HERE), **headers)
        return answer

    def unit(self, usage: Any) -> Answer:
        """The page of a unit or block, as the learning MFE puts it into its frame."""
        return self.get(unit_address(usage))

    def send(self, page: Answer, handler: str, only: pages.Form | None = None, **values: str | list[str]) -> Answer:
        """The form of `page` that goes to `handler` (the first, or `only`), with `values`, as a browser without scripts sends it.

        Gives the page that comes of it, with the figures and the log of the form's own request besides.
        """
        form = only or pages.form(page.text, handler)
        if form is None:
            raise LookupError(f"{page.address} ({page.status}) has no form to {handler}")
        address, fields = urldefrag(form.action)[0], urlencode(form.filled(**values))
        referer = f"{HERE}{page.address}"
        if form.method == "get":
            return self.get(f"{address}?{fields}", HTTP_REFERER=referer)
        answer = self.ask("post", address, data=fields, content_type=FORM, HTTP_REFERER=referer)
        if answer.status not in (301, 302, 303):
            return answer
        after = self.get(answer.headers["Location"].removeprefix(HERE))
        return replace(after, logged=answer.logged + after.logged, queries=answer.queries, seconds=answer.seconds)

    def post_json(self, address: str, body: Any) -> Answer:
        """JSON to an address of the platform, as its own scripts send it."""
        return self.ask("post", address, data=json.dumps(body), content_type="application/json", **self.token())

    def post_form(self, address: str, fields: dict[str, Any]) -> Answer:
        """A form to an address of the platform, as its own scripts send it."""
        return self.ask("post", address, data=urlencode(fields, doseq=True), content_type=FORM, **self.token())

    def token(self) -> dict[str, str]:
        """The headers with which the platform's scripts send anything: the site's token, and that JSON is wanted."""
        if "csrftoken" not in self.client.cookies:
            self.client.get("/csrf/api/v1/token")
        return {"HTTP_X_CSRFTOKEN": self.client.cookies["csrftoken"].value, "HTTP_ACCEPT": "application/json"}


def unit_address(usage: Any) -> str:
    """Where a unit or block is shown on its own."""
    return f"/xblock/{usage}?show_title=0&show_bookmark_button=0&recheck_access=1&view=student_view"


def handler_address(usage: Any, handler: str, suffix: str = "") -> str:
    """Where a handler of a block is."""
    from openedx.core.lib.url_utils import quote_slashes

    address = f"/courses/{usage.course_key}/xblock/{quote_slashes(str(usage))}/handler/{handler}"
    return f"{address}/{suffix}" if suffix else address


def _account(username: str, name: str, staff: bool) -> Any:
    from common.djangoapps.student.models import UserProfile
    from django.contrib.auth import get_user_model

    known = {"email": f"{username}@example.org"}
    user, _new = get_user_model().objects.get_or_create(username=username, defaults=known)
    user.is_active, user.is_staff, user.is_superuser = True, staff, staff
    user.set_password(PASSWORD)
    user.save()
    UserProfile.objects.get_or_create(user=user, defaults={"name": name})
    return user
