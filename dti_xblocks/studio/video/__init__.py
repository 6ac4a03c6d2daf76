"""The film's editor in Studio."""
