"""Course reviews."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import LearnerRecord


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

    def __str__(self) -> str:
        return f"{self.username}: {self.stars}"
