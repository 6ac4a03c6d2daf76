"""The film's values as HTML."""
