"""One reading of a course: every element through its block class's own `parse_xml`, as an import does it."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from lxml import etree
from xblock.exceptions import NoSuchServiceError
from xblock.field_data import FieldData
from xblock.fields import Scope, ScopeIds
from xblock.runtime import IdGenerator, IdReader, NullI18nService, Runtime

from ..tags import is_pointer, name_of, pointed_file
from . import files
from .blocktypes import class_for, follows_pointers
from .bounds import MAX_BLOCKS, MAX_DEPTH, MAX_READ, MAX_USES, sound_fields, sound_settings
from .confine import Notes, is_text_of, plain
from .course_files import CourseFiles
from .errors import PreviewError
from .mixins import MIXINS
from .placeholders import BrokenBlock


class _Authored(FieldData):
    """Collects what `parse_xml` sets, as JSON, one dictionary per block."""

    def __init__(self):
        self.values: dict = {}

    def _of(self, block) -> dict:
        return self.values.setdefault(block.scope_ids.usage_id, {})

    def get(self, block, name):
        return self._of(block)[name]

    def set(self, block, name, value):
        self._of(block)[name] = value

    def delete(self, block, name):
        del self._of(block)[name]

    def has(self, block, name):
        return name in self._of(block)


class _Keys(IdReader, IdGenerator):
    """Usage keys are definition keys here: one definition, one use."""

    def __init__(self, course_key):
        self.course_key = course_key

    def create_definition(self, block_type, slug=None):
        return self.course_key.make_usage_key(block_type, slug)

    def create_usage(self, def_id):
        return def_id

    def get_usage_id_from_aside(self, aside_id):
        raise NotImplementedError

    get_definition_id_from_aside = get_aside_type_from_usage = get_aside_type_from_definition = get_usage_id_from_aside

    def create_aside(self, definition_id, usage_id, aside_type):
        raise NotImplementedError

    def get_definition_id(self, usage_id):
        return usage_id

    def get_block_type(self, def_id):
        return def_id.block_type


class Reading(Runtime):
    """The runtime that blocks see while they are parsed, with the attributes that the platform's importer has."""

    def __init__(self, folder: Path, course_key, policy: dict, notes: Notes):
        ids = _Keys(course_key)
        self.authored = _Authored()
        super().__init__(ids, ids, mixins=MIXINS, services={"field-data": self.authored, "i18n": NullI18nService()})
        self.folder = folder
        self.course_id = course_key
        self.policy = policy
        self.resources_fs = CourseFiles(folder)
        self.results: dict = {}
        self.children: dict = {}
        self.classes: dict = {}
        self.warnings = notes
        self._depth = 0
        self._open: list = []
        self._taken: set = set()
        self._numbers: dict = {}
        self._bytes = 0

    # -- what parse_xml asks for ----------------------------------------------------------------------------------------

    def get_policy(self, usage_id):
        """The settings that the policy has for a block."""
        place = f"{usage_id.block_type}/{usage_id.block_id}"
        return sound_settings(class_for(usage_id.block_type), self.policy.get(place, {}), place, self.warnings.append)

    def parse_asides(self, *_args, **_kwargs):
        """There are no asides."""
        return []

    def get_asides(self, block):
        """There are no asides."""
        return []

    def error_tracker(self, message):
        """Note what a block could not read."""
        self.warnings.append(str(message))

    def load_block_type(self, block_type):
        """The class of a block type; a placeholder for unknown ones."""
        return class_for(block_type)

    def service(self, block, service_name):
        """Importing offers no services beyond these; a block that needs another then must do without."""
        try:
            return super().service(block, service_name)
        except NoSuchServiceError:
            return None

    def add_node_as_child(self, block, node):
        """Read an element inside a block as its child; a note where the block keeps no children."""
        if not getattr(block, "has_children", False):
            self.warnings.append(
                f'<{block.scope_ids.block_type} url_name="{block.scope_ids.usage_id.block_id}"> has an element <{node.tag}> '
                "inside that its block type does not keep: Open edX would lose it on import."
            )
            return
        child = self.add(node, block.scope_ids.usage_id)
        if child is not None:
            block.children.append(child)

    def handler_url(self, *_args, **_kwargs):
        """While a course is read nothing has an address."""
        return ""

    local_resource_url = resource_url = handler_url

    def publish(self, *_args, **_kwargs):
        """Nothing is published while reading."""

    # -- one element -----------------------------------------------------------------------------------------------------

    def add(self, node, parent):
        """Read `node` and everything below it; its usage key, or None for what is not an element.

        Raises `PreviewError` for a course without end: a few files that point at each other twice are millions of blocks.
        """
        if not isinstance(node.tag, str):
            return None
        if len(self._taken) >= MAX_BLOCKS:
            raise PreviewError(
                f"The course has more than {MAX_BLOCKS:,} blocks. Perhaps files point at each other again and again."
            )
        if self._bytes + self.resources_fs.bytes_opened > MAX_READ:
            raise PreviewError(
                f"The course has more than {MAX_READ // 1024**2} MiB of text. Perhaps one large file is used again and again."
            )
        if self._depth >= MAX_DEPTH:
            self.warnings.append(f"<{node.tag}> is nested deeper than {MAX_DEPTH} levels and was left out.")
            return None
        self._depth += 1
        try:
            return self._add(node, parent)
        finally:
            self._depth -= 1

    def _add(self, node, parent):
        node.attrib.pop("xblock-family", None)
        cls = class_for(node.tag)
        url_name = name_of(node) or self._made_up_name(node)
        reason = ""
        if (node.tag, url_name) in self._open:
            self.warnings.append(f'<{node.tag} url_name="{url_name}"> contains itself; the inner one was left out.')
            return None
        if is_pointer(node):
            path = self.folder / pointed_file(node)
            has_file = is_text_of(self.folder, path)
            if follows_pointers(node.tag, has_file):
                self._bytes += path.stat().st_size if has_file else 0
                node, reason = files.follow(self.folder, node)
            elif has_file:
                self.warnings.append(
                    f'<{node.tag} url_name="{url_name}"> points at a file, which Open edX does not read for this block type: '
                    "the block gets default values. Write it inline."
                )
        if node.tag != "course" or node.get("url_name"):
            node.set("url_name", url_name)
        key = self._free_key(node.tag, url_name)
        self._open.append((node.tag, url_name))
        try:
            block = None if reason else self._parsed(cls, node, key)
        finally:
            self._open.pop()
        if block is None:
            cls = BrokenBlock
            reason = reason or self._reason
            self.warnings.append(f'<{node.tag} url_name="{url_name}"> could not be read: {reason}')
            fields = {"reason": reason, **({"display_name": node.get("display_name")} if node.get("display_name") else {})}
            children = []
        else:
            cls = getattr(block, "unmixed_class", type(block))
            children = [child for child in (block.children if cls.has_children else []) if child in self.results]
            own = {name for name, field in block.fields.items() if field.scope not in (Scope.children, Scope.parent)}
            fields = {name: value for name, value in self.authored.values.get(key, {}).items() if name in own}
            fields = sound_fields(key, fields, block.fields, self.warnings.append)
            self._note_on_video(key, fields)
        self.classes[key] = cls
        self.children[key] = children
        self.results[key] = fields
        return key

    def _parsed(self, cls, node, key):
        """The block, or None when its class refuses the element; then `_reason` says why."""
        self._reason = ""
        try:
            block = self.mixologist.mix(cls).parse_xml(node, self, ScopeIds(None, node.tag, key, key))
            block.save()
            return block
        except PreviewError:
            raise
        except Exception as error:
            logging.getLogger(__name__).info("Reading %s failed", key, exc_info=True)
            self._reason = str(error) or type(error).__name__
            return None

    def _free_key(self, tag, url_name):
        key = _usage_key(self.course_id, tag, url_name)
        if key.block_id != url_name:
            self.warnings.append(f'<{tag} url_name="{url_name}">: Open edX can make no key of this name; its import stops here.')
        if key in self._taken:
            self.warnings.append(f'<{tag} url_name="{url_name}"> appears more than once; Open edX would keep one of them.')
            while key in self._taken:
                number = self._numbers[tag, url_name] = self._numbers.get((tag, url_name), 1) + 1
                if number > MAX_USES:
                    name = plain(f'<{tag} url_name="{url_name}">')
                    raise PreviewError(f"The course uses {name} more than {MAX_USES} times. Perhaps files point at each other.")
                key = _usage_key(self.course_id, tag, f"{url_name}-{number}")
        self._taken.add(key)
        return key

    def _note_on_video(self, key, fields):
        """Seen on Open edX: its player asks for the address as it is written, and nothing is there."""
        for source in fields.get("html5_sources") or () if key.block_type == "video" else ():
            if str(source).startswith("/static/"):
                self.warnings.append(
                    f'<video url_name="{key.block_id}"> plays {source} in the preview, but not on Open edX, whose player does '
                    "not find files of the course. Give a full address, or show the file with <video> in an html block."
                )

    def _made_up_name(self, node):
        """The platform invents a name too; ours depends on the text only, so that it is the same tomorrow."""
        return f"{node.tag}_{hashlib.sha256(etree.tostring(node)).hexdigest()[:12]}"


def _usage_key(course_key, tag, url_name):
    """A usage key; characters that keys cannot hold become `_`."""
    safe = "".join(char if char.isalnum() or char in "_-~.:" else "_" for char in url_name)
    return course_key.make_usage_key(tag, safe)
