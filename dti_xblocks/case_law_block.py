"""The case-law reader: a list of authorities from the library, each with its brief, and the packet of them to take away."""

from __future__ import annotations

import csv
import io
import logging

from django.utils.html import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xblock.fields import Boolean, List, Scope, String

from . import pdf
from .block import DtiBlock, Refused, action, download
from .case_law import olx, rules
from .case_law.library import library
from .case_law.model import Authority, CaseSet
from .case_law_pages import LABELS, view
from .content_xml import MalformedContent, parse_content
from .platform.learner import in_studio
from .platform.progress import emit, publish_completion
from .problems import Problem
from .templating import render

log = logging.getLogger(__name__)

MANY = 18  # entries from which the table of contents is set smaller, to stay on one page


class CaseLawBlock(DtiBlock):
    """A list of court decisions and statutes to read, each as a twenty-second version and a full brief.

    Complete when every authority of the list has been opened, or the packet (PDF or HTML) has been downloaded.
    """

    kind = "case-law"
    stylesheets = ("css/dti.css", "css/case-law.css")
    has_score = False
    studio_settings = (
        ("display_name", gettext_lazy("Title"), gettext_lazy("What learners see above the list.")),
        (
            "packet_title",
            gettext_lazy("Packet title"),
            gettext_lazy("The title on the cover of the packet. Empty: the title of the list."),
        ),
    )

    display_name = String(default="Case law", scope=Scope.settings, help="What learners see above the list.")
    packet_title = String(default="", scope=Scope.settings, help="The title on the cover of the packet.")
    read_refs = List(default=[], scope=Scope.user_state, help="Slugs of the authorities that were opened, in that order.")
    packet_downloaded = Boolean(default=False, scope=Scope.user_state, help="Whether the packet was downloaded.")

    # -- what the author placed here -----------------------------------------------------------------------------------

    def case_set(self) -> CaseSet:
        """The set in the content. Raises `MalformedContent`."""
        return olx.read(parse_content(self.content))

    def authorities(self) -> list[Authority]:
        """The authorities that learners see: known ones, each once, in order. Raises `MalformedContent`."""
        refs = dict.fromkeys(reference.ref for reference in self.case_set().references)
        return [authority for authority in map(library().get, refs) if authority is not None]

    def problems(self) -> list[Problem]:
        """See `rules`; CL000 stands for content that is no XML at all."""
        try:
            return rules.check(self.case_set(), library())
        except MalformedContent as error:
            return [Problem("CL000", self.display_name, _malformed(error))]

    @classmethod
    def clean_content(cls, text: str) -> str:
        try:
            parse_content(text)
        except MalformedContent as error:
            raise ValueError(_malformed(error)) from error
        return text

    # -- the learner ---------------------------------------------------------------------------------------------------

    def screen(self, learner) -> str:
        try:
            authorities = self.authorities()
        except MalformedContent as error:
            log.warning("%s has content that cannot be read: %s", self.scope_ids.usage_id, error)
            authorities = []
        staff = learner is not None and learner.is_staff and not in_studio(self)
        if not authorities:
            reasons = [problem.message for problem in self.problems()] if staff else []
            return self.notice(" ".join([_("This reading list is being edited. Please come back later."), *reasons]))
        items = [{**view(authority), "read": authority.slug in self.read_refs} for authority in authorities]
        context = {
            **self.base_context(),
            "items": items,
            "read_count": sum(item["read"] for item in items),
            "complete": self.is_complete(authorities),
            "downloaded": self.packet_downloaded,
            "can_mark": learner is not None,
            "form_action": self.form_action("mark_read"),
            "pdf_url": self.form_action("packet_pdf"),
            "html_url": self.form_action("packet_html"),
            "pdf_fault": pdf.fault(load=staff),
            "staff": staff,
        }
        if staff:
            context["problems"] = self.problems()
            context["partly_count"] = sum(item["partly"] for item in items)
            context["csv_url"] = self.form_action("sources_csv")
        return render("dti/case_law.html", context)

    def is_complete(self, authorities: list[Authority]) -> bool:
        """True when every one of `authorities` was opened or the packet was taken."""
        return self.packet_downloaded or all(authority.slug in self.read_refs for authority in authorities)

    @action
    def mark_read(self, learner, form):
        """Remember that the authority `ref` was opened."""
        authorities = self._readable()
        ref = form.get("ref", "")
        if ref not in [authority.slug for authority in authorities]:
            raise Refused(_("This authority is no longer in the list. Reload the page to see the list as it is now."))
        if ref not in self.read_refs:
            self.read_refs = [*self.read_refs, ref]
            emit(self, "dti.case_law.read", {"ref": ref})
        if self.is_complete(authorities):
            publish_completion(self)

    # -- the packet ----------------------------------------------------------------------------------------------------

    # A download is a GET that marks the part as complete for the person who asks, and for nobody else: a foreign page that
    # made a browser ask for it would gain nothing.

    @download
    def packet_pdf(self, learner, query):
        """The packet as a tagged PDF."""
        authorities = self._readable()
        try:
            body = pdf.render(self._packet(authorities), title=self._packet_title(), base_css=pdf.stylesheet("packet.css"))
        except pdf.PdfUnavailableError as error:
            message = _("The packet is not available as a PDF file at the moment. Please download it as a web page instead.")
            raise Refused(f"{message} {error}" if learner.is_staff else message, 503) from error
        self._note_download("pdf")
        return body, "application/pdf", f"{self._file_name()}.pdf"

    @download
    def packet_html(self, learner, query):
        """The packet as one HTML file that needs nothing else: to print, or to read offline."""
        styles = pdf.stylesheet("packet.css") + pdf.stylesheet("offline.css")
        body = self._packet(self._readable(), styles)
        self._note_download("html")
        return body.encode("utf-8"), "text/html", f"{self._file_name()}.html"

    @download
    def sources_csv(self, learner, query):
        """For staff: where each entry comes from and how far it was checked."""
        if not learner.is_staff:
            raise Refused(_("This file is for course staff."), 403)
        output = io.StringIO()
        writer = csv.writer(output)
        writer.writerow(["slug", "citation", "checked", "verified", "note", "official address", "address opened", "sources seen"])
        for item in self._readable():
            seen = "yes" if item.official_url_seen else "no"
            row = [item.slug, item.citation, item.checked, item.verified, item.verified_note, item.official_url, seen]
            writer.writerow([*row, " ".join(item.sources_seen)])
        return ("\ufeff" + output.getvalue()).encode("utf-8"), "text/csv", f"{self._file_name()}-sources.csv"

    def _readable(self) -> list[Authority]:
        try:
            authorities = self.authorities()
        except MalformedContent:
            authorities = []
        if not authorities:
            raise Refused(_("This reading list is being edited. Please come back later."), 409)
        return authorities

    def _packet(self, authorities: list[Authority], styles: str = "") -> str:
        items = [view(authority) for authority in authorities]
        context = {
            "title": self._packet_title(),
            "items": items,
            "many": len(items) > MANY,
            "checked": max(item["checked"] for item in items),
            "styles": mark_safe(styles),  # noqa: S308 - the text of our own style sheets
        }
        return render("dti/pdf_packet.html", context)

    def _packet_title(self) -> str:
        return self.packet_title or self.display_name

    def _file_name(self) -> str:
        return slugify(self._packet_title())[:80] or "case-law"

    def _note_download(self, kind: str) -> None:
        self.packet_downloaded = True
        emit(self, "dti.case_law.downloaded", {"format": kind})
        publish_completion(self)

    # -- search, mobile, reports ---------------------------------------------------------------------------------------

    def student_view_data(self, context=None) -> dict:
        """The list as plain texts, for the mobile app: the same for every learner."""
        try:
            authorities = self.authorities()
        except MalformedContent:
            authorities = []
        return {
            "title": self._packet_title(),
            "authorities": [
                {
                    "ref": authority.slug,
                    "caption": authority.caption,
                    "citation": authority.citation,
                    "official_url": authority.official_url,
                    "sections": [
                        {"title": str(LABELS[section.code]), "paragraphs": list(section.paragraphs)}
                        for section in authority.full_brief
                    ],
                    "verified": authority.verified,
                    "note": authority.verified_note,
                }
                for authority in authorities
            ],
        }

    def index_dictionary(self) -> dict:
        """What course search knows of this block."""
        parent = getattr(super(), "index_dictionary", dict)()
        try:
            text = "\n".join(authority.plain_text for authority in self.authorities())
        except MalformedContent:
            text = ""
        content = {**parent.get("content", {}), "display_name": self.display_name, "text": text}
        return {**parent, "content": content, "content_type": "Case law"}

    def generate_report_data(self, user_state_iterator, limit_responses=None):
        """Rows of the platform's response report: who has read how much of the list."""
        try:
            slugs = {authority.slug for authority in self.authorities()}
        except MalformedContent:
            slugs = set()
        for number, entry in enumerate(user_state_iterator):
            if limit_responses is not None and number >= limit_responses:
                return
            read = len(slugs & set(entry.state.get("read_refs", [])))
            downloaded = _("yes") if entry.state.get("packet_downloaded") else _("no")
            yield entry.username, {_("Authorities read"): f"{read}/{len(slugs)}", _("Packet downloaded"): downloaded}


def _malformed(error: MalformedContent) -> str:
    return _("The content is not well-formed XML, so nothing can be shown: {reason}").format(reason=error)
