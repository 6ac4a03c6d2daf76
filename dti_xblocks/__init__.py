"""XBlocks and a course on the duty to intervene, for Open edX."""

__version__ = "0.1.0"
