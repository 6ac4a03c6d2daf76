"""Rules about where the law and the science of our own course come from: a reader can look up every sentence that states it.

A sentence is found by its words (`LAW`, `SCIENCE`, `YEAR`), which is a sieve and no judgment: words of courts, statutes and
studies, shares and years. What states law in other words it does not see, and whether an authority says what the sentence says
is for people to check. Looked at are the pages of lessons, without briefs, graphics and lists, which have links of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ...content import Problem
from ..model import OlxCourse
from .lessons import lessons, pages
from .registry import at, rule

LAW = re.compile(
    r"\b(?:courts?|circuits?|judges?|jury|juries|justices?|statutes?|verdicts?|convict(?:ed|ions?)|acquitt(?:ed|als?)"
    r"|indict(?:ed|ments?)|prosecut\w+|plaintiffs?|damages|immunity|appeals?|amendments?|constitution\w*|unconstitutional"
    r"|felon(?:y|ies)|misdemeanors?|pleaded|guilty|sentenced|in prison|liable|liability|lawsuits?|su(?:ed|es)|ruled|rulings?"
    r"|opinions? of|Congress|settlements?|awarded|(?:federal|state) (?:laws?|crimes?)"
    r"|law (?:asks|forbids|gives|orders|punishes|requires|says|wants))\b|\bv\.|§|U\.S\.C",
    re.IGNORECASE,
)
SCIENCE = re.compile(
    r"\b(?:stud(?:y|ies)|research(?:ers?)?|experiments?|survey(?:s|ed)?|psychologists?|scientists?|polls?|percent(?! to pass)"
    r"|meta-analys[ei]s)\b|%|\b(?:\d+|[a-z]+ty(?:-\w+)?) (?:in|of|out of) (?:every )?(?:\d+|[a-z]+ty(?:-\w+)?)\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")
SENTENCE = re.compile(r".*?(?<!\bv)(?<!\bMr)(?<!\bMs)(?<!\bSt)[.?!][\"”)]*(?=\s|$)|.+$")
LINKED = ".//a[contains(@href, '#case-')]"
APART = "|".join(
    f"//*[contains(concat(' ', @class, ' '), ' {name} ')]" for name in ("dti-brief", "dti-goals", "dti-figure", "dti-picture")
)
LIST, SUMMARY = "dti-authorities", "dti-key"
AUTHORITY = re.compile(r"/jump_to_id/([\w.-]+)#case-([\w-]+)")


@rule("CX065")
def sentence_traceable(course: OlxCourse) -> Iterator[Problem]:
    """A sentence of a lesson with words of law, numbers of research or a year, and no link to an authority in reach.

    In reach is a link in its paragraph, or under the same heading of the unit, where a story runs over several paragraphs. For
    the lesson in short it is the list of authorities that stands with it.
    """
    for item, part in lessons(course):
        for block, page in pages(course, part):
            for heading in _headings(page):
                for sentence in _claims(heading):
                    message = f"“{sentence}” (in “{item.title}”) has no source. Link the entry of the library on which it rests."
                    yield at("CX065", block, message)


@rule("CX066")
def list_lacks_authority(course: OlxCourse) -> Iterator[Problem]:
    """A link to an authority in a list of case law that does not have it: the list opens, and the authority is not there."""
    lists = {
        block.url_name: {node.get("ref") for node in block.node.iter("authority")} for block in course.blocks("dti_case_law")
    }
    for name in sorted(course.used):
        if name.endswith((".html", ".xml")):
            for number, line in enumerate(course.text(name).splitlines(), 1):
                for list_name, slug in AUTHORITY.findall(line):
                    if list_name in lists and slug not in lists[list_name]:
                        message = f"{list_name} does not have {slug}. Link the list that has it, or add it there."
                        yield Problem("CX066", name, message, line=number)


def _headings(page: etree._Element) -> Iterator[list[etree._Element]]:
    """The paragraphs below each heading of a page, in runs; what is looked up is left out. The page is changed by it."""
    listed = bool(page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {LIST} ')]"))
    for node in page.xpath(f"{APART}|//*[contains(concat(' ', @class, ' '), ' {LIST} ')]"):
        node.drop_tree()
    run: list[etree._Element] = []
    for node in page.iter("h3", "p", "li", "tr", "dd"):
        if node.tag == "h3":
            yield run
            run = []
        elif not node.xpath("ancestor::tr | .//p") and not (listed and node.xpath(f"ancestor::*[contains(@class, '{SUMMARY}')]")):
            run.append(node)
    yield run


def _claims(paragraphs: list[etree._Element]) -> Iterator[str]:
    """The sentences that state law or science, where none of these paragraphs links an authority."""
    if any(paragraph.xpath(LINKED) for paragraph in paragraphs):
        return
    for paragraph in paragraphs:
        for sentence in SENTENCE.findall(" ".join(" ".join(paragraph.itertext()).split())):
            if any(words.search(sentence) for words in (LAW, SCIENCE, YEAR)):
                yield sentence.strip()
