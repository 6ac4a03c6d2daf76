"""The pledge that ends the course: read, agreed to, affirmed statement by statement, and signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy, gettext_noop
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.fields import Boolean, Float, Integer, Scope, String

from .blocks.base import DtiBlock, action, download, guarded, reading, stopping
from .blocks.pledge import acts, catalog, downloads, report, staff
from .blocks.pledge.screen import screen
from .blocks.pledge.settings import STUDIO_SETTINGS
from .content import ERROR, Problem
from .pages.pledge.words import script_words
from .pledge import olx
from .studio.kit.pictures import studio_pictures
from .studio.pledge import editor


class PledgeBlock(DtiBlock):
    """A pledge that a learner reads, affirms statement by statement and signs by typed name: once for each wording and term.

    Signing gives the point and the completion. The learner sees the signed pledge at once and may download it at any time.
    What the page shows comes from the records, so it outlives a reset of the learner's state.
    """

    kind = "pledge"
    has_score = True
    # Without a script the refused form is one page back, where the browser has kept the entries.
    refusal_hint = gettext_lazy("What you entered is still in the form: go back with your browser's Back button.")

    display_name = String(default=gettext_noop("Pledge"), scope=Scope.settings, help="The title that learners see.")
    weight = Float(default=1.0, values={"min": 0}, min=0, scope=Scope.settings, help="Points for signing.")
    wording_label = String(default="", scope=Scope.settings, help="What this version of the wording is called, such as 2027.")
    require_reading = Boolean(default=False, scope=Scope.settings, help="Learners must read to the end before they sign.")
    allow_drawing = Boolean(default=True, scope=Scope.settings, help="Learners may draw their signature besides typing it.")
    offer_plan = Boolean(default=False, scope=Scope.settings, help="Learners may put the plan they made on their certificate.")
    gate_block = String(default="", scope=Scope.settings, help="The url_name of what must be passed before signing.")
    gate_percent = Integer(
        default=0, values={"min": 0, "max": 100}, scope=Scope.settings, help="The result needed there, in percent."
    )
    opens_on = String(default="", scope=Scope.settings, help="From when on it may be signed: 2027-01-15, in UTC.")
    valid_months = Integer(
        default=0, values={"min": 0, "max": 1200}, scope=Scope.settings, help="Months until it has to be signed again; 0: never."
    )
    remind_days = Integer(
        default=30, values={"min": 0, "max": 365}, scope=Scope.settings, help="Days before the end when signing again is offered."
    )
    certificate_text = String(default="", multiline_editor=True, scope=Scope.settings, help="Lines at the top of the signed PDF.")
    agency_logo = String(default="", picture="png jpg jpeg", scope=Scope.settings, help="The agency's logo, as /static/seal.png.")
    reported = String(default="", scope=Scope.user_state, help="The signature for which grade and completion were reported.")

    studio_settings = STUDIO_SETTINGS

    # -- views and pages -----------------------------------------------------------------------------------------------

    screen = screen

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The edit form, with a preview of what learners see."""
        return guarded(self, lambda: editor.fragment(self))

    def words(self) -> dict[str, str]:
        """What the script says."""
        return {**super().words(), **script_words()}

    def problems(self) -> list[Problem]:
        """The author's mistakes in the content and settings."""
        return editor.problems_of(self)

    @classmethod
    def clean_content(cls, text: str) -> str:
        """`text`, if it can be read. Raises `PledgeUnreadableError` with the place and reason."""
        olx.read(text)
        return text

    # -- handlers ------------------------------------------------------------------------------------------------------

    read_to_end = action(acts.read_to_end)
    agree = action(acts.agree)
    take_back = action(acts.take_back)
    sign = action(acts.sign)
    look_again = action(acts.look_again)

    pdf = download(downloads.pdf)
    printable = XBlock.handler(downloads.printable)
    printable_file = download(downloads.page)
    renewal_file = download(downloads.renewal_file)

    signatures = reading(staff.signatures)
    files_state = reading(staff.files_state)
    signatures_csv = download(staff.signatures_csv)
    not_signed_csv = download(staff.not_signed_csv)
    withdraw_signature = action(staff.withdraw_signature)
    prepare_files = action(staff.prepare_files)
    check_chain = action(staff.check_chain)
    signed_files = XBlock.handler(staff.signed_files)
    files_address = download(staff.files_address)

    studio_save = editor.studio_save
    studio_check = editor.studio_check
    studio_pictures = studio_pictures

    # -- for the platform ----------------------------------------------------------------------------------------------

    def max_score(self) -> int:
        """One raw point; the platform applies `weight`."""
        return 1

    def generate_report_data(self, user_state_iterator: Any, limit_responses: int | None = None) -> Iterator[Any]:
        """Columns for the platform's problem-response report, from the records: (username, {column: value})."""
        yield from report.rows_for_platform(self, limit_responses)

    def student_view_data(self, context: dict[str, Any] | None = None) -> dict[str, Any]:
        """For the mobile apps: what is pledged."""
        return catalog.for_apps(self)

    def index_dictionary(self) -> dict[str, Any]:
        """For the platform's search."""
        return catalog.for_search(self, getattr(super(), "index_dictionary", dict)())


@stopping.register
def _nobody_can_sign(block: PledgeBlock) -> list[Problem]:
    return [problem for problem in block.problems() if problem.severity == ERROR]
