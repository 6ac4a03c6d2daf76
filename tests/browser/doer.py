"""An officer who does activities, in a course with a unit for each kind of them."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from PIL import Image, ImageDraw
from visitor import SMALL_TARGETS, Visitor

FIXTURES = Path(__file__).parent.parent / "course" / "fixtures"
UNITS = {
    "sort": """
<task><p>Put each moment where it belongs.</p></task>
<group id="act">You could act</group>
<group id="not">You could not</group>
<card id="reach" group="act"><text>You stand an arm's length away and see the third blow.</text><why>You see it, and you can reach it.</why></card>
<card id="radio" group="act"><text>You are across the street, and your voice carries.</text><why>A word is a means.</why></card>
<card id="instant" group="not"><text>One shove, over before you can turn your head.</text><why>There was no time.</why></card>
<card id="away" group="not"><text>You are in the next building and hear nothing.</text><why>You did not know.</why></card>
<after><p>Time, position, knowledge, means.</p></after>""",
    "order": """
<task><p>Put the minutes in order.</p></task>
<card id="one"><text>He is handcuffed and face down.</text><why>It begins here.</why></card>
<card id="two"><text>He says that he cannot breathe.</text><why>Now everybody knows.</why></card>
<card id="three"><text>He stops speaking.</text><why>The moment is long past.</why></card>
<card id="four"><text>Nobody finds a pulse.</text><why>Too late.</why></card>""",
    "match": """
<task><p>Who answers for what?</p></task>
<card id="officer"><text>The officer who watched</text><back>Failing to intervene</back><why>The officer's own failure.</why></card>
<card id="sergeant"><text>The sergeant who looked away</text><back>Supervisor liability</back><why>By what the sergeant did or did not do.</why></card>
<card id="city"><text>The city</text><back>Policy or custom</back><why>Not for its people as such.</why></card>""",
    "flip": """
<task><p>Turn each one over.</p></task>
<card id="senior"><text>“He has twenty years on me.”</text><back>Rank gives no right to break the law.</back></card>
<card id="other"><text>“Somebody else will say it.”</text><back>Everybody thinks so. Be the first.</back></card>
<card id="wrong"><text>“Maybe I am wrong.”</text><back>Ask. A question costs nothing.</back></card>""",
    "spot": """
<task><p>What shows that it has gone too far?</p></task>
<picture src="/static/street.png" alt="Two officers and a person on the ground, drawn as blocks"/>
<card id="red" area="10 20 20 30"><text>A red block</text><why>It stands on the left.</why></card>
<card id="blue" area="60 40 25 40"><text>A blue block</text><why>It stands on the right.</why></card>
<card id="green" sign="false"><text>A green block</text><why>There is none.</why></card>
<after><p>Well seen.</p></after>""",
    "reflect": """<task><p>When did you last say nothing?</p></task><after><p>Thank you.</p></after>""",
    "say": """
<task><p>Your partner goes on hitting.</p></task>
<card id="name"><text>“Mike, stop. He's cuffed. I've got him.”</text><why>A name, a fact, an order.</why></card>""",
    "plan": """
<task><p>Make a plan.</p></task>
<card id="quiet"><text>a person in cuffs goes quiet</text><back>I will say “recovery position” and do it</back></card>""",
    "back": """<task><p>Look at it once more.</p></task>""",
}


def street() -> bytes:
    """A picture with a red and a blue block, in the places that the activity says."""
    picture = Image.new("RGB", (800, 500), "#d7dde5")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((80, 100, 240, 250), fill="#b5303a")
    draw.rectangle((480, 200, 680, 400), fill="#24508f")
    body = io.BytesIO()
    picture.save(body, "PNG")
    return body.getvalue()


def activity_course(folder: Path) -> Path:
    """The tiny course, made in `folder`, with a unit for each activity of `UNITS`."""
    shutil.copytree(FIXTURES / "tiny", folder)
    (folder / "static").mkdir(exist_ok=True)
    (folder / "static/street.png").write_bytes(street())
    units = []
    for name, content in UNITS.items():
        attributes = f'activity="{name}" url_name="activity-{name}"'
        if name == "plan":
            attributes = 'activity="plan" url_name="my-plan"'
        if name == "back":
            attributes = 'activity="plan" earlier="my-plan" url_name="activity-back"'
        units.append(f'<vertical url_name="{name}"/>')
        (folder / f"vertical/{name}.xml").write_text(
            f'<vertical display_name="{name.capitalize()}"><dti_activity {attributes} display_name="What do you see?">{content}'
            "</dti_activity></vertical>",
            encoding="utf-8",
        )
    reading = folder / "sequential/reading.xml"
    text = reading.read_text(encoding="utf-8")
    reading.write_text(text.replace("</sequential>", "".join(units) + "</sequential>"), encoding="utf-8")
    return folder


class Doer(Visitor):
    """A visitor who does activities."""

    def at(self, kind: str) -> Doer:
        """Open the activity of that kind."""
        self.open(f"unit/{kind}")
        return self

    def card(self, words: str):
        """The card with these words on it."""
        return self.page.locator(".dti-act-card, .dti-act-flip").filter(has_text=words)

    def group(self, number: int):
        """The place of that number."""
        return self.page.locator(f"[data-dti-target='{number}']")

    @property
    def result(self):
        """The sentence about the last try."""
        return self.page.locator(".dti-act-result")

    def check(self):
        """Send the answer."""
        self.page.locator("form[data-dti-form] .dti-button[type=submit]").first.click()

    def small(self) -> list:
        """Controls that a finger would miss."""
        return self.page.evaluate(SMALL_TARGETS)
