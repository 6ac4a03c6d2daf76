"""The activity's values as HTML."""
