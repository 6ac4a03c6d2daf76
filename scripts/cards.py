"""Make the pictures that stand for the whole: the course's image, the picture of the README, and the card that social sites show.

    .venv/bin/python -m scripts.cards

Each is a scene of the course with words over it. It needs Chromium and the test tools, and the scene that `make media` built.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image

from tests.suite.chromium import browser, close

ROOT = Path(__file__).resolve().parent.parent
SCENE = ROOT / "course_export/static/scene-open-takeaways.webp"  # a hand on a shoulder
COLORS = 200  # of a picture: flat light, so that a palette is enough
TITLE, LINE = "Duty to Intervene", "See it. Say it. Step in."
MORE = "A four-hour Open edX course for law-enforcement officers"


@dataclass(frozen=True)
class Card:
    """A picture: where it goes, how large, how large its title, which part of the scene (percent from the top), and more words.

    `beside` has the words at the left of the scene, where the picture is too low for both.
    """

    path: str
    width: int
    height: int
    title: int
    part: int
    more: str = ""
    beside: bool = False


CARDS = (
    Card("course_export/static/course-image.png", 750, 460, 58, 30),
    Card("docs/images/cover.png", 1280, 480, 66, 50, MORE, beside=True),
    Card("docs/images/card.png", 1200, 630, 72, 0, MORE),
)


def page(card: Card) -> str:
    """The card as a page of its size."""
    more = f"<p>{escape(card.more)}</p>" if card.more else ""
    words = (
        f"inset: 0 auto 0 0; width: 34%; padding: 0 {card.title}px; display: flex; flex-flow: column; justify-content: center;"
        "background: linear-gradient(to right, #0a1029 70%, #0a102900)"
        if card.beside
        else f"inset: auto 0 0 0; padding: {card.title}px {card.title * 0.7:.0f}px {card.title * 0.6:.0f}px;"
        "background: linear-gradient(to top, #0a1029 55%, #0a1029cc 80%, #0a102900)"
    )
    picture = "position: absolute; right: 0; width: 853px" if card.beside else "width: 100%"
    return f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><style>
    body {{ margin: 0; width: {card.width}px; height: {card.height}px; position: relative; overflow: hidden;
        background: #0a1029; color: #fff; font-family: Inter, "DejaVu Sans", sans-serif; }}
    img {{ {picture}; height: 100%; object-fit: cover; object-position: 50% {card.part}%; }}
    div {{ position: absolute; {words}; }}
    h1 {{ margin: 0; font-size: {card.title}px; line-height: 1.1; letter-spacing: -0.01em; }}
    b {{ color: #ffb24d; font-size: {card.title * 0.42:.0f}px; }}
    p {{ margin: .3em 0 0; font-size: {card.title * 0.3:.0f}px; color: #c9d4f5; }}
    </style><img src="{SCENE.as_uri()}" alt=""><div><h1>{TITLE}</h1><b>{LINE}</b>{more}</div></html>"""


def main() -> int:
    """Write every card. Returns the exit code."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    source = folder / "card.html"
    for card in CARDS:
        source.write_text(page(card), encoding="utf-8")
        context = browser().new_context(viewport={"width": card.width, "height": card.height})
        shown = context.new_page()
        shown.goto(source.as_uri())
        shown.wait_for_function("document.images[0].complete && document.images[0].naturalWidth > 0")
        taken = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
        context.close()
        path = ROOT / card.path
        taken.quantize(COLORS, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{card.path}: {card.width} x {card.height}, {path.stat().st_size // 1024} kB")
    source.unlink()
    close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
