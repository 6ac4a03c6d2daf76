"""`python -m dti_xblocks.course`: the same as `dti-course`."""

import sys

from .cli import main

sys.exit(main())
