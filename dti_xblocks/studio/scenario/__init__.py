"""The visual editor of scenarios."""
