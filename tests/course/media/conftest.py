"""The drawing is tested on the current stack, which has the packages that draw."""

import sys

collect_ignore = ["test_drawing.py"] if sys.version_info < (3, 12) else []
