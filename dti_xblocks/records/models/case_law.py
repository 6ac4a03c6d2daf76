"""Reading: how far a learner is, what a learner has marked, and packets to take away."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import LearnerRecord


class AuthorityProgress(LearnerRecord):
    """One step of one learner through one authority of a case-law block. Never changed once written."""

    slug = models.CharField(_("authority"), max_length=100)
    step = models.CharField(_("step"), max_length=10, help_text=_("“opened”, “ended” (read to the end) or “checked” (question)"))
    at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("authority progress")
        verbose_name_plural = _("authority progress")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["usage_key", "user_id", "slug", "step"], name="dti_progress_once_per_step"),
        )

    def __str__(self) -> str:
        return f"{self.username}: {self.slug} {self.step}"


class ReaderMark(models.Model):
    """A learner's own mark in an authority: a highlight with or without a note, or a bookmark. Nobody else's business.

    It belongs to the learner and the course, not to a block: an authority shows the same marks wherever in a course it stands.
    It is not in Django's admin and in no report. `quote`, `prefix` and `suffix` are the words marked and those around them, so
    that the mark is found again in a text that was edited; `start` counts characters (code points) of the plain paragraph.
    """

    user_id = models.BigIntegerField(_("user id"))
    course_key = models.CharField(_("course key"), max_length=255)
    key = models.CharField(_("key"), max_length=60, help_text=_("Made by whoever asks, so that asking twice makes one mark"))
    slug = models.CharField(_("authority"), max_length=100)
    section = models.CharField(_("section"), max_length=40, blank=True, help_text=_("Empty: the authority is bookmarked"))
    paragraph = models.PositiveSmallIntegerField(_("paragraph"), default=0)
    start = models.PositiveIntegerField(_("start"), default=0)
    quote = models.TextField(_("words"), blank=True)
    prefix = models.CharField(_("words before"), max_length=64, blank=True)
    suffix = models.CharField(_("words after"), max_length=64, blank=True)
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(_("created"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("reader's mark")
        verbose_name_plural = _("readers' marks")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "course_key", "key"], name="dti_mark_once_per_key"),)
        indexes = (models.Index(fields=["user_id", "course_key", "slug"], name="dti_mark_of_authority"),)

    def __str__(self) -> str:
        return f"{self.user_id}: {self.slug}"  # never the words


class Packet(models.Model):
    """A file being made, or made: a packet of authorities as PDF.

    `digest` is of the whole document, so the same document is made once for everybody (`owner_id` 0). What has somebody's notes
    in it has an owner: its file is kept in this row, never in storage, and given to nobody else.
    """

    digest = models.CharField(_("digest"), max_length=64)
    owner_id = models.BigIntegerField(_("owner"), default=0, help_text=_("The platform's user id; 0: everybody's"))
    state = models.CharField(_("state"), max_length=10, help_text=_("“waiting”, “working”, “ready” or “failed”"))
    title = models.CharField(_("title"), max_length=255)
    source = models.BinaryField(_("source"), null=True, help_text=_("The document to be rendered, compressed, until it is"))
    expected = models.PositiveIntegerField(_("pages expected"), default=0)
    done = models.PositiveIntegerField(_("pages done"), default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True, help_text=_("Why it failed"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    file = models.CharField(_("file"), max_length=255, blank=True, help_text=_("Name in Django storage; none for a personal one"))
    body = models.BinaryField(_("body"), null=True, help_text=_("The file itself, for a personal one"))
    size = models.PositiveIntegerField(_("size"), default=0, help_text=_("Bytes"))
    asked_at = models.DateTimeField(_("asked for"))
    beat_at = models.DateTimeField(_("last sign of life"))
    ready_at = models.DateTimeField(_("ready"), null=True)

    class Meta:
        verbose_name = _("packet")
        verbose_name_plural = _("packets")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["digest", "owner_id"], name="dti_packet_once"),)
        indexes = (models.Index(fields=["owner_id", "asked_at"], name="dti_packet_of_owner"),)

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"
