"""What the film block is made of: its screen, what learners' requests do, score and completion, the report for staff."""
