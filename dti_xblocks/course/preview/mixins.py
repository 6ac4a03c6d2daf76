"""What the platform mixes into every block: inherited settings, and a few names that older blocks expect."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.core import XBlockMixin
from xblock.fields import Boolean, Dict, Float, Integer, List, Scope, String

from .compat import Date, Timedelta


class InheritanceMixin(XBlockMixin):
    """Settings that a block has from its nearest ancestor that sets them. `format` is here but is not inherited."""

    graded = Boolean(default=False, scope=Scope.settings)
    start = Date(scope=Scope.settings)
    due = Date(scope=Scope.settings)
    format = String(scope=Scope.settings)
    graceperiod = Timedelta(scope=Scope.settings)
    visible_to_staff_only = Boolean(default=False, scope=Scope.settings)
    group_access = Dict(default={}, scope=Scope.settings)
    user_partitions = List(default=[], scope=Scope.settings)
    showanswer = String(default="finished", scope=Scope.settings)
    show_correctness = String(default="always", scope=Scope.settings)
    rerandomize = String(default="never", scope=Scope.settings)
    show_reset_button = Boolean(default=False, scope=Scope.settings)
    max_attempts = Integer(default=None, scope=Scope.settings)
    self_paced = Boolean(default=False, scope=Scope.settings)
    relative_weeks_due = Integer(default=None, scope=Scope.settings)
    days_early_for_beta = Float(default=None, scope=Scope.settings)
    static_asset_path = String(default="", scope=Scope.settings)
    use_latex_compiler = Boolean(default=False, scope=Scope.settings)
    matlab_api_key = String(scope=Scope.settings)
    video_speed_optimizations = Boolean(default=True, scope=Scope.settings)
    video_auto_advance = Boolean(default=False, scope=Scope.settings)
    edxnotes = Boolean(default=False, scope=Scope.settings)
    edxnotes_visibility = Boolean(default=True, scope=Scope.settings)
    in_entrance_exam = Boolean(default=False, scope=Scope.settings)
    xqa_key = String(scope=Scope.settings)
    giturl = String(scope=Scope.settings)


INHERITED = frozenset(InheritanceMixin.fields) - {"format", "relative_weeks_due"}


class PlatformMixin(XBlockMixin):
    """Names that the platform's XModule mixin gives, for blocks that still use them; a block's own come first."""

    @property
    def category(self):
        """The block type."""
        return self.scope_ids.block_type

    @property
    def location(self):
        """The usage key."""
        return self.scope_ids.usage_id

    @property
    def course_id(self):
        """The course key."""
        return self.scope_ids.usage_id.course_key

    @property
    def url_name(self):
        """The name in the OLX."""
        return self.scope_ids.usage_id.block_id

    @property
    def display_name_with_default(self):
        """The title, or the name in the OLX in words."""
        return getattr(self, "display_name", None) or self.scope_ids.usage_id.block_id.replace("_", " ")

    @property
    def non_editable_metadata_fields(self):
        """Fields that the editor of older blocks leaves out: none."""
        return []

    @property
    def editable_metadata_fields(self):
        """Fields that the editor of older blocks shows: none."""
        return {}

    def bind_for_student(self, user_id, wrappers=None):
        """The preview makes every block for one person: there is nothing to bind."""

    def public_view(self, _context):
        """What a visitor sees of a block that has no view for visitors."""
        message = _("“{name}” is only accessible to enrolled learners. Sign in or register, and enroll to view it.")
        return Fragment(
            format_html('<div class="preview-notice"><p>{}</p></div>', message.format(name=self.display_name_with_default))
        )


MIXINS = (InheritanceMixin, PlatformMixin)
