"""The course tool: validate, build and preview an OLX course."""
