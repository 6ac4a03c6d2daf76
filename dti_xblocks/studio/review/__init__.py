"""The review's editor in Studio."""
