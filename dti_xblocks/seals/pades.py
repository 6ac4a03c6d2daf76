"""PDF signatures (PAdES B-B) with the institution's certificate, by pyHanko: what makes Acrobat say who issued a file.

The signature follows a file that is sealed already (see `file`), as a revision of its own that covers every byte before it. It
forbids any change after it. pyHanko is an optional extra ("sign") and is loaded only when one of these functions is called. No
Django here: `dti-verify` checks signatures with `check`.
"""

from __future__ import annotations

import hashlib
import io
import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization

log = logging.getLogger(__name__)

FIELD = "Institution"
DIGEST = "sha256"
TIME_STAMP_SECONDS = 5  # for each answer of a time stamp authority
# For all of it where others have a say, a time stamp server or who made the bytes: they must not hold up a download.
AT_MOST_SECONDS = 20

# Why nothing can be signed.
NOT_INSTALLED, UNREADABLE, OTHER_KEY, EXPIRED, NOT_YET = "not-installed", "unreadable", "other-key", "expired", "not-yet"
# What `check` finds.
VALID, BROKEN, UNKNOWN_CERTIFICATE, UNCHECKED = "valid", "broken", "unknown-certificate", "unchecked"


class NotSignedError(Exception):
    """The file could not be signed. `code` is one of the words above, or what pyHanko said; `passing` is false where it cannot
    be signed before somebody changes the certificate or installs something."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
        self.passing = code not in (NOT_INSTALLED, UNREADABLE, OTHER_KEY, EXPIRED)


@dataclass(frozen=True)
class SignatureCheck:
    """What the PDF signature behind a sealed file says.

    `state` is "valid", "broken", "unknown-certificate" (by whoever, not by this institution) or "unchecked" (pyHanko is not
    installed). `signer` is the name in the certificate, `stamped_at` the time that a time stamp gives, or None.
    """

    state: str
    signer: str = ""
    stamped_at: datetime | None = None


def installed() -> bool:
    """True where pyHanko is there."""
    return find_spec("pyhanko") is not None


def fault(certificate: str, key: str, now: datetime) -> str:
    """Why these PEM texts cannot sign now, as one of the words above; "" when they can. Neither loads pyHanko nor raises."""
    if not installed():
        return NOT_INSTALLED
    try:
        first = x509.load_pem_x509_certificates(certificate.encode())[0]
        own = serialization.load_pem_private_key(key.encode(), password=None)
        same = _raw(own.public_key()) == _raw(first.public_key())
        begins, ends = first.not_valid_before_utc, first.not_valid_after_utc
    except (ValueError, TypeError, IndexError, UnsupportedAlgorithm):
        return UNREADABLE
    if not same:
        return OTHER_KEY
    if now < begins:
        return NOT_YET
    return EXPIRED if now > ends else ""


def ends(certificate: str) -> datetime:
    """Until when the first of these certificates (PEM) is valid. Raises `ValueError` for what is none."""
    return x509.load_pem_x509_certificates(certificate.encode())[0].not_valid_after_utc


def _raw(key) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def sign(body: bytes, certificate: str, key: str, *, title: str, reason: str, timestamp_url: str = "") -> bytes:
    """`body`, a sealed PDF, with a signature of `certificate` (PEM, those of its issuers behind it) by `key` behind it.

    `title` says aloud what the field is, `reason` why it is signed. A time stamp authority that does not answer, or not in time,
    is left out with a line in the log. Raises `NotSignedError`.
    """
    code = fault(certificate, key, datetime.now(UTC))
    if code:
        raise NotSignedError(code)
    if timestamp_url:
        try:
            return _apart(AT_MOST_SECONDS, _signed, body, certificate, key, title, reason, timestamp_url)
        except Exception as error:
            # Whatever a server far away does, the file is wanted now.
            log.warning("%s gave no time stamp, so a file is signed without: %s: %s", timestamp_url, type(error).__name__, error)
    try:
        return _apart(None, _signed, body, certificate, key, title, reason, "")
    except Exception as error:
        log.exception("A file could not be signed")
        raise NotSignedError(f"{type(error).__name__}: {error}"[:200]) from error


def _apart(seconds: float | None, work, *arguments):
    """`work` in a thread of its own, because pyHanko runs an event loop and this thread may have one; for so long and no longer,
    or with None until it is done: what we do by ourselves ends, however busy the machine is."""
    done: dict = {}

    def run() -> None:
        try:
            done["result"] = work(*arguments)
        except Exception as error:
            done["error"] = error

    thread = threading.Thread(target=run, daemon=True)  # nobody waits for one that never ends
    thread.start()
    thread.join(seconds)
    if "error" in done:
        raise done["error"]
    if "result" not in done:
        raise TimeoutError(f"no end after {seconds} s")
    return done["result"]


def _signed(body: bytes, certificate: str, key: str, title: str, reason: str, timestamp_url: str) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.timestamps import HTTPTimeStamper

    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    # Nothing is drawn. For PDF/UA a field without size at the corner of the page is one that is seen: hence far coordinates.
    unseen = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
    field = fields.SigFieldSpec(FIELD, invis_sig_settings=unseen, readable_field_name=title)
    stamper = HTTPTimeStamper(timestamp_url, timeout=TIME_STAMP_SECONDS) if timestamp_url else None
    signer = _signer(signers, certificate, key)
    writer = IncrementalPdfFileWriter(io.BytesIO(body))
    made = signers.sign_pdf(writer, about, signer=signer, timestamper=stamper, new_field_spec=field)
    return made.getvalue()


def _signer(signers, certificate: str, key: str):
    from asn1crypto import keys as asn1_keys
    from asn1crypto import x509 as asn1_x509
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    chain = [
        asn1_x509.Certificate.load(each.public_bytes(serialization.Encoding.DER))
        for each in x509.load_pem_x509_certificates(certificate.encode())
    ]
    own = serialization.load_pem_private_key(key.encode(), password=None)
    shape = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    store = SimpleCertificateStore()
    store.register_multiple(chain[1:])
    return signers.SimpleSigner(chain[0], asn1_keys.PrivateKeyInfo.load(own.private_bytes(*shape)), store)


def check(body: bytes, length: int, certificates: tuple[str, ...]) -> SignatureCheck:
    """What the signature behind the first `length` bytes of `body`, which are sealed, says. `certificates` (PEM) are those that
    this institution signs with.

    It is "valid" only when it covers every byte of the file but its own, and its own are those that a signature has and no other.
    Whether the certificate has run out since or who vouches for it is of no matter: it is one that the institution hands out.
    """
    if not installed():
        return SignatureCheck(UNCHECKED)
    try:
        return _apart(AT_MOST_SECONDS, _checked, body, length, certificates)
    except Exception as error:  # the bytes may be anybody's, and so may be what pyHanko raises for them
        log.info("A PDF signature cannot be read: %s: %s", type(error).__name__, error)
        return SignatureCheck(BROKEN)


def _checked(body: bytes, length: int, certificates: tuple[str, ...]) -> SignatureCheck:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    (signature,) = PdfFileReader(io.BytesIO(body)).embedded_signatures
    start, before, after, rest = (int(number) for number in signature.byte_range)
    if start != 0 or before < length or after + rest != len(body):
        return SignatureCheck(BROKEN)
    certificate, signer = signature.signer_cert, signature.signer_info
    intact, valid = validate_sig_integrity(signer, certificate, "data", signature.compute_digest())
    if not (intact and valid):
        return SignatureCheck(BROKEN)
    name = str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly)
    ours = {x509.load_pem_x509_certificate(each.encode()).public_bytes(serialization.Encoding.DER) for each in certificates}
    if certificate.dump() not in ours:
        return SignatureCheck(UNKNOWN_CERTIFICATE, name)
    if not _tidy(body[before:after], certificate, ours):
        return SignatureCheck(BROKEN, name)
    return SignatureCheck(VALID, name, _stamped(signer))


def _tidy(hole: bytes, certificate, ours: set[bytes]) -> bool:
    """True when the `hole` that a signature leaves out of what it covers holds the signature and nothing else.

    What is in there is put together anew from its parts, each of which is signed, or known, or has one form only. So not one byte
    in it can be another.
    """
    from asn1crypto import cms

    text = hole[1:-1].decode("ascii")
    data = bytes.fromhex(text)
    message = cms.ContentInfo.load(data)
    here = message.dump()
    if hole[:1] != b"<" or hole[-1:] != b">" or data.hex().upper() != text or any(data[len(here) :]):
        return False
    signed = message["content"]
    (signer,) = signed["signer_infos"]
    if any(each.chosen.dump() not in ours for each in signed["certificates"]):
        return False
    issuer = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    plain = {
        "version": "v1",
        "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(issuer)}),
        "digest_algorithm": cms.DigestAlgorithm({"algorithm": DIGEST}),
        "signature_algorithm": cms.SignedDigestAlgorithm({"algorithm": signer["signature_algorithm"]["algorithm"].native}),
        "signed_attrs": signer["signed_attrs"],
        "signature": signer["signature"].native,
    }
    if signer["unsigned_attrs"]:
        plain["unsigned_attrs"] = [{"type": "signature_time_stamp_token", "values": [_token(signer)]}]
    anew = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [cms.DigestAlgorithm({"algorithm": DIGEST})],
            "encap_content_info": {"content_type": "data"},
            "certificates": list(signed["certificates"]),
            "signer_infos": [cms.SignerInfo(plain)],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": anew}).dump() == here


def _token(signer):
    """The one thing beside the signature that it does not cover: a time stamp, which covers the signature."""
    (only,) = signer["unsigned_attrs"]
    (token,) = only["values"]
    return token


def _stamped(signer) -> datetime | None:
    """The time in the time stamp, None without one. Raises `ValueError` where it is not a sound one over this signature."""
    from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

    if not signer["unsigned_attrs"]:
        return None
    stamp = _token(signer)["content"]
    content = stamp["encap_content_info"]["content"]
    about = content.parsed
    imprint = about["message_imprint"]
    kind = imprint["hash_algorithm"]["algorithm"].native
    if hashlib.new(kind, signer["signature"].native).digest() != imprint["hashed_message"].native:
        raise ValueError("the time stamp is of another signature")
    (authority,) = stamp["signer_infos"]
    own = hashlib.new(authority["digest_algorithm"]["algorithm"].native, bytes(content)).digest()
    intact, valid = validate_sig_integrity(authority, extract_certs_for_validation(stamp).signer_cert, "tst_info", own)
    if not (intact and valid):
        raise ValueError("the time stamp has been altered")
    return about["gen_time"].native
