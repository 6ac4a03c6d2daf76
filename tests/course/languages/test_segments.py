"""Which texts are found in a file, in what form, and that nothing else of the file changes."""

import json

import pytest

from dti_xblocks.course.languages.markup import collapsed, tree
from dti_xblocks.course.languages.segments import rewritten, texts
from dti_xblocks.course.languages.sources import readable_files
from dti_xblocks.course.source import shipped_course

PAGE = "html/page.html"
BLOCK = "vertical/unit.xml"


def said(source: str, name: str = PAGE) -> list[str]:
    return [text.said for text in texts(name, source)]


def kinds(source: str, name: str = BLOCK) -> dict[str, str]:
    return {text.said: text.kind for text in texts(name, source)}


def loud(source: str, name: str = PAGE, **more) -> str:
    """The file with every text in capitals, tags as they are."""
    return rewritten(name, source, lambda text: text.said.upper().replace("<EM>", "<em>").replace("</EM>", "</em>"), **more)


def test_each_block_of_a_page_is_a_text_with_its_inner_markup():
    page = "<div><h3>The door</h3>\n<p>He  said\n <em>stop</em>, twice.</p><ul><li>One</li><li>Two <b>and</b></li></ul></div>"
    assert said(page) == ["The door", "He said <em>stop</em>, twice.", "One", "Two <b>and</b>"]


def test_an_element_around_a_whole_text_is_no_part_of_it():
    assert said('<p><strong><a href="/x">Read the brief</a></strong></p>') == ["Read the brief"]
    assert loud('<p><a href="/x">Read it</a></p>') == '<p><a href="/x">READ IT</a></p>'


def test_words_beside_blocks_are_texts_of_their_own():
    assert said("<ul><li>Before <ul><li>inside</li></ul> after</li></ul>") == ["Before", "inside", "after"]


def test_a_link_is_named_without_its_address_and_gets_it_back():
    page = '<p>See <a href="/one" data-authority="x">this</a> now.</p>'
    assert said(page) == ["See <a>this</a> now."]
    changed = rewritten(PAGE, page, lambda text: "Ahora mira <a>esto</a>.")
    assert changed == '<p>Ahora mira <a href="/one" data-authority="x">esto</a>.</p>'


def test_two_links_are_told_apart_and_may_change_their_order():
    page = '<p><a href="/one">First</a> or <a href="/two">second</a>.</p>'
    assert said(page) == ["<a1>First</a1> or <a2>second</a2>."]
    changed = rewritten(PAGE, page, lambda text: "<a2>Segundo</a2> o <a1>primero</a1>.")
    assert changed == '<p><a href="/two">Segundo</a> o <a href="/one">primero</a>.</p>'


def test_two_links_that_lead_to_one_place_are_the_same():
    assert said('<p><a href="/one">Here</a> or <a href="/one">there</a>.</p>') == ["<a>Here</a> or <a>there</a>."]


def test_words_for_people_in_attributes_are_texts_and_others_are_not():
    page = '<p>Look: <img src="a.png" alt="Two officers" class="wide"> <span aria-label="Really?">!</span></p>'
    assert said(page) == ["Look:", "Two officers", "Really?"]
    assert 'alt="TWO OFFICERS" class="wide"' in loud(page) and 'src="a.png"' in loud(page)


def test_quotation_marks_in_an_attribute_do_not_end_it():
    assert rewritten(PAGE, '<img alt="x">', lambda text: '“a” "b" &amp; c') == '<img alt="“a” &quot;b&quot; &amp; c">'
    assert rewritten(PAGE, "<img alt='x'>", lambda text: "it's") == "<img alt='it&#39;s'>"


@pytest.mark.parametrize(
    "page",
    [
        '<p translate="no">42 U.S.C.</p>',
        '<blockquote lang="en"><p>Nor shall any State</p></blockquote>',
        "<script>let word = 'x'</script><style>p { color: red }</style><code>dti-course</code>",
        "<p>12 : 30 — 45 %</p><p></p><!-- a note -->",
        '<figure data-graphic="ladder"><figcaption>Drawn elsewhere</figcaption></figure>',
    ],
)
def test_what_stays_as_it_is_is_no_text(page):
    assert said(page) == []


def test_texts_are_known_by_their_characters_not_by_how_these_are_written():
    assert said("<p>It&#x27;s &amp; &quot;so&quot;&nbsp;&lt;</p>") == ['It\'s &amp; "so"\u00a0&lt;']
    assert collapsed(" a \n b&mdash;c ") == "a b—c"


def test_what_has_no_translation_is_marked_where_a_page_can():
    assert rewritten(PAGE, "<p> One </p>", lambda text: None, mark="en") == '<p> <span lang="en">One</span> </p>'
    vertical = '<vertical display_name="One"><dti_review><prompt><p>Two</p></prompt></dti_review></vertical>'
    assert rewritten(BLOCK, vertical, lambda text: None, mark="en") == vertical, "our blocks take no span"


def test_a_problem_gives_its_question_answers_feedback_and_explanation():
    problem = """<problem display_name="The door" max_attempts="2"><multiplechoiceresponse><label>What now?</label>
    <choicegroup type="MultipleChoice"><choice correct="true">Say stop. <choicehint>Right.</choicehint></choice></choicegroup>
    <solution><p>It is <em>so</em>.</p></solution></multiplechoiceresponse></problem>"""
    found = kinds(problem, "problem/q.xml")
    assert list(found) == ["The door", "What now?", "Say stop.", "Right.", "It is <em>so</em>."]
    assert found["Say stop."].startswith("answer to choose") and found["Right."] == "feedback on an answer"
    assert found["What now?"] == "question of a test" and found["It is <em>so</em>."] == "explanation after a question"
    assert '<choice correct="true">SAY STOP. <choicehint>RIGHT.</choicehint>' in loud(problem, "problem/q.xml")


def test_a_scenario_gives_people_places_speech_choices_and_what_follows():
    found = kinds("""<dti_scenario display_name="Night" url_name="night" pass_mark="70"><introduction><p>You drive.</p></introduction>
    <person id="lee" name="Officer Lee" role="Your partner" portrait="/static/a.webp" initials="OL"/>
    <meter id="calm" title="Calm">How calm.</meter>
    <scene id="a" title="The lot" place="Harbor Street" time="Nine days later" as="lee"><image src="/static/b.webp" alt="A lot"/>
    <p>It rains.</p><say by="lee">Mine.</say><say who="Voice">Hey</say>
    <choice id="c" to="end" points="1"><text>Speak</text><outcome><p>He stops.</p></outcome><why><p>Words.</p></why>
    <authority ref="graham-v-connor"/></choice></scene>
    <ending id="end" title="Over" result="good"><p>Home.</p></ending></dti_scenario>""")
    assert set(found) == {
        "Night", "You drive.", "Officer Lee", "Your partner", "Calm", "How calm.", "The lot", "Harbor Street", "Nine days later",
        "A lot", "It rains.", "Mine.", "Voice", "Hey", "Speak", "He stops.", "Words.", "Over", "Home.",
    }  # fmt: skip
    assert found["Mine."].startswith("speech") and found["Speak"].startswith("answer to choose")
    assert found["He stops."].startswith("what happens after a choice")


def test_an_activity_a_film_a_pledge_and_a_list_give_their_words():
    found = kinds("""<vertical display_name="Unit">
    <dti_activity activity="sort" display_name="Sort"><task><p>Sort them.</p></task><group id="a">Yes</group>
    <card id="x" group="a"><text>A card</text><why>A reason</why></card><after><p>Done.</p></after></dti_activity>
    <dti_video display_name="Film"><film src="/static/f.mp4" seconds="3"/><captions lang="en" src="/static/f.vtt" label="Large print"/>
    <still at="0" src="/static/f.webp" alt="A yard"><p>You: “Stop.”</p></still><tape id="t" at="1" to="2"><prompt><p>Press.</p></prompt>
    <window kind="good" until="2"><feedback>Soon.</feedback><followed>He lives.</followed></window><way id="w"><text>Shout</text></way></tape>
    </dti_video><dti_pledge display_name="Pledge" wording_label="2027"><affirmation id="a">I act.</affirmation>
    <field id="f" label="Agency" hint="As on your badge" format="99"><option>North</option></field></dti_pledge>
    <dti_case_law display_name="Law" packet_title="Packet"><authority slug="policy-3"><caption>Policy 3</caption></authority></dti_case_law>
    </vertical>""")
    assert set(found) == {
        "Unit", "Sort", "Sort them.", "Yes", "A card", "A reason", "Done.", "Film", "Large print", "A yard", "You: “Stop.”", "Press.",
        "Soon.", "He lives.", "Shout", "Pledge", "I act.", "Agency", "As on your badge", "North", "Law", "Packet", "Policy 3",
    }  # fmt: skip


def test_a_policy_gives_titles_tabs_topics_outcomes_and_kinds_of_grades_and_keeps_the_rest():
    policy = {"course/v1": {
        "display_name": "Course", "start": "2026-01-01T00:00:00Z", "tabs": [{"name": "Syllabus", "type": "static_tab"}],
        "discussion_topics": {"General": {"id": "general"}}, "learning_info": ["Act"],
        "certificates": {"certificates": [{"name": "C", "course_title": "T", "description": "D", "signatories": [{"title": "Edit"}]}]},
    }}  # fmt: skip
    changed = json.loads(rewritten("policies/v1/policy.json", json.dumps(policy), lambda text: text.said.upper()))["course/v1"]
    assert (changed["display_name"], changed["tabs"][0], changed["start"]) == (
        "COURSE", {"name": "SYLLABUS", "type": "static_tab"}, "2026-01-01T00:00:00Z",
    )  # fmt: skip
    assert changed["discussion_topics"] == {"GENERAL": {"id": "general"}} and changed["learning_info"] == ["ACT"]
    assert changed["certificates"]["certificates"][0]["signatories"] == [{"title": "EDIT"}]
    grading = json.dumps({"GRADER": [{"type": "Quizzes", "weight": 1}], "GRADE_CUTOFFS": {"Pass": 0.8}})
    assert json.loads(rewritten("policies/v1/grading_policy.json", grading, lambda text: "X")) == {
        "GRADER": [{"type": "X", "weight": 1}], "GRADE_CUTOFFS": {"Pass": 0.8},
    }  # fmt: skip


@pytest.mark.parametrize("broken", ["{", "[]", "null", '{"course/v1": 3}'])
def test_a_policy_that_is_none_is_left_alone(broken):
    assert json.loads(rewritten("policies/v1/policy.json", '"x"', lambda text: "y")) == "x"
    assert texts("policies/v1/policy.json", broken) == []


@pytest.mark.parametrize("page", ["<p>Open", "</p>Closed</div>", "<p>One<p>Two", "<p>a < b</p>", "<", "<p <em>x</em>"])
def test_a_page_that_is_not_well_formed_is_read_and_kept(page):
    assert rewritten(PAGE, page, lambda text: None) == page
    assert tree(page, is_html=True).end == len(page)


@pytest.mark.content
def test_the_whole_course_stays_as_it_is_to_the_byte_when_nothing_is_said():
    root = shipped_course()
    names = readable_files(root)
    assert len(names) > 400
    for name in names:
        source = (root / name).read_text(encoding="utf-8")
        assert rewritten(name, source, lambda text: None) == source, name


@pytest.mark.content
def test_the_whole_course_stays_the_same_when_every_text_is_said_as_it_is():
    root = shipped_course()
    for name in readable_files(root):
        source = (root / name).read_text(encoding="utf-8")
        assert rewritten(name, source, lambda text: text.said) == source, name
