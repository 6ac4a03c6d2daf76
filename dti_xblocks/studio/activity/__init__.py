"""The activity's editor in Studio."""
