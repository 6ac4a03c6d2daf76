"""What mkdocs calls while it builds the site: pages at the top of the repository join it, and no page loads from another host."""

import os
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
TOP = ("CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")
STATIC = ROOT / "course_export/static"  # the pictures of the course, for their gallery
PICTURES = "pictures"  # where they are in the site
LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")
LOADED = re.compile(r"<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=[\"']?(?:https?:)?//[^>]*>")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of `TOP` as if they stood in docs/, and the pictures of the course."""
    for name in TOP:
        files.append(File.generated(config, name, content=(ROOT / name).read_text(encoding="utf-8")))
    for path in sorted(STATIC.glob("scene-*.webp")):
        files.append(File.generated(config, f"{PICTURES}/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead links into and out of docs/ to where the pages are in the site."""
    name = page.file.src_uri
    source = ROOT / name if name in TOP else DOCS / name

    def moved(match: re.Match[str]) -> str:
        target = (source.parent / match[1]).resolve()
        if target.parent == ROOT and target.name in TOP:
            in_site = Path(target.name)
        elif target.is_relative_to(DOCS):
            in_site = target.relative_to(DOCS)
        elif target.parent == STATIC:
            in_site = Path(PICTURES) / target.name
        else:
            return match[0]  # mkdocs reports it
        return f"]({os.path.relpath(in_site, Path(name).parent)}"

    return LINK.sub(moved, markdown)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Refuse a page that loads a script, style or picture from another host."""
    loaded = LOADED.search(output)
    if loaded:
        raise PluginError(f"{page.file.src_uri} loads from another host: {loaded[0]}")
    return output
