"""What our blocks share: the page around a screen, refusals, content kept as child elements, the Studio form."""

from __future__ import annotations

import copy
import functools
import json
import logging
from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.translation import gettext as _
from lxml import etree
from web_fragments.fragment import Fragment
from webob import Response
from xblock.core import XML_NAMESPACES, XBlock
from xblock.fields import Scope, String

from .. import PUBLIC
from ..content import inner_xml, put_inner_xml
from ..platform import csrf
from ..platform.learner import current_learner, in_studio, may_take
from ..studio.kit.form import studio_fragment, studio_save
from ..studio.kit.values import CONTROLS
from ..templating import render

log = logging.getLogger(__name__)
OPTIONS = XML_NAMESPACES["option"]


class Refused(Exception):
    """A request that cannot be granted. The message is a sentence fit to show to the learner or author."""

    def __init__(self, message: str, status: int = 400):
        super().__init__(message)
        self.status = status


def action(method):
    """Make `method(self, learner, form)` a POST handler that answers with the block's screen as it then stands.

    A method that returns HTML answers with that: a block of several screens stays on the one that the form was on.

    `form` is the request's multi-dict of form fields. A script that asks for JSON gets `{"html": ...}`; a plain form gets a
    redirect back to its page. `Refused` becomes its HTTP status and a sentence. Nobody but a person who may take the block
    (signed in and enrolled, or staff) gets through.
    """

    @functools.wraps(method)
    def handler(self, request, suffix=""):
        try:
            if request.method != "POST":
                raise Refused(_("Please use the form on the page."), 405)
            learner = current_learner(self)
            if learner is None:
                raise Refused(_("Please sign in and try again. Nothing was saved."), 403)
            if not may_take(self, learner):
                raise Refused(_("Only people enrolled in this course can do this. Nothing was saved."), 403)
            html = method(self, learner, _form(request))
            return self.answer(request, {"html": self.rewritten(self.screen(learner) if html is None else html)})
        except Refused as refusal:
            return self.answer(request, {"error": str(refusal)}, refusal.status)

    return XBlock.handler(handler)


def _form(request):
    """The request's form fields, all of them text. Raises `Refused` for a body that is no such form."""
    try:
        form = request.POST
    except ValueError as error:  # for example multipart data without a boundary
        raise Refused(_("The form arrived damaged. Nothing was saved. Please try again.")) from error
    if not all(isinstance(value, str) for value in form.values()):  # an uploaded file in place of a field
        raise Refused(_("The form arrived damaged. Nothing was saved. Please try again."))
    return form


def _query(request) -> dict:
    """The request's query, the last of each name, without control characters. Raises `Refused` for what is no text."""
    try:
        return {name: CONTROLS.sub("", value) for name, value in request.GET.items()}
    except UnicodeDecodeError as error:
        raise Refused(_("This address is damaged. Go back and follow the link again.")) from error


def reading(method):
    """Make `method(self, learner, query) -> html` a GET handler: JSON {"html": ...} for a script, else a page of its own."""

    @functools.wraps(method)
    def handler(self, request, suffix=""):
        try:
            learner = current_learner(self)
            if learner is None or not may_take(self, learner):
                raise Refused(_("Please sign in to the course to read this."), 403)
            html = self.rewritten(method(self, learner, _query(request)))
        except Refused as refusal:
            return self.answer(request, {"error": str(refusal)}, refusal.status)
        if "application/json" in request.headers.get("Accept", ""):
            return self.answer(request, {"html": html})
        sheets = [self.asset(sheet) for sheet in self.stylesheets]
        page = render("dti/plain_page.html", {"title": self.display_name, "kind": self.kind, "screen": html, "sheets": sheets})
        return Response(page, content_type="text/html", charset="utf-8")

    return XBlock.handler(handler)


def download(method):
    """Make `method(self, learner, query) -> (body, content_type, filename)` a GET handler that serves a file.

    `body` is bytes, or an iterator of them that is sent piece by piece.
    """

    @functools.wraps(method)
    def handler(self, request, suffix=""):
        try:
            learner = current_learner(self)
            if learner is None or not may_take(self, learner):
                raise Refused(_("Please sign in to the course to download this file."), 403)
            body, content_type, filename = method(self, learner, _query(request))
        except Refused as refusal:
            return self.answer(request, {"error": str(refusal)}, refusal.status)
        response = Response(
            **({"body": body} if isinstance(body, bytes) else {"app_iter": body}),
            content_type=content_type,
            charset="utf-8" if content_type.startswith("text/") else None,
        )
        response.headers.update(  # given to Response(), these would replace the content type
            {
                "Content-Disposition": f'attachment; filename="{filename}"',
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, no-store",
            }
        )
        return response

    return XBlock.handler(handler)


@XBlock.wants("user", "enrollments", "studio_user_permissions", "completion", "replace_urls")
class DtiBlock(XBlock):
    """Base of our blocks. A subclass gives `kind`, `screen()` and what it adds; content is XML in `content`.

    `kind` names the template folder, the ES module and the CSS class: `scenario`, `case-law`, `pledge`, `review`.
    """

    kind = ""
    stylesheets = ("css/dti.css",)
    resources_dir = "web"  # public files are below web/public; templates and data are not served
    has_custom_completion = True
    completion_mode = "completable"
    show_in_read_only_mode = True
    # (field name, what the author reads, help text) for the Studio form, in order
    studio_settings: tuple = ()

    content = String(
        default="",
        scope=Scope.content,
        help="The block's authored content: the XML of its child elements.",
    )

    # -- views ---------------------------------------------------------------------------------------------------------

    @XBlock.supports("multi_device")  # the mobile apps show it
    def student_view(self, context=None):
        """The page of the block, for a learner. Never raises: a fault of ours must not take the unit down."""
        return self._guarded(self._learner_page)

    def author_view(self, context=None):
        """What Studio shows in the unit."""
        return self._guarded(self._author_page)

    has_author_view = True

    def public_view(self, context=None):
        """For visitors who are not signed in."""
        return self._guarded(lambda: self._page(self.notice(_("Please sign in and enroll to use this activity."))))

    def studio_view(self, context=None):
        """The edit form."""
        return self._guarded(lambda: studio_fragment(self))

    @XBlock.handler
    def studio_save(self, request, suffix=""):
        """Save the edit form; see `studio.form.studio_save`."""
        return studio_save(self, request)

    def _learner_page(self) -> Fragment:
        learner = current_learner(self)
        if learner is None and not in_studio(self):
            return self.public_view()
        return self._page(self.screen(learner))

    def _author_page(self) -> Fragment:
        problems = self.problems()
        listing = render("dti/problems.html", {"problems": problems}) if problems else ""
        return self._page(format_html("{}{}", listing, self.screen(current_learner(self))))

    def _page(self, screen: str) -> Fragment:
        fragment = Fragment(
            render(
                "dti/block.html",
                {
                    "kind": self.kind,
                    "title": self.display_name,
                    "screen": screen,
                },
            )
        )
        for sheet in self.stylesheets:
            fragment.add_css_url(self.asset(sheet))
        fragment.add_javascript_url(self.asset("js/start.js"))
        fragment.initialize_js(
            "DtiStart",
            {
                "module": self.asset(f"js/{self.kind}/main.js"),
                "words": self.words(),
            },
        )
        return fragment

    def words(self) -> dict[str, str]:
        """What the block's script says."""
        return {
            "saving": _("Saving…"),
            "offline": _("The connection was lost. Your work is still on this page. Check the connection and try again."),
            "failed": _("Something went wrong on the server. Your work is still on this page. Please try again."),
            "signedOut": _("You seem to be signed out. Sign in again in another tab, then try again here."),
            "updated": _("Page updated."),
        }

    def _guarded(self, view) -> Fragment:
        try:
            return view()
        except Exception:
            log.exception("%s could not be shown", self.scope_ids.usage_id)
            message = _("This activity could not be shown. Reload the page; if it happens again, tell your course staff.")
            return Fragment(format_html('<div class="dti dti-notice" role="alert"><p>{}</p></div>', message))

    # -- for subclasses ------------------------------------------------------------------------------------------------

    def screen(self, learner) -> str:
        """The HTML of the block as it stands for `learner` (None: an author's preview without a known user)."""
        raise NotImplementedError  # every block has its own

    def problems(self) -> list:
        """The author's mistakes in the content, as `Problem`s."""
        return []

    @classmethod
    def clean_content(cls, text: str) -> str:
        """The content as it may be saved. Raises `ValueError` with a sentence for what cannot be."""
        return text

    def notice(self, message: str) -> str:
        """A polite notice in place of the screen."""
        return render("dti/notice.html", {"message": message})

    def form_action(self, handler: str) -> str:
        """The address a form posts to."""
        return self.runtime.handler_url(self, handler).rstrip("?")

    def base_context(self) -> dict:
        """What every screen template needs."""
        return {"csrf_token": csrf.token(), "in_studio": in_studio(self), "uid": self.element_id}

    @property
    def element_id(self) -> str:
        """Unique on the page and valid in an `id` attribute."""
        return f"dti-{self.scope_ids.usage_id.block_id}" if hasattr(self.scope_ids.usage_id, "block_id") else "dti-block"

    def rewritten(self, html: str) -> str:
        """`html` of a handler with its `/static/` and course addresses made real: the platform does so only for views.

        It is as safe as it was: the platform's service answers with text that a template would escape.
        """
        service = self.runtime.service(self, "replace_urls")
        return type(html)(service.replace_urls(html)) if service else html

    def asset(self, path: str) -> str:
        """The address of a file of ours below static/. The version is part of the path: files of two versions never mix."""
        return self.runtime.local_resource_url(self, f"{PUBLIC}/{path}")

    def answer(self, request, body: dict, status: int = 200) -> Response:
        """`body` as JSON for a script; for a plain form a redirect back, or a small page with the refusal."""
        if "application/json" in request.headers.get("Accept", ""):
            return Response(json.dumps(body), content_type="application/json", charset="utf-8", status=status)
        # By host name only: behind a proxy that ends TLS, the request's own scheme and port may be others.
        back = request.referer if request.referer and urlsplit(request.referer).hostname == request.domain else ""
        if status < 400 and back:
            return Response(status=303, location=back)
        message = body.get("error") or _("Saved. Go back to the course page and reload it.")
        page = render("dti/plain_answer.html", {"message": message, "back": back})
        return Response(page, content_type="text/html", charset="utf-8", status=status)

    # -- OLX -----------------------------------------------------------------------------------------------------------

    @classmethod
    def parse_xml(cls, node, runtime, keys):
        """Read attributes as fields and keep the child elements, to the letter, as `content`."""
        node = copy.deepcopy(node)
        shell = etree.Element(node.tag, dict(node.attrib))
        # The runtime writes a field that is None as <option:name/>: fields are its business, the rest is ours. Moving them
        # takes the text after them along, which is indentation.
        shell.extend([child for child in node if isinstance(child.tag, str) and etree.QName(child).namespace == OPTIONS])
        block = super().parse_xml(shell, runtime, keys)
        content = inner_xml(node)
        if content.strip():
            block.content = content
        return block

    def add_xml_to_node(self, node):
        """Write fields as attributes and `content` as child elements again."""
        super().add_xml_to_node(node)
        node.text = None
        put_inner_xml(node, self.content)
