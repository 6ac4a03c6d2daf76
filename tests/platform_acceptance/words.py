"""What the package itself says on a page, in English or in Spanish: its catalogue, and the texts of a page that stand for themselves."""

from __future__ import annotations

import gettext
from pathlib import Path

from lxml import html

LEAST = 14  # characters: of shorter texts an author may have written the same
FEW = 2  # texts that a page has at least
ROOTS = "//*[contains(concat(' ', normalize-space(@class), ' '), ' dti ')]"


def ours(folder: Path | None = None) -> dict[str, str]:
    """The texts of the package without places to be filled in: English -> Spanish, where they differ."""
    if folder is None:
        import dti_xblocks.records

        folder = Path(dti_xblocks.records.__file__).parent / "locale"
    with (folder / "es/LC_MESSAGES/django.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {
        " ".join(text.split()): " ".join(said.split())
        for text, said in known.items()
        if isinstance(text, str) and len(text) >= LEAST and text != said and not set(text) & set("{%<\x04")
    }


def shown(page: str) -> set[str]:
    """The texts and labels inside our blocks on `page`; not those that are marked as English."""
    found = set()
    for root in html.fromstring(page).xpath(ROOTS):
        for node in root.iter():
            if not isinstance(node.tag, str) or node.tag in ("script", "style", "template") or _is_marked(node):
                continue
            found |= {node.text or "", *(child.tail or "" for child in node)}
            found |= {node.get(name, "") for name in ("aria-label", "title", "placeholder")}
    return {" ".join(text.split()) for text in found} - {""}


def _is_marked(node: html.HtmlElement) -> bool:
    return any(each.get("lang") == "en" for each in (node, *node.iterancestors()))
