"""What learners watched and answered in films."""
