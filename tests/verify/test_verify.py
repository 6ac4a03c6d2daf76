"""The public verify page: what it says of codes and files, and what it keeps to itself."""

import base64
import hashlib
import itertools
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, re_path

from dti_xblocks.platform import conf
from dti_xblocks.platform import limits as platform_limits
from dti_xblocks.records import models
from dti_xblocks.records.apps import RecordsConfig
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import copies, pledges, retention
from dti_xblocks.records.settings import plugin_settings
from dti_xblocks.seals import file
from dti_xblocks.seals.keys import Keyring
from dti_xblocks.seals.site import site_keys
from dti_xblocks.verify import address_of, answers, limits, uploads
from tests.pdf.pledge_samples import institution, ring_of, row_from_before, sealing_only, signed_row

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


@pytest.fixture(autouse=True)
def site():
    """A site with keys, whose counts begin anew, and with what any site of Django's has around its pages."""
    cache.clear()
    platform_limits.own.clear()
    with override_settings(DTI_PLEDGE_KEYS=KEYS, DTI_PLEDGE_VERIFY_RATE=conf.VERIFY_RATE.default, MIDDLEWARE=MIDDLEWARE):
        yield
    cache.clear()


@pytest.fixture
def client():
    return Client(SERVER_NAME="127.0.0.1")


@pytest.fixture
def row():
    """The second of three records of its course, so that there are links around it."""
    course = next(courses)
    signed_row(course=course, name="Somebody Before")
    mine = signed_row(course=course, name="Ana Reyes", course_title="Duty to Intervene")
    signed_row(course=course, name="Somebody After")
    return mine


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
    copies.keep(row.id, body, signed, NOW)
    return body


# Answers to codes


def test_a_sound_pledge_is_valid(client, row):
    response = ask(client, row.code)
    assert response.status_code == 200
    assert verdict(response) == "Valid"
    told = facts(response)
    assert row.code in told
    assert "A. R." in told
    assert "Duty to Intervene" in told
    assert "November 23, 2026" in told
    assert "Place in the chain of records 2" in told


@pytest.mark.parametrize("spoil", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "])
def test_a_code_is_read_as_people_type_it(client, row, spoil):
    assert verdict(client.post(PAGE, {"code": spoil(row.code)})) == "Valid"


def test_the_address_of_a_pledge_shows_its_answer(client, row):
    with override_settings(DTI_PLEDGE_VERIFY_URL=f"https://lms.example.edu{PAGE}"):
        address = address_of(row.code)
    assert address.startswith("https://lms.example.edu/dti/verify?code=")
    assert verdict(client.get(address.removeprefix("https://lms.example.edu"))) == "Valid"


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({"LMS_ROOT_URL": "https://lms.example.edu/"}, "https://lms.example.edu/dti/verify?code=7QXD"),
        ({"DTI_PLEDGE_VERIFY_URL": "https://a.example/v", "LMS_ROOT_URL": "https://b.example"}, "https://a.example/v?code=7QXD"),
        ({"DTI_PLEDGE_VERIFY_URL": "https://a.example/?p=v"}, "https://a.example/?p=v&code=7QXD"),
        ({"DTI_PLEDGE_VERIFY_URL": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_the_address_is_the_sites(settings, address):
    with override_settings(**settings):
        assert address_of("7QXD") == address


def test_a_pledge_of_before_there_were_chains_is_valid(client):
    assert verdict(ask(client, row_from_before().code)) == "Valid"


def test_a_pledge_that_has_run_out_says_so(client):
    row = signed_row(course=next(courses), valid_until=datetime(2026, 11, 23, 12, tzinfo=UTC))
    ring = site_keys().ring
    before, after = datetime(2026, 11, 23, 11, 59, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert answers.for_code(row.code, ring, before).state == answers.VALID
    assert answers.for_code(row.code, ring, after).state == answers.EXPIRED
    with override_settings(DTI_PLEDGE_VERIFY_RATE=1000):
        gone = signed_row(course=next(courses), valid_until=datetime(2020, 1, 1, tzinfo=UTC))
        response = ask(client, gone.code)
    assert verdict(response) == "Expired"
    assert "Valid until January 1, 2020" in facts(response)


@pytest.mark.parametrize("linked", [True, False])
def test_a_withdrawn_pledge_says_so_and_not_why(client, row, linked):
    event, _added = pledges.withdraw(row, 9, "sergeant-wu", "Signed by a mistake of hers", NOW)
    if linked:
        pledge_chain.complete(row.course_key, site_keys().ring)
    assert (pledge_chain.link_of("event", event.id) is not None) or not linked
    response = ask(client, row.code)
    assert verdict(response) == "Withdrawn"
    assert "Withdrawn on November 24, 2026" in facts(response)
    for hidden in ("mistake", "sergeant-wu"):
        assert hidden not in response.content.decode()


def test_an_erased_pledge_says_so_and_nothing_else(client, row):
    retention.erase_pledge(row.id, NOW, retention.RETENTION)
    pledge_chain.complete(row.course_key, site_keys().ring)
    response = ask(client, row.code)
    assert verdict(response) == "Erased"
    for hidden in ("A. R.", "Ana", "November 23", "officer-"):
        assert hidden not in response.content.decode()


def test_a_pledge_that_was_withdrawn_and_erased_is_withdrawn(client, row):
    pledges.withdraw(row, 9, "wu", "why", NOW)
    retention.erase_pledge(row.id, NOW, retention.REQUEST)
    pledge_chain.complete(row.course_key, site_keys().ring)
    response = ask(client, row.code)
    assert verdict(response) == "Withdrawn"
    assert "A. R." not in facts(response)


def test_without_keys_the_seal_is_not_complete_and_no_fault(client):
    with override_settings(DTI_PLEDGE_KEYS=None):
        row = signed_row(course=next(courses))
        assert verdict(ask(client, row.code)) == "Recorded, not sealed yet"
    pledge_chain.complete(row.course_key, site_keys().ring)
    assert verdict(ask(client, row.code)) == "Valid"


def test_a_record_that_waits_for_its_link_is_not_sealed_yet(client, row):
    link = models.PledgeLink.objects.get(kind="pledge", entry_id=row.id)
    link.delete()
    models.PledgePending.objects.create(chain=row.course_key, kind="pledge", entry_id=row.id, entry=row.document_hash)
    assert verdict(ask(client, row.code)) == "Recorded, not sealed yet"


def test_a_seal_of_a_key_that_is_gone_is_told_apart_from_a_broken_one(client, row):
    with override_settings(DTI_PLEDGE_KEYS=OTHER_KEYS):
        assert verdict(ask(client, row.code)) == "The seal could not be checked"
    rotated = {**OTHER_KEYS, "public": OTHER_KEYS["public"] + KEYS["public"]}
    with override_settings(DTI_PLEDGE_KEYS=rotated):
        assert verdict(ask(client, row.code)) == "Valid"


def other(value):
    """A value of the same kind that is another."""
    if isinstance(value, datetime):
        return value + timedelta(days=1)
    if isinstance(value, int):
        return value + 1
    return ("0" if value[0] != "0" else "1") + value[1:]


PLEDGE_COLUMNS = (
    "user_id", "username", "course_key", "usage_key", "turn", "full_name", "signed_name", "method", "wording_hash", "language",
    "document_hash", "signed_at",
)  # fmt: skip


@pytest.mark.parametrize("column", PLEDGE_COLUMNS)
def test_an_altered_column_is_found(client, row, column):
    models.SignedPledge.objects.filter(id=row.id).update(**{column: other(getattr(row, column))})
    response = ask(client, row.code)
    assert verdict(response) == "Altered"
    assert "A. R." not in facts(response)


def test_an_end_that_was_added_is_found(client, row):
    models.SignedPledge.objects.filter(id=row.id).update(valid_until=NOW + timedelta(days=900))
    assert verdict(ask(client, row.code)) == "Altered"


@pytest.mark.parametrize("document", [None, {}, [], "x", 7, {"format": "dti-pledge/2"}, {"format": []}])
def test_a_document_that_was_replaced_is_found(client, row, document):
    models.SignedPledge.objects.filter(id=row.id).update(document=document)
    assert verdict(ask(client, row.code)) == "Altered"


def test_every_altered_part_of_a_document_is_found(row):
    ring = site_keys().ring
    stored = row.document
    for name in stored:
        changed = {**stored, name: [stored[name], "x"]}
        models.SignedPledge.objects.filter(id=row.id).update(document=changed)
        assert answers.for_code(row.code, ring, NOW).state == answers.ALTERED, name
        rest = {key: value for key, value in stored.items() if key != name}
        models.SignedPledge.objects.filter(id=row.id).update(document=rest)
        assert answers.for_code(row.code, ring, NOW).state == answers.ALTERED, name
    models.SignedPledge.objects.filter(id=row.id).update(document=stored)
    assert answers.for_code(row.code, ring, NOW).state == answers.VALID


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("entry", None), ("previous", None), ("digest", None), ("linked_at", None), ("position", 700), ("signature", None),
        ("signature", ""), ("signature", "no hex"), ("chain", "course-v1:another+one+2026"), ("kind", "event"),
    ],
)  # fmt: skip
def test_an_altered_link_is_found(client, row, column, value):
    links = models.PledgeLink.objects.filter(kind="pledge", entry_id=row.id)
    link = links.get()
    models.PledgeLink.objects.filter(kind="event", entry_id=row.id).delete()  # of another test: its place is wanted
    links.update(**{column: value if value is not None else other(getattr(link, column))})
    assert verdict(ask(client, row.code)) == "Altered"


@pytest.mark.parametrize("act", ["delete", "digest", "unsigned", "forged"])
def test_a_link_before_that_was_altered_is_found(client, row, act):
    links = models.PledgeLink.objects.filter(chain=row.course_key, position=1)
    if act == "delete":
        links.delete()
    else:
        links.update(**{"digest": {"digest": "0" * 64}, "unsigned": {"signature": ""}, "forged": {"entry": "1" * 64}}[act])
    assert verdict(ask(client, row.code)) == "Altered"


def test_a_record_without_a_link_that_waits_for_none_is_altered(client, row):
    models.PledgeLink.objects.filter(kind="pledge", entry_id=row.id).delete()
    assert verdict(ask(client, row.code)) == "Altered"


def test_a_withdrawal_that_was_altered_is_found(client, row):
    event, _added = pledges.withdraw(row, 9, "wu", "why", NOW)
    pledge_chain.complete(row.course_key, site_keys().ring)
    models.PledgeEvent.objects.filter(id=event.id).update(at=NOW - timedelta(days=100))
    assert verdict(ask(client, row.code)) == "Altered"


def test_a_text_that_was_removed_without_a_word_is_found(client, row):
    models.SignedPledge.objects.filter(id=row.id).update(document=None)
    assert verdict(ask(client, row.code)) == "Altered"


# Files


def test_the_file_that_was_handed_out_is_genuine(client, row):
    response = send(client, keep(row, pdf_of(row)))
    assert response.status_code == 200
    assert verdict(response) == "Valid"
    assert "no byte of it has changed" in response.content.decode()
    assert row.code in facts(response)


def test_a_file_with_a_signature_behind_its_seal_is_genuine_as_handed_out(client, row):
    body = keep(row, pdf_of(row, kind=file.SIGNED, tail=b"\nthe PDF signature"), signed=True)
    assert verdict(send(client, body)) == "Valid"
    assert verdict(send(client, body + b" ")) == "The file was altered"
    assert verdict(send(client, body[: body.index(b"\nthe PDF")])) == "The file was altered"


def test_a_genuine_file_of_a_withdrawn_pledge_says_both(client, row):
    pledges.withdraw(row, 9, "wu", "why", NOW)
    response = send(client, keep(row, pdf_of(row)))
    assert verdict(response) == "Withdrawn"
    assert "no byte of it has changed" in response.content.decode()


def test_any_changed_byte_is_found(row):
    body = keep(row, pdf_of(row))
    ring = site_keys().ring
    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        state = answers.for_file(changed, ring, NOW)
        assert state.file != answers.GENUINE
        assert state.state in {answers.FILE_ALTERED, answers.FILE_UNKNOWN, answers.FILE_NO_PDF, answers.FILE_NO_KEY}, place


def test_a_sealed_file_that_is_not_kept_any_more_is_genuine_by_its_seal(client, row):
    assert verdict(send(client, pdf_of(row))) == "Valid"


def test_a_signed_file_that_is_not_kept_cannot_be_checked_fully(client, row):
    response = send(client, pdf_of(row, kind=file.SIGNED, tail=b"\nsome signature or other"))
    assert verdict(response) == "The file could not be checked fully"
    assert "no byte of it has changed" not in response.content.decode()


def test_a_file_put_into_the_database_without_a_seal_is_no_genuine_one(client, row):
    assert verdict(send(client, keep(row, b"%PDF-1.7 forged"))) == "The file was altered"


def test_a_genuine_file_whose_record_is_gone_is_told(client, row):
    body = pdf_of(row)
    models.SignedPledge.objects.filter(id=row.id).delete()
    assert verdict(send(client, body)) == "Sealed here, but not on record"


def test_a_file_of_another_institution_is_not_known(client, row):
    assert verdict(send(client, pdf_of(row, Keyring(**vars(other_ring()))))) == "Sealed with a key that is not known here"


def other_ring():
    with override_settings(DTI_PLEDGE_KEYS=OTHER_KEYS):
        return site_keys().ring


def test_a_file_of_the_kept_one_that_was_made_for_another_pledge_is_altered(client, row):
    another = signed_row(course=next(courses))
    body = keep(row, pdf_of(another))
    response = send(client, body)
    assert row.code not in facts(response)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"%PDF-1.7 of somebody else", "Not a pledge from this site"),
        (b"PK\x03\x04 a zip", "Not a PDF file"),
        (b"\x00" * 4096, "Not a PDF file"),
        (b"%PDF-" + b"dti-file/1 " * 40_000, "The file was altered"),
        (b"%PDF-1.7\n" + file.marker("7QXD-03MB-K9TR-H4WN"), "The file was made before the seal"),
    ],
)
def test_other_files_are_told_apart(client, body, says):
    assert verdict(send(client, body)) == says


def test_no_marker_without_end_keeps_the_page_busy(monkeypatch):
    calls = []
    monkeypatch.setattr(Keyring, "verify", lambda *_given: calls.append(1))
    ring = site_keys().ring
    body = b"%PDF-1.7\n" + file.marker("7QXD-03MB-K9TR-H4WN", ring.key_id).replace(b" 0000000000 ", b" 0000000001 ") * 5000
    assert answers.for_file(body, ring, NOW).state == answers.FILE_ALTERED
    assert len(calls) <= file.MOST_MARKERS


def test_a_file_is_taken_up_to_the_limit_and_never_onto_a_disk(client, monkeypatch):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *_a, **_k: pytest.fail("a file was written"))
    response = send(client, b"%PDF-" + b"\x00" * (uploads.LARGEST - 5))
    assert verdict(response) == "Not a pledge from this site"


@pytest.mark.parametrize("more", [1, uploads.AROUND * 2])
def test_a_larger_file_is_refused(client, more):
    response = send(client, b"%PDF-" + b"\x00" * (uploads.LARGEST - 5 + more))
    assert response.status_code == 413
    assert "too large" in response.content.decode()


def test_a_body_that_says_it_is_too_large_is_not_read(monkeypatch):
    request = RequestFactory().post(PAGE, b"x", content_type="multipart/form-data; boundary=b")
    request.META["CONTENT_LENGTH"] = str(10**12)
    monkeypatch.setattr(type(request), "POST", property(lambda _self: pytest.fail("the body was read")))
    with pytest.raises(uploads.TooLarge):
        uploads.entries(request)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=" + "b" * 500),
        (b"--b\r\nbroken", "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n\r\n--b--', "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n%PDF-\r\n--b--', "multipart/form-data; boundary=b"),
        (b"", "application/x-www-form-urlencoded"),
        (b"code=", "application/x-www-form-urlencoded"),
        (b"file=%25PDF-", "application/x-www-form-urlencoded"),
        (b"code=%ff%fe", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"&" * 2000, "application/x-www-form-urlencoded"),
        (b"a=1&" * 2000, "application/x-www-form-urlencoded"),
        (b'{"code": 1}', "application/json"),
        (b"x", "nonsense"),
    ],
)
def test_a_form_that_is_none_is_refused_with_a_sentence(client, body, kind):
    response = client.generic("POST", PAGE, body, kind)
    assert response.status_code == 400
    assert verdict(response) == "Not checked"


def test_many_files_in_one_form_are_refused(client):
    files = {f"file{number}": SimpleUploadedFile("a", b"x") for number in range(200)}
    assert client.post(PAGE, files).status_code == 400


def test_a_form_that_a_middleware_has_read_already_is_answered_too(row):
    from dti_xblocks.verify.pages import verify

    request = RequestFactory().post(PAGE, {"file": SimpleUploadedFile("a.pdf", pdf_of(row), "application/pdf")})
    assert request.POST is not None
    assert verdict(verify(request)) == "Valid"


# What it keeps to itself


def test_the_institution_says_what_is_shown_of_the_person(client):
    row = signed_row(course=next(courses), name="Ana María Reyes-Ortiz", account="Ana Reyes", reason="Married",
                     course_title="Duty to Intervene")  # fmt: skip
    secret = ("officer-", "Married", "4711", "Sergeant", "block-v1", "course-v1")
    everything = {
        "name": "Ana María Reyes-Ortiz",
        "initials": "A. M. R.",
        "course": "Duty to Intervene",
        "agency": "Example Police Department",
        "date": "November 23, 2026",
    }
    with override_settings(DTI_PLEDGE_VERIFY_RATE=10_000):
        for count in range(len(everything) + 1):
            for words in itertools.combinations(everything, count):
                with override_settings(DTI_PLEDGE_VERIFY_SHOWS=words):
                    page = ask(client, row.code).content.decode()
                expected = {word for word in words if not (word == "initials" and "name" in words)}
                assert {word for word, text in everything.items() if text in facts_of(page)} == expected
                for hidden in secret:
                    assert hidden not in page


def facts_of(page: str) -> str:
    return re.search(r'<dl class="dti-verify-facts">(.*?)</dl>', page, re.DOTALL)[1]


@pytest.mark.parametrize("setting", [(), None, "", ("nonsense",), "nonsense"])
def test_a_setting_without_words_shows_nothing_of_the_person(client, row, setting):
    with override_settings(DTI_PLEDGE_VERIFY_SHOWS=setting):
        page = ask(client, row.code).content.decode()
    for hidden in ("A. R.", "Ana", "Duty to Intervene</", "November", "2026"):
        assert hidden not in facts_of(page)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Reyes", "A. R."), ("王小明", "王."), ("محمد علي", "م. ع."), ("(Bo) o'Neil 3rd", "B. O. R."), ("1 2", ""), ("", "")],
)
def test_initials_in_every_script(name, letters):
    assert answers.initials(name) == letters


BAD_CODES = [
    UNKNOWN, "7QXD-03MB-K9TR-H4WN", "7QXD", "x" * 90, "' OR 1=1 --", "\x00", "<script>alert(1)</script>", "０" * 16, "مرحبا", "%s",
]  # fmt: skip


def test_all_codes_that_are_none_have_one_and_the_same_answer(client):
    pages = {(ask(client, code).content, ask(client, code).status_code) for code in BAD_CODES[:9]}
    pages.add((client.post(PAGE, {"code": BAD_CODES[9]}).content, 200))
    assert len(pages) == 1
    assert verdict(ask(client, UNKNOWN)) == "Unknown"


def test_an_unknown_code_takes_the_same_work_as_a_known_one(row, monkeypatch):
    ring = site_keys().ring
    answers.for_code(UNKNOWN, ring, NOW)
    checks = []
    verify = Keyring.verify
    monkeypatch.setattr(Keyring, "verify", lambda *given: checks.append(given) or verify(*given))

    def work(code):
        checks.clear()
        with CaptureQueriesContext(connection) as queries:
            answers.for_code(code, ring, NOW)
        return len(queries), len(checks)

    assert {work(code) for code in (row.code, *BAD_CODES)} == {work(row.code)}
    assert work(UNKNOWN)[1] == 2


def test_the_lookup_never_names_the_code_to_the_database(row):
    with CaptureQueriesContext(connection) as queries:
        answers.for_code(row.code, site_keys().ring, NOW)
    assert all(row.code not in query["sql"] for query in queries)


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "{{ 7*7 }}", "\u202eabc"])
def test_what_is_typed_never_comes_back(client, typed):
    for response in (ask(client, typed), client.post(PAGE, {"code": typed})):
        assert typed not in response.content.decode()
        assert "alert(1)" not in response.content.decode()


def test_what_was_signed_is_text_on_the_page(client):
    row = signed_row(course=next(courses), name="<img src=x> Reyes", account="", course_title="<b>Course</b>")
    with override_settings(DTI_PLEDGE_VERIFY_SHOWS=("name", "course")):
        page = ask(client, row.code).content.decode()
    assert "<img" not in page
    assert "&lt;img src=x&gt; Reyes" in page
    assert "<b>Course" not in page


def test_the_log_holds_no_code(client, row, caplog):
    caplog.set_level(0)
    ask(client, row.code)
    ask(client, UNKNOWN)
    send(client, pdf_of(row))
    assert row.code not in caplog.text
    assert UNKNOWN not in caplog.text
    assert "Failed lookup" not in caplog.text


# The page


@pytest.mark.parametrize("query", ["", "?code=", "?code=%20", "?other=1"])
def test_the_page_without_a_code_is_a_form(client, query):
    response = client.get(PAGE + query)
    assert response.status_code == 200
    assert verdict(response) == ""
    assert b'name="code"' in response.content
    assert b'type="file"' in response.content


def test_the_page_protects_itself(client, row):
    for response in (client.get(PAGE), ask(client, row.code), client.post(PAGE, {})):
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script" not in policy
        style = re.search(rb"<style>(.*?)</style>", response.content, re.DOTALL)[1]
        assert f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'" in policy
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert response["X-Frame-Options"] == "DENY"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert b"<script" not in response.content
        assert b" style=" not in response.content
        assert not response.cookies


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client, method):
    assert client.generic(method, PAGE).status_code == 405


def test_head_has_no_body_and_counts(client):
    with override_settings(DTI_PLEDGE_VERIFY_RATE=1):
        assert client.head(PAGE, {"code": UNKNOWN}).content == b""
        assert client.head(PAGE, {"code": UNKNOWN}).status_code == 429


def test_the_form_needs_no_token_and_makes_no_session(row):
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
    assert verdict(strict.post(PAGE, {"code": row.code})) == "Valid"
    assert not strict.cookies


def test_nothing_is_written(client, row):
    body = keep(row, pdf_of(row))
    with CaptureQueriesContext(connection) as queries:
        ask(client, row.code)
        send(client, body)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_the_page_speaks_the_language_of_the_request(client):
    page = client.get(PAGE, headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl"' in page


def test_a_database_that_does_not_answer_is_no_verdict(client, row, monkeypatch):
    from dti_xblocks.records.access import RecordsUnavailableError

    def broken(_code):
        raise RecordsUnavailableError("gone")

    monkeypatch.setattr(answers, "of_code", broken)
    response = ask(client, row.code)
    assert response.status_code == 503
    assert verdict(response) == "Not checked"


def test_the_public_keys_can_be_downloaded(client):
    signing = institution("Department with a Certificate")
    with override_settings(DTI_PLEDGE_KEYS=signing):
        response = client.get(f"{PAGE}/institution.pub")
    body = response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="institution.pub"'
    assert "PRIVATE" not in body
    assert body.count("BEGIN CERTIFICATE") == 1
    from dti_xblocks.seals.keys import read

    assert set(read(public=[body]).public) == set(ring_of(signing).public)


def test_a_site_without_keys_has_none_to_download(client):
    with override_settings(DTI_PLEDGE_KEYS=None):
        assert client.get(f"{PAGE}/institution.pub").status_code == 404
        assert b"institution.pub</a>" not in client.get(PAGE).content
        assert b"has no public keys" in client.get(PAGE).content


# How often


def test_one_address_is_slowed_down_and_others_are_not(client):
    with override_settings(DTI_PLEDGE_VERIFY_RATE=3):
        assert [ask(client, UNKNOWN).status_code for _time in range(4)] == [200, 200, 200, 429]
        response = ask(client, UNKNOWN)
        assert 1 <= int(response["Retry-After"]) <= 60
        assert "Please wait a minute" in response.content.decode()
        assert send(client, b"%PDF-").status_code == 429
        assert client.get(PAGE).status_code == 200
        assert ask(client, UNKNOWN, REMOTE_ADDR="198.51.100.9").status_code == 200


def count(address="192.0.2.1", **headers):
    return limits.wait(RequestFactory().get(PAGE, REMOTE_ADDR=address, headers=headers))


@override_settings(DTI_PLEDGE_VERIFY_RATE=2)
def test_the_next_minute_begins_anew(monkeypatch):
    clock = [1_000_000_000]
    monkeypatch.setattr("django_ratelimit.core.time", SimpleNamespace(time=lambda: clock[0]))
    assert [count() for _time in range(2)] == [0, 0]
    wait = count()
    assert 1 <= wait <= 60
    clock[0] += wait - 1
    assert count() == 1
    clock[0] += 1
    assert count() == 0


@override_settings(DTI_PLEDGE_VERIFY_RATE=1)
def test_a_network_of_ipv6_counts_as_one_and_a_mapped_address_as_its_own():
    assert count("2001:db8:1:2::1") == 0
    assert count("2001:db8:1:2:ffff::9") > 0
    assert count("2001:db8:1:3::1") == 0
    assert count("192.0.2.8") == 0
    assert count("::ffff:192.0.2.8") > 0


@override_settings(DTI_PLEDGE_VERIFY_RATE=1)
def test_a_header_of_the_clients_does_not_help():
    assert count() == 0
    assert count(**{"x-forwarded-for": "203.0.113.5", "x-real-ip": "203.0.113.5", "forwarded": "for=203.0.113.5"}) > 0


@override_settings(DTI_PLEDGE_VERIFY_RATE=1)
def test_all_addresses_together_have_a_limit_too():
    assert [count(f"192.0.2.{number}") for number in range(limits.ALL)] == [0] * limits.ALL
    assert count("198.51.100.1") > 0


@override_settings(DTI_PLEDGE_VERIFY_RATE=2)
def test_one_address_cannot_use_up_what_all_have():
    for _time in range(limits.ALL * 3):
        count()
    assert count("198.51.100.1") == 0


@pytest.mark.parametrize("answer", ["raises", "none", "refuses", "forgets"])
@override_settings(DTI_PLEDGE_VERIFY_RATE=2)
def test_a_cache_that_is_down_neither_closes_nor_opens_the_gate(client, monkeypatch, caplog, answer):
    class Down:
        def add(self, *_given):
            if answer == "raises":
                raise ConnectionError("no cache")
            return answer == "forgets"

        def incr(self, _key):
            if answer == "none":
                return None
            raise ValueError("no such key")

    monkeypatch.setattr("django_ratelimit.core.caches", {"default": Down()})
    assert [ask(client, UNKNOWN).status_code for _time in range(3)] == [200, 200, 429]
    assert caplog.text.count("The cache does not count") <= 2


@pytest.mark.parametrize("rate", ["many", None, 0, -5])
def test_a_rate_that_is_none_is_a_rate_all_the_same(rate):
    with override_settings(DTI_PLEDGE_VERIFY_RATE=rate):
        assert count() == 0
        assert [count() for _time in range(conf.VERIFY_RATE.default)][-1] > 0


# The plugin


def test_the_lms_has_the_addresses_and_studio_has_not():
    config = RecordsConfig.plugin_app["url_config"]
    assert set(config) == {"lms.djangoapp"}
    assert set(RecordsConfig.plugin_app["settings_config"]) == {"lms.djangoapp"}
    mine = config["lms.djangoapp"]
    # As the platform's loader does it.
    module = f"{RecordsConfig.name}.{mine['relative_path']}"
    pattern = re_path(mine["regex"], include((module, RecordsConfig.name), namespace=mine["namespace"]))
    assert pattern.resolve("dti/verify").view_name == "dti:verify"
    assert pattern.resolve("dti/verify/institution.pub").view_name == "dti:verify-institution"


def test_codes_stay_out_of_the_platforms_tracking_log():
    class Settings:
        TRACKING_IGNORE_URL_PATTERNS = (r"^/event",)

    settings = Settings()
    plugin_settings(settings)
    plugin_settings(settings)
    assert settings.TRACKING_IGNORE_URL_PATTERNS == [r"^/event", r"^/dti/verify"]
    assert re.match(settings.TRACKING_IGNORE_URL_PATTERNS[-1], PAGE)
