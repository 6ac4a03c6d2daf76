"""One screen under the platform's styles beside the same on the preview's plain page: what is measured, and what is different."""

from __future__ import annotations

import difflib

# Both in the same width and font, so that the same words take the same lines; what is folded for learners is open.
ALIKE = """width => {
    const sheet = document.createElement("style");
    sheet.textContent = `body { font-family: sans-serif !important; } .dti { inline-size: ${width}px !important; } .dti-map { block-size: 200px !important; }`;
    document.head.append(sheet);
    for (const part of document.querySelectorAll(".dti:not(.dti-editor) details")) part.open = true; // some of an editor's load what is in them
}"""
# Every text, button and control below our roots, in the order of the page. A box of the editor's map has a size of its own, and a mark of a
# film's timeline draws a line beyond itself.
MEASURE = """() => {
    const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const controls = "button, input, select, textarea, summary, label, meter, progress, audio, video, img, .dti-button";
    const elements = [...document.querySelectorAll(".dti:not(.dti .dti) *")].filter((one) => one.getClientRects().length
        && !one.closest("svg, .dti-sr, .dti-map, .dti-status, [data-dti-clock-beside], option") && (one.matches(controls) || own(one)));
    return elements.map((one) => {
        const style = getComputedStyle(one), box = one.getBoundingClientRect(), root = one.closest(".dti:not(.dti .dti)").getBoundingClientRect();
        const scrolls = one.closest(".dti-scroll, .dti-chart-view, .dti-cls-found, .dti-ed-problems, .dti-ed-panel, .dti-ed-left");
        const cut = style.display !== "inline" && !one.matches("input, textarea, select, .dti-vds-mark") && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2) && one.clientHeight;
        return {
            what: `${one.tagName.toLowerCase()}.${one.className} ${one.textContent.trim().slice(0, 30)}`,
            sizes: {text: parseFloat(style.fontSize), line: parseFloat(style.lineHeight), width: box.width, height: box.height},
            looks: [style.fontWeight, style.fontStyle, style.listStyleType, style.textTransform, style.textAlign, style.textDecorationLine, style.color, style.letterSpacing].join(", "),
            clipped: Boolean(cut) || (!scrolls && (box.right > root.right + 2 || box.left < root.left - 2)),
        };
    });
}"""


def measured(page, width: int) -> list[dict]:
    """The texts and controls of our blocks on `page` (or in a frame), at `width` px."""
    page.evaluate(ALIKE, width)
    return page.evaluate(MEASURE)


def differences(plain: list[dict], dressed: list[dict]) -> list[str]:
    """What is clipped, looks another way, or is more than a tenth larger or smaller."""
    assert plain, "nothing of ours is on the page"
    found = []
    names = [[one["what"] for one in sizes] for sizes in (plain, dressed)]
    if names[0] != names[1]:
        return [f"another screen: {line}" for line in difflib.ndiff(*names) if not line.startswith(" ")]
    for here, there in zip(plain, dressed, strict=True):
        what = here["what"]
        if there["clipped"]:
            found.append(f"{what}: clipped")
        if here["looks"] != there["looks"]:
            found.append(f"{what}: {here['looks']} became {there['looks']}")
        for name, size in here["sizes"].items():
            other = there["sizes"][name]
            if size is not None and abs(size - (other or 0)) > max(0.1 * size, 2):
                found.append(f"{what}: {name} {size:.1f} became {other:.1f}")
    return found
