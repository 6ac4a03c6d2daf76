"""Django admin: operators may read the records; nobody changes them there."""

import json

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import (
    ActivityStanding,
    AuthorityProgress,
    CourseReview,
    ScenarioDecision,
    ScenarioRun,
    ScenarioStart,
    VideoAnswer,
    VideoWatch,
)
from .pledge import admin as pledge_admin  # noqa: F401 - registers the pages of pledges
from .scenario import journal


class ReadOnly:
    """A learner's record is evidence: no adding, changing or deleting through the admin site."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """The list of one kind of records."""


class Decisions(ReadOnly, admin.TabularInline):
    """The journal of a run, below its start."""

    model = ScenarioDecision
    fields = ("serial", "position", "scene", "choice", "how", "led_to", "seconds", "at")
    ordering = ("serial",)


@admin.register(ScenarioStart)
class ScenarioStartAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "usage_key", "attempt", "practice", "started_at", "pace", "entries")
    search_fields = ("username", "course_key", "usage_key")
    inlines = (Decisions,)


@admin.register(ScenarioRun)
class ScenarioRunAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "usage_key", "attempt", "ending", "result", "finished_at", "seconds", "pace")
    search_fields = ("username", "course_key", "usage_key")
    readonly_fields = ("path",)

    @admin.display(description=_("path"))
    def path(self, run: ScenarioRun) -> str:
        """The entries of its journal: scene, choice, time."""
        return json.dumps(journal.fold(run.start.decisions.order_by("serial").values_list(*journal.COLUMNS)))


@admin.register(CourseReview)
class CourseReviewAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "stars", "changed_at")
    search_fields = ("username", "course_key")


@admin.register(AuthorityProgress)
class AuthorityProgressAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "usage_key", "slug", "step", "at")
    search_fields = ("username", "course_key", "usage_key", "slug")


@admin.register(ActivityStanding)
class ActivityStandingAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "usage_key", "kind", "tries", "done_at")
    search_fields = ("username", "course_key", "usage_key")


class Answers(ReadOnly, admin.TabularInline):
    """What was answered in a film, below what was watched of it."""

    model = VideoAnswer
    fields = ("serial", "moment", "attempt", "picked", "result", "at", "points", "possible", "how", "made_at")
    ordering = ("serial",)


@admin.register(VideoWatch)
class VideoWatchAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "usage_key", "watched", "entries", "began_at", "finished_at")
    search_fields = ("username", "course_key", "usage_key")
    inlines = (Answers,)
