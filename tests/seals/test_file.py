"""The seal of a file's bytes: every change is found, and nothing else is taken for a sealed file."""

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dti_xblocks.seals import file
from dti_xblocks.seals.keys import Keyring, key_id

CODE = "7QXD-03MB-K9TR-H4WN"


def new_ring():
    key = Ed25519PrivateKey.generate()
    return Keyring({key_id(key.public_key()): key.public_key()}, key)


RING = new_ring()


def made(kind=file.SEALED, ring=RING, code=CODE):
    """Bytes as a PDF with the marker in its trailer has them."""
    marker = file.marker(code, ring.key_id, kind)
    return b"%PDF-1.7\n" + bytes(range(256)) * 4 + b"\ntrailer /ID [(" + marker + b") (0)]\nstartxref\n11\n%%EOF\n"


def test_a_sealed_file_is_intact_and_as_long_as_before():
    body = file.put(made(), RING)
    assert len(body) == len(made())
    assert file.check(body, RING) == file.FileCheck(file.INTACT, CODE, RING.key_id, len(body))
    assert file.check(body, RING).genuine


def test_every_changed_byte_is_found():
    body = file.put(made(), RING)
    for place in range(len(body)):
        for change in (0x01, 0x20, 0x80):
            other = bytearray(body)
            other[place] ^= change
            assert not file.check(bytes(other), RING).genuine, place


def test_cut_extended_and_moved_bytes_are_found():
    body = file.put(made(), RING)
    for other in (body[:-1], body + b"\n", b"\n" + body, body[1:], body[: len(body) // 2], body + body, body[100:] + body[:100]):
        assert file.check(other, RING).state in (file.ALTERED, file.NONE), other[:20]
    random.seed(5)
    for _try in range(200):
        first, last = sorted(random.sample(range(len(body)), 2))
        assert not file.check(body[:first] + body[last:], RING).genuine
        assert not file.check(body[:first] + b"x" + body[first:], RING).genuine


def test_a_file_that_needs_a_signature_is_stripped_without_and_followed_with():
    body = file.put(made(file.SIGNED), RING)
    assert file.check(body, RING).state == file.STRIPPED
    followed = file.check(body + b"1 0 obj ... %%EOF", RING)
    assert (followed.state, followed.length) == (file.FOLLOWED, len(body))


def test_neither_kind_can_be_made_the_other():
    sealed, signed = file.put(made(), RING), file.put(made(file.SIGNED), RING)
    assert not file.check(signed.replace(b" signed ", b" sealed "), RING).genuine
    assert not file.check(sealed.replace(b" sealed ", b" signed "), RING).genuine


def test_a_copy_of_the_marker_further_on_does_no_harm():
    body = file.put(made(file.SIGNED), RING)
    marker = file.MARKER.search(body)[0]
    assert file.check(body + b"/ID [(" + marker + b")]", RING).state == file.FOLLOWED


def test_a_marker_of_somebody_before_the_true_one_does_no_harm():
    fake = file.marker("0000-0000-0000-0000", RING.key_id)
    plain = made()
    true = file.put(plain, RING)
    assert file.check(fake + true, RING).state == file.ALTERED  # it moves what was sealed
    # One that stands in a picture, and so was there when the file was sealed.
    for text in (fake, file.marker(CODE), file.marker(CODE, "0123456789abcdef")):
        sealed = file.put(plain.replace(b"%PDF-1.7\n", b"%PDF-1.7\n(" + text + b")\n"), RING)
        assert file.check(sealed, RING).state == file.INTACT
        assert file.check(sealed, RING).code == CODE


def test_an_unknown_key_is_said_to_be_unknown():
    other = new_ring()
    found = file.check(file.put(made(ring=other), other), RING)
    assert (found.state, found.key_id, found.genuine) == (file.UNKNOWN_KEY, other.key_id, False)


def test_a_seal_cannot_be_said_to_be_by_another_key():
    other = new_ring()
    both = Keyring({**RING.public, **other.public})
    body = file.put(made(), RING)
    assert file.check(body, both).state == file.INTACT
    assert file.check(body.replace(RING.key_id.encode(), other.key_id.encode()), both).state == file.ALTERED


def test_a_file_from_before_the_seal_says_so():
    body = b"%PDF-1.7 /ID [(" + file.marker(CODE) + b")]"
    assert file.check(body, RING) == file.FileCheck(file.NOT_SEALED, CODE)
    assert not file.check(body, RING).genuine


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7", b"\x00" * 1000, b"dti-file/2 x", random.Random(1).randbytes(5000)])
def test_what_has_no_marker_is_no_file_of_ours(body):
    assert file.check(body, RING) == file.FileCheck(file.NONE)


def test_a_damaged_marker_is_an_altered_file():
    body = file.put(made(), RING)
    assert file.check(body.replace(b" sealed ", b" SEALED "), RING).state == file.ALTERED


def test_thousands_of_markers_take_no_more_work_than_a_few():
    seen = []

    class Counting(Keyring):
        def verify(self, *arguments):
            seen.append(arguments)
            return False

    body = file.put(made(), RING) * 5000
    assert file.check(body, Counting(RING.public)).state == file.ALTERED
    assert len(seen) <= file.MOST_MARKERS


def test_what_has_no_place_is_not_sealed():
    with pytest.raises(file.NotSealableError):
        file.put(b"%PDF-1.7", RING)
    with pytest.raises(file.NotSealableError):
        file.put(made(ring=new_ring()), RING)
    with pytest.raises(file.NotSealableError):
        file.put(file.put(made(), RING), RING)
    with pytest.raises(file.NotSealableError):
        file.put(b"%PDF-1.7 " + file.marker(CODE), Keyring())


@pytest.mark.parametrize("code", ["", "a b", "x" * 50, "(", "é"])
def test_a_code_that_would_break_the_marker_is_refused(code):
    with pytest.raises(ValueError):
        file.marker(code, RING.key_id)
