"""Authored values that would stop the preview for everybody: of a wrong shape, not numbers, or too large."""

from __future__ import annotations

import math
from collections.abc import Callable

from xblock.fields import Dict, Float, Integer, List

from ..shapes import COURSE_SHAPE, GRADING_SHAPE, shaped
from .mixins import InheritanceMixin

MAX_BLOCKS = 100_000
MAX_USES = 1000  # of one name, which Open edX keeps once
MAX_DEPTH = 40  # an element that points at its own ancestor must not take the process down
MAX_READ = 1024**3  # bytes of XML and pages, each counted as often as something points at it
MAX_INTEGER = 2**53
MAX_POINTS = 10.0**9
MAX_IN_CATEGORY = 1000  # subsections that a grading category may ask for or drop
# Numbers by which a platform block repeats something: (type, field) -> the most that is shown.
REPEATS = {("word_cloud", "num_inputs"): 100, ("word_cloud", "num_top_words"): 1000}

Note = Callable[[str], None]


def fits(field, value) -> bool:
    """Whether a JSON value is one that `field` can hold. XBlock itself does not look into lists and dictionaries."""
    if value is None:
        return True
    for kind, wanted in ((Dict, dict), (List, list)):
        if isinstance(field, kind):
            return isinstance(value, wanted)
    try:
        field.from_json(value)
    except Exception:  # fields of other packages raise what they like
        return False
    return True


def sound_settings(cls, settings, where: str, note: Note) -> dict:
    """One block's entry of policy.json without the values that the block cannot hold."""
    sound = {}
    for name, value in settings.items():
        field = cls.fields.get(name) or InheritanceMixin.fields.get(name)
        if field is None or fits(field, value):
            sound[name] = value
        else:
            note(f"policy.json: the value of “{name}” of {where} is of the wrong kind; it was ignored.")
    return sound


def sound_fields(key, values: dict, fields, note: Note) -> dict:
    """What was read of the block `key` (values as JSON), its numbers being numbers within bounds."""
    sound = dict(values)
    for name, value in values.items():
        field = fields[name]
        if name == "display_name" and not isinstance(value, (str, type(None))):
            note(f'<{key.block_type} url_name="{key.block_id}">: display_name is not text; it was ignored.')
            del sound[name]
        if not isinstance(field, (Integer, Float)):
            continue
        most = MAX_POINTS if isinstance(field, Float) else REPEATS.get((key.block_type, name), MAX_INTEGER)
        try:
            number = field.from_json(value)
        except (ValueError, TypeError, OverflowError):
            number = math.nan
        if number is None or abs(number) <= most:
            continue
        if number > most and (key.block_type, name) in REPEATS:
            sound[name] = most
            note(f'<{key.block_type} url_name="{key.block_id}">: {name} is larger than {most}; the preview shows {most}.')
        else:
            note(f'<{key.block_type} url_name="{key.block_id}">: {name} is not a number that can be used; it was ignored.')
            del sound[name]
    return sound


def sound_policy(policy: dict, run: str, note: Note) -> dict:
    """policy.json with objects of settings only, those of the course in their shapes."""
    sound = {}
    for place, settings in policy.items():
        if isinstance(settings, dict):
            sound[place] = settings
        else:
            note(f"policy.json: “{place}” must be a JSON object, in curly braces; it was ignored.")
    own = f"course/{run}"
    if own in sound:
        sound[own], faults = shaped(sound[own], COURSE_SHAPE)
        for fault in faults:
            note(f"policy.json: {fault} It was ignored.")
    return sound


def sound_grading(policy: dict, note: Note) -> dict:
    """grading_policy.json in its shape, with numbers that can be counted with."""
    sound, faults = shaped(policy, GRADING_SHAPE)
    for fault in faults:
        note(f"grading_policy.json: {fault} It was ignored.")
    graders = []
    for grader in sound.get("GRADER", ()):
        grader = dict(grader)
        for name, least, most in (("weight", 0, 1000), ("min_count", 0, MAX_IN_CATEGORY), ("drop_count", 0, MAX_IN_CATEGORY)):
            value = grader.get(name)
            if value is not None and not least <= value <= most:
                grader[name] = most if name != "weight" and value > most else 0
                where = f"grading_policy.json: {name} of “{grader.get('type')}”"
                note(f"{where} is not from {least} to {most}; {grader[name]} is used.")
        graders.append(grader)
    cutoffs = {}
    for name, cutoff in sound.get("GRADE_CUTOFFS", {}).items():
        if 0 <= cutoff <= 1:
            cutoffs[name] = cutoff
        else:
            note(f"grading_policy.json: the cutoff “{name}” is not from 0 to 1; it was ignored.")
    return {**sound, "GRADER": graders, "GRADE_CUTOFFS": cutoffs}
