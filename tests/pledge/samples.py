"""A pledge for the tests."""

PLEDGE = """
    <preamble><p>I carry a badge because people <em>trust</em> me.</p></preamble>
    <affirmation id="law">I know the law &amp; my agency's policy.</affirmation>
    <affirmation id="act">I will step in.</affirmation>
    <closing><p>I make this pledge freely.</p></closing>
    <field id="agency" label="Agency" required="true"/>
    <field id="rank" label="Rank or title"/>
"""
