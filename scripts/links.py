"""Check, without a network, that every link and every module named in the guides leads somewhere."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)")
MODULE = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|sh|css|js))`")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def guides(root: Path = ROOT) -> list[Path]:
    """Every Markdown file that people read: docs/, those at the top, and those of code forges."""
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob(".github/**/*.md")])


def headings(path: Path) -> set[str]:
    """The anchors of a page's headings, as code forges and mkdocs make them."""
    titles = re.findall(r"^#+ (.+)$", CODE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def problems(guide: Path, root: Path = ROOT) -> list[str]:
    """One sentence for each link and module path of `guide` that leads nowhere."""
    found = []
    text = guide.read_text(encoding="utf-8")
    for target, anchor in LINK.findall(text):
        path = (guide.parent / target).resolve() if target else guide
        if not path.is_file():
            found.append(f"{guide.relative_to(root)}: {target} is not a file")
        elif anchor and anchor not in headings(path):
            found.append(f"{guide.relative_to(root)}: {target or guide.name} has no heading #{anchor}")
    folders = (root, root / "dti_xblocks", root / "static")
    named = MODULE.findall(CODE.sub("", text))
    gone = [module for module in named if not any((folder / module).exists() for folder in folders)]
    return found + [f"{guide.relative_to(root)}: there is no {module}" for module in gone]


if __name__ == "__main__":
    all_problems = [sentence for guide in guides() for sentence in problems(guide)]
    print("\n".join(all_problems) or f"{len(guides())} guides, every link leads somewhere")
    sys.exit(bool(all_problems))
