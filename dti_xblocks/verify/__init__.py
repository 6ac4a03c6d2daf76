"""The public page on which anybody can check a pledge, by its code or its PDF file.

`address_of` is what others need: the address that stands on the paper and in its QR code.
"""

from .addresses import address_of

__all__ = ["address_of"]
