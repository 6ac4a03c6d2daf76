"""The shapes that policies must have, so that everything after may rely on them."""

from __future__ import annotations

NUMBER = (int, float)
COURSE_SHAPE = {
    "course_image": str,
    "tabs": [{"type": str, "name": str, "url_slug": str}],
    "learning_info": [str],
    "advanced_modules": [str],
    "display_name": str,
    "language": str,
}
GRADING_SHAPE = {
    "GRADER": [{"type": str, "short_label": str, "weight": NUMBER, "min_count": int, "drop_count": int}],
    "GRADE_CUTOFFS": {None: NUMBER},  # None: any name
}
WORDS = {str: "text", int: "a whole number", NUMBER: "a number"}


def shaped(value, shape, where: str = "") -> tuple:
    """(`value` without what is not of `shape`, sentences about what is not). Names that `shape` does not list are kept."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return {}, [f"{where or 'The whole file'} must be a JSON object, in curly braces."]
        sound, faults = {}, []
        for name, part in value.items():
            wanted = shape.get(name, shape.get(None))
            if wanted is None or (part is None and wanted is str):
                sound[name] = part
                continue
            if part is None and isinstance(wanted, list):
                continue
            sound_part, found = shaped(part, wanted, f"{where}.{name}" if where else name)
            faults += found
            if not found or isinstance(wanted, (dict, list)):
                sound[name] = sound_part
        return sound, faults
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [], [f"{where} must be a list, in square brackets."]
        parts = [shaped(part, shape[0], f"{where}[{number}]") for number, part in enumerate(value)]
        return [part for part, found in parts if not found], [fault for _part, found in parts for fault in found]
    if not isinstance(value, shape) or isinstance(value, bool):
        return None, [f"{where} must be {WORDS[shape]}."]
    return value, []
