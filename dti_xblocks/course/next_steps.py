"""What an operator does with an archive, which cannot carry everything that a course needs."""

from __future__ import annotations

from pathlib import Path

from .identity import Identity


def next_steps(archive: Path, course: Identity, whole: bool, language: str = "") -> str:
    """The steps after a build, numbered. `whole` is false of a path through the course, which is not in the image."""
    steps = [
        f"In Studio create a course with the key {course.key} (or any other), open Tools, Import, and choose {archive.name}.",
        f"On the server: ./manage.py lms dti_setup --course {course.key}",
        "In Studio, under Settings, Certificates: name your signatory. Under Schedule & Details: look at start and end.",
    ]
    if course.is_shipped and whole:  # it is in the image
        also = f" --language {language}" if language else ""
        steps[0] += f" With Tutor and our plugin, instead: tutor local do dti-import --course {course.key}{also}"
        steps[1] += f" (with Tutor: tutor local do dti-setup --course {course.key}), so that learners earn certificates"
    lines = [f"  {number}. {step}" for number, step in enumerate(steps, start=1)]
    return "\n".join([f"{course.title or course.key}. What to do next:", *lines])
