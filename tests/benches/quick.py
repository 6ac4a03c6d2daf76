"""With DTI_BENCH_QUICK in the environment every bench measures little: the suite runs it so (`test_benches.py`), lest it rot."""

import os

QUICK = bool(os.environ.get("DTI_BENCH_QUICK"))
