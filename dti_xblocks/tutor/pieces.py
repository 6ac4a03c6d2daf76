"""What the plugin consists of, as values: texts that Tutor renders, and scripts that it runs in a container.

Nothing of Tutor is imported here. A script is a pair: the service whose job container runs it, and the shell commands.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

SERVICE = "dti"  # a container like that of the LMS which, unlike Tutor's own for jobs, has the site's private files
SHIPPED = "course-v1:DTI+DTI101+v1"
LANGUAGES = {"": SHIPPED, "es-419": f"{SHIPPED}-es"}  # in which the course ships, with the keys that it has in them
MODES = ("honor", "verified", "professional", "no-id-professional")
DEFAULTS = {
    "DTI_KEYS_FOLDER": "/openedx/media-private/dti-keys",
    "DTI_INSTITUTION": "{{ PLATFORM_NAME }}",
    "DTI_FONT_PACKAGES": "fonts-noto-core",
}
HERE = Path(__file__).parent

Script = tuple[str, str]


def patches() -> dict[str, str]:
    """The text of each of Tutor's patches that the plugin adds to, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((HERE / "patches").iterdir()) if path.is_file()}


def init() -> Script:
    """What `tutor local do init` does for us: tables and keys. Run again, it changes nothing."""
    return SERVICE, (HERE / "jobs/init.sh").read_text(encoding="utf-8")


def setup(course: str, mode: str, move_auditors: bool) -> Iterator[Script]:
    """The course earns certificates, and its authors find the blocks."""
    key = shlex.quote(course)
    move = " --move-auditors" if move_auditors else ""
    yield "lms", f"./manage.py lms dti_setup --course {key} --mode {shlex.quote(mode)}{move}"
    yield "cms", f"./manage.py cms dti_setup --course {key} --menu"


def bring(course: str, again: bool, language: str = "") -> Iterator[Script]:
    """The course that ships in the image comes into Studio, under the key of its language where `course` is ""."""
    asked = [*(["--language", language] if language else []), *(["--again"] if again else [])]
    key = course or LANGUAGES[language]
    yield "cms", " ".join(["./manage.py cms dti_import --course", shlex.quote(key), *asked])


def doctor(course: str) -> Iterator[Script]:
    """The LMS is checked, in a container that sees what it sees; then what only Studio knows."""
    yield SERVICE, f"./manage.py lms dti_doctor{f' --course {shlex.quote(course)}' if course else ''}"
