"""Canonical JSON, hashes and codes."""

import itertools
import json
import random

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.pledge import seal

documents = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-seal.LARGEST, seal.LARGEST)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefg_", max_size=6), inner, max_size=4),
    max_leaves=12,
)


def test_canonical_json_has_sorted_keys_no_space_and_plain_utf8():
    document = {"b": [1, True, None], "a": "é \u2028 “x”"}
    assert seal.canonical(document) == '{"a":"é \u2028 “x”","b":[1,true,null]}'.encode()


def test_the_order_of_keys_makes_no_difference_and_the_order_of_lists_does():
    assert seal.digest({"a": 1, "b": 2}) == seal.digest({"b": 2, "a": 1})
    assert seal.digest([1, 2]) != seal.digest([2, 1])


def test_a_hash_is_sha_256_of_the_canonical_bytes():
    # sha256sum of the two bytes {}
    assert seal.digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@pytest.mark.parametrize(
    "document",
    [
        1.5,
        {"a": [0.1]},
        {1: "a"},
        {None: "a"},
        {"é": 1},
        b"bytes",
        {"a": {1, 2}},
        pytest.param([object()], id="an object"),
        float("nan"),
        float("inf"),
    ],
    ids=repr,
)
def test_what_has_no_single_text_is_refused(document):
    with pytest.raises(TypeError):
        seal.canonical(document)


@pytest.mark.parametrize("document", [2**53, -(2**53), {"a": [10**40]}, "\ud800", ["x\udfff"], {"a": "\ud83d"}], ids=ascii)
def test_what_other_languages_would_read_otherwise_is_refused(document):
    with pytest.raises(ValueError, match=r"bits|surrogates"):
        seal.canonical(document)


@given(documents)
def test_the_text_is_that_of_rfc_8785(document):
    assert seal.canonical(document) == rfc8785.dumps(document)


def test_every_control_character_is_written_as_rfc_8785_says():
    characters = "".join(map(chr, range(0x100))) + "\u2028\u2029\ufeff😀"
    assert seal.canonical(characters) == rfc8785.dumps(characters)


LINK = ("course-v1:a+b+c", 7, "ab" * 32, "pledge", "cd" * 32, "2026-11-23T11:26:05Z")


def test_a_link_names_its_place_its_record_and_the_link_before():
    assert seal.link(*LINK) == {
        "format": "dti-link/1",
        "chain": "course-v1:a+b+c",
        "position": 7,
        "previous": "ab" * 32,
        "kind": "pledge",
        "entry": "cd" * 32,
        "linked_at": "2026-11-23T11:26:05Z",
    }


@pytest.mark.parametrize("index", range(len(LINK)))
def test_another_link_in_any_part_has_another_digest(index):
    changed = [*LINK[:index], LINK[index] + 1 if isinstance(LINK[index], int) else LINK[index] + "0", *LINK[index + 1 :]]
    assert seal.digest(seal.link(*changed)) != seal.digest(seal.link(*LINK))


def test_links_that_are_moved_dropped_or_swapped_no_longer_hold_on_to_each_other():
    def chain(entries):
        found = [seal.START]
        for position, entry in enumerate(entries, 1):
            found.append(seal.digest(seal.link("c", position, found[-1], "pledge", seal.text_digest(entry), "t")))
        return found

    whole = chain("abcd")
    assert len(set(whole)) == 5
    for other in ("bacd", "abc", "acd", "abxd", "abcde"):
        assert chain(other)[-1] != whole[-1]


def test_a_commitment_hides_behind_its_salt():
    private = {"salt": "00" * 16, "address": "192.0.2.1"}
    assert seal.commitment(private) == seal.digest(private)
    assert seal.commitment(private) != seal.commitment({**private, "salt": "01" * 16})


@given(documents)
def test_a_document_survives_json_storage_with_its_hash(document):
    stored = json.loads(json.dumps(document))
    assert seal.intact(stored, seal.digest(document))


def test_a_changed_document_is_found():
    document = {"name": "Ana Reyes", "statements": ["a", "b"]}
    sealed = seal.digest(document)
    assert not seal.intact({**document, "name": "Ana Reyes "}, sealed)
    assert not seal.intact({**document, "statements": ["b", "a"]}, sealed)


def test_a_code_is_sixteen_unmistakable_characters_in_groups():
    code = seal.make_code(random.Random(7).choice)
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert not set(code) & set("ILOU")


def test_codes_use_the_whole_alphabet():
    choose = random.Random(3).choice
    assert set("".join(seal.make_code(choose) for _ in range(50))) - {"-"} == set(seal.ALPHABET)


def test_a_code_is_read_however_it_is_typed():
    turn = itertools.cycle("01AZ")
    code = seal.make_code(lambda alphabet: next(turn))
    assert code == "01AZ-01AZ-01AZ-01AZ"
    assert seal.read_code(" o1az 0lAZ-Oiaz/01az ") == code


@pytest.mark.parametrize("typed", ["", "01AZ", "01AZ-01AZ-01AZ-01AZ-0", "01AZ-01AZ-01AZ-01AU", "é" * 16])
def test_what_is_no_code_reads_as_none(typed):
    assert seal.read_code(typed) == ""


def test_a_fingerprint_is_the_start_of_the_hash_in_groups():
    assert seal.fingerprint("0123456789abcdef" + "f" * 48) == "0123 4567 89ab cdef"
