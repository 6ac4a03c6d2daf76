"""Run by test_packaging.py inside a fresh environment: prints what the installed package offers, as JSON.

With the argument "validate" its course tool checks its course as well.
"""

import hashlib
import importlib.metadata
import importlib.resources
import json
import pkgutil
import subprocess
import sys

import django
from django.conf import settings
from django.utils import translation

settings.configure(
    INSTALLED_APPS=["dti_xblocks.records"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    USE_TZ=True,
)
django.setup()

from xblock.core import XBlock  # noqa: E402 - Django must be set up first
from xblock.exceptions import DisallowedFileError  # noqa: E402

import dti_xblocks.records.migrations  # noqa: E402
from dti_xblocks.case_law.library import library  # noqa: E402
from dti_xblocks.course.source import shipped_course  # noqa: E402
from dti_xblocks.templating import render  # noqa: E402

NAMES = ["dti_activity", "dti_case_law", "dti_pledge", "dti_review", "dti_scenario", "dti_video"]


def files(folder, prefix=""):
    """What the platform's collectstatic would publish: everything below the block's resources_dir but Python."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from files(entry, f"{prefix}{entry.name}/")
        elif not entry.name.endswith((".py", ".pyc")):
            yield f"{prefix}{entry.name}"


def refused(block, uri):
    try:
        block.open_local_resource(uri).close()
    except (DisallowedFileError, FileNotFoundError):
        return True
    return False


def course():
    """The files of the course, each with the digest of what is in it. Films come with the course's archive, not with the package."""
    root = shipped_course()
    found = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".mp4")
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def validated():
    return subprocess.run([sys.executable, "-m", "dti_xblocks.course", "validate"], capture_output=True).returncode


blocks = [XBlock.load_class(name) for name in NAMES]
served = [f"{dti_xblocks.PUBLIC}/css/dti.css", f"{dti_xblocks.PUBLIC}/js/start.js"]
hidden = ["public/../../block.py", "templates/dti/block.html", f"{dti_xblocks.PUBLIC}/../templates/dti/block.html"]
assert all(len(block.open_local_resource(uri).read()) > 100 for block in blocks for uri in served)
assert "Hello" in render("dti/notice.html", {"message": "Hello"})
with translation.override("es-419"):
    assert translation.gettext("Sign the pledge") == "Firmar el compromiso"
web = importlib.resources.files("dti_xblocks") / blocks[0].resources_dir

print(
    json.dumps(
        {
            "package": dti_xblocks.__file__,
            "blocks": sorted(block.__name__ and name for block, name in zip(blocks, NAMES, strict=True)),
            "served": served,
            "refused": [uri for uri in hidden if all(refused(block, uri) for block in blocks)],
            "published": sorted(files(web)),
            "authorities": len(library().slugs),
            "migrations": [module.name for module in pkgutil.iter_modules(dti_xblocks.records.migrations.__path__)],
            "plugins": {
                group: next(p for p in importlib.metadata.entry_points(group=group) if p.name == "dti_records").load().__name__
                for group in ("lms.djangoapp", "cms.djangoapp")
            },
            "tutor": [
                p.name for p in importlib.metadata.entry_points(group="tutor.plugin.v1") if p.value.startswith("dti_xblocks")
            ],
            "course": course(),
            "validated": validated() if "validate" in sys.argv else None,
        }
    )
)
