"""Making and rotating the institution's keys: the folder that settings.DTI_PLEDGE_KEYS names. No Django here.

The folder has four files. Two are secret: the Ed25519 key that seals records, and the key that signs PDF files. Two are not: the
certificate of the latter, and `institution.pub`, which the institution hands out so that anybody can check what was sealed.
Nothing is ever overwritten unasked, and a file is either there as a whole or not at all.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from .keys import CERTIFICATE, CERTIFICATE_KEY, PRIVATE, PUBLIC, Keyring, KeysUnusableError, blocks, key_id, public_pem, read

FILES = (PRIVATE, PUBLIC, CERTIFICATE, CERTIFICATE_KEY)
SECRET = (PRIVATE, CERTIFICATE_KEY)
DEFAULT_NAME = "Law enforcement agency"
LONGEST_NAME = 64  # of a name in a certificate (RFC 5280)
RSA_BITS, VALID_DAYS = 3072, 3652
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
AUTHENTIC_DOCUMENTS = ObjectIdentifier("1.2.840.113583.1.1.5")  # Adobe's, which older Acrobats look for


class MakeRefusedError(ValueError):
    """It was not done, and nothing was changed. The message says why and what to do; it holds nothing of a key."""


@dataclass(frozen=True)
class Shown:
    """What a folder of keys holds, without anything secret. `warnings` are sentences."""

    ring: Keyring
    certificate: x509.Certificate | None
    warnings: tuple[str, ...]


def make_keys(folder: Path, name: str = "", now: datetime | None = None) -> str:
    """Make all four files in `folder`, which must not hold any of them; the id of the new key. `name` is the institution's.

    A folder that is not there yet appears as a whole, when all its files are made. Raises `MakeRefusedError`.
    """
    folder = Path(folder)
    there = [each for each in FILES if (folder / each).exists()]
    if there:
        raise MakeRefusedError(
            f"{folder} holds {', '.join(there)} already. Keys are never overwritten: give another folder, or use “rotate”."
        )
    if folder.exists() and not folder.is_dir():
        raise MakeRefusedError(f"{folder} is no folder.")
    key = Ed25519PrivateKey.generate()
    certificate, certificate_key = make_certificate(name, now)
    texts = {
        CERTIFICATE_KEY: certificate_key,
        CERTIFICATE: certificate,
        PUBLIC: public_pem(key.public_key()) + certificate,
        PRIVATE: _pem(key),  # last: where it is, the others are
    }
    if folder.is_dir():
        folder.chmod(0o700)
        for file, text in texts.items():
            _write(folder / file, text)
    else:
        _appear(folder, texts)
    return key_id(key.public_key())


def rotate(folder: Path, keep_old: bool = False) -> tuple[str, str]:
    """Put a new sealing key in the place of the present one; the ids of both, old and new. Raises `MakeRefusedError`.

    The old public key stays in institution.pub, so that what it sealed can be checked for good. The old private key is removed,
    because nothing needs it any more; `keep_old` leaves it beside the new one, under a name that has its id.
    """
    folder = Path(folder)
    ring = _ring(folder)
    if ring.private is None:
        raise MakeRefusedError(f"{folder / PRIVATE} is not there: there is no key to rotate. Use “make” for the first one.")
    key, old = Ed25519PrivateKey.generate(), ring.key_id
    # The new public key goes out first: whatever it seals can be checked, also when the power fails in between.
    _publish(folder, [key.public_key(), ring.public[old]])
    if keep_old:
        _write(folder / f"sealing-key-{old}.pem", _text(folder / PRIVATE))
    _write(folder / PRIVATE, _pem(key), replace=True)
    return old, key_id(key.public_key())


def renew_certificate(folder: Path, name: str = "", replace: bool = False, now: datetime | None = None) -> x509.Certificate:
    """Make a certificate and its key in `folder`; with `replace` in the place of those that are there. Raises `MakeRefusedError`.

    The certificate before stays in institution.pub: files that were signed with it can be checked for good.
    """
    folder = Path(folder)
    there = [each for each in (CERTIFICATE, CERTIFICATE_KEY) if (folder / each).exists()]
    if there and not replace:
        raise MakeRefusedError(f"{folder} holds {', '.join(there)} already. Say --replace to put a new certificate in its place.")
    if not folder.is_dir():
        raise MakeRefusedError(f"{folder} is no folder. Use “make” first.")
    _publish(folder)  # with the certificate that goes
    certificate, certificate_key = make_certificate(name, now)
    _write(folder / CERTIFICATE_KEY, certificate_key, replace=True)
    _write(folder / CERTIFICATE, certificate, replace=True)
    _publish(folder)
    return x509.load_pem_x509_certificate(certificate.encode())


def publish(folder: Path) -> None:
    """Bring institution.pub up to date with the key and the certificate in `folder`. Raises `MakeRefusedError`."""
    _publish(Path(folder))


def show(folder: Path, now: datetime | None = None) -> Shown:
    """What is in `folder`, and what is not as it should be. Raises `MakeRefusedError` when it cannot be read."""
    folder, now = Path(folder), now or datetime.now(UTC)
    ring, certificate = _ring(folder), _certificate(folder)
    warnings = []
    if ring.private is None:
        warnings.append(f"{PRIVATE} is missing: records get no seal until it is there.")
    elif not (folder / PUBLIC).exists() or ring.key_id not in read(public=[_text(folder / PUBLIC)]).public:
        warnings.append(f"{PUBLIC} lacks the present key. Run “publish” and hand the file out again.")
    for file in SECRET:
        path = folder / file
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            warnings.append(f"{file} can be read by others on this machine. Run: chmod 600 {path}")
    if certificate is None or not (folder / CERTIFICATE_KEY).exists():
        warnings.append(f"{CERTIFICATE} or {CERTIFICATE_KEY} is missing: PDF files are sealed, but not signed.")
    if certificate is not None:
        if certificate.not_valid_after_utc <= now:
            warnings.append(f"{CERTIFICATE} has expired: PDF files are sealed, but not signed. Run “certificate … --replace”.")
        if _bare(_pem_of(certificate)) not in {_bare(each) for each in ring.certificates}:
            warnings.append(f"{PUBLIC} lacks the present certificate. Run “publish” and hand the file out again.")
    return Shown(ring, certificate, tuple(warnings))


def make_certificate(name: str = "", now: datetime | None = None) -> tuple[str, str]:
    """A self-signed certificate for PDF signatures and its key, both as PEM texts. It is for a start: Acrobat calls its signer
    unknown until the reader trusts it; one from a certificate authority that Acrobat knows has no such limit.

    `name` is the institution's; of more than 64 characters the first are taken. Raises `MakeRefusedError` for what is no name.
    """
    name = " ".join((name or DEFAULT_NAME).split())[:LONGEST_NAME]
    if not name.isprintable():
        raise MakeRefusedError("The name of the institution holds characters that cannot be shown.")
    now = (now or datetime.now(UTC)).replace(microsecond=0)
    key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    own = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,  # also called non-repudiation; pyHanko and Acrobat ask for it
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    purposes = x509.ExtendedKeyUsage([DOCUMENT_SIGNING, AUTHENTIC_DOCUMENTS, ExtendedKeyUsageOID.EMAIL_PROTECTION])
    public = key.public_key()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(own)
        .issuer_name(own)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))  # a reader's clock may be a little behind
        .not_valid_after(now + timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(purposes, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(key, hashes.SHA256())
    )
    return _pem_of(certificate), _pem(key)


def _ring(folder: Path) -> Keyring:
    try:
        return read(_text(folder / PRIVATE), [_text(folder / PUBLIC)])
    except KeysUnusableError as error:
        raise MakeRefusedError(f"The keys in {folder} cannot be used: {error}") from error


def _certificate(folder: Path) -> x509.Certificate | None:
    """The first certificate of the file: the institution's own. Those after it are of who issued it."""
    text = _text(folder / CERTIFICATE)
    if not text.strip():
        return None
    try:
        return x509.load_pem_x509_certificate(text.encode())
    except ValueError as error:
        raise MakeRefusedError(f"{folder / CERTIFICATE} cannot be read. It has to be a certificate in PEM form.") from error


def _publish(folder: Path, keys: Iterable = ()) -> None:
    """Write institution.pub: `keys` first, then what is in it, then the certificates, the present one first."""
    ring, certificate = _ring(folder), _certificate(folder)
    newest = [*keys] or ([ring.private.public_key()] if ring.private else [])
    present = read(public=[_text(folder / PUBLIC)]).public
    all_keys = {key_id(key): key for key in newest} | dict(present)
    certificates = [_pem_of(certificate)] if certificate else []
    certificates += [pem for pem in ring.certificates if _bare(pem) not in {_bare(each) for each in certificates}]
    pieces = [public_pem(key) for key in all_keys.values()] + [pem.strip() + "\n" for pem in certificates]
    if not pieces:
        raise MakeRefusedError(f"There is neither a key nor a certificate in {folder}.")
    _write(folder / PUBLIC, "".join(pieces), replace=True)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise MakeRefusedError(f"{path} cannot be read ({type(error).__name__}).") from error


def _pem(key) -> str:
    """A private key as PEM text, unencrypted: the file's rights protect it."""
    shape = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*shape).decode("ascii")


def _pem_of(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")


def _bare(pem: str) -> str:
    """A PEM block without its line breaks, to compare."""
    return "".join(next((block for _kind, block in blocks(pem)), "").split())


def _appear(folder: Path, texts: dict[str, str]) -> None:
    """Make `folder` with these files in one step."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    growing = folder.parent / f".{folder.name}-{secrets.token_hex(6)}"
    growing.mkdir(mode=0o700)
    try:
        for file, text in texts.items():
            _write(growing / file, text)
        os.rename(growing, folder)
    except OSError as error:
        shutil.rmtree(growing, ignore_errors=True)
        if folder.exists():
            raise MakeRefusedError(f"{folder} was made by somebody else at this moment.") from error
        raise


def _write(path: Path, text: str, replace: bool = False) -> None:
    """Write a file as a whole, readable by its owner only when it is secret; without `replace` only where there is none."""
    mode = 0o644 if path.name in (PUBLIC, CERTIFICATE) else 0o600
    growing = path.with_name(f".{path.name}-{secrets.token_hex(6)}")
    handle = os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(growing, path)
        else:
            _put(growing, path)
    finally:
        growing.unlink(missing_ok=True)


def _put(growing: Path, path: Path) -> None:
    """Give a file its name unless something has it. Not every file system has links: there the check comes just before."""
    try:
        os.link(growing, path)
    except FileExistsError as error:
        raise MakeRefusedError(f"{path} is there already. Keys are never overwritten.") from error
    except OSError:
        if path.exists():
            raise MakeRefusedError(f"{path} is there already. Keys are never overwritten.") from None
        os.rename(growing, path)


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate as certificate viewers show it: pairs of digits with colons."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()
