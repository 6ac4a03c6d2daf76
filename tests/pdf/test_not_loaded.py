"""What draws PDF files is loaded where one is drawn, not by a web worker of the LMS that shows pages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
HEAVY = ("weasyprint", "pydyf", "fontTools", "tinycss2", "pyhanko", "pypdf")
PAGES = """
import json, sys, tempfile
from pathlib import Path
from dti_xblocks.course.preview.settings import configure
configure(Path(tempfile.mkdtemp()))
from django.core.management import call_command
call_command("migrate", verbosity=0)
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.content import inner_xml
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from tests.runtime import ANONYMOUS, LEARNER, STAFF, again, get, make_block, page

VIEWS = (("student_view", LEARNER, ""), ("student_view", STAFF, ""), ("public_view", ANONYMOUS, ""),
         ("author_view", STAFF, "preview"), ("studio_view", STAFF, "handler"))
REPORTS = {
    ScenarioBlock: ("report", "report?part=map"),
    CaseLawBlock: ("contents", "packet", "my_notes", "sources_csv", "read?ref=tennessee-v-garner"),
    PledgeBlock: ("signatures", "signatures_csv", "not_signed_csv", "files_state"),
    ReviewBlock: ("reviews_csv",),
}
course, shown = read(shipped_course()), {}
for cls, asked in REPORTS.items():
    tag = f"dti_{cls.kind.replace('-', '_')}"
    block = make_block(cls, min((inner_xml(one.node) for one in course.blocks(tag)), key=len), user=STAFF)
    for view, who, studio in VIEWS:
        shown[f"{tag} {view} {who.username}"] = len(page(again(block, who, studio=studio), view)) > 100
    block = again(block, STAFF, studio="")
    for one in asked:
        handler, _, query = one.partition("?")
        shown[f"{tag} {one}"] = get(block, handler, query).status_code == 200
print(json.dumps({"shown": shown, "modules": [name for name in sys.argv[1:] if name in sys.modules]}))
"""


def test_no_page_loads_what_makes_pdf_files():
    done = subprocess.run([sys.executable, "-c", PAGES, *HEAVY], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["modules"] == []
    assert [name for name, fine in seen["shown"].items() if not fine] == [] and len(seen["shown"]) == 32
