"""Files: the page's own, those of blocks' packages, and those of the course (with byte ranges, which video needs)."""

from __future__ import annotations

import functools
import importlib.util
import mimetypes
import re
from importlib import resources
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _

from ..blocktypes import class_for
from ..confine import file_below
from ..services import without_foreign_files

HERE = Path(__file__).resolve().parent.parent / "assets"
# Scripts in the versions that an Open edX page has, where their packages keep them: name -> (package, path).
VENDOR = {
    "vendor/jquery.js": ("workbench", "static/workbench/js/vendor/jquery.min.js"),
    "vendor/jquery.cookie.js": ("workbench", "static/workbench/js/vendor/jquery.cookie.js"),
    "vendor/underscore.js": ("workbench", "static/workbench/js/vendor/underscore-min.js"),
    "vendor/jquery-ui.js": ("xstatic.pkg.jquery_ui", "data/jquery-ui.min.js"),
    "vendor/jquery-ui.css": ("xstatic.pkg.jquery_ui", "data/jquery-ui.min.css"),
    "vendor/font-awesome.css": ("xstatic.pkg.font_awesome", "data/css/font-awesome.min.css"),
    "vendor/mathjax.js": ("mathjax", "static/mathjax/es5/tex-mml-chtml.js"),
}
# Folders from which such a file loads more.
VENDOR_FOLDERS = {
    "fonts/": ("xstatic.pkg.font_awesome", "data/fonts"),  # font-awesome.css asks for ../fonts/
    "vendor/images/": ("xstatic.pkg.jquery_ui", "data/images"),
    "js/capa/": ("xblocks_contrib", "problem/capa/static/js/capa"),  # scripts that problems load by themselves
    "vendor/input/": ("mathjax", "static/mathjax/es5/input"),
    "vendor/output/": ("mathjax", "static/mathjax/es5/output"),
    "vendor/a11y/": ("mathjax", "static/mathjax/es5/a11y"),
    "vendor/sre/": ("mathjax", "static/mathjax/es5/sre"),
    "vendor/ui/": ("mathjax", "static/mathjax/es5/ui"),
}
RANGE = re.compile(r"^bytes=([0-9]*)-([0-9]*)$")
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".srt": "text/plain", ".vtt": "text/vtt", ".svg": "image/svg+xml"}


def page_asset(_request, name: str):
    """A script, stylesheet or font of the page."""
    path = _page_file(name)
    if path is None:
        raise Http404
    return _file(path, kept_for=0 if path.is_relative_to(HERE) else 86400)


def _page_file(name: str) -> Path | None:
    if name in VENDOR:
        return _in_package(*VENDOR[name])
    for prefix, (package, folder) in VENDOR_FOLDERS.items():
        if name.startswith(prefix):
            return _in_package(package, folder, name.removeprefix(prefix))
    return file_below(HERE, name)


def _in_package(package: str, path: str, rest: str = "") -> Path | None:
    root = _package_folder(package)
    return file_below(root / path, rest) if root else None


@functools.cache
def _package_folder(package: str) -> Path | None:
    """Where an installed package lies. It is found, not imported: the workbench wants to be a Django project."""
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ModuleNotFoundError):
        return None
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def block_resource(_request, block_type: str, uri: str):
    """A file that a block class serves: through its own `open_local_resource`, as in the platform's development mode.

    The platform's extracted blocks ask for `problem/public/...`, which production finds one folder above their package.
    """
    cls = class_for(block_type)
    try:
        with cls.open_local_resource(uri) as file:
            content = file.read()
    except Exception:
        path = _one_folder_up(cls, uri)
        if path is None:
            raise Http404(_("This block has no such file.")) from None
        content = path.read_bytes()
    content_type = _type_of(uri)
    if content_type == "text/css":
        content = without_foreign_files(content.decode("utf-8", "replace")).encode()
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = "no-cache"
    return response


def _one_folder_up(cls, uri: str) -> Path | None:
    folder, _slash, rest = uri.partition("/")
    if not rest.startswith("public/"):
        return None
    try:
        package = resources.files(cls.__module__.rpartition(".")[0])
    except (ModuleNotFoundError, ValueError, TypeError):
        return None
    package = Path(str(package))
    return file_below(package / "public", rest.removeprefix("public/")) if package.name == folder else None


def course_file(request, name: str):
    """A file of the course's static/ folder.

    `/static/x` is answered too: links that Open edX's rewriting misses work here and not there, which validation reports.
    """
    path = request.META["dti.preview"].tree().static.find(name)
    if path is None:
        raise Http404(_("The course has no file of this name in its static folder."))
    return _ranged(request, path)


def no_icon(_request):
    """Browsers ask for an icon of the site: there is none."""
    return HttpResponse(status=204)


def _type_of(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _file(path: Path, kept_for: int):
    response = FileResponse(path.open("rb"), content_type=_type_of(path.name))
    response["Cache-Control"] = f"max-age={kept_for}" if kept_for else "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class _Slice:
    """`length` bytes of an open file; `FileResponse` closes it."""

    def __init__(self, file, length: int):
        self.file = file
        self.left = length

    def read(self, size: int = -1) -> bytes:
        size = self.left if size < 0 else min(size, self.left)
        data = self.file.read(size)
        self.left -= len(data)
        return data

    def close(self):
        self.file.close()


def _number(digits: str) -> int:
    """Beyond every file's size it does not matter how far; Python refuses to read thousands of digits."""
    return int(digits) if len(digits) < 4000 else 2**63


def _ranged(request, path: Path):
    """The whole file, or the bytes asked for (206), or 416. Browsers cannot seek in a video without."""
    size = path.stat().st_size
    match = RANGE.match(request.headers.get("Range", ""))
    if not match or not (match[1] or match[2]):
        response = _file(path, 0)
        response["Content-Length"] = str(size)
    else:
        first = _number(match[1]) if match[1] else max(0, size - _number(match[2]))
        last = min(_number(match[2]), size - 1) if match[1] and match[2] else size - 1
        if first > last or first >= size:
            response = HttpResponse(status=416)
            response["Content-Range"] = f"bytes */{size}"
            return response
        file = path.open("rb")
        file.seek(first)
        response = FileResponse(_Slice(file, last - first + 1), status=206, content_type=_type_of(path.name))
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
        response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    if path.suffix.lower() in {".html", ".htm", ".svg", ".xml"}:
        # A course's own pages run their scripts, but not with the preview's cookies and forms.
        response["Content-Security-Policy"] = "sandbox allow-scripts allow-popups allow-forms"
    return response
