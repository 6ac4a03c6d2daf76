"""The set of authorities in a block's content: reading and writing it, what it comes to, and each rule broken alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dti_xblocks.case_law import olx, rules, rules_facts
from dti_xblocks.case_law.library import LONGEST_TEXT, library
from dti_xblocks.case_law.model import CASE, LISTS, Check, Entry
from dti_xblocks.content import Stray

OWN = """
<authority slug="policy-300" kind="policy">
  <caption>Use of Force</caption>
  <citation>General Order 300 (2024)</citation>
  <state>Springfield Police Department</state>
  <in-brief>Step in when you see force that is not lawful. Tell a supervisor at once.</in-brief>
  <duty>Every officer who is present has to intervene.</duty>
  <topic>duty to intervene</topic>
  <topic>reporting</topic>
  <check><question>Who has to?</question><right>Everyone present</right><wrong>Only sergeants</wrong><why>It says so.</why></check>
</authority>"""
DECISION = (
    '<authority slug="doe-v-roe" kind="case"><caption>Doe v. Roe</caption><citation>Doe v. Roe, 1 F.4th 2 (4th Cir. 2021)</citation>'
    "<circuit>4th</circuit><decided>2021-02-03</decided><in-brief>Step in.</in-brief>{more}</authority>"
)


def read(inner):
    return olx.read(etree.fromstring(f"<content>{inner}</content>"))


def codes(inner, completes_by=""):
    return [problem.code for problem in rules.check(read(inner), library(), completes_by)]


# -- reading and writing -----------------------------------------------------------------------------------------------------


def test_references_are_read_in_order_with_their_lines():
    case_set = read('\n<authority ref="graham-v-connor"/>\n\n<authority ref=" monroe-v-pape "/>\n')
    assert case_set.entries == (Entry(ref="graham-v-connor", line=2), Entry(ref="monroe-v-pape", line=4))
    assert case_set.strays == ()


def test_an_authority_of_the_author_is_read_whole():
    (entry,) = read(OWN).entries
    assert (entry.name, entry.ref) == ("policy-300", "")
    assert entry.fields["kind"] == "policy"
    assert entry.fields["topics"] == ("duty to intervene", "reporting")
    assert entry.fields["check"] == Check("Who has to?", "Everyone present", ("Only sergeants",), "It says so.")
    assert codes(OWN) == []


def test_line_breaks_in_a_text_are_spaces():
    (entry,) = read('<authority ref="graham-v-connor"><rule>one\n    two</rule></authority>').entries
    assert entry.fields == {"rule": "one two"}


def test_what_does_not_belong_is_kept_for_the_rules():
    case_set = read('hello <authority ref="x" role="y"><b/>inner</authority><case/><!-- a comment -->')
    assert set(case_set.strays) == {
        Stray("text", "hello"),
        Stray("attribute", "role"),
        Stray("element", "b"),
        Stray("text", "inner"),
        Stray("element", "case"),
    }
    assert {stray.line for stray in case_set.strays} == {1}


def test_slugs_written_read_back():
    slugs = ["graham-v-connor", "18-usc-242"]
    assert [entry.ref for entry in read(olx.write(slugs)).entries] == slugs


texts = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cc", "Cs", "Cn")), min_size=1, max_size=40
).map(lambda text: " ".join(text.split()))
checks = st.builds(Check, texts, texts, st.lists(texts, min_size=1, max_size=3).map(tuple), texts)
values = st.fixed_dictionaries(
    {"kind": st.sampled_from(["case", "policy"])},
    optional={
        **dict.fromkeys(olx.TEXTS, texts),
        **{name: st.lists(texts, min_size=1, max_size=3).map(tuple) for name in LISTS},
        "check": checks,
    },
)


@given(st.lists(st.builds(Entry, slug=st.just("own-one"), fields=values), max_size=3))
def test_whatever_is_written_reads_back(entries):
    back = read(olx.write(entries))
    assert back.strays == ()
    assert [(entry.slug, dict(entry.fields)) for entry in back.entries] == [(entry.slug, dict(entry.fields)) for entry in entries]


# -- what it comes to --------------------------------------------------------------------------------------------------------


def test_an_authority_of_the_author_is_in_the_library():
    collection = library().with_entries(read(OWN).entries)
    own = collection.get("policy-300")
    assert own.is_agencys and own.heading == "Springfield Police Department: Use of Force"
    assert len(collection) == len(library()) + 1 and "policy-300" not in library()
    assert [part.code for part in own.parts] == ["in_brief", "duty"]


def test_a_change_keeps_everything_else_and_says_what_was_changed():
    collection = library().with_entries(read('<authority ref="graham-v-connor"><rule>Ours.</rule></authority>').entries)
    before, after = library().get("graham-v-connor"), collection.get("graham-v-connor")
    assert (after.rule, after.edited, after.facts) == ("Ours.", ("rule",), before.facts)
    assert not after.is_agencys and before.edited == ()


def test_a_change_to_the_same_words_is_none():
    rule = library().get("graham-v-connor").rule
    entry = Entry(ref="graham-v-connor", fields={"rule": rule})
    assert library().with_entries([entry]) is library()


def test_a_name_of_the_library_cannot_be_taken():
    taken = '<authority slug="graham-v-connor" kind="case"><caption>X</caption><citation>Y</citation></authority>'
    assert library().with_entries(read(taken).entries).get("graham-v-connor").caption == "Graham v. Connor"


@pytest.mark.parametrize(
    "inner", ['<authority ref="nobody"><rule>x</rule></authority>', '<authority slug="x" kind="case"/>', "<authority/>"]
)
def test_what_no_authority_can_be_made_of_is_left_out(inner):
    assert library().with_entries(read(inner).entries) is library()


def test_characters_that_turn_the_text_are_left_out():
    collection = library().with_entries([Entry(ref="graham-v-connor", fields={"rule": "a\u202eb\u2066c \x07d"})])
    assert collection.get("graham-v-connor").rule == "abc d"


def test_megabytes_of_text_are_left_out():
    entries = [
        Entry(ref="graham-v-connor", fields={"rule": "x" * (LONGEST_TEXT + 1)}),
        Entry(slug="own", fields={"kind": CASE, "caption": "x", "citation": "y", "elements": ("word " * 3000,) * 5}),
    ]
    collection = library().with_entries(entries)
    assert collection is library()


# -- rules -------------------------------------------------------------------------------------------------------------------


def test_a_sound_set_has_no_problems():
    everything = "".join(f'<authority ref="{slug}"/>' for slug in library().slugs)
    assert codes(everything) == []


EXAMPLES = [
    ("CL001", ""),
    ("CL002", '<authority ref="graham-v-connor"/><authority/>'),
    ("CL003", '<authority ref="graham-v-conner"/>'),
    ("CL004", '<authority ref="graham-v-connor"/><authority ref="graham-v-connor"/>'),
    ("CL005", '<authority ref="graham-v-connor"/><case/>'),
    ("CL005", '<authority ref="graham-v-connor"><rule>a <b>bold</b> one</rule></authority>'),
    ("CL005", '<authority ref="graham-v-connor"><rule>a</rule><rule>b</rule></authority>'),
    ("CL005", '<authority ref="graham-v-connor"><colour>a</colour></authority>'),
    ("CL006", '<authority ref="graham-v-connor" id="1"/>'),
    ("CL006", '<authority ref="graham-v-connor" kind="case"/>'),
    ("CL007", '<authority ref="graham-v-connor"/>read this'),
    ("CL007", '<authority ref="graham-v-connor">read this</authority>'),
    ("CL008", f'<authority ref="graham-v-connor"><rule>{"x" * (LONGEST_TEXT + 1)}</rule></authority>'),
    ("CL009", '<authority ref="graham-v-connor"><rule>one \u202e two</rule></authority>'),
    ("CL010", DECISION.format(more="").replace("1 F.4th 2", "one F.4th two").replace("<circuit>4th</circuit>", "")),
    ("CL010", '<authority ref="graham-v-connor"><citation>Graham v. Connor, 490 U.S. 386 (U.S. 1989)</citation></authority>'),
    ("CL011", '<authority slug="own" kind="case"><caption>A v. B</caption></authority>'),
    ("CL011", '<authority slug="own" kind="policy"><caption>A</caption><citation>B</citation></authority>'),
    ("CL011", '<authority ref="graham-v-connor"><caption></caption></authority>'),
    ("CL011", "<authority ref='18-usc-242'><in-brief/><element/><penalty-or-remedy/></authority>"),
    ("CL016", '<authority ref="monroe-v-pape"><treatment></treatment></authority>'),
    ("CL016", DECISION.format(more="<treatment>limited</treatment><treatment-by>nonsense</treatment-by>")),
    ("CL008", OWN.replace("Use of Force", "x" * 501)),
    ("CL012", OWN.replace("policy-300", "Policy 300")),
    ("CL012", OWN.replace("policy-300", "graham-v-connor")),
    ("CL012", '<authority slug="own" ref="graham-v-connor"><rule>Ours.</rule></authority>'),
    ("CL013", OWN.replace('kind="policy"', 'kind="rumor"')),
    ("CL014", DECISION.format(more="").replace("<circuit>4th", "<circuit>5th")),
    ("CL014", DECISION.format(more="").replace("<circuit>4th</circuit>", "")),
    ("CL015", DECISION.format(more="").replace("2021-02-03", "3 February 2021")),
    ("CL015", DECISION.format(more="").replace("2021-02-03", "2020-02-03")),
    ("CL015", OWN.replace("<duty>", "<checked>November</checked><duty>")),
    ("CL016", DECISION.format(more="<treatment>overruled</treatment><treatment-by>graham-v-connor</treatment-by>")),
    ("CL016", DECISION.format(more="<treatment>limited</treatment>")),
    ("CL017", OWN.replace("<duty>", "<official-url>javascript:alert(1)</official-url><duty>")),
    ("CL018", OWN.replace("<wrong>Only sergeants</wrong>", "")),
    ("CL018", OWN.replace("<wrong>Only sergeants</wrong>", "<wrong>Everyone present</wrong>")),
    ("CL021", OWN.replace("<duty>", "<strength>strong</strength><duty>")),
    ("CL021", OWN.replace("<duty>", "<read-with>nobody-v-nobody</read-with><duty>")),
    ("CL020", "".join(OWN.replace("policy-300", f"policy-{number}") for number in range(rules_facts.MOST_ENTRIES + 1))),
]


@pytest.mark.parametrize(("code", "inner"), EXAMPLES, ids=[f"{code}-{number}" for number, (code, _inner) in enumerate(EXAMPLES)])
def test_each_rule_is_broken_by_its_example_and_by_nothing_else(code, inner):
    assert codes(inner) == [code]


def test_a_list_that_completes_by_questions_misses_those_that_have_none():
    unasked = etree.fromstring(f"<content>{OWN}</content>")
    (check,) = unasked.iter("check")
    check.getparent().remove(check)
    inner = etree.tostring(unasked, encoding="unicode").removeprefix("<content>").removesuffix("</content>")
    assert codes(inner, "checked") == ["CL019"]
    assert codes(inner, "ended") == codes(OWN, "checked") == []


def test_every_rule_has_a_code_a_manual_and_an_example():
    assert rules.RULES.codes == [f"CL{number:03}" for number in range(1, len(rules.RULES) + 1)]
    assert all(rule.manual for rule in rules.RULES)
    assert {code for code, _inner in EXAMPLES} | {"CL019"} == set(rules.RULES.codes)


def test_all_problems_are_found_in_line_order():
    inner = '<authority/>\n<case/>\n<authority ref="nobody-v-nobody"/>\n<authority ref="nobody-v-nobody" x="1"/>'
    problems = rules.check(read(inner), library())
    assert [(problem.line, problem.code) for problem in problems] == [
        (1, "CL002"),
        (2, "CL005"),
        (3, "CL003"),
        (4, "CL003"),
        (4, "CL004"),
        (4, "CL006"),
    ]
    assert "nobody-v-nobody" in problems[2].message
