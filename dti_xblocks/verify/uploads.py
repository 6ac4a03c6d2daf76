"""Taking a file that anybody may send: into memory, never onto a disk, and not more than so much of it."""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

LARGEST = 5 * 1024**2  # bytes of a file; a pledge has some tens of thousands
AROUND = 16 * 1024  # bytes of a form beside its file


class TooLargeError(Exception):
    """The body of the request, or the file in it, is larger than is taken."""


class DamagedError(Exception):
    """The body of the request is no form."""


class InMemory(FileUploadHandler):
    """Keeps what arrives in memory. Django's own would write files of more than 2.5 MB to a disk."""

    def new_file(self, *args, **kwargs):
        """See Django."""
        super().new_file(*args, **kwargs)
        self.body = BytesIO()

    def receive_data_chunk(self, raw_data, start):
        """See Django. Nothing is left for other handlers."""
        self.body.write(raw_data)

    def file_complete(self, file_size):
        """See Django."""
        self.body.seek(0)
        return InMemoryUploadedFile(
            self.body, self.field_name, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra
        )


def entries(request) -> tuple[str | None, bytes | None]:
    """(code, file) of the form that was sent; None for what is not in it.

    Raises `TooLargeError`, before anything is read, and `DamagedError`.
    """
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise DamagedError from error
    if length > LARGEST + AROUND:
        raise TooLargeError
    if not hasattr(request, "_files"):  # else a middleware has read the form, and Django allows no other way any more
        request.upload_handlers = [InMemory(request)]
    try:
        code, file = request.POST.get("code"), request.FILES.get("file")
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError) as error:
        raise DamagedError from error
    if file is not None and file.size > LARGEST:
        raise TooLargeError
    return code, file.read() if file is not None else None
