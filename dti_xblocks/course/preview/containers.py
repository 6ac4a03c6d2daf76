"""The platform's containers, as far as a preview needs them: what holds what, and which children a person sees."""

from __future__ import annotations

import hashlib
import json

from django.utils.html import format_html
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Boolean, Dict, Float, Integer, List, Scope, String

from ..tags import inner_blocks
from .bounds import fits
from .compat import Date
from .mixins import InheritanceMixin


def as_json(field, text: str):
    """An OLX attribute as the platform reads it into a legacy block: JSON when it fits the field, else the bare text."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if fits(field, value) else text


@XBlock.wants("user")
class Container(XBlock):
    """A block that shows its children one below the other."""

    has_children = True
    completion_mode = XBlockCompletionMode.AGGREGATOR
    show_in_read_only_mode = True

    display_name = String(default=None, scope=Scope.settings)

    @classmethod
    def parse_xml(cls, node, runtime, keys):
        """The block that an element stands for, with its children.

        Values that do not fit their field are left out, with a note.
        """
        block = runtime.construct_xblock_from_class(cls, keys)
        attributes = {name: as_json(cls.field(name), text) for name, text in node.items() if cls.field(name)}
        attributes.update({name: value for name, value in runtime.get_policy(keys.usage_id).items() if cls.field(name)})
        for name, value in attributes.items():
            if fits(cls.field(name), value):
                setattr(block, name, cls.field(name).from_json(value))
            else:
                place = f'<{keys.usage_id.block_type} url_name="{keys.usage_id.block_id}">'
                runtime.error_tracker(f"{place}: the value of {name} is of the wrong kind; it was ignored.")
        for child in inner_blocks(node, keys.usage_id.block_type):
            runtime.add_node_as_child(block, child)
        return block

    @classmethod
    def field(cls, name):
        """The field of that name, mixed-in ones included; None for an attribute that is none."""
        found = cls.fields.get(name) or InheritanceMixin.fields.get(name)
        return None if found is None or found.scope in (Scope.children, Scope.parent) else found

    @classmethod
    def seen_children(cls, children, fields, person_key: str):
        """Which of `children` (usage keys, in order) the person sees. `fields` maps authored names to JSON values."""
        return list(children)

    def student_view(self, context=None):
        """The children, one below the other."""
        return self._below(context)

    def public_view(self, context=None):
        """As `student_view`: each child decides what visitors see of it."""
        return self._below(context)

    def author_view(self, context=None):
        """As `student_view`, with the children's views for authors."""
        return self._below(context)

    has_author_view = True

    def _below(self, context):
        fragment = Fragment()
        for child_id in self.runtime.seen_children(self.scope_ids.usage_id):
            child = self.runtime.get_block(child_id)
            shown = self.runtime.render(child, self.runtime.view_for(child), context)
            fragment.add_fragment_resources(shown)
            fragment.add_content(f'<div class="preview-nested">{shown.content}</div>')
        return fragment

    @staticmethod
    def _noted(note: str, below: Fragment) -> Fragment:
        """`below` with a note to the reader above it."""
        fragment = Fragment(format_html('<p class="preview-note">{}</p>', note))
        fragment.add_content(below.content)
        fragment.add_fragment_resources(below)
        return fragment


class CourseBlock(Container):
    """The course itself. Settings that no block asks for stay in `tree.CourseTree.policy`."""

    end = Date(scope=Scope.settings)
    advanced_modules = List(default=[], scope=Scope.settings)
    course_image = String(default="", scope=Scope.settings)
    language = String(default=None, scope=Scope.settings)
    lti_passports = List(default=[], scope=Scope.settings)
    learning_info = List(default=[], scope=Scope.settings)
    tabs = List(default=[], scope=Scope.settings)
    other_course_settings = Dict(default={}, scope=Scope.settings)
    video_bumper = Dict(default={}, scope=Scope.settings)
    data_dir = String(default="", scope=Scope.settings)


class ChapterBlock(Container):
    """A section of the outline."""


class SequentialBlock(Container):
    """A subsection: what is graded, and what the progress page lists."""

    hide_after_due = Boolean(default=False, scope=Scope.settings)
    is_practice_exam = Boolean(default=False, scope=Scope.settings)
    default_time_limit_minutes = Integer(default=None, scope=Scope.settings)


class VerticalBlock(Container):
    """A unit, or a group of blocks inside one."""


class ItemBankBlock(Container):
    """A random draw of its children: `itembank`, `library_content`.

    The draw needs no memory: every child has a rank that depends on the person and the bank, and the first `max_count` by
    rank are drawn. A child that is added later or taken away moves no other.
    """

    max_count = Integer(default=1, scope=Scope.settings)
    mode = String(default="random", scope=Scope.settings)
    weight = Float(default=None, scope=Scope.settings)

    @classmethod
    def seen_children(cls, children, fields, person_key):
        """The children drawn for the person, in the order of the course."""
        count = fields.get("max_count", 1)
        if count is None or count < 0 or count >= len(children):
            return list(children)
        ranked = sorted(children, key=lambda key: hashlib.sha256(f"{person_key}|{key}".encode()).digest())
        drawn = set(ranked[:count])
        return [key for key in children if key in drawn]


class RandomizeBlock(ItemBankBlock):
    """Shows one of its children."""

    @classmethod
    def seen_children(cls, children, fields, person_key):
        """The one child drawn for the person."""
        return super().seen_children(children, {"max_count": 1}, person_key)


class SplitTestBlock(Container):
    """An experiment. There are no groups in a preview: the first one is shown."""

    user_partition_id = Integer(default=-1, scope=Scope.content)
    group_id_to_child = Dict(default={}, scope=Scope.content)

    @classmethod
    def seen_children(cls, children, fields, person_key):
        """The children of the first group."""
        return list(children)[:1]

    def _below(self, context):
        note = _("The course splits learners into groups here. The preview shows the first group.")
        return self._noted(note, super()._below(context))


class ConditionalBlock(Container):
    """Content that another block unlocks. The preview does not ask the condition, so that authors can see it."""

    def _below(self, context):
        note = _("On Open edX this appears only when its condition is met. The preview always shows it.")
        return self._noted(note, super()._below(context))


CONTAINERS = {
    "course": CourseBlock,
    "chapter": ChapterBlock,
    "sequential": SequentialBlock,
    "vertical": VerticalBlock,
    "wrapper": VerticalBlock,
    "unit": VerticalBlock,
    "itembank": ItemBankBlock,
    "library_content": ItemBankBlock,
    "randomize": RandomizeBlock,
    "split_test": SplitTestBlock,
    "conditional": ConditionalBlock,
}
