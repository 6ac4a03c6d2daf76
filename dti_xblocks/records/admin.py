"""Django admin: operators may read the records; nobody changes them there."""

from django.contrib import admin

from .models import CourseReview, ScenarioRun, ScenarioStart, SignedPledge


class ReadOnlyAdmin(admin.ModelAdmin):
    """A learner's record is evidence: no adding, changing or deleting through the admin site."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ScenarioStart)
class ScenarioStartAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "usage_key", "attempt", "started_at")
    search_fields = ("username", "course_key", "usage_key")


@admin.register(ScenarioRun)
class ScenarioRunAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "usage_key", "attempt", "ending", "result", "finished_at")
    search_fields = ("username", "course_key", "usage_key")


@admin.register(SignedPledge)
class SignedPledgeAdmin(ReadOnlyAdmin):
    list_display = ("username", "signed_name", "course_key", "signed_at", "code")
    search_fields = ("username", "signed_name", "course_key", "code")


@admin.register(CourseReview)
class CourseReviewAdmin(ReadOnlyAdmin):
    list_display = ("username", "course_key", "stars", "changed_at")
    search_fields = ("username", "course_key")
