"""PDF signatures: made behind a sealed file, and every change of them found."""

import http.server
import threading
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest

from dti_xblocks import pdf
from dti_xblocks.seals import file, keys, make, pades
from tests.pdf import pledge_samples as samples
from tests.pdf.verapdf import faults_of

pytestmark = pytest.mark.slow

NOW = datetime.now(UTC)
SETTING = samples.institution()
WORDS = {"title": "Signature of the institution", "reason": "Issued as the record of a signed pledge"}
HTML = '<html lang="en"><head><title>x</title></head><body><h1>A pledge</h1><p>I will step in.</p></body></html>'


def signed(body, setting=SETTING, **more):
    return pades.sign(body, setting["certificate"], setting["certificate_key"], **WORDS, **more)


@pytest.fixture(scope="module")
def sealed():
    ring = keys.read(SETTING["private"])
    marker = file.marker("7QXD-03MB-K9TR-H4WN", ring.key_id, file.SIGNED)
    return file.put(pdf.render(HTML, title="A pledge", for_archive=pdf.Archive(marker)), ring)


@pytest.fixture(scope="module")
def body(sealed):
    return signed(sealed)


def check(body, sealed, certificates=(SETTING["certificate"],)):
    return pades.check(body, len(sealed), certificates)


def test_the_signature_follows_the_sealed_file_and_covers_all_of_it(body, sealed, tmp_path):
    assert body.startswith(sealed)
    assert check(body, sealed) == pades.SignatureCheck(pades.VALID, "Example Police Department")
    (tmp_path / "x.pdf").write_bytes(body)
    opened = pikepdf.open(tmp_path / "x.pdf")
    field = opened.Root.AcroForm.Fields[0]
    assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
    assert str(field.TU) == WORDS["title"]
    assert str(field.V.Reason) == WORDS["reason"]
    assert int(field.V.Reference[0].TransformParams.P) == 1  # no change is allowed after it


def test_a_signed_file_is_still_pdf_a_and_pdf_ua(body, sealed, tmp_path):
    paths = [tmp_path / "signed.pdf", tmp_path / "sealed.pdf"]
    for path, each in zip(paths, (body, sealed), strict=True):
        path.write_bytes(each)
    for flavour in ("PDFA_3_A", "PDFA_3_U", "PDFUA_1"):
        assert faults_of(*paths, flavour=flavour) == [[], []], flavour


def test_what_pyhanko_itself_says(body):
    from io import BytesIO

    from asn1crypto import pem, x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    own = x509.Certificate.load(pem.unarmor(SETTING["certificate"].encode())[2])
    (found,) = PdfFileReader(BytesIO(body)).embedded_signatures
    status = validate_pdf_signature(found, ValidationContext(trust_roots=[own], allow_fetching=False))
    assert status.intact and status.valid and status.trusted and status.bottom_line


def test_changed_bytes_behind_the_seal_are_found(body, sealed):
    start = body.index(b"/Contents <", len(sealed)) + len(b"/Contents ")
    end = body.index(b">", start)
    der = start + 2 * len(bytes.fromhex(body[start + 1 : end].decode()).rstrip(b"\0"))
    places = [*range(len(sealed), start, 29), *range(start, der, 31), *range(der, end, 401), *range(end, len(body), 23)]
    for number, place in enumerate([*places, start, end, len(body) - 1]):
        other = bytearray(body)
        other[place] ^= (0x01, 0x02, 0x20)[number % 3]
        assert check(bytes(other), sealed).state == pades.BROKEN, place - start


def test_added_and_missing_bytes_are_found(body, sealed):
    for other in (body + b"\n", body[:-1], body + body[len(sealed) :], sealed, sealed + b"%%EOF", body[: len(sealed) + 3000]):
        assert check(other, sealed).state == pades.BROKEN


def test_a_revision_after_the_signature_is_found(body, sealed):
    from io import BytesIO

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(body))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    output = BytesIO()
    writer.write(output)
    assert output.getvalue().startswith(body) and len(output.getvalue()) > len(body)
    assert check(output.getvalue(), sealed).state == pades.BROKEN


def test_a_change_before_somebody_elses_signature_is_not_the_institutions(sealed):
    other = samples.institution("Somebody Else")
    assert check(signed(sealed, other), sealed) == pades.SignatureCheck(pades.UNKNOWN_CERTIFICATE, "Somebody Else")
    # A certificate that has the same name is another all the same.
    twin = dict(zip(("certificate", "certificate_key"), make.make_certificate("Example Police Department"), strict=True))
    assert check(signed(sealed, twin), sealed).state == pades.UNKNOWN_CERTIFICATE


def test_two_signatures_are_one_too_many(sealed):
    from io import BytesIO

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    def once_more(body, field):
        signer = pades._signer(signers, SETTING["certificate"], SETTING["certificate_key"])
        about = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
        return signers.PdfSigner(about, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(body))).getvalue()

    assert check(once_more(sealed, "One"), sealed).state == pades.VALID
    assert check(once_more(once_more(sealed, "One"), "Two"), sealed).state == pades.BROKEN


@pytest.mark.parametrize(("setting", "now", "code"), [
    (SETTING, NOW, ""),
    (SETTING, NOW + timedelta(days=5000), pades.EXPIRED),
    (SETTING, NOW - timedelta(days=30), pades.NOT_YET),
    ({**SETTING, "certificate_key": samples.institution("Somebody Else")["certificate_key"]}, NOW, pades.OTHER_KEY),
    ({**SETTING, "certificate_key": ""}, NOW, pades.UNREADABLE),
    ({**SETTING, "certificate_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"}, NOW, pades.UNREADABLE),
    ({**SETTING, "certificate": "nothing"}, NOW, pades.UNREADABLE),
    ({**SETTING, "certificate": SETTING["certificate"][:300]}, NOW, pades.UNREADABLE),
])  # fmt: skip
def test_why_nothing_can_be_signed(setting, now, code):
    assert pades.fault(setting["certificate"], setting["certificate_key"], now) == code


def test_without_pyhanko_nothing_is_signed_and_nothing_checked(monkeypatch, body, sealed):
    monkeypatch.setattr(pades, "find_spec", lambda name: None)
    assert pades.fault(SETTING["certificate"], SETTING["certificate_key"], NOW) == pades.NOT_INSTALLED
    with pytest.raises(pades.NotSignedError, match=pades.NOT_INSTALLED):
        signed(sealed)
    assert check(body, sealed).state == pades.UNCHECKED


def test_what_is_no_pdf_is_not_signed():
    with pytest.raises(pades.NotSignedError):
        signed(b"%PDF-1.7 nothing")


def test_it_works_where_an_event_loop_runs(sealed):
    import asyncio

    async def inside():
        return check(signed(sealed), sealed).state

    assert asyncio.run(inside()) == pades.VALID


# -- time stamps ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority():
    """A time stamp authority on this machine: its address, and what it is to answer."""
    from asn1crypto import tsp
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
    from pyhanko.sign import signers
    from pyhanko.sign.timestamps import DummyTimeStamper

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stamps")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    shape = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    own = pades._signer(
        signers, certificate.public_bytes(serialization.Encoding.PEM).decode(), key.private_bytes(*shape).decode()
    )
    stamper = DummyTimeStamper(own.signing_cert, own.signing_key)
    answers = {"kind": "good", "asked": 0}

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            answers["asked"] += 1
            request = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            said = stamper.request_tsa_response(request).dump() if answers["kind"] == "good" else b"nonsense"
            self.send_response(500 if answers["kind"] == "error" else 200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", answers
    server.shutdown()
    server.server_close()


def test_a_time_stamp_is_asked_for_and_checked(authority, sealed):
    address, answers = authority
    answers["kind"] = "good"
    body = signed(sealed, timestamp_url=address)
    found = check(body, sealed)
    assert (found.state, answers["asked"] > 0) == (pades.VALID, True)
    assert abs(found.stamped_at - NOW) < timedelta(hours=1)
    # Somewhere in the stamp's own signature, which is the last thing in it.
    end = body.index(b">", body.index(b"/Contents <", len(sealed)))
    stamp = len(body[:end].rstrip(b"0")) - 100
    other = bytearray(body)
    other[stamp] = ord("0") if body[stamp] != ord("0") else ord("1")
    assert check(bytes(other), sealed).state == pades.BROKEN


@pytest.mark.parametrize("kind", ["error", "nonsense", "nobody"])
def test_an_authority_at_fault_keeps_nobody_from_signing(authority, sealed, kind, caplog):
    address, answers = authority
    answers["kind"] = kind
    body = signed(sealed, timestamp_url="http://127.0.0.1:9/" if kind == "nobody" else address)
    assert check(body, sealed) == pades.SignatureCheck(pades.VALID, "Example Police Department")
    assert "gave no time stamp" in caplog.text


def test_an_authority_that_never_ends_is_not_waited_for(monkeypatch, sealed, caplog):
    never = threading.Event()
    real = pades._signed

    def slow(*arguments):
        if arguments[-1]:
            never.wait()
        return real(*arguments)

    monkeypatch.setattr(pades, "_signed", slow)
    monkeypatch.setattr(pades, "AT_MOST_SECONDS", 3)
    assert check(signed(sealed, timestamp_url="http://127.0.0.1:9/"), sealed).state == pades.VALID
    assert "no end after" in caplog.text
    never.set()
