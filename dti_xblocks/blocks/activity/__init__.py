"""What the activity block is made of: its screen, a try, words of one's own, the report for staff, what the platform takes."""
