"""The XBlock runtime of the preview: one per request, for one person, over one course tree."""

from __future__ import annotations

import functools
import json
import logging

from django.conf import settings
from django.db import transaction
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from web_fragments.fragment import Fragment
from xblock.completable import XBlockCompletionMode
from xblock.exceptions import NoSuchUsage
from xblock.fields import ScopeIds
from xblock.runtime import IdGenerator, IdReader, Runtime

from . import addresses
from .blocktypes import class_for
from .containers import Container
from .course_files import CourseFiles
from .graders import needs_python, note_on_python
from .grading import result_below
from .mixins import MIXINS
from .people import PEOPLE, Person
from .records import Records
from .services import ModuleStore, services_for
from .state import Overlay, PreviewFieldData, Store
from .tree import CourseTree

log = logging.getLogger(__name__)


class _Ids(IdReader, IdGenerator):
    """Usage keys and definition keys are the same keys; there are no asides."""

    def get_definition_id(self, usage_id):
        return usage_id

    def get_block_type(self, def_id):
        return def_id.block_type

    def create_definition(self, block_type, slug=None):
        raise NotImplementedError("The preview does not make blocks")

    create_usage = create_aside = get_usage_id_from_aside = get_definition_id_from_aside = create_definition
    get_aside_type_from_usage = get_aside_type_from_definition = create_definition


_IDS = _Ids()


class PreviewRuntime(Runtime):
    """Make one per request, inside `database.writing()`, and call `finish()` at the end."""

    def __init__(self, tree: CourseTree, person: Person, request_user=None):
        self.tree = tree
        self.person = person
        self.store = Store(person)
        self.overlay = Overlay()
        self.records = Records(person)
        super().__init__(
            _IDS,
            _IDS,
            mixins=MIXINS,
            services=services_for(person, tree, PreviewFieldData(tree, self.store, self.overlay), request_user),
        )
        # Names that the platform's runtime has and its blocks read.
        self.is_author_mode = person.in_studio
        self.course_id = tree.course_key
        self.anonymous_student_id = person.anonymous_id
        self.hostname = ""
        self.modulestore = ModuleStore(self)

    @functools.cached_property
    def resources_fs(self):
        """The files of the course; few requests ask for them."""
        return CourseFiles(self.tree.folder)

    @property
    def user_id(self):
        """The id of the person, None for a visitor."""
        return self.person.user_id

    @user_id.setter
    def user_id(self, _value):
        """The base class sets it; the person decides."""

    def finish(self) -> None:
        """Write what the blocks changed."""
        self.store.flush()

    def service(self, block, service_name):
        """As the base class has it. What holds the fields is asked for at each look at a field, and every block needs it."""
        if service_name == "field-data":
            return self._services[service_name]
        return super().service(block, service_name)

    # -- blocks ----------------------------------------------------------------------------------------------------------

    def load_block_type(self, block_type):
        """The class of a block type; a placeholder for unknown ones."""
        return class_for(block_type)

    def get_block(self, usage_id, for_parent=None):
        """The block for the person. Raises `NoSuchUsage`."""
        definition = self.tree.blocks.get(usage_id)
        if definition is None:
            raise NoSuchUsage(repr(usage_id))
        keys = ScopeIds(self.person.user_id, usage_id.block_type, usage_id, usage_id)
        extra = {"for_parent": for_parent} if for_parent is not None else {}
        return self.construct_xblock_from_class(definition.cls, keys, **extra)

    def seen_children(self, usage_id) -> list:
        """The children that this person sees: a bank draws, staff-only blocks show to staff."""
        definition = self.tree.blocks[usage_id]
        children = definition.children
        if issubclass(definition.cls, Container):
            children = definition.cls.seen_children(children, definition.fields, self.person.key)
        if self.person.is_staff:
            return list(children)
        return [key for key in children if not self.tree.blocks[key].fields.get("visible_to_staff_only")]

    def seen_below(self, usage_id):
        """Definitions that this person sees below `usage_id`, itself included, in order."""
        definition = self.tree.blocks[usage_id]
        yield definition
        if definition.children:
            for child in self.seen_children(usage_id):
                yield from self.seen_below(child)

    def seen_sequences(self):
        """(chapter, subsection, units) that this person sees, in order."""
        blocks = self.tree.blocks
        for chapter in self.seen_children(self.tree.root):
            for sequence in self.seen_children(chapter):
                yield blocks[chapter], blocks[sequence], [blocks[unit] for unit in self.seen_children(sequence)]

    def seen_units(self) -> list:
        """(chapter, subsection, unit) that this person sees, in order."""
        return [(chapter, sequence, unit) for chapter, sequence, units in self.seen_sequences() for unit in units]

    def get_asides(self, block):
        """There are no asides."""
        return []  # the base class would look through every installed package, on every rendering

    @property
    def enrolled_people(self) -> list[tuple[int, str, str]]:
        """(user id, username, full name) of the preview's learners."""
        learners = (person for person in PEOPLE.values() if person.tracks_progress and not person.is_staff)
        return [(person.user_id, person.username, person.full_name) for person in learners if person.user_id is not None]

    def course_result(self, name: str):
        """(title, earned, possible, attempted) of the person in the part of the course with this url_name, or None."""
        return result_below(self, name)

    def course_share_done(self) -> float:
        """The share of what can be completed in the course that the person has completed."""
        done, units = self.records.completed(), [unit for *_groups, units in self.seen_sequences() for unit in units]
        inside = [one for unit in units for one in self.seen_below(unit.key) if not one.children]
        leaves = [str(one.key) for one in inside if completion_mode(one.cls) == XBlockCompletionMode.COMPLETABLE]
        return sum(done.get(key, 0.0) >= 1.0 for key in leaves) / len(leaves) if leaves else 0.0

    # -- views -----------------------------------------------------------------------------------------------------------

    def view_for(self, block) -> str:
        """The view that this person gets of the block."""
        if self.person.in_studio:
            return "author_view" if getattr(block, "has_author_view", False) else "student_view"
        return "student_view" if self.person.is_authenticated else "public_view"

    def render(self, block, view_name, context=None):
        """As the base class, but an exception shows a notice in the block's place and undoes what the block wrote."""
        snapshot = self.store.snapshot()
        try:
            with transaction.atomic():
                fragment = super().render(block, view_name, context if context is not None else {})
        except Exception as error:
            self.store.restore(snapshot)
            log.exception("%s of %s failed", view_name, block.scope_ids.usage_id)
            return self._failure(block, error)
        if self.person.tracks_progress and completes_on_view(block):
            self.records.complete(block.scope_ids.usage_id, 1.0)
        return fragment

    def _failure(self, block, error) -> Fragment:
        name = getattr(block, "display_name_with_default", None) or block.scope_ids.block_type
        detail = format_html("<pre>{}: {}</pre>", type(error).__name__, error) if self.person.is_staff else ""
        return Fragment(
            format_html(
                '<div class="preview-notice preview-failure" role="group"><h3>{}</h3><p>{}</p>{}</div>',
                name,
                _("This block could not be shown. The rest of the page is not affected; the log of the preview says why."),
                detail,
            )
        )

    def wrap_xblock(self, block, view, frag, context):
        """The markup by which the page's script finds the block and starts it, as on the platform."""
        usage = str(block.scope_ids.usage_id)
        block_type = block.scope_ids.block_type
        class_name = getattr(block, "unmixed_class", type(block)).__name__
        attributes = {
            "class": f"xblock xblock-{view} xblock-{view}-{block_type} xmodule_display xmodule_{class_name}",
            "data-block-type": block_type,
            "data-usage": usage,
            "data-usage-id": usage,
            "data-course-id": str(self.tree.course_key),
            "data-handler-prefix": addresses.handler(self.person, block.scope_ids.usage_id, ""),
        }
        script = self._note_on_python(block) if view != "studio_view" else ""
        if frag.js_init_fn:
            attributes["data-init"] = frag.js_init_fn
            attributes["data-runtime-class"] = "StudioRuntime" if self.person.in_studio else "LmsRuntime"
            attributes["data-runtime-version"] = str(frag.js_init_version)
            if frag.json_init_args is not None:
                # "</" inside a script element would end it
                arguments = json.dumps(frag.json_init_args).replace("</", "<\\/")
                script += f'<script type="json/xblock-args" class="xblock_json_init_args">{arguments}</script>'
        opening = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
        wrapped = Fragment()
        wrapped.add_content(f"<div{opening}>{self.tree.static.rewrite(frag.body_html() + script)}</div>")
        wrapped.add_fragment_resources(frag)
        return wrapped

    @staticmethod
    def _note_on_python(block) -> str:
        """A sentence below a problem that cannot work here, and how it can."""
        if settings.DTI_PREVIEW_RUN_PYTHON or not needs_python(str(getattr(block, "data", ""))):
            return ""
        return format_html('<p class="preview-note">{}</p>', note_on_python())

    # -- addresses -------------------------------------------------------------------------------------------------------

    def handler_url(self, block, handler_name, suffix="", query="", thirdparty=False):
        """The address of a block's handler for the person."""
        address = addresses.handler(self.person, block.scope_ids.usage_id, handler_name, suffix)
        if query:
            return f"{address}?{query}"
        return address + "/?" if self.person.in_studio and not suffix else address

    def local_resource_url(self, block, uri):
        """The address of a file in a block's package."""
        return addresses.resource(block.scope_ids.block_type if block.scope_ids else block.entry_point, uri)

    def resource_url(self, resource):
        """The address of one of the page's own files."""
        return addresses.page_asset(resource)

    # -- events ----------------------------------------------------------------------------------------------------------

    def publish(self, block, event_type, event_data):
        """Grades, completion and everything else. In Studio and for visitors nothing is kept, as on the platform."""
        if not self.person.tracks_progress:
            return
        usage = block.scope_ids.usage_id
        if event_type == "grade":
            self._grade(block, event_data)
        elif event_type == "completion":
            self.records.complete(usage, float(event_data.get("completion", 0.0)))
        elif event_type == "progress":
            return  # deprecated on the platform: it says nothing
        else:
            self.records.event(usage, event_type, event_data)

    def _grade(self, block, data):
        usage = block.scope_ids.usage_id
        possible = data.get("max_value")
        if data.get("score_deleted") or not possible:
            self.records.forget_score(usage)
        else:
            self.records.score(usage, float(data.get("value") or 0.0), float(possible), bool(data.get("only_if_higher")))
        if getattr(block, "has_score", False) and not getattr(block, "has_custom_completion", False):
            self.records.complete(usage, 1.0)


def completion_mode(cls) -> str:
    """completable, aggregator or excluded."""
    return XBlockCompletionMode.get_mode(cls)


def completes_on_view(block) -> bool:
    """The platform's rule: no score, no completion of its own, and something to complete.

    Asked of the instance: whether an LTI block has a score is one of its settings.
    """
    return (
        completion_mode(type(block)) == XBlockCompletionMode.COMPLETABLE
        and not getattr(block, "has_score", False)
        and not getattr(block, "has_custom_completion", False)
    )
