"""Graphs laid out in layers and lettered: knows nodes and edges, no scenario."""
