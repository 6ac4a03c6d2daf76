"""Activities of each kind, small and sound."""

from dti_xblocks.activity import olx

SORT = """
<task><p>Sort.</p></task>
<group id="act">You could act</group>
<group id="not">You could not</group>
<card id="reach" group="act"><text>You see the third blow.</text><why>You can reach it.</why></card>
<card id="voice" group="act"><text>Your voice carries.</text><why>A word is a means.</why></card>
<card id="instant" group="not"><text>One shove.</text><why>There was no time.</why></card>
<after><p>Time, position, knowledge, means.</p></after>
"""
ORDER = """
<task>Put it in order.</task>
<card id="one"><text>First</text><why>It begins.</why></card>
<card id="two"><text>Second</text><why>It goes on.</why></card>
<card id="three"><text>Third</text><why>It ends.</why></card>
"""
MATCH = """
<task>Match.</task>
<card id="officer"><text>The officer</text><back>stands by</back><why>W1</why></card>
<card id="sergeant"><text>The sergeant</text><back>looks away</back><why>W2</why></card>
<card id="city"><text>The city</text><back>writes policy</back><why>W3</why></card>
"""
FLIP = """
<task>Turn.</task>
<card id="rank"><text>“He has twenty years on me.”</text><back>Rank gives no right.</back></card>
<card id="wrong"><text>“Maybe I am wrong.”</text><back>Ask.</back></card>
"""
SPOT = """
<task>Look.</task>
<picture src="/static/street.png" alt="A street"/>
<card id="red" area="10 20 20 30"><text>Red</text><why>On the left.</why></card>
<card id="small" area="12 22 4 4"><text>Small</text><why>Within.</why></card>
<card id="green" sign="false"><text>Green</text><why>There is none.</why></card>
"""
REFLECT = "<task>When did you last say nothing?</task><after>Thank you.</after>"
SAY = '<task>Say it.</task><card id="name"><text>“Mike, stop.”</text><why>A name and an order.</why></card>'
PLAN = '<task>Plan.</task><card id="quiet"><text>a person go quiet</text><back>say it</back></card>'
ALL = {
    "sort": SORT,
    "order": ORDER,
    "match": MATCH,
    "flip": FLIP,
    "spot": SPOT,
    "reflect": REFLECT,
    "say": SAY,
    "plan": PLAN,
}


def activity(kind: str):
    """The sample of a kind, read."""
    return olx.read(ALL[kind], kind)
