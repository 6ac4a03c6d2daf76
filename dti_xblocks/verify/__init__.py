"""The public page on which anybody can check a pledge, by its code or its PDF file."""
