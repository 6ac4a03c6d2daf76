"""What an edit costs in the visual editor with 300 scenes and 1,000 choices, in a real Chromium: tests/benches/editor.py

Prints a table; asserts nothing. "work" is the time until the script is done, "painted" until the browser has drawn the result;
medians and the worst of a dozen in milliseconds.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests/browser"), str(ROOT / "tests"), str(ROOT)]

from quick import QUICK  # noqa: E402 - the path comes first

SCENES, ROUNDS = 300, 1 if QUICK else 12

MEASURE = """async ({name, rounds}) => {
    const form = (key) => document.querySelector(`[data-control="${key}"]`);
    const type = (field, letters) => {
        field.value += letters;
        field.dispatchEvent(new Event("input", {bubbles: true}));
    };
    const press = (target, key, more = {}) => target.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true, ...more}));
    const prepare = {
        "lead a choice elsewhere": () => {
            if (!form("choice.0.to")) form("choice.0.summary").click();
            form("choice.0.to").dispatchEvent(new Event("focus"));
        },
        "add a choice": (round) => press(document.querySelectorAll(".dti-box")[round + 100], "Enter"),
    };
    const acts = {
        "type in a title": () => type(form("title"), "a"),
        "type in a narration": () => type(form("line.0"), "b"),
        "lead a choice elsewhere": (round) => {
            const field = form("choice.0.to");
            field.value = `scene-${(round * 17) % 250 + 20}`;
            field.dispatchEvent(new Event("change", {bubbles: true}));
        },
        "add a choice": () => form("choice.add").click(),
        "undo": () => form("undo").click(),
        "redo": () => form("redo").click(),
        "change an id": (round) => {
            form("id").value = `renamed-${round}`;
            form("id").dispatchEvent(new Event("change", {bubbles: true}));
        },
        "put another scene in hand": (round) => press(document.querySelectorAll(".dti-box")[round * 7 + 3], "Enter"),
        "add a scene": () => form("addScene").click(),
        "delete a scene": (round) => press(document.querySelectorAll(".dti-box")[round * 5 + 40], "Delete"),
        "move a box": (round) => press(document.querySelectorAll(".dti-box")[round + 60], "ArrowDown", {shiftKey: true}),
        "tidy up": () => press(document.querySelector(".dti-box"), "t"),
        "change the text of the Text tab": (round) => {
            const area = document.querySelector("textarea[name=content]");
            area.setRangeText("Else", area.value.indexOf("Something happens", round * 9000), area.value.indexOf("Something happens", round * 9000) + 4);
            area.dispatchEvent(new Event("input", {bubbles: true}));
            area.dispatchEvent(new Event("blur"));
        },
    };
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const work = [], all = [];
    for (let round = 0; round < rounds; round += 1) {
        prepare[name]?.(round);
        await new Promise((done) => setTimeout(done, 350));
        await painted();
        const began = performance.now();
        acts[name](round);
        work.push(performance.now() - began);
        await painted();
        all.push(performance.now() - began);
    }
    const middle = (list) => [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)];
    return [middle(work), Math.max(...work), middle(all), Math.max(...all)];
}"""


def story() -> str:
    """300 scenes with 1,000 choices, two of three leading a little on, some far on, some back."""
    scenes = []
    made = 0
    for number in range(SCENES):
        choices = []
        for choice in range(3 if number % 3 else 4):
            made += 1
            ahead = (1, 2, 11, -5)[choice]
            target = f"scene-{number + ahead}" if 0 <= number + ahead < SCENES else f"ending-{made % 8}"
            choices.append(
                f'<choice id="choice-{choice}" to="{target}" points="{choice}"><text>What one does here, way {choice} of scene {number}.</text>'
                "<outcome><p>He looks at you, and for a moment nobody says anything. Then it goes on.</p></outcome>"
                "<why><p>Because it matters what the others see, and what they will say about it tomorrow.</p></why></choice>"
            )
        scenes.append(
            f'<scene id="scene-{number}" title="Scene number {number}" level="words" place="Mill Road" time="22:{number % 60:02d}">\n'
            f"  <p>Something happens in scene {number}, and it takes a few words to tell it.</p>\n"
            f'  <say who="Hale">Words that are said in scene {number}.</say>\n  ' + "\n  ".join(choices) + "\n</scene>"
        )
    endings = [f'<ending id="ending-{n}" title="Ending {n}" result="mixed"><p>It ends.</p></ending>' for n in range(8)]
    print(f"{SCENES} scenes, {made} choices")
    return '\n<level id="words" title="Words">Say it.</level>\n' + "\n".join([*scenes, *endings]) + "\n"


def main() -> None:
    from author import Author
    from suite import chromium
    from suite.previews import serving

    from dti_xblocks.course.source import shipped_course

    content = story()
    print(f"{len(content) // 1024} kB of OLX")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(shipped_course(), Path(folder) / "state") as preview,
    ):
        author = Author(chromium.browser(), preview.address, viewport={"width": 1280, "height": 900}).edit("m08-ladder")
        author.tab("Text")
        author.page.evaluate(
            """(content) => {
                const area = document.querySelector("textarea[name=content]");
                area.value = content;
                area.dispatchEvent(new Event("input", {bubbles: true}));
            }""",
            content,
        )
        author.tab("Story")
        author.box("scene:scene-20").dispatch_event("dblclick")
        author.page.wait_for_timeout(1500)
        print(f"{'':34}{'work':>8}{'worst':>8}{'painted':>9}{'worst':>8}  ms")
        for name in NAMES:
            if name == "change the text of the Text tab":
                author.tab("Text")
            middle, worst, painted, last = author.page.evaluate(MEASURE, {"name": name, "rounds": ROUNDS})
            print(f"{name:34}{middle:8.1f}{worst:8.1f}{painted:9.1f}{last:8.1f}")
        author.close()
        chromium.close()


NAMES = [
    "type in a title",
    "type in a narration",
    "lead a choice elsewhere",
    "add a choice",
    "undo",
    "redo",
    "change an id",
    "put another scene in hand",
    "move a box",
    "add a scene",
    "delete a scene",
    "tidy up",
    "change the text of the Text tab",
]

if __name__ == "__main__":
    main()
