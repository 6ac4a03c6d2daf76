"""What takes long to load is loaded when a problem asks for it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
SCRIPT = """
import sys, tempfile
from pathlib import Path
from dti_xblocks.course.preview.settings import configure
configure(Path(tempfile.mkdtemp()) / "state")
from dti_xblocks.course.preview.graders import NotRunError
from xblocks_contrib.problem.capa import inputtypes, responsetypes
heavy = lambda: [name for name in ("nltk", "sympy") if name in sys.modules]
print(heavy())
print(inputtypes.chemcalc.render_to_html("H2O"), heavy())
try:
    responsetypes.symmath_check("x", "x")
except NotRunError:
    print("not run", heavy())
import symmath
try:
    symmath.my_sympify("x")
except NotRunError:
    print("closed", heavy())
"""


def test_chemistry_and_symbolic_mathematics_are_loaded_when_they_are_used_and_as_guarded_as_before():
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.stdout.splitlines() == [
        "[]",
        "<span class=\"math\">H<sub>2</sub>O</span> ['nltk']",
        "not run ['nltk']",
        "closed ['nltk', 'sympy']",
    ], done.stderr
