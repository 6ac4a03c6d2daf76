"""The course's folder as the file system that blocks are given."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from fs import errors
from fs.mode import Mode
from fs.osfs import OSFS

from .confine import MAX_FILE


class CourseFiles(OSFS):
    """Read only, confined to the folder: PyFilesystem itself refuses `..` but follows symbolic links anywhere.

    `bytes_opened` counts what was opened, so that a reader of a hostile course can stop.
    """

    def __init__(self, folder: Path):
        super().__init__(str(folder), expand_vars=False)
        self._confines = os.path.realpath(os.fsencode(self._root_path))
        self.bytes_opened = 0

    def _to_sys_path(self, path):
        sys_path = super()._to_sys_path(path)
        real = os.path.realpath(sys_path)
        if real != self._confines and not real.startswith(self._confines.rstrip(b"/") + b"/"):
            raise errors.ResourceNotFound(path)
        return sys_path

    def getsyspath(self, path):
        """The path of a file on this machine."""
        self._to_sys_path(path)
        return super().getsyspath(path)

    def open(self, path, mode="r", *args, **options):
        """A file of the course, as text or bytes by `mode`; for reading only."""
        self._check(path, mode)
        return super().open(path, mode, *args, **options)

    def openbin(self, path, mode="r", *args, **options):
        """A file of the course as bytes."""
        self._check(path, mode)
        return super().openbin(path, mode, *args, **options)

    def _check(self, path, mode):
        if Mode(mode).writing:
            raise errors.ResourceReadOnly(path)
        try:
            status = os.stat(self._to_sys_path(self.validatepath(path)))
        except OSError:
            return  # the base class says it in its own words
        if not stat.S_ISREG(status.st_mode):
            raise errors.FileExpected(path)
        if status.st_size > MAX_FILE:
            raise errors.OperationFailed(path, msg=f"The file {path} is larger than {MAX_FILE // 1024**2} MiB.")
        self.bytes_opened += status.st_size
