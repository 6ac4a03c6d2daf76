"""Signed pledges, what happened around them, and the chain that seals both."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import LearnerRecord


class SignedPledge(LearnerRecord):
    """One signature, the `turn`-th of this learner in this block. Never changed once written, but for what retention removes:
    then `document` and the names go, the hash stays, and an event "erased" says so.

    `private` is where the request came from (address, browser), as far as this site keeps it; the document holds its hash only.
    """

    turn = models.PositiveIntegerField(_("turn"), default=1, help_text=_("1 for this learner's first signature in the block"))
    full_name = models.CharField(_("full name of the account"), max_length=255, blank=True)
    signed_name = models.CharField(_("name as typed"), max_length=255, blank=True)
    method = models.CharField(_("method"), max_length=10, default="typed", help_text=_("“typed” or “drawn” (typed and drawn)"))
    wording_hash = models.CharField(_("wording hash"), max_length=64, help_text=_("SHA-256 of the text as shown"))
    language = models.CharField(_("language"), max_length=20)
    document = models.JSONField(
        _("document"), null=True, blank=True, help_text=_("The whole record as signed: text, affirmations, answers")
    )
    document_hash = models.CharField(_("document hash"), max_length=64, help_text=_("SHA-256 of its canonical JSON"))
    private = models.JSONField(_("where from"), null=True, blank=True, help_text=_("Address and browser of the request"))
    code = models.CharField(_("verification code"), max_length=40, unique=True)
    code_digest = models.CharField(
        _("hash of the code"), max_length=64, unique=True, help_text=_("SHA-256: what the verify page looks for")
    )
    signed_at = models.DateTimeField(_("signed"))
    valid_until = models.DateTimeField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("signed pledge")
        verbose_name_plural = _("signed pledges")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key", "turn"], name="dti_pledge_once_per_turn"),)
        indexes = (
            models.Index(fields=["usage_key", "signed_at"], name="dti_pledge_by_time"),
            # The list of a block: in order of their names, and all that the status of a signature hangs on, so that counting
            # reads the index and not the documents.
            models.Index(
                fields=["usage_key", "username", "user_id", "turn", "wording_hash", "valid_until", "signed_at"],
                name="dti_pledge_people",
            ),
        )

    def __str__(self) -> str:
        return f"{self.username}: {self.usage_key}"


class PledgeEvent(LearnerRecord):
    """Something that happened around a pledge: it was opened, read to its end, agreed to, withdrawn, looked at by staff. Only
    ever added. `user_id` is the signer's, but for staff events, where it is that of who looked.

    `key` is unique for the person and block: what can happen once has one key, so that it is recorded once.
    """

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("key"), max_length=100)
    pledge = models.BigIntegerField(
        _("signed pledge"), null=True, blank=True, db_index=True, help_text=_("Its row, if it has one")
    )
    at = models.DateTimeField(_("time"))
    document = models.JSONField(_("document"), null=True, blank=True, help_text=_("The whole event"))
    document_hash = models.CharField(_("document hash"), max_length=64, help_text=_("SHA-256 of its canonical JSON"))

    class Meta:
        verbose_name = _("pledge event")
        verbose_name_plural = _("pledge events")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key", "key"], name="dti_pledge_event_once"),)
        indexes = (models.Index(fields=["usage_key", "kind"], name="dti_pledge_event_kind"),)

    def __str__(self) -> str:
        return f"{self.username}: {self.kind}"


class PledgeChain(models.Model):
    """The end of a course's chain. This row is what a process locks before it adds links."""

    chain = models.CharField(_("course key"), max_length=255, unique=True)
    length = models.PositiveBigIntegerField(_("length"), default=0)
    head = models.CharField(_("digest of the last link"), max_length=64)
    signed = models.PositiveBigIntegerField(
        _("links signed"), default=0, help_text=_("How many links, from the first on, are signed")
    )

    class Meta:
        verbose_name = _("chain of pledges")
        verbose_name_plural = _("chains of pledges")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.chain}: {self.length}"


class PledgeLink(models.Model):
    """One link: see `pledge.seal.link`. Signed when there is a key, at once or later, and otherwise never changed."""

    chain = models.CharField(_("course key"), max_length=255)
    position = models.PositiveBigIntegerField(_("position"), help_text=_("1 for the first link of a course"))
    kind = models.CharField(_("kind"), max_length=10, help_text=_("“pledge” or “event”"))
    entry_id = models.BigIntegerField(_("row"), help_text=_("Id of the signed pledge or event"))
    entry = models.CharField(_("hash of the entry"), max_length=64)
    previous = models.CharField(_("digest of the link before"), max_length=64)
    digest = models.CharField(_("digest"), max_length=64)
    linked_at = models.DateTimeField(_("linked"))
    key_id = models.CharField(_("key"), max_length=16, blank=True)
    signature = models.CharField(_("signature"), max_length=128, blank=True)

    class Meta:
        verbose_name = _("link of a chain")
        verbose_name_plural = _("links of chains")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["chain", "position"], name="dti_link_once_per_position"),
            models.UniqueConstraint(fields=["kind", "entry_id"], name="dti_link_once_per_entry"),
        )

    def __str__(self) -> str:
        return f"{self.chain} {self.position}"


class PledgePending(models.Model):
    """A pledge or event that has no link yet. Written with it, removed with the link's writing."""

    chain = models.CharField(_("course key"), max_length=255, db_index=True)
    kind = models.CharField(_("kind"), max_length=10)
    entry_id = models.BigIntegerField(_("row"))
    entry = models.CharField(_("hash of the entry"), max_length=64)

    class Meta:
        verbose_name = _("record without a link")
        verbose_name_plural = _("records without links")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["kind", "entry_id"], name="dti_pending_once"),)

    def __str__(self) -> str:
        return f"{self.chain} {self.kind} {self.entry_id}"


class PledgeCopy(models.Model):
    """The PDF file of a signed pledge, as it was made once: everybody who asks gets this one."""

    pledge = models.BigIntegerField(_("signed pledge"), unique=True)
    body = models.BinaryField(_("file"))
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, db_index=True)
    signed = models.BooleanField(_("has a PDF signature"), default=False)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("file of a pledge")
        verbose_name_plural = _("files of pledges")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.pledge}: {self.digest[:16]}"


class PledgeImage(models.Model):
    """An agency's logo as it was when somebody signed, kept once: documents name it by its hash."""

    digest = models.CharField(_("SHA-256 of the picture"), max_length=64, unique=True)
    media_type = models.CharField(_("media type"), max_length=50)
    body = models.BinaryField(_("picture"))

    class Meta:
        verbose_name = _("logo on pledges")
        verbose_name_plural = _("logos on pledges")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.digest[:16]}"


class PledgeBundle(models.Model):
    """A ZIP of PDF files that a member of staff asked for: files are made in the background, the ZIP as it is downloaded."""

    owner_id = models.BigIntegerField(_("user id"), db_index=True)
    course_key = models.CharField(_("course key"), max_length=255)
    usage_key = models.CharField(_("usage key"), max_length=255)
    up_to = models.BigIntegerField(_("last row"), help_text=_("Signatures after this row are not in it"))
    state = models.CharField(_("state"), max_length=10, help_text=_("“waiting”, “working”, “ready” or “failed”"))
    total = models.PositiveIntegerField(_("files"), default=0)
    done = models.PositiveIntegerField(_("files made"), default=0)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    asked_at = models.DateTimeField(_("asked for"))
    beat_at = models.DateTimeField(_("last sign of life"))

    class Meta:
        verbose_name = _("bundle of pledges")
        verbose_name_plural = _("bundles of pledges")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.usage_key} ({self.state})"
