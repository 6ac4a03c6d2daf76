"""Runs of scenarios: begun, decided step by step, finished."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import LearnerRecord


class ScenarioStart(LearnerRecord):
    """One run begun. Nothing of it changes but the two counters of its journal (`ScenarioDecision`), and `answers_at`, once.

    A run that is `practice` counts for nothing: it has no `ScenarioRun`, and reports leave it out or count it apart. One that
    replays another (`replays`) begins with the first decisions of that, as `given` entries of its own journal.

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
    practice = models.BooleanField(_("practice"), default=False, help_text=_("The run counts for nothing"))
    replays = models.PositiveIntegerField(
        _("replays"), default=0, help_text=_("Number of the run whose last part is played again; 0: from the start")
    )
    given = models.PositiveIntegerField(_("given"), default=0, help_text=_("How many decisions were taken over from that run"))
    answers_at = models.DateTimeField(
        _("answers opened"), null=True, blank=True, help_text=_("When the learner asked for the strongest answers after this run")
    )

    class Meta:
        verbose_name = _("scenario start")
        verbose_name_plural = _("scenario starts")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["user_id", "usage_key", "attempt"], name="dti_start_once_per_attempt"),)
        # The list of people in a block's report: in order of their names, searched by them, and one person's runs.
        indexes = (models.Index(fields=["usage_key", "username", "user_id", "practice"], name="dti_start_people"),)

    def __str__(self) -> str:
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

    def __str__(self) -> str:
        return f"{self.run_id}/{self.serial}: {self.scene} > {self.choice}"


class ScenarioRun(LearnerRecord):
    """One finished run of a scenario, whose decisions are the journal of its start. Never changed once written."""

    start = models.OneToOneField(
        ScenarioStart,
        verbose_name=_("scenario start"),
        on_delete=models.CASCADE,
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

    def __str__(self) -> str:
        return f"{self.username}: {self.usage_key} #{self.attempt}"


class ScenarioTally(models.Model):
    """How often what was decided by one portion of the learners of a block, as it was counted last. It tells of no single person.

    The row is right for as long as the learners' own rows say what they said then (`marks`); whoever reads it compares. The row
    after the last portion has the sum, and what it was made of. All may be removed at any time, and are counted again.
    """

    usage_key = models.CharField(_("usage key"), max_length=255)
    name = models.CharField(_("name"), max_length=20, help_text=_("Which runs were counted, or the seconds of all"))
    portion = models.PositiveSmallIntegerField(_("portion of the learners"))
    marks = models.CharField(_("marks"), max_length=255, help_text=_("What the rows said that it was counted from"))
    counted = models.TextField(_("counted"), help_text=_("As JSON"))

    class Meta:
        verbose_name = _("scenario tally")
        verbose_name_plural = _("scenario tallies")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["usage_key", "name", "portion"], name="dti_tally_once"),)

    def __str__(self) -> str:
        return f"{self.usage_key} {self.name} {self.portion}"
