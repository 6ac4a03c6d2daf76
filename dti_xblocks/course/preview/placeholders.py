"""Blocks that stand for what cannot be shown: a type that is not installed, a forum, an element that does not parse."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import Scope, String


class Placeholder(XBlock):
    """A notice in place of a block. It has nothing to complete and no score."""

    completion_mode = XBlockCompletionMode.EXCLUDED
    show_in_read_only_mode = True

    display_name = String(default=None, scope=Scope.settings)
    reason = String(default="", scope=Scope.content)

    @classmethod
    def parse_xml(cls, node, runtime, keys):
        """Only the title is read: the rest belongs to what is not here."""
        block = runtime.construct_xblock_from_class(cls, keys)
        if node.get("display_name"):
            block.display_name = node.get("display_name")
        return block

    def sentence(self) -> str:
        """What the notice says."""
        raise NotImplementedError

    def student_view(self, context=None):
        """The notice."""
        title = self.display_name or self.scope_ids.block_type
        return Fragment(format_html('<div class="preview-notice"><h3>{}</h3><p>{}</p></div>', title, self.sentence()))

    public_view = student_view
    author_view = student_view


class UnknownBlock(Placeholder):
    """A type that is not installed here."""

    def sentence(self):
        """What the notice says."""
        return _(
            "This block is of type “{block_type}”, which is not installed here. Open edX shows nothing to learners "
            "when it is not installed there either."
        ).format(block_type=self.scope_ids.block_type)


class DiscussionBlock(Placeholder):
    """A forum topic. A preview has no forum."""

    discussion_category = String(default="", scope=Scope.settings)
    discussion_target = String(default="", scope=Scope.settings)
    discussion_id = String(default="", scope=Scope.settings)

    @classmethod
    def parse_xml(cls, node, runtime, keys):
        """The title and the place of the topic."""
        block = super().parse_xml(node, runtime, keys)
        for name in ("discussion_category", "discussion_target", "discussion_id"):
            if node.get(name):
                setattr(block, name, node.get(name))
        return block

    def sentence(self):
        """What the notice says."""
        topic = " / ".join(part for part in (self.discussion_category, self.discussion_target) if part)
        if topic:
            return _("A discussion stands here on Open edX: {topic}. The preview has no forum.").format(topic=topic)
        return _("A discussion stands here on Open edX. The preview has no forum.")


class BrokenBlock(Placeholder):
    """An element that its block type could not read."""

    def sentence(self):
        """What the notice says."""
        return _("This block of type “{block_type}” could not be read from the course: {reason}").format(
            block_type=self.scope_ids.block_type, reason=self.reason
        )
