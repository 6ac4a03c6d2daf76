"""A small sound scenario with everything the format has: clock, meters, conditions, a loop, media. Every word in it stands once."""

from datetime import UTC, datetime, timedelta

from dti_xblocks.scenario import olx

CONTENT = """
  <introduction><p>Opening-words.</p></introduction>
  <level id="signal" title="Signal level">Signal-means.</level>
  <level id="words" title="Words level">Words-means.</level>
  <meter id="trust" title="Trust-name">Trust-means.</meter>
  <meter id="record" title="Record-name" start="31" lowest="-40" highest="90" show="end">Record-means.</meter>
  <scene id="curb" title="Curb-title" place="Elm-street" time="23:40" clock="20" timeout="freeze">
    <p>Curb-story.</p>
    <image src="/static/curb.png" alt="Curb-picture"/>
    <choice id="look" to="door" points="3100" level="signal">
      <text>Look-text.</text><outcome><p>Look-outcome.</p></outcome><why><p>Look-why.</p></why>
      <effect meter="trust" by="5"/>
    </choice>
    <choice id="call" to="door" points="7300" level="words">
      <text>Call-text.</text><outcome><p>Call-outcome.</p></outcome><why><p>Call-why.</p></why>
      <effect meter="trust" by="+20"/>
      <effect meter="record" by="4"/>
    </choice>
    <choice id="freeze" to="door" points="0" offered="no">
      <text>Freeze-text.</text><outcome><p>Freeze-outcome.</p></outcome><why><p>Freeze-why.</p></why>
      <effect meter="trust" by="-45"/>
      <effect meter="record" by="-90"/>
    </choice>
  </scene>
  <scene id="door" title="Door-title" place="Porch" time="23:41">
    <say who="Officer Reyes">Door-speech.</say>
    <video src="/static/door.mp4" title="Door-video" captions="/static/door.vtt">
      <transcript><p>Door-transcript.</p></transcript>
    </video>
    <choice id="firm" to="hall" points="900">
      <needs choice="curb/call"/>
      <text>Firm-text.</text><outcome><p>Firm-outcome.</p></outcome><why><p>Firm-why.</p></why>
      <authority ref="byrd-v-brishke"/>
    </choice>
    <choice id="soft" to="hall" points="400">
      <text>Soft-text.</text><outcome><p>Soft-outcome.</p></outcome><why><p>Soft-why.</p></why>
    </choice>
    <choice id="retreat" to="curb" points="100" level="signal">
      <needs-not meter="trust" at-least="85"/>
      <text>Retreat-text.</text><outcome><p>Retreat-outcome.</p></outcome><why><p>Retreat-why.</p></why>
      <effect meter="trust" by="-7"/>
    </choice>
  </scene>
  <scene id="hall" title="Hall-title" place="Hallway" time="23:43" otherwise="yard">
    <needs meter="trust" at-least="40"/>
    <p>Hall-story.</p>
    <audio src="/static/hall.mp3" title="Hall-audio"><transcript><p>Hall-transcript.</p></transcript></audio>
    <choice id="report" to="honored" points="60">
      <text>Report-text.</text><outcome><p>Report-outcome.</p></outcome><why><p>Report-why.</p></why>
    </choice>
    <choice id="cover" to="blamed" points="10">
      <text>Cover-text.</text><outcome><p>Cover-outcome.</p></outcome><why><p>Cover-why.</p></why>
      <effect meter="record" by="-200"/>
    </choice>
  </scene>
  <scene id="yard" title="Yard-title" place="Backyard" time="23:44">
    <p>Yard-story.</p>
    <choice id="wait" to="blamed" points="5">
      <text>Wait-text.</text><outcome><p>Wait-outcome.</p></outcome><why><p>Wait-why.</p></why>
    </choice>
    <choice id="run" to="lost" points="2">
      <text>Run-text.</text><outcome><p>Run-outcome.</p></outcome><why><p>Run-why.</p></why>
    </choice>
  </scene>
  <ending id="honored" title="Honored-title" result="good" points="50" otherwise="blamed">
    <needs level="words"/>
    <p>Honored-story.</p>
  </ending>
  <ending id="blamed" title="Blamed-title" result="mixed" points="20"><p>Blamed-story.</p></ending>
  <ending id="lost" title="Lost-title" result="bad"><p>Lost-story.</p></ending>
"""

BEST = (("curb", "call"), ("door", "firm"), ("hall", "report"))  # to "honored"
POSSIBLE = 7300 + 900 + 60
KNOWN = {"byrd-v-brishke"}


def scenario(content: str = CONTENT, score_by: str = "choices"):
    return olx.read(content, score_by)


def when(second: float) -> datetime:
    """A moment in the life of a run, seconds after its beginning."""
    return datetime(2026, 11, 2, 10, tzinfo=UTC) + timedelta(seconds=second)


def at(second: float) -> str:
    """The same as it is stored."""
    return when(second).isoformat()


def entries(*decisions) -> list:
    """Decisions as they are stored, ten seconds apart: ("scene", "choice"), ("scene", "") or ("scene", "choice", "time-up")."""
    return [[scene, choice, at(10 * number), *how] for number, (scene, choice, *how) in enumerate(decisions)]
