"""What a course says in its policies: settings of the course and of single blocks, and how it is graded."""

from __future__ import annotations

import functools
import json

from ..content import Problem
from .shapes import COURSE_SHAPE, GRADING_SHAPE, shaped

GRADING = "grading_policy.json"


class Policies:
    """The policies of one course, each read once. Faults become problems of the course."""

    def __init__(self, course) -> None:
        self.course = course

    @property
    def policy_file(self) -> str:
        """Where the policy is, or should be: the older place is policies/<run>.json."""
        usual, older = f"policies/{self.course.run}/policy.json", f"policies/{self.course.run}.json"
        return older if self.course.has_file(older) and not self.course.has_file(usual) else usual

    @property
    def grading_file(self) -> str:
        """Where the grading policy is, or should be: the older place is the course folder itself."""
        usual = f"policies/{self.course.run}/{GRADING}"
        return GRADING if self.course.has_file(GRADING) and not self.course.has_file(usual) else usual

    @functools.cached_property
    def policy(self) -> dict[str, dict]:
        """The policy: "tag/url_name" -> settings. Empty when missing or broken."""
        own = f"course/{self.course.run}"
        written = self._json(self.policy_file, {own: COURSE_SHAPE})
        for place, settings in written.items():
            if "/" in place and not isinstance(settings, dict):
                message = f"{place} must be a JSON object, in curly braces."
                self.course.problems.append(Problem("CX012", self.policy_file, message))
        return {place: settings for place, settings in written.items() if isinstance(settings, dict)}

    @functools.cached_property
    def grading(self) -> dict:
        """The grading policy; empty when missing or broken."""
        return self._json(self.grading_file, GRADING_SHAPE)

    def of(self, tag: str, name: str) -> dict:
        """The settings of one block."""
        return self.policy.get(f"{tag}/{name}", {})

    def _json(self, name: str, shape: dict) -> dict:
        if not self.course.has_file(name):
            return {}
        self.course.read.add(name)
        try:
            data = json.loads(self.course.text(name))
        except (ValueError, RecursionError) as error:
            message = f"This is not JSON: {error}."
            self.course.problems.append(Problem("CX012", name, message, line=getattr(error, "lineno", 0)))
            return {}
        sound, faults = shaped(data, shape)
        self.course.problems += [Problem("CX012", name, fault) for fault in faults]
        return sound
