"""Activities: how a learner stands in one, and what a learner has written in one."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import LearnerRecord


class ActivityStanding(LearnerRecord):
    """One learner in one activity. What was tried first never changes; words of the learner's own are not here."""

    kind = models.CharField(_("kind"), max_length=10)
    first = models.JSONField(_("first try"), null=True, help_text=_("By the ids of cards and groups"))
    answer = models.JSONField(_("answer"), default=dict, help_text=_("The present one, by the ids of cards and groups"))
    tries = models.PositiveIntegerField(_("tries"), default=0)
    revealed = models.BooleanField(_("answers shown"), default=False)
    started_at = models.DateTimeField(_("started"))
    changed_at = models.DateTimeField(_("changed"))
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key"], name="dti_activity_once_per_learner"),)

    def __str__(self) -> str:
        return f"{self.username}: {self.kind}"


class OwnWords(models.Model):
    """What a learner has written for themselves in an activity. Nobody else's business.

    It is not in Django's admin and in no report.
    """

    user_id = models.BigIntegerField(_("user id"))
    course_key = models.CharField(_("course key"), max_length=255, db_index=True)
    usage_key = models.CharField(_("usage key"), max_length=255)
    kind = models.CharField(_("kind"), max_length=10)
    title = models.CharField(_("title"), max_length=255, blank=True, help_text=_("Of the activity, when it was written"))
    words = models.JSONField(_("words"), help_text=_("By the names of the fields of the form"))
    version = models.PositiveIntegerField(_("version"), default=0, help_text=_("How often it was written or removed"))
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("own words")
        verbose_name_plural = _("own words")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key"], name="dti_own_words_once_per_learner"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"  # never the words
