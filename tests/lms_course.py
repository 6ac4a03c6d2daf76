"""The shipped course as Open edX would have it, for the staff's page: see `lms.course_of_staff`."""

from types import SimpleNamespace

from opaque_keys.edx.locator import BlockUsageLocator

from dti_xblocks.content import inner_xml
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course
from tests.lms import Structure

SCORED = ("problem", "dti_scenario", "dti_pledge")
GROUPS = ("course", "chapter", "sequential", "vertical", "itembank")


def shipped(course) -> tuple[Structure, list]:
    """(structure, our blocks) of our course, under the key `course`."""
    olx = read(shipped_course())
    keys = {id(block): BlockUsageLocator(course, block.tag, block.url_name or "course") for block in olx.blocks()}
    fields = {keys[id(block)]: _fields(block) for block in olx.blocks()}
    children = {keys[id(block)]: [keys[id(child)] for child in block.children] for block in olx.blocks() if block.children}
    ours = [_ours(block, keys[id(block)]) for block in olx.blocks() if block.tag.startswith("dti_")]
    return Structure(keys[id(olx.top)], children, fields), ours


def _fields(block) -> dict:
    return {
        "display_name": block.title,
        "graded": block.node.get("graded") == "true",
        "format": block.node.get("format"),
        "has_score": block.tag in SCORED,
        "completion_mode": "aggregator" if block.tag in GROUPS else "completable",
    }


def _ours(block, key) -> SimpleNamespace:
    node = block.node
    return SimpleNamespace(
        scope_ids=SimpleNamespace(usage_id=key),
        display_name=block.title,
        content=inner_xml(node),
        score_by=node.get("score_by", "choices"),
        pass_mark=int(node.get("pass_mark", 70)),
        valid_months=int(node.get("valid_months", 0)),
        remind_days=int(node.get("remind_days", 30)),
    )
