"""What learners type, and what they should find: the list of queries by which the ranking is judged."""

import tomllib
from pathlib import Path

import pytest

from dti_xblocks.case_law.facets import Filters
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.model import CASE

pytestmark = pytest.mark.content

QUERIES = tomllib.loads((Path(__file__).parent / "queries.toml").read_text(encoding="utf-8"))["query"]
EXPECTED = [query for query in QUERIES if "finds" not in query]
UNKNOWN = [query for query in QUERIES if "finds" in query]


def found(query, **filters):
    return [hit.authority.slug for hit in library().find(query, Filters(**filters)).hits]


def rank(query):
    """The place of the first authority that is expected, from 1; None when none of them was found."""
    wanted = query.get("first") or query["top3"]
    return next((place for place, slug in enumerate(found(query["query"]), 1) if slug in wanted), None)


@pytest.mark.parametrize("query", EXPECTED, ids=lambda query: query["query"])
def test_a_learners_query_finds_what_is_meant(query):
    assert (rank(query) or 99) <= (1 if "first" in query else 3)


@pytest.mark.parametrize("query", UNKNOWN, ids=lambda query: query["query"])
def test_what_the_library_does_not_have_is_said(query):
    answer = library().find(query["query"])
    assert ("partial" if answer.partial else "full" if answer.hits else "nothing") == query["finds"]


def test_the_list_of_queries_is_long_and_names_what_exists():
    assert len(EXPECTED) >= 60 and len(UNKNOWN) >= 10
    assert {slug for query in EXPECTED for slug in query.get("first") or query["top3"]} <= set(library().slugs)


def test_the_mean_reciprocal_rank_is_high():
    assert sum(1 / (rank(query) or 99) for query in EXPECTED) / len(EXPECTED) >= 0.9


@pytest.mark.parametrize("authority", library(), ids=lambda authority: authority.slug)
def test_every_authority_is_found_first_by_its_name_and_by_its_citation(authority):
    assert found(authority.heading)[0] == authority.slug
    assert found(authority.citation)[0] == authority.slug


@pytest.mark.parametrize("authority", [one for one in library() if one.kind == CASE], ids=lambda authority: authority.slug)
def test_every_decision_is_found_first_with_two_letters_of_its_name_exchanged(authority):
    party = max(authority.citation.partition(",")[0].replace("-", " ").split(), key=lambda word: (word.isalpha(), len(word)))
    assert found(f"{authority.caption.replace(party, party[:2] + party[3] + party[2] + party[4:])}")[0] == authority.slug
