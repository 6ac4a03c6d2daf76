"""How learners stand in activities."""
