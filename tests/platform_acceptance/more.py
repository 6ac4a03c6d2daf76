"""A chapter that the acceptance adds to the course: what the course itself has none of, or has too long to be played here.

A short film with a question and a decision, signs to find in a picture, and a pledge that runs out; all have points.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from lxml import etree

from . import olx

SAMPLES = Path(__file__).resolve().parents[1] / "video/film"
FILES = ("film.mp4", "film.jpg", "film-en.vtt", "still-1.jpg", "still-2.jpg", "still-3.jpg")
NAME = "acceptance"
FILM, SPOT, PLEDGE = f"{NAME}-film", f"{NAME}-spot", f"{NAME}-pledge"
BLOCKS = {
    FILM: f"""<dti_video xml:space="preserve" url_name="{FILM}" display_name="A film" weight="4">
  <film src="/static/film.mp4" poster="/static/film.jpg" seconds="12"/>
  <captions lang="en" src="/static/film-en.vtt"/>
  <still at="0" src="/static/still-1.jpg" alt="A man lies on the ground. Two officers stand."><p>He cannot breathe.</p></still>
  <still at="3" src="/static/still-2.jpg" alt="An officer kneels on the man."><p>Nobody moves.</p></still>
  <still at="5" src="/static/still-2.jpg" alt="The same."><p>The man stops talking.</p></still>
  <still at="7" src="/static/still-2.jpg" alt="The same."><p>He lies still.</p></still>
  <still at="10.5" src="/static/still-3.jpg" alt="An ambulance."><p>Help comes.</p></still>
  <question id="heard" at="2">
    <prompt><p>What did you hear?</p></prompt>
    <choice id="breath" correct="true"><text>He cannot breathe</text><feedback>That is the sign to act on.</feedback></choice>
    <choice id="joke"><text>A joke</text><feedback>Listen again.</feedback></choice>
  </question>
  <tape id="knee" at="3" to="10">
    <prompt>A colleague kneels on him.</prompt>
    <window kind="early" until="5"><feedback>You saw too little yet.</feedback></window>
    <window kind="in-time" until="7" points="2"><feedback>You saw it.</feedback><followed>He breathes.</followed></window>
    <window kind="late" until="10" points="1"><feedback>Too much time went.</feedback></window>
    <never><feedback>Nobody acted.</feedback><followed>He died.</followed></never>
    <way id="words" points="1"><text>Say: <em>Get off him, now</em></text><feedback>Clear words.</feedback></way>
    <way id="wait"><text>Wait for a sergeant</text><feedback>There is no time.</feedback></way>
  </tape>
</dti_video>""",
    SPOT: f"""<dti_activity xml:space="preserve" url_name="{SPOT}" display_name="Signs" activity="spot" weight="2">
  <task>What tells you that he is in danger?</task>
  <picture src="/static/still-2.jpg" alt="An officer kneels on a man."/>
  <card id="knee" area="10 20 20 30"><text>The knee</text><why>His weight is on the back.</why></card>
  <card id="still" area="50 60 20 20"><text>He lies still</text><why>Somebody who can breathe moves.</why></card>
  <card id="crowd" sign="false"><text>A crowd</text><why>There is nobody else.</why></card>
  <after>Two signs are enough.</after>
</dti_activity>""",
    PLEDGE: f"""<dti_pledge xml:space="preserve" url_name="{PLEDGE}" display_name="For half a year" valid_months="6" remind_days="21">
  <preamble><p>What I have promised, I promise again.</p></preamble>
  <affirmation id="act">I will step in.</affirmation>
  <closing><p>I make this pledge freely.</p></closing>
</dti_pledge>""",
}


def add(folder: Path) -> None:
    """Put the chapter behind the last one of the course in `folder`."""
    for name in FILES:
        shutil.copy(SAMPLES / name, folder / "static" / name)
    for name, block in BLOCKS.items():
        _write(folder / f"vertical/{name}-unit.xml", f'<vertical display_name="{name}">{block}</vertical>')
    units = "".join(f'<vertical url_name="{name}-unit"/>' for name in BLOCKS)
    _write(folder / f"sequential/{NAME}.xml", f'<sequential display_name="Acceptance">{units}</sequential>')
    _write(
        folder / f"chapter/{NAME}-chapter.xml", f'<chapter display_name="Acceptance"><sequential url_name="{NAME}"/></chapter>'
    )
    course = folder / f"course/{olx.identity(folder).run}.xml"
    tree = etree.parse(course)
    last = tree.getroot().findall("chapter")[-1]
    last.addnext(etree.Element("chapter", url_name=f"{NAME}-chapter"))
    tree.write(course, encoding="utf-8", xml_declaration=False)


def is_added(name: str) -> bool:
    """Whether the block of that url_name is of this chapter."""
    return name.startswith(NAME)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
