"""What authorities are filed under."""

import pytest

from dti_xblocks.case_law import citation
from dti_xblocks.case_law.facets import COURTS, NAMES, Facet, Filters, counted, court_class, filed_under, passes
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.model import CASE, KINDS, Authority


def case(court="", cited="A v. B, 1 F.3d 1 (4th Cir. 1999)"):
    return Authority("a", CASE, "A v. B", cited, court=court)


@pytest.mark.parametrize("authority", library(), ids=lambda authority: authority.slug)
def test_every_authority_is_filed_under_what_it_says(authority):
    filed = filed_under(authority)
    assert tuple(filed) == NAMES
    assert filed["kind"] == (authority.kind,) and filed["topic"] == authority.topics
    assert set(filed["module"]) == set(map(str, authority.modules))
    assert len(filed["court"]) == (authority.kind == CASE)
    assert len(filed["decade"]) == (authority.year is not None)
    assert all(value in citation.CIRCUITS for value in filed["circuit"])


@pytest.mark.parametrize(
    ("court", "cited", "expected"),
    [
        ("Supreme Court of the United States", "A v. B, 490 U.S. 386 (1989)", "supreme"),
        ("", "A v. B, 490 U.S. 386 (1989)", "supreme"),
        ("United States Court of Appeals for the Fourth Circuit (en banc)", "unreadable", "appeals"),
        ("", "A v. B, 13 F.3d 791 (4th Cir. 1994)", "appeals"),
        ("United States District Court for the Northern District of Illinois", "unreadable", "district"),
        ("", "A v. B, 208 F. Supp. 3d 373 (D. Mass. 2016)", "district"),
        ("", "A v. B, No. 07 C 2372 (N.D. Ill. Dec. 20, 2012)", "district"),
        ("Supreme Court of New York, Erie County (trial court)", "A v. B (N.Y. Sup. Ct., Erie County, Apr. 13, 2021)", "other"),
        ("", "unreadable", "other"),
    ],
)
def test_courts_are_told_apart_by_name_or_citation(court, cited, expected):
    assert court_class(case(court, cited)) == expected


def test_a_law_of_the_federal_government_is_federal_whoever_wrote_it():
    assert filed_under(library().get("doj-use-of-force-2022"))["state"] == ("Federal",)
    assert filed_under(library().get("42-usc-1983"))["state"] == ("Federal",)


def test_values_are_in_the_order_people_expect():
    facets = counted([filed_under(authority) for authority in library()], Filters())
    assert [value for value, _count in facets["circuit"]] == [name for name in citation.CIRCUITS if name not in ("D.C.", "Fed.")]
    assert [value for value, _count in facets["court"]] == list(COURTS)
    assert [value for value, _count in facets["kind"]] == list(KINDS)
    assert [value for value, _count in facets["decade"]] == sorted(value for value, _count in facets["decade"])
    assert [value for value, _count in facets["module"]] == ["1", "2", "4", "5", "6", "7", "8"]
    states = [value for value, _count in facets["state"]]
    assert states[0] == "Federal" and states[1:] == sorted(states[1:])


def test_counts_of_a_narrowed_list():
    lists = [
        {**dict.fromkeys(NAMES, ()), "kind": ("case",), "circuit": ("4th",)},
        {**dict.fromkeys(NAMES, ()), "kind": ("case",), "circuit": ("9th",)},
        {**dict.fromkeys(NAMES, ()), "kind": ("statute",)},
    ]
    facets = counted(lists, Filters(kind="case", circuit="9th"))
    assert facets["kind"] == (Facet("case", 1),)
    assert facets["circuit"] == (Facet("4th", 1), Facet("9th", 1))
    assert [passes(one, Filters(kind="case", circuit="9th").chosen) for one in lists] == [False, True, False]
