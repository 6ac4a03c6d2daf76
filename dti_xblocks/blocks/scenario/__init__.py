"""The scenario as learners play it and staff read about it: runs, scores, screens, reports."""
