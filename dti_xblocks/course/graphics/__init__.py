"""Information graphics in lessons: SVG with real text for wide pages, and the same as a list for phones and screen readers."""

from __future__ import annotations

from .model import Graphic, GraphicsError, Item, graphics
from .pages import figure, with_graphics, write_graphics

__all__ = ["Graphic", "GraphicsError", "Item", "figure", "graphics", "with_graphics", "write_graphics"]
