"""Rotating the key and renewing the certificate."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding

from dti_xblocks.seals import keys, make
from tests.seals.make.folders import NOW, everything, mode, ring


def test_rotation_keeps_what_was_sealed_before(folder):
    before = ring(folder)
    signature = before.sign(b"payload")
    old, new = make.rotate(folder)
    after = ring(folder)
    assert (old, new) == (before.key_id, after.key_id)
    assert old != new
    assert list(after.public) == [new, old]  # the newest first
    assert after.verify(old, b"payload", signature)
    assert after.certificates == before.certificates
    assert {path.name for path in folder.iterdir()} == set(make.FILES)


def test_all_keys_of_many_rotations_stay(folder):
    ids = [ring(folder).key_id, *(make.rotate(folder)[1] for _round in range(4))]
    assert list(ring(folder).public) == ids[::-1]


def test_the_old_private_key_is_kept_only_when_asked(folder):
    text = (folder / keys.PRIVATE).read_text()
    old, _new = make.rotate(folder, keep_old=True)
    kept = folder / f"sealing-key-{old}.pem"
    assert kept.read_text() == text
    assert mode(kept) == 0o600


def test_a_rotation_that_fails_half_way_leaves_the_old_key_at_work(folder, monkeypatch):
    before = ring(folder)
    real, seen = make.os.replace, []

    def second_fails(source, target):
        seen.append(target)
        if len(seen) == 2:
            raise OSError(5, "Input/output error")
        real(source, target)

    monkeypatch.setattr(make.os, "replace", second_fails)
    with pytest.raises(OSError, match="Input"):
        make.rotate(folder)
    assert ring(folder).key_id == before.key_id
    assert {path.name for path in folder.iterdir()} == set(make.FILES)


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("words")], ids=["gone", "spoilt"])
def test_without_a_usable_key_there_is_nothing_to_rotate(folder, spoil):
    spoil(folder / keys.PRIVATE)
    before = everything(folder)
    with pytest.raises(make.MakeRefusedError):
        make.rotate(folder)
    assert everything(folder) == before


def test_the_certificate_is_one_that_may_sign_documents(folder):
    found = x509.load_pem_x509_certificate((folder / keys.CERTIFICATE).read_bytes())
    usage = found.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert not found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert make.DOCUMENT_SIGNING in found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert found.public_key().key_size == 3072
    assert isinstance(found.signature_hash_algorithm, hashes.SHA256)
    assert found.not_valid_before_utc < NOW < found.not_valid_after_utc
    assert NOW + timedelta(days=3650) < found.not_valid_after_utc
    assert found.subject.rfc4514_string() == "CN=Example Police Department,O=Example Police Department"


def test_the_certificate_is_that_of_its_key(folder):
    found = x509.load_pem_x509_certificate((folder / keys.CERTIFICATE).read_bytes())
    key = serialization.load_pem_private_key((folder / keys.CERTIFICATE_KEY).read_bytes(), password=None)
    signature = key.sign(b"payload", padding.PKCS1v15(), hashes.SHA256())
    found.public_key().verify(signature, b"payload", padding.PKCS1v15(), hashes.SHA256())
    found.verify_directly_issued_by(found)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("", make.DEFAULT_NAME),
        ("  Two \n spaces ", "Two spaces"),
        ("警察署 – Policía", "警察署 – Policía"),
        ("x" * 80, "x" * 64),
        ("O=Fake,CN=Root", "O=Fake,CN=Root"),
    ],
)
def test_any_name_is_written_as_one_name(name, written):
    text, _key = make.make_certificate(name, NOW)
    found = x509.load_pem_x509_certificate(text.encode()).subject
    assert [each.value for each in found] == [written, written]


def test_a_name_that_cannot_be_shown_is_refused():
    with pytest.raises(make.MakeRefusedError, match="name"):
        make.make_certificate("Police\x07")


def test_a_certificate_is_replaced_only_when_asked_and_stays_known(folder):
    first = (folder / keys.CERTIFICATE).read_text().strip()
    with pytest.raises(make.MakeRefusedError, match="--replace"):
        make.renew_certificate(folder, "New Name")
    assert (folder / keys.CERTIFICATE).read_text().strip() == first
    made = make.renew_certificate(folder, "New Name", replace=True)
    second = (folder / keys.CERTIFICATE).read_text().strip()
    assert "New Name" in made.subject.rfc4514_string()
    assert ring(folder).certificates == (second, first)
    assert mode(folder / keys.CERTIFICATE_KEY) == 0o600


def test_a_certificate_of_an_authority_is_handed_out_without_its_issuers(folder):
    """Who trusts what is handed out must not thereby trust everybody whom that authority ever certified."""
    own, key = make.make_certificate("Issued", NOW)
    issuer, _key = make.make_certificate("Authority", NOW)
    (folder / keys.CERTIFICATE).write_text(own + issuer)
    (folder / keys.CERTIFICATE_KEY).write_text(key)
    assert any("lacks the present certificate" in each for each in make.show(folder, NOW).warnings)
    make.publish(folder)
    assert own.strip() in ring(folder).certificates
    assert issuer.strip() not in ring(folder).certificates
    assert make.show(folder, NOW).warnings == ()
