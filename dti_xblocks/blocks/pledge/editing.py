"""The pledge's editor as the block class has it: see `studio.pledge.editor`."""

from ...studio.pledge.editor import check, fragment, problems_of, save

__all__ = ["check", "fragment", "problems_of", "save"]
