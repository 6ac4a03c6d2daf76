"""Documents about a course as values, and the three writers that make a file of them: PDF, DOCX and Markdown."""

from __future__ import annotations

from .model import Blanks, Break, Bullets, Document, Heading, Note, Paragraph, Part, Table

__all__ = ["Blanks", "Break", "Bullets", "Document", "Heading", "Note", "Paragraph", "Part", "Table"]
