"""The short film of the tests, as an author has it: `film/make.py` makes its files."""

import shutil
from pathlib import Path

TINY = Path(__file__).parents[1] / "course/fixtures/tiny"
FILES = Path(__file__).with_name("film")
NAMES = ("film.mp4", "film.jpg", "film-en.vtt", "film-es.vtt", "still-1.jpg", "still-2.jpg", "still-3.jpg")

FILM = """
  <film src="/static/film.mp4" poster="/static/film.jpg" seconds="12"/>
  <captions lang="en" src="/static/film-en.vtt"/>
  <captions lang="es" src="/static/film-es.vtt"/>
  <still at="0" src="/static/still-1.jpg" alt="A man lies on the ground. Two officers stand."><p>He says that he cannot breathe.</p></still>
  <still at="3" src="/static/still-2.jpg" alt="An officer kneels on the man."><p>Nobody moves.</p></still>
  <still at="5" src="/static/still-2.jpg" alt="The same."><p>The man stops talking.</p></still>
  <still at="7" src="/static/still-2.jpg" alt="The same."><p>Somebody shouts.</p></still>
  <still at="9" src="/static/still-2.jpg" alt="The same."><p>The man lies still.</p></still>
  <still at="10.5" src="/static/still-3.jpg" alt="An ambulance."><p>Help comes.</p></still>
  <question id="heard" at="2">
    <prompt><p>What did you hear?</p></prompt>
    <choice id="breath" correct="true"><text>He cannot breathe</text><feedback>That is the sign to act on.</feedback></choice>
    <choice id="joke"><text>A joke</text><feedback>Listen again.</feedback></choice>
  </question>
  <tape id="knee" at="3" to="10">
    <prompt>A colleague kneels on him.</prompt>
    <window kind="early" until="5"><feedback>You saw too little yet.</feedback></window>
    <window kind="in-time" until="7" points="2" other="12 14"><feedback>You saw it.</feedback><followed>He breathes.</followed></window>
    <window kind="late" until="9" points="1"><feedback>Too much time went.</feedback></window>
    <window kind="too-late" until="10"><feedback>He was still by then.</feedback></window>
    <never><feedback>Nobody acted.</feedback><followed>He died.</followed></never>
    <way id="words" points="1"><text>Say: <em>Get off him, now</em></text><feedback>Clear words.</feedback></way>
    <way id="wait"><text>Wait for a sergeant</text><feedback>There is no time.</feedback></way>
  </tape>
"""
SECRETS = ("That is the sign", "Listen again", "You saw", "Too much time", "still by then", "Nobody acted", "He breathes",
           "He died", "Clear words", "no time", 'correct', "in-time", "12 14", "until")  # fmt: skip


def film_course(folder: Path) -> Path:
    """The tiny course, made in `folder`, with the film as its block, and behind it one whose file is missing."""
    shutil.copytree(TINY, folder)
    for name in NAMES:
        shutil.copy(FILES / name, folder / "static" / name)
    lost = (
        '<film src="/static/lost.mp4" seconds="9"/><still at="0" src="/static/still-1.jpg" alt="A man"><p>He waits.</p></still>'
    )
    (folder / "vertical/blocks.xml").write_text(
        f'<vertical display_name="Our blocks"><dti_video url_name="stop" display_name="The stop" weight="4">{FILM}</dti_video>'
        f'<dti_video url_name="lost" display_name="Lost">{lost}</dti_video></vertical>',
        encoding="utf-8",
    )
    return folder
