"""Reading and using the institution's keys."""

import json

import pytest
import rfc8785
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import override_settings
from hypothesis import example, given
from hypothesis import strategies as st

from dti_xblocks.pledge import seal
from dti_xblocks.seals import keys, make, site

PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
BARE = serialization.NoEncryption()


def pem(key, encryption=BARE) -> str:
    return key.private_bytes(PEM, PKCS8, encryption).decode()


OWN = Ed25519PrivateKey.generate()
PRIVATE, PUBLIC = pem(OWN), keys.public_pem(OWN.public_key())
OTHER_PUBLIC = keys.public_pem(Ed25519PrivateKey.generate().public_key())
ELLIPTIC = ec.generate_private_key(ec.SECP256R1())

# RFC 8785 speaks of JSON as ECMAScript has it: whole numbers of at most 53 bits; a record's keys are ASCII.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-seal.LARGEST, seal.LARGEST) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(st.characters(codec="ascii"), max_size=8), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(VALUES)
@example({"b": 1, "a": [True, None, '\u2028 \x00\x1f\x7f \U0001f693 é é \\ " /'], "": -0})
@example("\u0600\u202e\ufeff")
def test_canonical_json_is_that_of_the_reference_package(value):
    assert seal.canonical(value) == rfc8785.dumps(value)
    assert json.loads(seal.canonical(value)) == value


@given(VALUES, VALUES)
def test_two_documents_have_one_hash_only_when_they_are_equal(one, other):
    assert (seal.digest(one) == seal.digest(other)) == (rfc8785.dumps(one) == rfc8785.dumps(other))


def test_what_is_signed_verifies_by_the_public_key_alone():
    ring, public = keys.read(PRIVATE), keys.read(public=[PUBLIC])
    signature = ring.sign(b"payload")
    assert len(signature) == 128
    assert public.verify(ring.key_id, b"payload", signature)
    assert public.private is None
    assert public.key_id == ""


@pytest.mark.parametrize(
    ("key_id", "payload", "signature"),
    [
        ("", b"payload", None),
        ("0" * 16, b"payload", None),
        (None, b"payloae", None),
        (None, b"payload", "00" * 64),
        (None, b"payload", "00" * 63),
        (None, b"payload", "no hex"),
        (None, b"payload", ""),
        (None, b"", None),
    ],
)
def test_anything_else_does_not_verify(key_id, payload, signature):
    ring = keys.read(PRIVATE)
    good = ring.sign(b"payload")
    key_id, signature = ring.key_id if key_id is None else key_id, good if signature is None else signature
    assert not ring.verify(key_id, payload, signature)


@given(st.integers(0, 511))
def test_a_signature_with_one_bit_changed_does_not_verify(bit):
    ring = keys.read(PRIVATE)
    changed = bytearray.fromhex(ring.sign(b"payload"))
    changed[bit // 8] ^= 1 << bit % 8
    assert not ring.verify(ring.key_id, b"payload", changed.hex())


def test_a_ring_without_a_private_key_does_not_sign():
    with pytest.raises(keys.KeysUnusableError, match="no private key"):
        keys.read(public=[PUBLIC]).sign(b"payload")


def test_public_keys_and_certificates_are_read_in_order_and_once():
    certificate, _key = make.make_certificate("Example")
    ring = keys.read("", [f"A note.\n{OTHER_PUBLIC}{certificate}", f"{PUBLIC}{OTHER_PUBLIC}{certificate}"])
    assert [keys.public_pem(key) for key in ring.public.values()] == [OTHER_PUBLIC, PUBLIC]
    assert ring.certificates == (certificate.strip(),)


UNUSABLE = {
    "no PEM": "secret words",
    "cut": PRIVATE[:60],
    "broken": PRIVATE.replace("MC4C", "MC4D"),
    "encrypted": pem(OWN, serialization.BestAvailableEncryption(b"pass")),
    "RSA": pem(rsa.generate_private_key(public_exponent=65537, key_size=2048)),
    "elliptic": pem(ELLIPTIC),
    "another curve": pem(ed448.Ed448PrivateKey.generate()),
    "public": PUBLIC,
}


@pytest.mark.parametrize("private", UNUSABLE.values(), ids=UNUSABLE)
def test_a_private_key_that_cannot_be_used_is_refused_without_a_word_of_it(private):
    with pytest.raises(keys.KeysUnusableError) as refusal:
        keys.read(private)
    assert not _tells(str(refusal.value), private)
    assert "Ed25519" in str(refusal.value)


@pytest.mark.parametrize(
    "public",
    [
        "words",
        PRIVATE,
        PUBLIC[:50] + PUBLIC[55:],
        ELLIPTIC.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode(),
    ],
    ids=["no PEM", "private", "broken", "elliptic"],
)
def test_public_keys_that_cannot_be_used_are_refused_without_a_word_of_them(public):
    with pytest.raises(keys.KeysUnusableError) as refusal:
        keys.read(public=[public])
    assert not _tells(str(refusal.value), public)


def _tells(message: str, secret: str) -> bool:
    body = [line for line in secret.splitlines() if "-----" not in line]
    return any(line[start : start + 12] in message for line in body for start in range(max(1, len(line) - 11)))


# -- the site ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", [None, "", {}], ids=str)
def test_a_site_without_keys_seals_nothing_and_has_no_fault(setting):
    with override_settings(DTI_PLEDGE_KEYS=setting):
        found = site.site_keys()
    assert (found.missing, found.fault, found.certificate) == (True, "", "")


def test_the_keys_of_a_folder_are_those_of_its_files(tmp_path):
    made = make.make_keys(tmp_path / "keys", "Example")
    with override_settings(DTI_PLEDGE_KEYS=str(tmp_path / "keys")):
        found = site.site_keys()
        old, new = make.rotate(tmp_path / "keys")
        rotated = site.site_keys()  # without a restart
    assert found.ring.key_id == made == old
    assert rotated.ring.key_id == new
    assert set(rotated.ring.public) == {old, new}
    assert found.certificate.startswith("-----BEGIN CERTIFICATE")
    assert not found.missing


def test_the_keys_of_a_dictionary_are_its_texts():
    with override_settings(DTI_PLEDGE_KEYS={"private": PRIVATE, "public": OTHER_PUBLIC}):
        found = site.site_keys()
    assert found.ring.key_id == keys.read(PRIVATE).key_id
    assert len(found.ring.public) == 2


@pytest.mark.parametrize("private", UNUSABLE.values(), ids=UNUSABLE)
def test_a_site_whose_key_cannot_be_used_goes_on_and_tells_nothing_of_it(private, caplog):
    with override_settings(DTI_PLEDGE_KEYS={"private": private}):
        found = site.site_keys()
    assert found.missing
    assert found.fault
    assert not _tells(found.fault + caplog.text, private)


@pytest.mark.parametrize("setting", ["/no/such/folder", 7, ["a"], __file__], ids=str)
def test_a_setting_that_is_no_keys_is_a_fault_and_no_crash(setting):
    with override_settings(DTI_PLEDGE_KEYS=setting):
        found = site.site_keys()
    assert found.missing
    assert "DTI_PLEDGE_KEYS cannot be read" in found.fault


def test_a_file_that_is_no_text_is_a_fault_and_no_crash(tmp_path):
    (tmp_path / keys.PRIVATE).write_bytes(b"\xff\xfe\x00secret")
    with override_settings(DTI_PLEDGE_KEYS=tmp_path):
        assert "cannot be read" in site.site_keys().fault


def test_what_is_printed_of_keys_has_nothing_secret(tmp_path):
    make.make_keys(tmp_path / "keys")
    with override_settings(DTI_PLEDGE_KEYS=tmp_path / "keys"):
        found = site.site_keys()
    for file in make.SECRET:
        lines = (tmp_path / "keys" / file).read_text().splitlines()
        assert not any(line in repr(found) for line in lines)
