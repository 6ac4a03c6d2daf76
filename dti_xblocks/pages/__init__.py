"""Values in, HTML out: no handler, no request, no block."""
