"""The page of the documentation with every picture, its words and its source."""

from __future__ import annotations

from pathlib import Path

from .index import file_name, read_index
from .scene import Scene, read, scene_files

HEAD = """# Pictures of the course

<!-- Written by `dti-course media`: change the scene files, not this page. -->

Every picture is made by code from a short text file: [how to change one, or make a new one](scenes.md). What they are made of,
and under which licences, is in `media/LICENSES.md`.

![All pictures of the course in small](images/pictures.webp)
"""


def gallery(media: Path, course: str) -> str:
    """The page, as Markdown; `course` is the way from it to the course's folder."""
    built = read_index(media)
    scenes = [read(path) for path in scene_files(media) if path.stem in built]
    total = sum(built[scene.name].bytes for scene in scenes)
    parts = [HEAD, f"{len(scenes)} pictures, {total / 1e6:.1f} MB in all.\n"]
    parts += [_entry(scene, built[scene.name].bytes, built[scene.name].contrast, course) for scene in scenes]
    return "\n".join(parts)


def _entry(scene: Scene, size: int, contrast: float, course: str) -> str:
    return f"""## {scene.title}

![{scene.alt}]({course}/static/{file_name(scene.name)})

{scene.description}

Alternative text: {scene.alt}

`media/scenes/{scene.name}.toml`, {scene.width} × {scene.height}, {size // 1000} kB; white words over its
lower quarter: {contrast}:1.
"""
