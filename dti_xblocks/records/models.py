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
    """One run begun. Nothing of it changes but the two counters of its journal (`ScenarioDecision`).

    `entries` counts the rows, `length` those that stand: where they are equal, which is nearly always, nothing was replaced
    and reports need not look for it. The row is what a request locks before it writes to the journal; see `journal`.
    """

    attempt = models.PositiveIntegerField(_("attempt"), help_text=_("1 for the first run of this learner"))
    started_at = models.DateTimeField(_("started"))
    pace = models.PositiveSmallIntegerField(
        _("pace of the clock"), default=1, help_text=_("1: time as written, 10: ten times the time, 0: no clock")
    )
    scenario_version = models.CharField(
        _("scenario version"), max_length=64, blank=True, default="", help_text=_("SHA-256 of the scenario when the run began")
    )
    entries = models.PositiveIntegerField(_("entries"), default=0, help_text=_("How many entries the journal of this run has"))
    length = models.PositiveIntegerField(_("length"), default=0, help_text=_("How many of them stand"))

    class Meta:
        verbose_name = _("scenario start")
        verbose_name_plural = _("scenario starts")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key", "attempt"], name="dti_start_once_per_attempt"),)
        # The list of people in a block's report: in order of their names, searched by them, and one person's runs.
        indexes = (models.Index(fields=["usage_key", "username", "user_id"], name="dti_start_people"),)

    def __str__(self):
        return f"{self.username}: {self.usage_key} #{self.attempt}"


class ScenarioDecision(models.Model):
    """One entry in the journal of a run: a decision, or the start of a scene's clock. Never changed once written.

    The run's list of entries is made by reading the rows in the order of `serial`: each is put at `position`, and what stood
    there and after it is dropped (the author changed the scenario, and the run went on from the last sound point).
    """

    run = models.ForeignKey(
        ScenarioStart,
        verbose_name=_("scenario start"),
        on_delete=models.CASCADE,
        related_name="decisions",
        db_index=False,  # the constraint below begins with it
    )
    serial = models.PositiveIntegerField(_("serial number"), help_text=_("0, 1, 2 … in the order written"))
    position = models.PositiveIntegerField(_("position"), help_text=_("Index in the list of entries of the run"))
    scene = models.CharField(_("scene"), max_length=100)
    choice = models.CharField(_("choice"), max_length=100, blank=True, help_text=_("Empty: the clock of the scene was started"))
    how = models.CharField(_("how"), max_length=20, blank=True, help_text=_("“time-up” when the clock decided"))
    led_to = models.CharField(_("led to"), max_length=100, blank=True, help_text=_("The scene or ending that came next"))
    seconds = models.PositiveIntegerField(
        _("seconds"), null=True, blank=True, help_text=_("Whole seconds since the learner came to the scene")
    )
    at = models.DateTimeField(_("time"))
    at_text = models.CharField(
        _("time as written"), max_length=40, blank=True, help_text=_("Where it is not ISO 8601 in UTC as Python writes it")
    )

    class Meta:
        verbose_name = _("scenario decision")
        verbose_name_plural = _("scenario decisions")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["run", "serial"], name="dti_decision_once_per_serial"),)
        # All that the report counts by, so that it reads the index run after run and not a million rows here and there: on
        # MariaDB that halves the time.
        indexes = (
            models.Index(
                fields=["run", "serial", "position", "scene", "choice", "how", "led_to", "seconds"], name="dti_decision_report"
            ),
        )

    def __str__(self):
        return f"{self.run_id}/{self.serial}: {self.scene} > {self.choice}"


class ScenarioRun(LearnerRecord):
    """One finished run of a scenario. Never changed once written. What was decided in it is in the journal of its start."""

    start = models.OneToOneField(
        ScenarioStart,
        verbose_name=_("scenario start"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="finish",
    )

    attempt = models.PositiveIntegerField(_("attempt"), help_text=_("1 for the first run of this learner"))
    scenario_version = models.CharField(_("scenario version"), max_length=64, help_text=_("SHA-256 of the scenario played"))
    ending = models.CharField(_("ending"), max_length=100)
    result = models.CharField(_("result"), max_length=10)
    earned = models.FloatField(_("points earned"))
    possible = models.FloatField(_("points possible"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    seconds = models.PositiveIntegerField(_("seconds"), null=True, blank=True, help_text=_("From the start to the ending"))
    pace = models.PositiveSmallIntegerField(
        _("pace of the clock"), default=1, help_text=_("1: time as written, 10: ten times the time, 0: no clock")
    )

    class Meta:
        verbose_name = _("scenario run")
        verbose_name_plural = _("scenario runs")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key", "attempt"], name="dti_run_once_per_attempt"),)
        # Each answers a question of the report without touching the rows.
        indexes = (
            models.Index(fields=["usage_key", "seconds"], name="dti_run_median"),
            models.Index(fields=["usage_key", "ending", "result"], name="dti_run_endings"),
        )

    def __str__(self):
        return f"{self.username}: {self.usage_key} #{self.attempt}"


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
        indexes = (models.Index(fields=["usage_key", "signed_at"], name="dti_pledge_by_time"),)

    def __str__(self):
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

    def __str__(self):
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

    def __str__(self):
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

    def __str__(self):
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

    def __str__(self):
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

    def __str__(self):
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

    def __str__(self):
        return self.digest[:16]


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

    def __str__(self):
        return f"{self.usage_key} ({self.state})"


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

    def __str__(self):
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

    def __str__(self):
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

    def __str__(self):
        return f"{self.title} ({self.state})"
