"""Reviews of the course."""
