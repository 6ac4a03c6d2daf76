"""A course as it is in the platform's store."""

from __future__ import annotations

from collections import Counter
from typing import Any

OURS = ("dti_scenario", "dti_case_law", "dti_pledge", "dti_review", "dti_activity", "dti_video")
NO_CLASS = ("ErrorBlock", "NonStaffErrorBlock", "HiddenBlock", "RawBlock")


def tree(course: Any, *, draft: bool = False) -> list[Any]:
    """The blocks of a course in its order, the course first."""
    from xmodule.modulestore import ModuleStoreEnum
    from xmodule.modulestore.django import modulestore

    store = modulestore()
    branch = ModuleStoreEnum.Branch.draft_preferred if draft else ModuleStoreEnum.Branch.published_only
    found: list[Any] = []

    def walk(block: Any) -> None:
        found.append(block)
        for child in block.get_children():
            walk(child)

    with store.branch_setting(branch, course), store.bulk_operations(course):
        walk(store.get_course(course, depth=None))
    return found


def usage(block: Any) -> Any:
    """The usage key of a block, without branch and version."""
    return block.location.map_into_course(block.location.course_key.for_branch(None))


def kind(block: Any) -> str:
    """The type of a block."""
    return str(block.scope_ids.block_type)


def of_kind(blocks: list[Any], *kinds: str) -> list[Any]:
    """Those of `kinds`."""
    return [block for block in blocks if kind(block) in kinds]


def without_class(blocks: list[Any]) -> list[str]:
    """Those that the platform could not make."""
    return [str(block.location) for block in blocks if getattr(block, "unmixed_class", type(block)).__name__ in NO_CLASS]


def counts(blocks: list[Any]) -> str:
    """How many there are of each type."""
    return ", ".join(f"{number} {name}" for name, number in Counter(map(kind, blocks)).most_common())


def authored(block: Any) -> dict[str, Any]:
    """What an author has set: name of the field -> JSON value."""
    from xblock.fields import Scope

    passed_over = {"edited_on", "subtree_edited_on", "xml_attributes", "children", "parent", "copied_from_block", "upstream"}
    found = {}
    for scope in (Scope.settings, Scope.content):
        found.update(block.get_explicitly_set_fields_by_scope(scope))
    return {name: value for name, value in found.items() if name not in passed_over}
