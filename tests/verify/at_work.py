"""What the tests of the verify page share: asking it, and what it answers."""

import itertools
import re
from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from dti_xblocks.records.pledge.sealed import keep_file
from dti_xblocks.seals import file
from dti_xblocks.seals.site import site_keys
from dti_xblocks.verify import limits
from tests.pdf.pledge_samples import sealing_only

NOW = datetime(2026, 11, 24, tzinfo=UTC)
KEYS = sealing_only("Department of the Verify Page")
OTHER_KEYS = sealing_only("Some Other Department")
UNKNOWN = "0000-0000-0000-0000"
PAGE = "/dti/verify"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
courses = (f"course-v1:Verify+{number}+2026" for number in itertools.count())


def ask(client, code, **more):
    return client.get(PAGE, {"code": code}, **more)


def verdict(response) -> str:
    """The heading of the answer."""
    found = re.search(r"<h2 tabindex=\"-1\" autofocus>(.*?)</h2>", response.content.decode(), re.DOTALL)
    return found[1].strip() if found else ""


def facts(response) -> str:
    """The list of what is told of the record."""
    found = re.search(r'<dl class="dti-verify-facts">(.*?)</dl>', response.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])).strip() if found else ""


def send(client, body, name="pledge.pdf", **more):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, body, "application/pdf")}, **more)


def pdf_of(row, keys=None, kind=file.SEALED, tail=b"") -> bytes:
    """A file with a seal on it, as far as the page looks at it; kept as the one that was handed out."""
    ring = site_keys().ring if keys is None else keys
    return file.put(b"%PDF-1.7\nof " + row.code.encode() + b"\n" + file.marker(row.code, ring.key_id, kind), ring) + tail


def keep(row, body, signed=False):
    keep_file(row.id, body, signed, NOW)
    return body


def count(address="192.0.2.1", **headers):
    return limits.wait(RequestFactory().get(PAGE, REMOTE_ADDR=address, headers=headers))
