"""XBlocks and a course on the duty to intervene, for Open edX."""

__version__ = "0.1.0"

# Where the browser files lie below web/. The version is part of their address, see docs/decisions/0001-static-files.md.
PUBLIC = f"public/v{__version__.replace('.', '_')}"
