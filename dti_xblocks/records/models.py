"""What must outlive a block's page state: finished scenario runs, signed pledges, course reviews.

Learners and places are stored as the platform's plain ids, not as foreign keys: a record stands even when the account, the
course or this plugin's neighbours are gone. Every "only once" is a database constraint.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LearnerRecord(models.Model):
    """Who and where: shared by all records."""

    user_id = models.BigIntegerField(_("user id"), help_text=_("The platform's user id"))
    username = models.CharField(_("username"), max_length=255)
    # 255 characters is the length of usage and course keys on the platform; content libraries have no course.
    course_key = models.CharField(_("course key"), max_length=255, blank=True, db_index=True)
    usage_key = models.CharField(_("usage key"), max_length=255, db_index=True)

    class Meta:
        abstract = True


class ScenarioStart(LearnerRecord):
    """One run begun, so that staff can see how many never finish. Never changed once written."""

    attempt = models.PositiveIntegerField(_("attempt"), help_text=_("1 for the first run of this learner"))
    started_at = models.DateTimeField(_("started"))

    class Meta:
        verbose_name = _("scenario start")
        verbose_name_plural = _("scenario starts")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key", "attempt"], name="dti_start_once_per_attempt"),)

    def __str__(self):
        return f"{self.username}: {self.usage_key} #{self.attempt}"


class ScenarioRun(LearnerRecord):
    """One finished run of a scenario. Never changed once written."""

    attempt = models.PositiveIntegerField(_("attempt"), help_text=_("1 for the first run of this learner"))
    scenario_version = models.CharField(_("scenario version"), max_length=64, help_text=_("SHA-256 of the scenario played"))
    path = models.JSONField(_("path"), help_text=_("The decisions in order: scene, choice, time (ISO 8601, UTC)"))
    ending = models.CharField(_("ending"), max_length=100)
    result = models.CharField(_("result"), max_length=10)
    earned = models.FloatField(_("points earned"))
    possible = models.FloatField(_("points possible"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))

    class Meta:
        verbose_name = _("scenario run")
        verbose_name_plural = _("scenario runs")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key", "attempt"], name="dti_run_once_per_attempt"),)

    def __str__(self):
        return f"{self.username}: {self.usage_key} #{self.attempt}"


class SignedPledge(LearnerRecord):
    """One signature. Never changed once written; a new wording is a new row."""

    full_name = models.CharField(_("full name of the account"), max_length=255)
    signed_name = models.CharField(_("name as typed"), max_length=255)
    wording_hash = models.CharField(_("wording hash"), max_length=64, help_text=_("SHA-256 of the text as shown"))
    language = models.CharField(_("language"), max_length=20)
    document = models.JSONField(_("document"), help_text=_("The whole record as signed: text, affirmations, answers"))
    document_hash = models.CharField(_("document hash"), max_length=64, help_text=_("SHA-256 of its canonical JSON"))
    code = models.CharField(_("verification code"), max_length=40, unique=True)
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("signed pledge")
        verbose_name_plural = _("signed pledges")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["user_id", "usage_key", "wording_hash"], name="dti_pledge_once_per_wording"),
        )

    def __str__(self):
        return f"{self.username}: {self.usage_key}"


class CourseReview(LearnerRecord):
    """One review per learner and block; the learner may change it."""

    stars = models.PositiveSmallIntegerField(_("stars"))
    text = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("course review")
        verbose_name_plural = _("course reviews")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key"], name="dti_review_once_per_learner"),)

    def __str__(self):
        return f"{self.username}: {self.stars}"
