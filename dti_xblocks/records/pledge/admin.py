"""Signed pledges in Django admin, read-only. Each reading is recorded, as in the course.

Withdrawing is done in the course, where the reason is asked for.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ...platform import clock
from ..models import PledgeChain, PledgeEvent, PledgeLink, SignedPledge
from . import events as pledge_events

MOST_COUNTED = 10_000  # rows; who looks for more searches


class ShortPaginator(Paginator):
    """Counts no further than `MOST_COUNTED`: to count a table of millions takes the database longer than to show a page of it."""

    @cached_property
    def count(self) -> int:
        return int(self.object_list.order_by()[:MOST_COUNTED].count())


class Evidence(admin.ModelAdmin):
    """Rows that nobody adds, changes or deletes here; the newest first."""

    show_full_result_count = False
    paginator = ShortPaginator
    list_per_page = 50
    ordering = ("-id",)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Personal(Evidence):
    """Rows with names in them: that somebody reads them is an event."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        context = getattr(answer, "context_data", None) or {}
        listing = context.get("cl")
        if listing is not None and len(listing.result_list):
            self._note(request, "", "", {"what": "list", "of": "", "count": len(listing.result_list)})
        return answer

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        row = (getattr(answer, "context_data", None) or {}).get("original")
        if row is not None:
            self._note(request, row.course_key, row.usage_key, {"what": "record", "of": row.username, "count": 1})
        return answer

    def _note(self, request: HttpRequest, course_key: str, usage_key: str, details: dict[str, Any]) -> None:
        happening = pledge_events.Happening(
            kind=pledge_events.STAFF_READ,
            key=f"staff-read/{secrets.token_hex(8)}",
            user_id=request.user.pk,
            username=request.user.get_username(),
            course_key=course_key,
            usage_key=usage_key,
            at=clock.now(),
            details={**details, "in": f"admin/{self.opts.model_name}"},
        )
        pledge_events.note(happening)


@admin.register(SignedPledge)
class SignedPledgeAdmin(Personal):
    list_display = ("username", "signed_name", "course_key", "turn", "signed_at", "valid_until", "status", "code")
    search_fields = ("username", "full_name", "signed_name", "course_key", "usage_key", "code")
    search_help_text = _("Username, name, course, block or verification code")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).defer("private")
        return rows if request.resolver_match.kwargs.get("object_id") else rows.defer("document", "private")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Which of the page's signatures are withdrawn is asked for all of them at once."""
        listing = super().get_changelist_instance(request)
        rows = list(listing.result_list)
        events = PledgeEvent.objects.filter(kind=pledge_events.WITHDRAWN, pledge__in=[row.id for row in rows])
        gone = set(events.filter(document__isnull=False).values_list("pledge", flat=True)) if rows else set()
        for row in rows:
            row.is_withdrawn = row.id in gone
        listing.result_list = rows
        return listing

    @admin.display(description=_("status"))
    def status(self, row: Any) -> str:
        """Withdrawn or run out; whether the wording is the present one, only the block knows."""
        if row.is_withdrawn:
            return str(_("withdrawn"))
        over = row.valid_until is not None and row.valid_until <= clock.now()
        return str(_("ran out")) if over else ""


@admin.register(PledgeEvent)
class PledgeEventAdmin(Personal):
    list_display = ("username", "kind", "course_key", "usage_key", "pledge", "at")
    list_filter = ("kind",)
    search_fields = ("username", "course_key", "usage_key")


@admin.register(PledgeChain)
class PledgeChainAdmin(Evidence):
    list_display = ("chain", "length", "signed", "head")
    search_fields = ("chain",)


@admin.register(PledgeLink)
class PledgeLinkAdmin(Evidence):
    list_display = ("chain", "position", "kind", "entry_id", "linked_at", "key_id")
    search_fields = ("chain", "entry", "digest")
