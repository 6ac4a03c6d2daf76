"""The course review: stars and a text, one per learner, which only course staff read."""

from __future__ import annotations

import logging
import re
from datetime import UTC

from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from xblock.fields import Boolean, Scope, String

from .blocks.base import DtiBlock, RefusedError, action, download
from .pages.notices import notice
from .platform import clock
from .platform.addresses import form_action, page_context
from .platform.learner import Learner, course_key, in_studio, is_impersonated, keeps_records
from .platform.progress import emit, publish_completion
from .records.access import RecordsUnavailableError
from .records.review import reviews
from .records.tables import csv_bytes
from .review import model, olx
from .templating import render
from .templating.dates import day_text

log = logging.getLogger(__name__)

SHOWN_IN_REPORT = 20


class ReviewBlock(DtiBlock):
    """A review of the course in stars and words. Learners may change theirs; only course staff read what others wrote.

    Sending a review completes the block; nothing is graded.
    """

    kind = "review"
    stylesheets = ("css/dti.css", "css/review.css")

    display_name = String(default=gettext_noop("Course review"), scope=Scope.settings, help="The title that learners see.")
    reported = Boolean(default=False, scope=Scope.user_state, help="Whether the completion was reported.")

    @property
    def studio_settings(self):
        return (("display_name", _("Title"), _("What learners see above the review.")),)

    # -- the screen ----------------------------------------------------------------------------------------------------

    def screen(self, learner: Learner | None) -> str:
        """The form, or the learner's review with a way to change it; with the report below it for staff."""
        review, problems = olx.examine(self.content)
        if review is None:
            staff = learner is not None and learner.is_staff and not in_studio(self)  # Studio's page lists them itself
            listing = render("dti/problems.html", {"problems": problems}) if staff else ""
            return format_html("{}{}", notice(_("This review is being edited. Please come back later.")), listing)
        try:
            mine = self._mine(learner)
            report = self._staff_report(learner)
        except RecordsUnavailableError:
            log.exception("Reviews cannot be read: are the migrations of dti_records applied?")
            return notice(self._unavailable(learner))
        if mine is not None:
            self._report_once()
        return format_html("{}{}", self._own_part(review, mine), report)

    def _own_part(self, review, mine) -> str:
        context = {
            **page_context(self),
            "form_action": form_action(self, "submit"),
            "prompt": review.prompt,
            "mine": mine,
            "mine_stars": star_words(mine.stars) if mine else "",
            "mine_changed": day_text(mine.changed_at) if mine else "",
            "stars": [
                {"value": stars, "words": star_words(stars), "drawn": drawn(stars), "checked": bool(mine and mine.stars == stars)}
                for stars in model.STARS
            ],
            "longest": model.LONGEST_TEXT,
        }
        return render("dti/review/mine.html" if mine else "dti/review/screen.html", context)

    def _mine(self, learner):
        if learner is None or in_studio(self):
            return None
        return reviews.of_learner(learner.user_id, self._usage)

    def _unavailable(self, learner) -> str:
        if learner is not None and learner.is_staff:
            return _(
                "Reviews cannot be kept: the records of dti-xblocks are not set up in this installation's database. "
                "Its operator has to run the migrations of dti_records."
            )
        return _("Reviews cannot be sent right now. Please come back later, or tell your course staff.")

    # -- sending -------------------------------------------------------------------------------------------------------

    @action
    def submit(self, learner: Learner, form):
        """Record or change the learner's review."""
        if is_impersonated(learner):
            raise RefusedError(_("You are viewing the course as a learner. Nobody can write another person's review."), 403)
        try:
            stars = model.read_stars(form.get("stars"))
            text = model.read_text(form.get("text"))
        except model.Unacceptable as error:
            sentences = {
                "stars": _("Choose from 1 to 5 stars. Nothing was saved."),
                "too-long": _("The text is too long: at most {limit} characters. Nothing was saved."),
            }
            raise RefusedError(sentences[error.reason].format(limit=model.LONGEST_TEXT)) from error
        if not keeps_records(self):
            raise RefusedError(_("Your review would be saved now. This is a preview for authors: nothing is kept here."))
        try:
            reviews.save(
                user_id=learner.user_id,
                username=learner.username,
                course_key=str(course_key(self) or ""),
                usage_key=self._usage,
                stars=stars,
                text=text,
                now=clock.now(),
            )
        except RecordsUnavailableError as error:
            log.exception("A review could not be recorded")
            raise RefusedError(
                _("The records cannot be reached. Your review was not saved. Please try again in a while."), 503
            ) from error
        emit(self, "dti.review.submitted", {"stars": stars})

    def _report_once(self) -> None:
        """Report completion for the review on record, unless done: also when staff have reset the learner's state."""
        if self.reported:
            return
        try:
            publish_completion(self, 1.0)
        except Exception:
            # The review is safe and must be shown; the report is tried again with the next view.
            log.exception("%s: completion could not be reported", self._usage)
            return
        self.reported = True

    # -- for staff -----------------------------------------------------------------------------------------------------

    def _staff_report(self, learner) -> str:
        if learner is None or not learner.is_staff or in_studio(self):
            return ""
        summary = reviews.summary(self._usage)
        average = summary["average"]
        context = {
            "count": summary["count"],
            "average": "" if average is None else formats.number_format(average, 1),
            "per_star": [{"words": star_words(stars), "count": count} for stars, count in summary["per_star"].items()],
            "latest": [
                {"username": row.username, "words": star_words(row.stars), "when": day_text(row.changed_at), "text": row.text}
                for row in reviews.latest(self._usage, SHOWN_IN_REPORT)
            ],
            "csv_url": form_action(self, "reviews_csv"),
        }
        return render("dti/review/report.html", context)

    @download
    def reviews_csv(self, learner: Learner, query):
        """All reviews in this block, for staff."""
        if not learner.is_staff:
            raise RefusedError(_("Only course staff can download this."), 403)
        header = [_("Username"), _("Stars"), _("Review"), _("Written at (UTC)"), _("Changed at (UTC)")]
        try:
            rows = [
                [row.username, row.stars, row.text, _iso(row.created_at), _iso(row.changed_at)]
                for row in reviews.every(self._usage)
            ]
        except RecordsUnavailableError as error:
            raise RefusedError(self._unavailable(learner), 503) from error
        return csv_bytes(header, rows), "text/csv", "course-reviews.csv"

    # -- for the platform ----------------------------------------------------------------------------------------------

    @property
    def _usage(self) -> str:
        return str(self.scope_ids.usage_id)

    def problems(self) -> list:
        return olx.examine(self.content)[1]

    @classmethod
    def clean_content(cls, text: str) -> str:
        olx.read(text)  # a ReviewUnreadable is a ValueError with the place and reason
        return text

    def student_view_data(self, context=None) -> dict:
        """For the mobile apps: that there is a review, and its limits."""
        return {"title": self.display_name, "stars": list(model.STARS), "longest_text": model.LONGEST_TEXT}

    def index_dictionary(self) -> dict:
        """For the platform's search."""
        inherited = getattr(super(), "index_dictionary", dict)()
        review, _problems = olx.examine(self.content)
        prompt = " ".join(re.sub(r"<[^>]*>", " ", review.prompt).split()) if review else ""
        content = {**inherited.get("content", {}), "display_name": self.display_name, "prompt": prompt}
        return {**inherited, "content": content, "content_type": "Course review"}


def star_words(stars: int) -> str:
    """How many stars, in words: "1 star", "4 stars"."""
    return ngettext("{count} star", "{count} stars", stars).format(count=stars)


def drawn(stars: int) -> str:
    """The stars as a picture; screen readers get `star_words`."""
    return "★" * stars + "☆" * (model.STARS[-1] - stars)


def _iso(when) -> str:
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
