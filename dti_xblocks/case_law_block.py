"""The case-law reader: a list of authorities, each with its brief; search over the library, notes, and packets to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.safestring import SafeString
from web_fragments.fragment import Fragment
from xblock.fields import Boolean, List, Scope, String

from .blocks.base import DtiBlock, guarded
from .blocks.case_law import (
    authoring,
    feeds,
    list_handlers,
    note_handlers,
    packet_handlers,
    reader_handlers,
    reading_list,
    search_handlers,
    words,
)
from .blocks.case_law.settings import COMPLETE_WHEN, STUDIO_SETTINGS
from .content import Problem


class CaseLawBlock(DtiBlock):
    """A list of court decisions, statutes and policies to read, each as a twenty-second version and a full brief.

    What a learner has read is in the records (`records.case_law.reading`), and in the block's own state beside them, so that
    reports of the platform and an installation without the records work. Notes and highlights belong to learner and course.
    """

    kind = "case-law"
    stylesheets = ("css/dti.css", "css/case-law/page.css")
    studio_settings = STUDIO_SETTINGS

    display_name = String(default="Case law", scope=Scope.settings, help="What learners see above the list.")
    packet_title = String(default="", scope=Scope.settings, help="The title on the cover of the packet.")
    complete_when = String(
        default="opened",
        scope=Scope.settings,
        values=[*COMPLETE_WHEN],
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

    contents = list_handlers.contents
    jurisdiction_set = list_handlers.jurisdiction_set
    sources_csv = list_handlers.sources_csv
    read = reader_handlers.read
    read_to_end = reader_handlers.read_to_end
    answer_check = reader_handlers.answer_check
    find = search_handlers.find
    my_notes = note_handlers.my_notes
    mark_add = note_handlers.mark_add
    mark_change = note_handlers.mark_change
    mark_remove = note_handlers.mark_remove
    bookmark = note_handlers.bookmark
    notes_markdown = note_handlers.notes_markdown
    notes_csv = note_handlers.notes_csv
    packet = packet_handlers.packet
    packet_make = packet_handlers.packet_make
    packet_state = packet_handlers.packet_state
    packet_file = packet_handlers.packet_file
    packet_html = packet_handlers.packet_html
    packet_print = packet_handlers.packet_print
    studio_find = authoring.studio_find
    studio_check = authoring.studio_check

    def screen(self, learner: Any) -> SafeString:
        """The list."""
        return list_handlers.screen(self, learner)

    def words(self) -> dict[str, str]:
        """What the block's script says."""
        return {**super().words(), **words.words()}

    def problems(self) -> list[Problem]:
        """The author's mistakes: see `case_law.rules`; CL000 stands for content that is not XML at all."""
        return reading_list.ReadingList(self).problems()

    def stopping(self) -> list[Problem]:
        """The mistakes because of which there is nothing to read."""
        return reading_list.ReadingList(self).stopping()

    @classmethod
    def clean_content(cls, text: str) -> str:
        """The content as it may be saved. Raises `ValueError` with a sentence for what cannot be."""
        return reading_list.clean_content(text)

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The edit form."""
        return guarded(self, lambda: authoring.studio_page(self))

    def student_view_data(self, context: Any = None) -> dict[str, Any]:
        """The whole list for the mobile apps, to be read without a connection."""
        return feeds.for_apps(self)

    def index_dictionary(self) -> dict[str, Any]:
        """What course search knows of this block."""
        return feeds.for_search(self, getattr(super(), "index_dictionary", dict)())

    def generate_report_data(
        self, user_state_iterator: Iterable[Any], limit_responses: int | None = None
    ) -> Iterator[tuple[str, dict[str, str | int | float]]]:
        """Rows of the platform's response report: who has opened, finished and answered how much, and what is not read yet."""
        return feeds.report_rows(self, user_state_iterator, limit_responses)
