"""The review's values as HTML."""
