"""The page of the documentation with every picture, its words and its source."""

from __future__ import annotations

from pathlib import Path

from .index import Built, file_name, read_index
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
    smalls = [one.bytes for scene in scenes if (one := built[scene.name].small)]
    sizes = f"{len(smalls)} have a second size for narrow screens, {sum(smalls) / 1e6:.1f} MB more."
    parts = [HEAD, f"{len(scenes)} pictures, {total / 1e6:.1f} MB in all; {sizes}\n"]
    parts += [_entry(scene, built[scene.name], course) for scene in scenes]
    return "\n".join(parts)


def _entry(scene: Scene, built: Built, course: str) -> str:
    small = f" ({built.small.bytes // 1000} kB for narrow screens)" if built.small else ""
    return f"""## {scene.title}

![{scene.alt}]({course}/static/{file_name(scene.name)})

{scene.description}

Alternative text: {scene.alt}

`media/scenes/{scene.name}.toml`, {scene.width} × {scene.height}, {built.bytes // 1000} kB{small}; white words over its
lower quarter: {built.contrast}:1.
"""
