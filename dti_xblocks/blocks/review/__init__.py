"""What the review block is made of: its screen, sending a review, the report for staff."""
