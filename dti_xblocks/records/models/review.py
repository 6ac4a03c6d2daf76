"""Course reviews."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import LearnerRecord


class CourseReview(LearnerRecord):
    """One review per learner and block; the learner may change it for as long as the author says.

    `shown_as` is the name that the learner chose to be read with, "" for none. Staff may reply, and hide a review with a reason:
    a hidden one counts in nothing that learners see.
    """

    shown_as = models.CharField(_("name shown"), max_length=255, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"))
    text = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))
    reply = models.TextField(_("reply"), blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_reason = models.TextField(_("why hidden"), blank=True)

    class Meta:
        verbose_name = _("course review")
        verbose_name_plural = _("course reviews")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key"], name="dti_review_once_per_learner"),)

    def __str__(self) -> str:
        return f"{self.username}: {self.stars}"
