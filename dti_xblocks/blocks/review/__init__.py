"""The course review at work."""
