"""An officer in front of a pledge: the steps to a signature, found by what they are and not by their words."""

from __future__ import annotations

import shutil
from pathlib import Path

from visitor import Visitor

FIXTURES = Path(__file__).parent.parent / "course" / "fixtures"
WORDS = """
    <preamble><p>I carry a badge because people <em>trust</em> me with power that they do not have.</p></preamble>
    <affirmation id="law">I know the law on intervening and my agency's policy.</affirmation>
    <affirmation id="act">I will speak up, and step in if words are not enough.</affirmation>
    <closing><p>I make this pledge freely.</p></closing>
    <field id="agency" label="Agency" required="true" hint="As on your badge."/>
    <field id="badge" label="Badge or POST number" format="AA-9999[99]"/>
    <field id="rank" label="Rank"><option>Officer</option><option>Sergeant</option></field>
"""
# kind -> (how many, attributes); each unit has one pledge that nobody has signed
KINDS = {
    "plain": (30, ""),
    "read": (12, 'require_reading="true"'),
    "gated": (2, 'gate_block="quiz" gate_percent="50"'),
    "later": (1, 'opens_on="2199-01-15"'),
    "yearly": (2, 'valid_months="12" remind_days="365"'),
}


def pledge_course(folder: Path) -> Path:
    """The tiny course, made in `folder`, with a unit for each pledge of `KINDS`."""
    shutil.copytree(FIXTURES / "tiny", folder)
    units = []
    for kind, (count, attributes) in KINDS.items():
        for number in range(count):
            name = f"{kind}-{number}"
            units.append(f'<vertical url_name="{name}"/>')
            (folder / f"vertical/{name}.xml").write_text(
                f'<vertical display_name="Unit {name}"><dti_pledge url_name="pledge-{name}" display_name="The pledge" weight="1" '
                f"{attributes}>{WORDS}</dti_pledge></vertical>",
                encoding="utf-8",
            )
    reading = folder / "sequential/reading.xml"
    text = reading.read_text(encoding="utf-8")
    reading.write_text(text.replace("</sequential>", "".join(units) + "</sequential>"), encoding="utf-8")
    return folder


class Signer(Visitor):
    """A visitor who signs."""

    def at(self, unit: str):
        """Open the pledge of `unit`."""
        self.open(f"unit/{unit}")
        return self

    def one(self, selector: str):
        return self.page.locator(f".dti {selector}")

    def read(self):
        self.one("form[data-dti-end] button").click()
        self.one("input[name=consent]").wait_for()

    def agree(self):
        self.one("input[name=consent]").check()
        self.one("form:has(input[name=consent]) button").click()
        self.one("form[data-dti-signing]").wait_for()

    def affirm(self):
        """Check each statement, one after the other where they come so."""
        onward = self.one("[data-dti-next]")
        for box in self.one("input[name=affirm]").all():
            box.check()
            if onward.is_visible():
                onward.click()

    def fill(self, name: str = ""):
        self.affirm()
        self.one("input[name=answer-agency]").fill("Sunset PD")
        field = self.one("input[name=name]")
        field.fill(name or field.get_attribute("data-account-name"))

    def sign(self):
        self.one("form[data-dti-signing] button[type=submit]").click()

    def signed(self) -> str:
        """Wait for the signed pledge; its verification code."""
        self.one(".dti-pledge-signed").wait_for()
        return self.one(".dti-pledge-signed .dti-pledge-code").first.inner_text()

    def ready(self, unit: str):
        """At the last step of `unit`, everything filled in."""
        self.at(unit)
        self.agree()
        self.fill()
        return self

    def error(self) -> str:
        """Wait for the message that something went wrong."""
        box = self.one("[data-dti-error]:not([hidden])")
        box.wait_for()
        return box.inner_text()

    # -- drawing -------------------------------------------------------------------------------------------------------

    def open_pad(self):
        self.one("[data-dti-drawing] summary").click()
        self.one("canvas").scroll_into_view_if_needed()

    def draw(self, *points: tuple[float, float]):
        """A stroke by mouse through `points`, as shares of the pad."""
        box = self.one("canvas").bounding_box()
        places = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=6)
        self.page.mouse.up()

    def strokes(self) -> str:
        return self.one("input[name=strokes]").input_value()

    def ink(self) -> int:
        """How many dots of the pad are drawn on."""
        return self.page.evaluate(
            """() => {
                const pad = document.querySelector('.dti canvas');
                const dots = pad.getContext('2d').getImageData(0, 0, pad.width, pad.height).data;
                return dots.filter((value, index) => index % 4 === 3 && value > 0).length;
            }"""
        )
