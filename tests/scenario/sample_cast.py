"""A small sound scenario with a cast: two roles, a radio, a picture behind a title, recorded voices. Every word in it stands once."""

from dti_xblocks.scenario import olx

CONTENT = """
  <introduction><p>Opening-words.</p></introduction>
  <person id="delaney" name="Officer Delaney" role="Delaney-role"/>
  <person id="tillman" name="Officer Tillman" role="Tillman-role" portrait="/static/tillman.webp" initials="WT"/>
  <person id="okafor" name="Sergeant Okafor" role="Okafor-role">
    <knows><p>Okafor-knows.</p></knows>
    <knows-not><p>Okafor-knows-not.</p></knows-not>
  </person>
  <scene id="lot" title="Lot-title" place="Lot-place" time="23:41" as="delaney" audio="/static/lot.mp3">
    <image src="/static/lot.webp" alt="Lot-picture"/>
    <p>Lot-story.</p>
    <say by="tillman" audio="/static/tillman-1.mp3">Tillman-speech.</say>
    <say by="delaney">Delaney-speech.</say>
    <say who="Mr. Vail">Vail-speech.</say>
    <say by="okafor" over="radio">Okafor-radio.</say>
    <choice id="stop" to="office" points="7300"><text>Stop-text.</text><outcome><p>Stop-outcome.</p></outcome><why><p>Stop-why.</p></why></choice>
    <choice id="wait" to="walk" points="0"><text>Wait-text.</text><outcome><p>Wait-outcome.</p></outcome><why><p>Wait-why.</p></why></choice>
  </scene>
  <scene id="walk" title="Walk-title" place="Walk-place" time="23:50" as="delaney">
    <p>Walk-story.</p>
    <image src="/static/walk.webp" alt="Walk-picture"/>
    <choice id="tell" to="office" points="900"><text>Tell-text.</text><outcome><p>Tell-outcome.</p></outcome><why><p>Tell-why.</p></why></choice>
    <choice id="hush" to="shut" points="10"><text>Hush-text.</text><outcome><p>Hush-outcome.</p></outcome><why><p>Hush-why.</p></why></choice>
  </scene>
  <scene id="office" title="Office-title" place="Office-place" time="02:40" as="okafor" clock="30" timeout="sign">
    <p>Office-story.</p>
    <say who="Officer Tillman">Tillman-again.</say>
    <choice id="ask" to="open" points="60"><text>Ask-text.</text><outcome><p>Ask-outcome.</p></outcome><why><p>Ask-why.</p></why></choice>
    <choice id="sign" to="shut" points="5"><text>Sign-text.</text><outcome><p>Sign-outcome.</p></outcome><why><p>Sign-why.</p></why></choice>
  </scene>
  <ending id="open" title="Open-title" result="good"><p>Open-story.</p><say by="okafor">Okafor-end.</say></ending>
  <ending id="shut" title="Shut-title" result="bad"><p>Shut-story.</p></ending>
"""


def scenario(content: str = CONTENT):
    return olx.read(content)
