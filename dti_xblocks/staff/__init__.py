"""The page about a course for its staff: its people and how far they are, a roster to print, a CSV file, and what was hardest."""
