"""A small sound scenario. Every word and number in it stands once, so that a test can search a page for it."""

from dti_xblocks.scenario import olx

CONTENT = """
  <introduction><p>Introduction-words.</p></introduction>
  <level id="officer" title="Officer level">Officer-means.</level>
  <level id="supervisor" title="Supervisor level">Supervisor-means.</level>
  <level id="agency" title="Agency level">Agency-means.</level>
  <scene id="arrival" title="Arrival-title" level="officer" place="Parking-lot" time="23:40">
    <p>Arrival-story with <em>weight</em>.</p>
    <say who="Officer Reyes">Arrival-speech.</say>
    <choice id="speak" to="stairs" points="7300">
      <text>Speak-text.</text>
      <outcome><p>Speak-outcome.</p></outcome>
      <why><p>Speak-why.</p></why>
      <authority ref="byrd-v-brishke"/>
    </choice>
    <choice id="wait" to="stairs" points="0">
      <text>Wait-text.</text><outcome><p>Wait-outcome.</p></outcome><why><p>Wait-why.</p></why>
    </choice>
    <choice id="leave" to="aftermath" points="2100">
      <text>Leave-text.</text><outcome><p>Leave-outcome.</p></outcome><why><p>Leave-why.</p></why>
    </choice>
  </scene>
  <scene id="stairs" title="Stairs-title" level="officer" place="Stairwell" time="23:52">
    <p>Stairs-story.</p>
    <choice id="step-in" to="desk" points="5200">
      <text>Stepin-text.</text><outcome><p>Stepin-outcome.</p></outcome><why><p>Stepin-why.</p></why>
    </choice>
    <choice id="watch" to="aftermath" points="160">
      <text>Watch-text.</text><outcome><p>Watch-outcome.</p></outcome><why><p>Watch-why.</p></why>
    </choice>
  </scene>
  <scene id="desk" title="Desk-title" level="supervisor" place="Sergeants-room" time="01:15">
    <p>Desk-story.</p>
    <choice id="report" to="stopped" points="4400">
      <text>Report-text.</text><outcome><p>Report-outcome.</p></outcome><why><p>Report-why.</p></why>
    </choice>
    <choice id="cover" to="hidden" points="0">
      <text>Cover-text.</text><outcome><p>Cover-outcome.</p></outcome><why><p>Cover-why.</p></why>
    </choice>
  </scene>
  <scene id="aftermath" title="Aftermath-title" level="agency" place="Headquarters" time="09:05">
    <p>Aftermath-story.</p>
    <choice id="tell" to="hidden" points="1900">
      <text>Tell-text.</text><outcome><p>Tell-outcome.</p></outcome><why><p>Tell-why.</p></why>
    </choice>
    <choice id="silent" to="lost" points="0">
      <text>Silent-text.</text><outcome><p>Silent-outcome.</p></outcome><why><p>Silent-why.</p></why>
    </choice>
  </scene>
  <ending id="stopped" title="Stopped-title" result="good"><p>Stopped-story.</p></ending>
  <ending id="hidden" title="Hidden-title" result="mixed"><p>Hidden-story.</p></ending>
  <ending id="lost" title="Lost-title" result="bad"><p>Lost-story.</p></ending>
"""
POSSIBLE = 7300 + 5200 + 4400

BEST = (("arrival", "speak"), ("stairs", "step-in"), ("desk", "report"))
MIXED = (("arrival", "leave"), ("aftermath", "tell"))
WORST = (("arrival", "wait"), ("stairs", "watch"), ("aftermath", "silent"))


def scenario(content: str = CONTENT):
    return olx.read(content)


def decisions(path) -> list:
    """A path as a block stores it."""
    return [[scene, choice, f"2026-11-02T10:0{minute}:00+00:00"] for minute, (scene, choice) in enumerate(path)]
