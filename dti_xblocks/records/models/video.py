"""Films: what was watched, and what was answered in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import LearnerRecord


class VideoWatch(LearnerRecord):
    """One learner in front of one film. The row is what a request locks before it writes; see `records.video.watches`.

    Times of the film are seconds. `entries` counts the rows of `VideoAnswer`.
    """

    spans = models.JSONField(_("watched"), default=list, help_text=_("Intervals in seconds of the film, merged: [[from, to], …]"))
    watched = models.FloatField(_("seconds watched"), default=0.0)
    position = models.FloatField(_("position"), default=0.0, help_text=_("Where the player was, in seconds"))
    credit = models.FloatField(_("credit"), default=0.0, help_text=_("Seconds by which the next report may come too early"))
    tape = models.CharField(_("tape"), max_length=100, blank=True, help_text=_("The tape that runs"))
    tape_at = models.DateTimeField(_("tape began"), null=True, blank=True)
    reached = models.FloatField(_("tape reached"), default=0.0, help_text=_("How far the film has come in the tape, in seconds"))
    still = models.PositiveIntegerField(_("still"), default=0, help_text=_("The furthest still that was shown, from 0"))
    still_at = models.DateTimeField(_("still shown"), null=True, blank=True)
    entries = models.PositiveIntegerField(_("answers"), default=0, help_text=_("How many answers there are"))
    began_at = models.DateTimeField(_("began"))
    seen_at = models.DateTimeField(_("last report"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("watched film")
        verbose_name_plural = _("watched films")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key"], name="dti_video_once_per_learner"),)

    def __str__(self) -> str:
        return f"{self.username}: {self.usage_key}"


class VideoAnswer(models.Model):
    """One answer to a moment of a film. Never changed once written."""

    watch = models.ForeignKey(
        VideoWatch,
        verbose_name=_("watched film"),
        on_delete=models.CASCADE,
        related_name="answers",
        db_index=False,  # the constraints below begin with it
    )
    serial = models.PositiveIntegerField(_("serial number"), help_text=_("0, 1, 2 … in the order written"))
    moment = models.CharField(_("moment"), max_length=100)
    attempt = models.PositiveIntegerField(_("attempt"), help_text=_("1 for the first answer, which counts"))
    picked = models.JSONField(_("picked"), default=list, help_text=_("Ids of the choices, or of the way to step in"))
    result = models.CharField(_("result"), max_length=20, help_text=_("“right”, “wrong”, the kind of a window, or “never”"))
    at = models.FloatField(_("time of the film"), null=True, blank=True, help_text=_("In seconds; empty for questions"))
    points = models.FloatField(_("points"))
    possible = models.FloatField(_("points possible"))
    how = models.CharField(_("how"), max_length=10, help_text=_("“film”, or “stills” for still by still"))
    made_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("answer in a film")
        verbose_name_plural = _("answers in films")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["watch", "serial"], name="dti_video_answer_serial"),
            models.UniqueConstraint(fields=["watch", "moment", "attempt"], name="dti_video_answer_once"),
        )

    def __str__(self) -> str:
        return f"{self.watch_id}/{self.moment} #{self.attempt}: {self.result}"
