"""Somebody without a script who follows every link and sends every form of a block, and writes one secret wherever they can."""

from collections import Counter
from urllib.parse import urlencode

from django.test import RequestFactory
from lxml import html
from xblock.django.request import DjangoWebobRequest

from tests.logs.platform_log import COURSE, Logs, patterns
from tests.runtime import again, page

SECRET = "Qwertz 4711"
SITE = "http://testserver"
UNIT = "/unit"
TAKING = {"mark_remove", "take_back", "withdraw_signature", "again", "forget"}
FREE = {"text", "search", "email", "tel", "url", "number"}


class Crawler:
    """Goes through the block as `person`, with at most `each` requests to one handler. `logs` has what the site then knows, `seen`
    the handlers, `wrote` the names of the fields that were filled in freely."""

    def __init__(self, block, person, each=9, view="student_view"):
        self.block, self.person, self.each, self.view = block, person, each, view
        self.studio = bool(block.runtime.place.studio)
        self._front = "/preview/xblock" if self.studio else f"/courses/{COURSE}/xblock"
        self.logs = Logs(patterns("cms" if self.studio else "lms"))
        self.seen, self.wrote, self._known, self._queue = Counter(), set(), set(), []

    def go(self):
        """Walk until there is nothing new. Returns itself."""
        self._follow(UNIT, "")
        while self._queue:
            self._queue.sort(key=self._turn)
            self._ask(*self._queue.pop(0))
        return self

    def _turn(self, queued):
        """What was asked least comes first, and last what takes away what there is to see."""
        name = _handler(queued[1])
        return name in TAKING, self.seen[name]

    # -- asking ----------------------------------------------------------------------------------------------------------------

    def _ask(self, method, address, body, referer, led=False):
        name = _handler(address)
        if self.seen[name] >= self.each and not led:
            return
        self.seen[name] += 1
        request = RequestFactory().generic(
            method, self._outside(address), body, "application/x-www-form-urlencoded", HTTP_REFERER=SITE + referer
        )
        self.logs.take(request)
        block = again(self.block, self.person)
        answer = block.runtime.handle(block, name, DjangoWebobRequest(request))
        block.save()
        if 300 <= answer.status_code < 400:
            self._follow(answer.location.removeprefix(SITE), self._outside(address))
        elif answer.content_type == "text/html" and answer.body:
            self._look(answer.text, self._outside(address))

    def _follow(self, location, referer):
        """Go where an answer leads: back to the unit, whose page is another now, or to a page of the block."""
        if location == UNIT:
            self._look(page(again(self.block, self.person), self.view), UNIT)
        elif location.startswith("/dti/"):
            self.logs.take(RequestFactory().get(location, HTTP_REFERER=SITE + referer))
        else:
            self._ask("GET", location.replace(self._front, "/handler"), "", referer, led=True)

    def _later(self, method, address, body, referer):
        key = (method, address, body if method == "POST" else "")
        if key not in self._known:
            self._known.add(key)
            self._queue.append((method, address, body, referer))

    def _outside(self, address):
        """The address that the platform gives to the runtime's short one."""
        start, _usage, rest = address.removeprefix("/handler/").partition(str(self.block.scope_ids.usage_id))
        assert start == "", address
        return f"{self._front}/{self.block.scope_ids.usage_id}/handler{rest}"

    # -- reading ---------------------------------------------------------------------------------------------------------------

    def _look(self, text, referer):
        tree = html.fromstring(f"<div>{text}</div>")
        for node in tree.iter():
            if not isinstance(node.tag, str) or node.tag == "form":
                continue
            for value in node.attrib.values():
                if value.startswith("/handler/"):
                    self._later("GET", value.partition("#")[0], "", referer)
        for form in tree.iter("form"):
            for radio in (0, -1):
                self._fill(form, referer, radio)

    def _fill(self, form, referer, radio):
        """Queue what the form sends with each of its buttons, where of each group of radio buttons the first or last is chosen."""
        action, method = form.get("action", "").partition("#")[0], form.get("method", "get").upper()
        if not action.startswith("/handler/"):
            return
        fields = []
        for field in form.iter("input", "textarea", "select"):
            name, kind = field.get("name"), field.get("type", "text")
            if not name or name == "csrfmiddlewaretoken":
                continue
            if kind == "checkbox" and [one for one, _value in fields].count(name) == 3:  # enough of a long list
                continue
            if kind == "radio" and radio == 0 and name in dict(fields):
                continue
            if kind == "radio":
                fields = [pair for pair in fields if pair[0] != name]
            if field.tag == "textarea" or (field.tag == "input" and kind in FREE):
                self.wrote.add(name)
                fields.append((name, self._written(name, field)))
            elif field.tag == "select":
                options = [option.get("value", "") for option in field.iter("option")]
                fields.append((name, next((value for value in options if value), "")))
            elif kind in ("radio", "checkbox", "hidden"):
                fields.append((name, field.get("value", "")))
        buttons = [(node.get("name"), node.get("value", "")) for node in form.iter("button") if node.get("name")]
        for button in buttons or [None]:
            body = urlencode([*fields, *([button] if button else [])])
            if method == "GET":
                self._later("GET", f"{action.partition('?')[0]}?{body}", "", referer)
            else:
                self._later("POST", action, body, referer)

    def _written(self, name, field):
        """The secret, with the account's name before it where the name is asked for: a signature needs it."""
        return f"{self.person.full_name} {SECRET}" if name == "name" else SECRET


def _handler(address):
    return address.partition("?")[0].rstrip("/").rpartition("/")[2]
