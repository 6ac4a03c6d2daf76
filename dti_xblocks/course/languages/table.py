"""What of a course holds words for people, and what kind of text that is: one table over tags, attributes and keys.

All words between tags are for people, but for what `SILENT` names. Of attributes only those are that stand in `ATTRIBUTES`.
"""

from __future__ import annotations

INLINE = frozenset({
    "a", "abbr", "b", "bdi", "br", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub",
    "sup", "time", "tspan", "u", "var", "wbr",
})  # fmt: skip
SILENT = frozenset({"answer", "code", "head", "math", "pre", "script", "style"})
ANY = "*"
ATTRIBUTES: dict[str, frozenset[str]] = {
    ANY: frozenset({"alt", "aria-label", "display_name", "title"}),
    "person": frozenset({"name", "role"}),
    "scene": frozenset({"place", "time"}),
    "say": frozenset({"who"}),
    "sequential": frozenset({"format"}),
    "captions": frozenset({"label"}),
    "field": frozenset({"label", "hint"}),
    "dti_case_law": frozenset({"packet_title"}),
    "dti_pledge": frozenset({"wording_label", "certificate_text"}),
    "discussion": frozenset({"discussion_category", "discussion_target"}),
    "choicegroup": frozenset({"label"}),
    "checkboxgroup": frozenset({"label"}),
    "textline": frozenset({"label", "trailing_text"}),
    "formulaequationinput": frozenset({"label", "trailing_text"}),
    "textbook": frozenset({"title"}),
}
OF_ATTRIBUTE = {
    "alt": "description of a picture, for people who do not see it",
    "aria-label": "name that a screen reader says",
    "display_name": "title",
    "title": "title",
    "name": "name of a person in a scenario, shown above what they say",
    "role": "who a person of a scenario is, under the name",
    "place": "place of a scene, above it",
    "time": "time of a scene, above it",
    "who": "name of a speaker",
    "format": "kind of graded work, on the page of grades",
    "label": "label of a field",
    "hint": "hint at a field",
    "packet_title": "title on the cover of a file",
}
OF_ELEMENT = {
    "affirmation": "promise that the learner signs, in the first person",
    "after": "what is said after an activity",
    "back": "back of a card in an activity",
    "caption": "caption of a table",
    "choicehint": "feedback on an answer",
    "closing": "end of the pledge, in the first person",
    "compoundhint": "feedback on a combination of answers",
    "dd": "explanation of a term",
    "description": "hint below a question",
    "dt": "term that is explained",
    "ending": "end of a scenario",
    "feedback": "feedback on an answer",
    "figcaption": "title of a figure",
    "followed": "what followed, in a film",
    "group": "name of a group into which cards are sorted: short",
    "hint": "hint at a question",
    "introduction": "introduction to a scenario",
    "knows": "what the learner's role knows, in a scenario",
    "knows-not": "what the learner's role does not know, in a scenario",
    "label": "question of a test",
    "level": "level of a scenario, explained",
    "li": "item of a list",
    "meter": "meter of a scenario, explained",
    "optionhint": "feedback on an answer",
    "outcome": "what happens after a choice, told in the present tense",
    "preamble": "beginning of the pledge, in the first person",
    "prompt": "question",
    "say": "speech: somebody says this aloud",
    "scene": "narration of a scene, in the present tense",
    "solution": "explanation after a question",
    "still": "line of a film, as it is spoken or told",
    "summary": "heading of a card that opens",
    "task": "what to do in an activity",
    "td": "cell of a table",
    "th": "head of a table",
    "transcript": "transcript",
    "why": "why a choice or a card is right or wrong",
    **{f"h{level}": "heading" for level in range(1, 7)},
}
ANSWER = "answer to choose: keep the shape, and the length near those of the others"
OF_TEXT = {"choice": ANSWER, "way": ANSWER, "card": "front of a card in an activity: short"}
ANSWERS = frozenset({"choice", "option", "way"})
TITLE, TOPIC, TAB, OUTCOME, CERTIFICATE = "title", "topic of the discussion", "tab", "what the course teaches", "certificate"
GRADE, GRAPHIC = "kind of graded work, on the page of grades", "words in a drawing: short"


def kind(path: tuple[str, ...]) -> str:
    """What a text is that stands in these elements, outermost first; "text" where nobody says."""
    for place, tag in reversed(list(enumerate(path))):
        if tag in ANSWERS:
            return ANSWER
        if tag == "text" and place and path[place - 1] in OF_TEXT:
            return OF_TEXT[path[place - 1]]
        if tag in OF_ELEMENT:
            return OF_ELEMENT[tag]
    return "text"
