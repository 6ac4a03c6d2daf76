"""A small sound scenario with clocks, meters, conditions, choices' levels, a loop and points on endings.

Every word and large number stands once, so that a test can search a page for it.
"""

CONTENT = """
  <introduction><p>Timed-introduction.</p></introduction>
  <level id="signal" title="Signal-level">Signal-means.</level>
  <level id="words" title="Words-level">Words-means.</level>
  <level id="step-in" title="Stepin-level">Stepin-means.</level>
  <meter id="safety" title="Safety-meter" start="4013" lowest="0" highest="6029">Safety-means.</meter>
  <meter id="career" title="Career-meter" start="7013" highest="9999" show="end">Career-means.</meter>
  <scene id="curb" title="Curb-title" place="Curb-place" time="22:10">
    <p>Curb-story.</p>
    <choice id="sign" to="hood" points="1100" level="signal">
      <text>Sign-text.</text><outcome><p>Sign-outcome.</p></outcome><why><p>Sign-why.</p></why>
      <effect meter="safety" by="3037"/><effect meter="career" by="-709"/>
    </choice>
    <choice id="look" to="hood" points="130">
      <text>Look-text.</text><outcome><p>Look-outcome.</p></outcome><why><p>Look-why.</p></why>
      <effect meter="safety" by="-2503"/>
    </choice>
  </scene>
  <scene id="hood" title="Hood-title" place="Hood-place" time="22:11" clock="20" timeout="froze">
    <p>Hood-story.</p>
    <choice id="call" to="after" points="2300" level="words">
      <text>Call-text.</text><outcome><p>Call-outcome.</p></outcome><why><p>Call-why.</p></why>
    </choice>
    <choice id="grab" to="after" points="3700" level="step-in">
      <needs choice="curb/sign"/>
      <text>Grab-text.</text><outcome><p>Grab-outcome.</p></outcome><why><p>Grab-why.</p></why>
      <effect meter="safety" by="509"/>
    </choice>
    <choice id="froze" to="late" points="0" offered="no">
      <text>Froze-text.</text><outcome><p>Froze-outcome.</p></outcome><why><p>Froze-why.</p></why>
      <effect meter="safety" by="-1511"/>
    </choice>
  </scene>
  <scene id="late" title="Late-title" place="Late-place" time="22:12">
    <p>Late-story.</p>
    <choice id="back" to="curb" points="0">
      <text>Back-text.</text><outcome><p>Back-outcome.</p></outcome><why><p>Back-why.</p></why>
    </choice>
    <choice id="walk" to="alone" points="0">
      <text>Walk-text.</text><outcome><p>Walk-outcome.</p></outcome><why><p>Walk-why.</p></why>
    </choice>
  </scene>
  <scene id="after" title="After-title" place="After-place" time="22:30">
    <p>After-story.</p>
    <choice id="write" to="whole" points="500">
      <text>Write-text.</text><outcome><p>Write-outcome.</p></outcome><why><p>Write-why.</p></why>
    </choice>
    <choice id="skip" to="alone" points="0">
      <text>Skip-text.</text><outcome><p>Skip-outcome.</p></outcome><why><p>Skip-why.</p></why>
    </choice>
  </scene>
  <ending id="whole" title="Whole-title" result="good" points="9000" otherwise="half">
    <needs meter="safety" at-least="5003"/><p>Whole-story.</p>
  </ending>
  <ending id="half" title="Half-title" result="mixed" points="4000"><p>Half-story.</p></ending>
  <ending id="alone" title="Alone-title" result="bad"><p>Alone-story.</p></ending>
"""
POSSIBLE = 1100 + 3700 + 500
POSSIBLE_ENDINGS = 9000
