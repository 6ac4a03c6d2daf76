"""The set of authorities in a block's content: reading it, and each rule broken alone."""

import pytest
from lxml import etree

from dti_xblocks.case_law import olx, rules
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.model import Reference, Stray


def read(inner):
    return olx.read(etree.fromstring(f"<content>{inner}</content>"))


def codes(inner):
    return [problem.code for problem in rules.check(read(inner), library())]


def test_references_are_read_in_order_with_their_lines():
    case_set = read('\n<authority ref="graham-v-connor"/>\n\n<authority ref=" monroe-v-pape "/>\n')
    assert case_set.references == (Reference("graham-v-connor", 2), Reference("monroe-v-pape", 4))
    assert case_set.strays == ()


def test_what_does_not_belong_is_kept_for_the_rules():
    case_set = read('hello <authority ref="x" role="y"><b/>inner</authority><case/><!-- a comment -->')
    assert case_set.strays == (
        Stray("text", "hello", 1),
        Stray("attribute", "role", 1),
        Stray("element", "b", 1),
        Stray("text", "inner", 1),
        Stray("element", "case", 1),
    )


def test_written_content_reads_back():
    slugs = ["graham-v-connor", "18-usc-242"]
    assert [reference.ref for reference in read(olx.write(slugs)).references] == slugs


def test_a_sound_set_has_no_problems():
    everything = "".join(f'<authority ref="{slug}"/>' for slug in library().slugs)
    assert codes(everything) == []


@pytest.mark.parametrize(
    ("code", "inner"),
    [
        ("CL001", ""),
        ("CL002", '<authority ref="graham-v-connor"/><authority/>'),
        ("CL003", '<authority ref="graham-v-conner"/>'),
        ("CL004", '<authority ref="graham-v-connor"/><authority ref="graham-v-connor"/>'),
        ("CL005", '<authority ref="graham-v-connor"/><case/>'),
        ("CL006", '<authority ref="graham-v-connor" id="1"/>'),
        ("CL007", '<authority ref="graham-v-connor"/>read this'),
    ],
)
def test_each_rule_is_broken_by_its_example_and_by_nothing_else(code, inner):
    assert codes(inner) == [code]


def test_every_rule_says_its_code_first():
    documented = [rule.__doc__.partition(":")[0] for rule in rules.RULES]
    assert documented == [f"CL{number:03}" for number in range(1, len(rules.RULES) + 1)]


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
