"""Runs of scenarios: the journal of decisions, finished runs, and what staff ask of them."""
