"""What can go wrong before a page is shown."""


class PreviewError(Exception):
    """The preview cannot start. The message is a sentence that says what to do."""
