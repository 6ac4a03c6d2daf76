"""The case-law reader: a list of authorities, each with its brief; search over the library, notes, and packets to take away."""

from __future__ import annotations

import logging

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xblock.fields import Boolean, List, Scope, String

from . import pdf
from .blocks.base import DtiBlock, RefusedError, download, guarded
from .blocks.case_law.notes import CaseLawNotes
from .blocks.case_law.packets import CaseLawPackets
from .blocks.case_law.reading import STEPS, CaseLawReading
from .blocks.case_law.site_library import shelf, with_entries
from .case_law import citation, jurisdiction, olx, rules
from .case_law.library import Library
from .case_law.model import Authority, CaseSet
from .case_law.text import plain
from .content import MalformedContentError, Problem, parse_content
from .pages.case_law.views import LABELS, flag, view
from .pages.notices import notice
from .platform.addresses import form_action, page_context
from .platform.learner import in_studio
from .records.tables import csv_bytes, safe_cell
from .studio.case_law.editor import CaseLawAuthoring, case_law_fragment
from .templating import render

log = logging.getLogger(__name__)

# The handlers that screens lead or post to.
HANDLERS = (
    "contents", "read", "find", "my_notes", "packet",
    "read_to_end", "answer_check", "jurisdiction_set", "mark_add", "mark_change", "mark_remove", "bookmark",
)  # fmt: skip


class CaseLawBlock(CaseLawReading, CaseLawNotes, CaseLawPackets, CaseLawAuthoring, DtiBlock):
    """A list of court decisions, statutes and policies to read, each as a twenty-second version and a full brief.

    What a learner has read is in the records (`records.reading`), and in the block's own state beside them, so that reports of
    the platform and an installation without the records work. Notes and highlights belong to the learner and the course.
    """

    kind = "case-law"
    stylesheets = ("css/dti.css", "css/case-law/page.css")
    has_score = False
    studio_settings = (
        ("display_name", gettext_lazy("Title"), gettext_lazy("What learners see above the list.")),
        (
            "packet_title",
            gettext_lazy("Packet title"),
            gettext_lazy("The title on the cover of the packet. Empty: the title of the list."),
        ),
        (
            "complete_when",
            gettext_lazy("Complete when"),
            gettext_lazy("What a learner has to do with every authority of the list."),
        ),
        ("search", gettext_lazy("Search"), gettext_lazy("Learners may search the whole library.")),
        ("notes", gettext_lazy("Notes"), gettext_lazy("Learners may highlight, write private notes and set bookmarks.")),
        (
            "jurisdiction_panel",
            gettext_lazy("My jurisdiction"),
            gettext_lazy("Learners may choose their state, and see its circuit's test and its own statute first."),
        ),
        ("packets", gettext_lazy("Packets"), gettext_lazy("Learners may download the authorities as a file.")),
        ("agency_name", gettext_lazy("Agency"), gettext_lazy("Your agency's name on the cover of packets.")),
        (
            "agency_logo",
            gettext_lazy("Agency's logo"),
            gettext_lazy("A PNG or JPEG picture of the course's files for the cover, as /static/seal.png. Empty: none."),
        ),
    )

    display_name = String(default="Case law", scope=Scope.settings, help="What learners see above the list.")
    packet_title = String(default="", scope=Scope.settings, help="The title on the cover of the packet.")
    complete_when = String(
        default="opened",
        scope=Scope.settings,
        values=[
            {"value": "opened", "display_name": gettext_lazy("Every authority was opened, or the packet was downloaded")},
            {"value": "ended", "display_name": gettext_lazy("Every authority was read to the end")},
            {"value": "checked", "display_name": gettext_lazy("Every authority's check question was answered rightly")},
        ],
        help="What a learner has to do with every authority of the list.",
    )
    search = Boolean(default=True, scope=Scope.settings, help="Whether learners may search the library.")
    notes = Boolean(default=True, scope=Scope.settings, help="Whether learners may make notes.")
    jurisdiction_panel = Boolean(default=True, scope=Scope.settings, help="Whether learners may choose their state.")
    packets = Boolean(default=True, scope=Scope.settings, help="Whether learners may download packets.")
    agency_name = String(default="", scope=Scope.settings, help="The agency's name on the cover of packets.")
    agency_logo = String(default="", scope=Scope.settings, help="The agency's logo, as /static/seal.png.")

    read_refs = List(default=[], scope=Scope.user_state, help="Slugs of the authorities that were opened, in that order.")
    ended_refs = List(default=[], scope=Scope.user_state, help="Slugs of the authorities that were read to the end.")
    checked_refs = List(default=[], scope=Scope.user_state, help="Slugs of the authorities whose question was answered rightly.")
    packet_downloaded = Boolean(default=False, scope=Scope.user_state, help="Whether the packet was downloaded.")
    # One choice for all reading lists of a learner. Named so that no other field of the platform is it.
    dti_jurisdiction = String(default="", scope=Scope.preferences, help="The code of the state that the learner works in.")

    # -- what the author placed here -----------------------------------------------------------------------------------

    def case_set(self) -> CaseSet:
        """The set in the content. Raises `MalformedContentError`."""
        return _case_set(self.content)

    def shelf(self, own: bool = True) -> Library:
        """Everything there is to read on this site, with what this block changes or adds unless not `own`."""
        base = shelf()
        try:
            return with_entries(base, self.content, _case_set) if own else base
        except MalformedContentError:
            return base

    def authorities(self) -> list[Authority]:
        """The authorities that learners see: known ones, each once, in order. Raises `MalformedContentError`."""
        here = self.shelf()
        names = dict.fromkeys(entry.name for entry in self.case_set().entries[: rules.MOST_ENTRIES])
        return [authority for authority in map(here.get, names) if authority is not None]

    def missing(self) -> list[str]:
        """The names in the list of which nothing can be shown. Raises `MalformedContentError`."""
        here = self.shelf()
        return [entry.name for entry in self.case_set().entries if entry.name and entry.name not in here]

    def problems(self) -> list[Problem]:
        """See `rules`; CL000 stands for content that is no XML at all."""
        try:
            return rules.check(self.case_set(), shelf(), self.complete_when)
        except MalformedContentError as error:
            return [Problem("CL000", self.display_name, _malformed(error))]

    @classmethod
    def clean_content(cls, text: str) -> str:
        try:
            parse_content(text)
        except MalformedContentError as error:
            raise ValueError(_malformed(error)) from error
        return text

    def studio_view(self, context=None):
        """The edit form."""
        return guarded(self, lambda: case_law_fragment(self))

    def words(self) -> dict[str, str]:
        return {
            **super().words(),
            "copied": _("Citation copied."),
            "notCopied": _("The citation could not be copied. Select it and copy it by hand."),
            "highlight": _("Highlight"),
            "writeNote": _("Write a note"),
            "selected": _("Words selected. Buttons to highlight them or to write a note follow the text."),
            "highlighted": _("Highlighted."),
            "linkCopied": _("Link copied."),
            "linkInAddress": _("The link is in the address bar."),
            "tools": _("For the selected words"),
            "chosen": _("Selected: {words}"),
            "loading": _("Loading…"),
        }

    # -- the list ------------------------------------------------------------------------------------------------------

    def screen(self, learner, home_open: bool = False) -> str:
        """The list. `home_open` shows the law of the learner's state, which they have just chosen."""
        try:
            authorities = self.authorities()
        except MalformedContentError as error:
            log.warning("%s has content that cannot be read: %s", self.scope_ids.usage_id, error)
            authorities = []
        staff = learner is not None and learner.is_staff and not in_studio(self)
        if not authorities:
            reasons = [problem.message for problem in self.problems()] if staff else []
            return notice(" ".join([_("This reading list is being edited. Please come back later."), *reasons]))
        here, progress = self.shelf(), self.progress(learner)
        home = self.learner_home() if self.jurisdiction_panel else None
        items = []
        for authority in jurisdiction.first(here, authorities, self.dti_jurisdiction if home else ""):
            controls = home is not None and authority in home.cases
            items.append({**view(authority, here), "steps": progress.get(authority.slug, ()), "controls": controls})
        context = {
            **page_context(self),
            **self.addresses(),
            **self.standing(learner, authorities),
            "search": self.search,
            "packets": self.packets,
            "jurisdiction_panel": self.jurisdiction_panel,
            "items": items,
            "missing": self.missing(),
            "home": home and self.home_view(home),
            "home_open": home_open,
            "jurisdictions": here.jurisdictions,
            "jurisdiction": self.dti_jurisdiction,
            "library_size": len(here),
            "bookmarked": self.bookmarked(learner),
            "mark_count": self.mark_count(learner),
            "can_mark": learner is not None,
            "downloaded": self.packet_downloaded,
            "staff": staff,
        }
        if staff:
            context |= {
                "problems": self.problems(),
                "partly_count": sum(item["partly"] for item in items),
                "pdf_fault": pdf.fault(load=True),
                "unread": self.unread(authorities),
                "readers": self.readers(),
                "csv_url": form_action(self, "sources_csv"),
            }
        return render("dti/case_law/screen.html", context)

    def addresses(self) -> dict:
        """The block's own addresses, as all of its screens need them."""
        return {f"{name}_url": form_action(self, name) for name in HANDLERS}

    @download
    def sources_csv(self, learner, query):
        """For staff: where each entry comes from and how far it was checked."""
        if not learner.is_staff:
            raise RefusedError(_("This file is for course staff."), 403)
        header = ["slug", "citation", "checked", "verified", "note", "official address", "address opened", "sources seen"]
        rows = []
        for item in self.readable():
            seen = "yes" if item.official_url_seen else "no"
            row = [item.slug, item.citation, item.checked, item.verified, item.verified_note, item.official_url, seen]
            rows.append([*row, " ".join(item.sources_seen)])
        name = slugify(self.packet_title or self.display_name)[:80] or "case-law"
        return csv_bytes(header, rows), "text/csv", f"{name}-sources.csv"

    def readable(self) -> list[Authority]:
        """The authorities of the list. Raises `RefusedError` where there are none."""
        try:
            authorities = self.authorities()
        except MalformedContentError:
            authorities = []
        if not authorities:
            raise RefusedError(_("This reading list is being edited. Please come back later."), 409)
        return authorities

    # -- mobile, course search, reports --------------------------------------------------------------------------------

    def student_view_data(self, context=None) -> dict:
        """The whole list for the mobile apps, to be read without a connection. The answers of the questions are not in it."""
        try:
            authorities = self.authorities()
        except MalformedContentError:
            authorities = []
        here = self.shelf()
        return {
            "title": self.display_name,
            "packet_title": self.packet_title or self.display_name,
            "complete_when": self.complete_when,
            "authorities": [self._for_the_apps(authority, here) for authority in authorities],
        }

    @staticmethod
    def _for_the_apps(authority: Authority, here: Library) -> dict:
        forms = citation.forms_of(authority)
        warning = flag(authority, here)
        return {
            "slug": authority.slug,
            "kind": authority.kind,
            "heading": authority.heading,
            "citation": authority.citation,
            "citations": {"full": forms.full, "short": forms.short, "plain": forms.plain},
            "official_url": authority.official_url if rules.is_web_address(authority.official_url) else "",
            "sections": [
                {"code": part.code, "title": str(LABELS[part.code]), "paragraphs": [plain(text) for text in part.paragraphs]}
                for part in authority.parts
            ],
            "treatment": {
                "flag": authority.treatment,
                "label": str(warning["label"]) if warning else "",
                "note": plain(authority.treatment_note),
                "by": [one["text"] for one in warning["by"]] if warning else [],
            },
            "verified": authority.verified,
            "note": authority.verified_note,
            "checked": authority.checked,
            "edited": list(authority.edited),
        }

    def index_dictionary(self) -> dict:
        """What course search knows of this block."""
        parent = getattr(super(), "index_dictionary", dict)()
        try:
            text = "\n".join(authority.plain_text for authority in self.authorities())
        except MalformedContentError:
            text = ""
        content = {**parent.get("content", {}), "display_name": self.display_name, "text": text}
        return {**parent, "content": content, "content_type": "Case law"}

    def generate_report_data(self, user_state_iterator, limit_responses=None):
        """Rows of the platform's response report: who has opened, finished and answered how much, and what is not read yet."""
        try:
            slugs = [authority.slug for authority in self.authorities()]
        except MalformedContentError:
            slugs = []
        titles = {
            "opened": _("Authorities read"),
            "ended": _("Authorities read to the end"),
            "checked": _("Check questions answered"),
        }
        for number, entry in enumerate(user_state_iterator):
            if limit_responses is not None and number >= limit_responses:
                return
            done = {step: set(slugs) & set(entry.state.get(field, [])) for step, field in STEPS.items()}
            row = {titles[step]: f"{len(done[step])}/{len(slugs)}" for step in STEPS}
            row[_("Packet downloaded")] = _("yes") if entry.state.get("packet_downloaded") else _("no")
            row[_("Not yet read")] = safe_cell(", ".join(slug for slug in slugs if slug not in done["opened"]))
            yield entry.username, row


def _case_set(content: str) -> CaseSet:
    return olx.read(parse_content(content))


def _malformed(error: MalformedContentError) -> str:
    return _("The content is not well-formed XML, so nothing can be shown: {reason}").format(reason=error)
