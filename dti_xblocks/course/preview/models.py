"""What the preview remembers. Every key is a plain word, so that a course may change without breaking its rows.

`owner` is a person's key (`people.Person.key`); empty for what all learners share. `place` is a usage key, a block type, or
empty, as the scope of the field asks. JSON is text written by simplejson: the platform's `Score` values are named tuples,
which the standard library would write as bare lists that cannot be read back.
"""

from __future__ import annotations

from django.db import models


class BlockState(models.Model):
    """All fields of one scope that one person has in one place, as a JSON object."""

    owner = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    place = models.CharField(max_length=255)
    fields = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "kind", "place"], name="dti_preview_one_state"),)

    def __str__(self):
        return f"{self.owner} {self.kind} {self.place}"


class Score(models.Model):
    """The raw points a block last reported for a person."""

    owner = models.CharField(max_length=64)
    place = models.CharField(max_length=255)
    earned = models.FloatField()
    possible = models.FloatField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "place"], name="dti_preview_one_score"),)

    def __str__(self):
        return f"{self.owner} {self.place}: {self.earned}/{self.possible}"


class Completion(models.Model):
    """How far a person has completed a block, 0.0 to 1.0."""

    owner = models.CharField(max_length=64)
    place = models.CharField(max_length=255)
    share = models.FloatField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "place"], name="dti_preview_one_completion"),)

    def __str__(self):
        return f"{self.owner} {self.place}: {self.share}"


class Event(models.Model):
    """Something else that a block published: the tracking log of the platform, kept for tests and the curious."""

    owner = models.CharField(max_length=64)
    place = models.CharField(max_length=255, db_index=True)
    name = models.CharField(max_length=255)
    data = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self):
        return f"{self.owner} {self.name}"


class StudioEdit(models.Model):
    """Authored fields of one block as changed in the preview's Studio: laid over the course, never written into it."""

    place = models.CharField(max_length=255, unique=True)
    fields = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return self.place
