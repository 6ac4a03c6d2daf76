"""Authorities and packets as values for templates, and as whole documents."""
