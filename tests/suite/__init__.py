"""How the suite runs: what a machine needs for it, the order and the sharing of tests between processes, and the progress."""
