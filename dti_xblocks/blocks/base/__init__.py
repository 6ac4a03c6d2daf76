"""What our blocks share: the page around a screen, the views of the platform, content kept as child elements."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from lxml import etree
from web_fragments.fragment import Fragment
from xblock.core import XML_NAMESPACES, XBlock
from xblock.fields import Dict, Scope, String

from ...content import XML_SPACE, Problem, inner_xml, put_inner_xml
from ...pages.notices import notice
from ...platform.addresses import asset, element_id, form_action, style_sheets
from ...platform.learner import Learner, current_learner, in_studio, is_impersonated, keeps_records
from ...platform.open_course import address as staff_address
from ...platform.progress import is_owed
from ...platform.where import Where, where
from ...studio.kit import draft, form
from ...studio.kit.draft import stopping
from ...templating import render
from .asked import RefusedError
from .fields import AuthoredText
from .requests import Onward, Refreshed, action, download, reading, send_again

__all__ = ["DtiBlock", "Onward", "Refreshed", "RefusedError", "action", "download", "guarded", "reading", "stopping"]

log = logging.getLogger(__name__)
OPTIONS = XML_NAMESPACES["option"]
REPORTS = ("report", "signatures")  # handlers whose page is a report for staff; a block without one has it on its own page


def guarded(block: Any, view: Callable[[], Fragment]) -> Fragment:
    """What `view` makes, or a notice: an error in our code must not break the unit's page."""
    try:
        return view()
    except Exception:
        log.exception("%s could not be shown", block.scope_ids.usage_id)
        message = _("This activity could not be shown. Reload the page; if it happens again, tell your course staff.")
        return Fragment(format_html('<div class="dti dti-notice" role="alert"><p>{}</p></div>', message))


@XBlock.wants("user", "enrollments", "studio_user_permissions", "completion", "replace_urls")
class DtiBlock(XBlock):
    """Base of our blocks. A subclass gives `kind`, `screen()` and what it adds; content is XML in `content`.

    `kind` names the ES module, the style sheet and the CSS class: `scenario`, `case-law`, `pledge`, `review`.
    """

    kind: str = ""
    resources_dir = "web"  # public files are below web/public; templates and data are not served
    has_custom_completion = True
    completion_mode = "completable"
    show_in_read_only_mode = True
    # (field name, what the author reads, help text) for the Studio form, in order
    studio_settings: tuple[tuple[str, Any, Any], ...] = ()

    content: Any = AuthoredText(
        default="",
        scope=Scope.content,
        help="The block's authored content: the XML of its child elements.",
    )
    studio_draft = String(
        default="", scope=Scope.content, help="What an author works on and learners do not get: `studio.kit.draft`."
    )

    owed = Dict(scope=Scope.user_state, help="What the platform did not take yet: see `platform.progress`.")

    @XBlock.supports("multi_device")  # the mobile apps show it
    def student_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The page of the block, for a learner. Never raises: an error in our code must not break the unit's page."""
        return guarded(self, lambda: _learner_page(self))

    def author_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """What Studio shows in the unit."""
        return guarded(self, lambda: _author_page(self))

    has_author_view = True

    def public_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """For visitors who are not signed in."""
        return guarded(self, lambda: _page(self, notice(_("Please sign in and enroll to use this activity."))))

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The edit form."""
        return guarded(self, lambda: form.studio_fragment(self))

    studio_save = form.studio_save

    def words(self) -> dict[str, str]:
        """What the block's script says."""
        return {
            "saving": _("Saving…"),
            "offline": _("The connection was lost. Your work is still on this page. Check the connection and try again."),
            "failed": _("Something went wrong on the server. Your work is still on this page. Please try again."),
            "signedOut": _("You seem to be signed out. Sign in again in another tab, then try again here."),
            "updated": _("Page updated."),
        }

    def screen(self, learner: Learner | None) -> str:
        """The present HTML of the block for `learner` (None: an author's preview without a known user)."""
        raise NotImplementedError  # every block has its own

    def problems(self) -> list[Problem]:
        """The author's mistakes in the content, as `Problem`s."""
        return []

    @classmethod
    def clean_content(cls, text: str) -> str:
        """The content as it may be saved. Raises `ValueError` with a sentence for what cannot be."""
        return text

    @property
    def where(self) -> Where:
        """The course and the place in it."""
        return where(self)

    @classmethod
    def parse_xml(cls, node: Any, runtime: Any, keys: Any) -> DtiBlock:
        """Read attributes as fields and keep the child elements, to the letter, as `content`."""
        node = copy.deepcopy(node)
        node.attrib.pop(XML_SPACE, None)  # how it was written, which is known by now
        shell = etree.Element(node.tag, dict(node.attrib))
        # The runtime writes a field that is None as <option:name/>: fields are its business, the rest is ours. Moving them
        # takes the text after them along, which is indentation.
        shell.extend([child for child in node if isinstance(child.tag, str) and etree.QName(child).namespace == OPTIONS])
        block: DtiBlock = super().parse_xml(shell, runtime, keys)
        content = inner_xml(node)
        if content.strip():
            block.content = content
        return block

    def add_xml_to_node(self, node: Any) -> None:
        """Write fields as attributes and `content` as child elements again."""
        super().add_xml_to_node(node)
        node.text = None
        put_inner_xml(node, self.content)


def _learner_page(block: DtiBlock) -> Fragment:
    learner = current_learner(block)
    if learner is None and not in_studio(block):
        return block.public_view()
    if learner is not None:
        send_again(block, learner)
    screen = block.screen(learner)
    if is_owed(block):
        words = _("Your work is saved. Your grade could not be passed on yet. That is tried again each time you open this page.")
        screen = format_html("{}{}", screen, notice(words))
    return _page(block, screen, _for_staff(block, learner))


def _for_staff(block: DtiBlock, learner: Learner | None) -> str:
    """Where staff find the report of the block and the page about the whole course; "" for everybody else."""
    if learner is None or not learner.is_staff or is_impersonated(learner) or not keeps_records(block):
        return ""
    report = next((form_action(block, name) for name in REPORTS if hasattr(block, name)), "")
    context = {"report": report, "course": staff_address(block.where.course), "uid": element_id(block)}
    html: str = render("dti/staff_links.html", context)
    return html


def _author_page(block: DtiBlock) -> Fragment:
    problems, drafted = block.problems(), draft.draft_of(block)
    listing = render("dti/problems.html", {"problems": problems}) if problems else ""
    if drafted is not None:
        listing = format_html("{}{}", render("dti/studio/drafted.html", {"problems": draft.judged(block, drafted)[0]}), listing)
    return _page(block, format_html("{}{}", listing, block.screen(current_learner(block))))


def _page(block: DtiBlock, screen: str, staff: str = "") -> Fragment:
    shown = {"kind": block.kind, "title": block.display_name, "screen": screen, "staff": staff}
    fragment = Fragment(render("dti/block.html", shown))
    for sheet in style_sheets(block.kind):
        fragment.add_css_url(asset(block, sheet))
    fragment.add_javascript_url(asset(block, "js/start.js"))
    fragment.initialize_js("DtiStart", {"module": asset(block, f"js/{block.kind}/main.js"), "words": block.words()})
    return fragment
