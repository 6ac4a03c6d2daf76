"""What staff do with signatures: the list, one record, withdrawal, tables, files; and that nobody else does."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import crum
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from dti_xblocks.blocks.pledge import (
    copy as pledge_copy,
)
from dti_xblocks.blocks.pledge import (
    report as pledge_report,
)
from dti_xblocks.blocks.pledge import (
    staff as pledge_staff,
)
from dti_xblocks.blocks.pledge import (
    staff_pages as pledge_staff_pages,
)
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records import tasks, views
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.models import (
    PledgeBundle,
    PledgeChain,
    PledgeCopy,
    PledgeEvent,
    PledgeLink,
    PledgePending,
    SignedPledge,
)
from dti_xblocks.records.pledge import bundles, chain_checks
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import check as pledge_check
from tests.blocks_at_work import pledge_form
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import ANONYMOUS, COURSE, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

THIRD = Person(103, "zhou", "Chris Zhou")
PEOPLE = [(person.user_id, person.username, person.full_name) for person in (LEARNER, OTHER, THIRD)]
OTHER_STAFF = Person(202, "lieutenant", "Lee Ott")  # staff of another course: to this one the platform calls them no staff
READINGS = ("signatures", "files_state", "signatures_csv", "not_signed_csv", "signed_files", "files_address")
ACTS = ("withdraw_signature", "prepare_files", "check_chain")


@pytest.fixture(autouse=True)
def no_key():
    with override_settings(DTI_PLEDGE_KEYS=None):
        yield


@pytest.fixture(autouse=True)
def unspoiled():
    """A chain of the tests' course that nobody has altered, before and after: some of these tests do."""
    forget_course()
    yield
    forget_course()


def forget_course():
    course = str(COURSE)
    for model in (SignedPledge, PledgeEvent):
        model.objects.filter(course_key=course).delete()
    for model in (PledgeChain, PledgeLink, PledgePending):
        model.objects.filter(chain=course).delete()


@pytest.fixture
def block():
    made = make_block(PledgeBlock, PLEDGE_OLX, display_name="Our pledge", enrolled={101, 102, 103})
    return again(made, people=PEOPLE)


def sign(block, user=LEARNER, **changes):
    """The signature of `user`, as its row."""
    mine = again(block, user)
    assert post(mine, "sign", pledge_form(mine, **{"name": user.full_name} | changes)).status_code == 200
    return SignedPledge.objects.filter(usage_key=block.usage_text, user_id=user.user_id).order_by("-id").first()


def staff(block):
    return again(block, STAFF)


def listed(block, query=""):
    """(username, status) of the people on a page of the list."""
    html = get(staff(block), "signatures", query).text
    cells = re.findall(r'<th scope="row">(.*?)</th>.*?dti-staff-status[^>]*>([^<]+)<', html)
    return [(re.sub("<[^>]+>", "", name), status) for name, status in cells]


def reads(block):
    return [event.document["details"] for event in PledgeEvent.objects.filter(usage_key=block.usage_text, kind="staff-read")]


def table(response):
    return list(csv.reader(io.StringIO(response.body.decode("utf-8-sig"))))


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_has_who_signed_and_who_did_not(block):
    sign(block)
    assert listed(block) == [("reyes", "valid"), ("okafor", "not signed"), ("zhou", "not signed")]
    assert listed(block, "status=not-signed") == [("okafor", "not signed"), ("zhou", "not signed")]
    assert listed(block, "status=current") == [("reyes", "valid")]
    assert listed(block, "status=expired") == []
    assert listed(block, "status=to-sign") == [("okafor", "not signed"), ("zhou", "not signed")]


def test_it_is_searched_by_username_and_name(block):
    sign(block)
    assert listed(block, "q=REYE") == listed(block, "q=ana") == [("reyes", "valid")]
    assert listed(block, "q=ben") == [("okafor", "not signed")]
    assert listed(block, "q=nobody") == []


def test_each_status_is_told(block):
    rows = {user.username: sign(block, user) for user in (LEARNER, OTHER, THIRD)}
    SignedPledge.objects.filter(id=rows["reyes"].id).update(wording_hash="0" * 64)
    SignedPledge.objects.filter(id=rows["okafor"].id).update(valid_until=datetime.now(UTC) - timedelta(days=1))
    SignedPledge.objects.filter(id=rows["zhou"].id).update(valid_until=datetime.now(UTC) + timedelta(days=3))
    assert dict(listed(block)) == {"reyes": "earlier wording", "okafor": "ran out", "zhou": "ends soon"}
    assert [name for name, _status in listed(block, "status=to-sign")] == ["okafor", "reyes"]
    assert listed(block, "status=soon") == [("zhou", "ends soon")]
    assert listed(block, "status=wording") == [("reyes", "earlier wording")]


def test_who_left_the_course_is_marked(block):
    sign(block)
    block = again(block, people=PEOPLE[1:])
    html = get(staff(block), "signatures", "q=reyes").text
    assert "not enrolled" in html


def test_where_enrolments_are_not_known_it_says_so(block):
    sign(block)
    block = again(block, people=None)
    html = get(staff(block), "signatures").text
    assert "Who is enrolled is not known here" in html and "Never signed" not in html
    assert listed(block) == [("reyes", "valid")]


def test_a_long_list_has_pages_of_few_queries(block, monkeypatch):
    monkeypatch.setattr(pledge_staff_pages, "PEOPLE", 2)
    sign(block)
    names = [listed(block, f"page={number}") for number in (1, 2, 3)]
    assert names == [[("reyes", "valid"), ("okafor", "not signed")], [("zhou", "not signed")], [("zhou", "not signed")]]
    monkeypatch.setattr(pledge_staff_pages, "PEOPLE", 50)
    with CaptureQueriesContext(
        connection,
    ) as few:
        listed(block)
    for user in (OTHER, THIRD):
        sign(block, user)
    with CaptureQueriesContext(connection) as more:
        listed(block)
    assert len(more) <= len(few)  # not one more for each person


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "status=<b>", "cohort=x", "cohort=7",
                                   "part=nothing", "q=%00%27", "q=" + "x" * 5000])  # fmt: skip
def test_a_strange_query_is_no_fault(block, query):
    sign(block)
    assert get(staff(block), "signatures", query).status_code == 200


def test_names_are_text_on_the_page(block):
    sign(block, name='<img src=x onerror=alert("1")> Reyes', reason="married")
    html = get(staff(block), "signatures").text
    assert "<img" not in html and "&lt;img" in html


# -- on the block's page -----------------------------------------------------------------------------------------------


def test_the_blocks_own_page_has_numbers_and_no_names(block):
    sign(block)
    html = page(staff(block))
    summary = html[html.index("dti-pledge-staff") :]
    assert "Open the signatures" in summary and "Enrolled and not signed" in summary
    assert "reyes" not in html and "Ana" not in html
    assert not reads(block)


def test_learners_do_not_see_it(block):
    sign(block)
    for user in (LEARNER, OTHER, OTHER_STAFF, ANONYMOUS):
        assert "dti-pledge-staff" not in page(again(block, user))


# -- one record --------------------------------------------------------------------------------------------------------


def test_a_record_has_everything_of_the_signature(block):
    row = sign(block, answer_agency="Sunset Police Department")
    html = get(staff(block), "signatures", f"part=record&code={row.code}").text
    for part in (row.code, "Ana Reyes", "Sunset Police Department", row.document_hash, "agreed to sign electronically",
                 "opened the pledge", "Withdraw this signature", f"pdf?code={row.code}"):  # fmt: skip
        assert part in html, part
    assert row.private is None or row.private.get("salt", "-") not in html


def test_an_altered_record_is_told(block):
    row = sign(block)
    document = {**row.document, "signed_at": "2020-01-01T00:00:00Z"}
    SignedPledge.objects.filter(id=row.id).update(document=document)
    html = get(staff(block), "signatures", f"part=record&code={row.code}").text
    assert "it was altered" in html and "unchanged" not in html


def test_an_altered_link_is_told(block):
    row = sign(block)
    PledgeLink.objects.filter(kind="pledge", entry_id=row.id).update(entry="0" * 64)
    assert "one of them was altered" in get(staff(block), "signatures", f"part=record&code={row.code}").text


def test_a_code_of_another_activity_is_unknown(block):
    elsewhere = make_block(PledgeBlock, PLEDGE_OLX)
    row = sign(elsewhere)
    for code in (row.code, "0000-0000-0000-0000", "x", ""):
        assert get(staff(block), "signatures", f"part=record&code={code}").status_code == 404
        assert (
            post(staff(block), "withdraw_signature", {"code": code, "reason": "for no good reason", "confirm": "yes"}).status_code
            == 404
        )


def test_an_erased_record_is_shown_as_such(block):
    row = sign(block)
    SignedPledge.objects.filter(id=row.id).update(document=None, private=None, username="", full_name="", signed_name="")
    html = get(staff(block), "signatures", f"part=record&code={row.code}").text
    assert "were erased" in html and "Withdraw this signature" not in html and "pdf?code" not in html
    assert get(staff(block), "signatures").status_code == 200
    assert table(get(staff(block), "signatures_csv"))[1][9] == row.code


# -- withdrawal --------------------------------------------------------------------------------------------------------


def withdraw(block, row, user=STAFF, **changes):
    form = {"code": row.code, "reason": "Signed under a wrong account.", "confirm": "yes"} | changes
    return post(again(block, user), "withdraw_signature", {name: value for name, value in form.items() if value is not None})


def test_a_withdrawal_is_a_further_record(block):
    row = sign(block)
    before = SignedPledge.objects.filter(id=row.id).values().get()
    assert withdraw(block, row).status_code == 200
    assert withdraw(block, row, reason="Another reason, later.").status_code == 200
    assert SignedPledge.objects.filter(id=row.id).values().get() == before
    event = PledgeEvent.objects.get(usage_key=block.usage_text, kind="withdrawn")
    assert event.document["details"] == {
        "by": {"user_id": STAFF.user_id, "username": STAFF.username}, "reason": "Signed under a wrong account.", "code": row.code,
        "document_hash": row.document_hash,
    }  # fmt: skip
    assert listed(block, "status=withdrawn") == [("reyes", "withdrawn")]
    html = get(staff(block), "signatures", f"part=record&code={row.code}").text
    assert "This signature was withdrawn" in html and "Signed under a wrong account." in html
    assert "Withdraw this signature" not in html
    assert [event["learner"] for event in block.runtime.place.events("dti.pledge.withdrawn")] == ["reyes"]
    again_signed = sign(block)
    html = get(staff(block), "signatures", f"part=record&code={again_signed.code}").text
    assert html.index(f"signed ({row.code})") < html.index("signature withdrawn") < html.index(f"signed ({again_signed.code})")
    assert again_signed.turn == 2 and listed(block)[0] == ("reyes", "valid")


@pytest.mark.parametrize("changes", [{"reason": ""}, {"reason": None}, {"reason": "wrong"}, {"reason": "wrongwrongwrong"},
                                     {"reason": "x " * 300}, {"confirm": None}, {"confirm": "no"}, {"code": None}])  # fmt: skip
def test_without_a_reason_and_a_confirmation_nothing_is_withdrawn(block, changes):
    row = sign(block)
    assert withdraw(block, row, **changes).status_code in (400, 404)
    assert not PledgeEvent.objects.filter(usage_key=block.usage_text, kind="withdrawn").exists()


def test_staff_do_not_withdraw_while_they_are_somebody_else(block, monkeypatch):
    row = sign(block)
    request = SimpleNamespace(user=SimpleNamespace(pk=999, is_authenticated=True))
    monkeypatch.setattr(crum, "get_current_request", lambda: request)
    assert withdraw(block, row).status_code == 403
    assert get(staff(block), "signatures").status_code == 403
    assert "dti-pledge-staff" not in page(staff(block))


# -- who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [LEARNER, OTHER, OTHER_STAFF, ANONYMOUS], ids=lambda user: user.username or "anonymous")
def test_nobody_but_staff_of_the_course_gets_in(block, user):
    row = sign(block)
    before = PledgeEvent.objects.count()
    mine = again(block, user)
    for name in READINGS:
        for query in ("", f"part=record&code={row.code}", "part=files"):
            answer = get(mine, name, query)
            assert answer.status_code == 403 and "okafor" not in answer.text and "Ana Reyes" not in answer.text, name
    for name in ACTS:
        answer = post(mine, name, {"code": row.code, "reason": "for no good reason", "confirm": "yes"})
        assert answer.status_code == 403, name
    assert PledgeEvent.objects.count() == before and not PledgeBundle.objects.filter(usage_key=block.usage_text).exists()


@pytest.mark.parametrize("face", ["preview", "handler"])
def test_studio_has_no_signatures(face):
    block = make_block(PledgeBlock, PLEDGE_OLX, user=STAFF, studio=face)
    for name in READINGS:
        assert get(block, name).status_code == 404
    for name in ACTS:
        assert post(block, name, {"code": "x"}).status_code == 404
    assert "dti-pledge-staff" not in page(block, "author_view")


def test_a_library_has_no_signatures():
    block = make_block(PledgeBlock, PLEDGE_OLX, user=STAFF, key="library")
    assert get(block, "signatures").status_code == 404


def test_acts_are_posts(block):
    row = sign(block)
    for name in ACTS:
        assert get(staff(block), name, f"code={row.code}&reason=for+no+good+reason&confirm=yes").status_code == 405
    assert not PledgeEvent.objects.filter(usage_key=block.usage_text, kind="withdrawn").exists()


def test_records_that_cannot_be_reached_are_a_sentence(block, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RecordsUnavailableError("no")

    monkeypatch.setattr(pledge_staff.pledge_roster, "counts", broken)
    monkeypatch.setattr(pledge_staff.pledge_roster, "size", broken)
    for name in ("signatures", "signatures_csv"):
        answer = get(staff(block), name)
        assert answer.status_code == 503 and "operator" in answer.text


# -- readings are events -----------------------------------------------------------------------------------------------


def test_every_reading_of_personal_data_is_an_event(block):
    row = sign(block)
    get(staff(block), "signatures")
    get(staff(block), "signatures", f"part=record&code={row.code}")
    get(staff(block), "signatures_csv")
    get(staff(block), "not_signed_csv")
    assert reads(block) == [
        {"what": "list", "of": "", "count": 3},
        {"what": "record", "of": "reyes", "count": 1},
        {"what": "csv", "of": "", "count": 1},
        {"what": "csv", "of": "", "count": 2},
    ]
    assert len(block.runtime.place.events("dti.pledge.read_by_staff")) == 4
    event = PledgeEvent.objects.filter(usage_key=block.usage_text, kind="staff-read").first()
    assert (event.user_id, event.username) == (STAFF.user_id, STAFF.username)
    assert pledge_chain.link_of(pledge_chain.EVENT, event.id) is not None


def test_numbers_are_no_personal_data(block):
    sign(block)
    get(staff(block), "signatures", "q=nobody-at-all")
    get(staff(block), "signatures", "part=files")
    get(staff(block), "files_state")
    assert reads(block) == []


# -- tables ------------------------------------------------------------------------------------------------------------


def test_the_table_has_a_line_for_each_signature(block):
    row = sign(block, answer_agency="=cmd()", name="R. Xu", reason="+1 married")
    lines = table(get(staff(block), "signatures_csv"))
    line = dict(zip(lines[0], lines[1], strict=True))
    assert line["Username"] == "reyes" and line["Verification code"] == row.code
    assert (line["Number of the signature"], line["Method"], line["Withdrawn"], line["Status"]) == ("1", "typed", "no", "valid")
    assert line["Position in the chain"] == str(pledge_chain.link_of("pledge", row.id).position)
    assert line["Seal"] == "in the chain, not signed yet"
    assert line["Agency"] == "'=cmd()" and line["Reason"] == "'+1 married"  # no formulas
    assert len(lines) == 2


def test_it_has_earlier_signatures_unless_people_are_chosen(block):
    first = sign(block)
    withdraw(block, first)
    second = sign(block)
    rows = [(line[9], line[15]) for line in table(get(staff(block), "signatures_csv"))[1:]]
    assert rows == [(first.code, "withdrawn"), (second.code, "valid")]
    assert [line[9] for line in table(get(staff(block), "signatures_csv", "status=current"))[1:]] == [second.code]
    assert len(table(get(staff(block), "signatures_csv", "q=okafor"))) == 1


def test_answers_to_questions_that_are_gone_stand_in_the_last_column(block):
    row = sign(block)
    document = {**row.document, "answers": [*row.document["answers"], {"id": "old", "label": "Old question", "value": "yes"}]}
    SignedPledge.objects.filter(id=row.id).update(document=document)
    lines = table(get(staff(block), "signatures_csv"))
    assert lines[0][-1] == "Answers to earlier questions" and lines[1][-1] == "Old question: yes"


def test_a_record_of_the_first_format_is_in_it(block):
    row = sign(block)
    document = {name: row.document[name] for name in ("code", "title", "wording", "answers", "signer", "signed_at", "button")}
    document["signature"] = {"kind": "typed", "name": "Ana Reyes", "name_differs": False, "reason": ""}
    SignedPledge.objects.filter(id=row.id).update(document={"format": "dti-pledge/1", **document})
    assert table(get(staff(block), "signatures_csv"))[1][9] == row.code


def test_it_comes_in_parts(block, monkeypatch):
    monkeypatch.setattr(pledge_staff_pages, "PART", 2)
    monkeypatch.setattr(pledge_report, "PART", 2)
    rows = [sign(block, user) for user in (LEARNER, OTHER, THIRD)]
    html = get(staff(block), "signatures").text
    assert "Signatures 1–2 (CSV)" in html and "Signatures 3–3 (CSV)" in html
    addresses = re.findall(r'signatures_csv\?([^"]+)"', html)
    found = [
        line[9] for query in addresses for line in table(get(staff(block), "signatures_csv", query.replace("&amp;", "&")))[1:]
    ]
    assert found == [row.code for row in rows]


def test_who_has_not_signed_is_a_table_too(block):
    sign(block)
    assert table(get(staff(block), "not_signed_csv")) == [
        ["Username", "Name of the account"], ["okafor", "Ben Okafor"], ["zhou", "Chris Zhou"],
    ]  # fmt: skip
    assert len(table(get(staff(block), "not_signed_csv", "q=zhou"))) == 2
    assert len(table(get(staff(block), "not_signed_csv", "after=102"))) == 2


def test_the_platforms_report_has_it(block):
    row = sign(block)
    erased = sign(block, OTHER)
    SignedPledge.objects.filter(id=erased.id).update(document=None, username="", full_name="", signed_name="")
    ((username, columns),) = block.generate_report_data([], 10)
    assert username == "reyes" and columns["Verification code"] == row.code and columns["Status"] == "valid"
    assert list(block.generate_report_data([], 0)) == []


# -- files -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def made(monkeypatch):
    """A stand-in for the PDF files: what was made, in order."""
    done = []

    def copy_of(row):
        done.append(row.code)
        body = f"%PDF {row.code}".encode()
        PledgeCopy.objects.get_or_create(
            pledge=row.id, defaults={"body": body, "digest": "d" * 64, "signed": False, "made_at": datetime.now(UTC)}
        )
        return pledge_copy.Copy(body, False)

    monkeypatch.setattr(pledge_copy, "copy_of", copy_of)
    monkeypatch.setattr(views, "copy_of", copy_of)
    monkeypatch.setattr(views, "address", lambda token: f"/dti/pledges/{token}.zip")
    with override_settings(DTI_RENDER="request"):
        yield done


@pytest.fixture
def with_key(sealing_key):
    with override_settings(DTI_PLEDGE_KEYS={"private": sealing_key}):
        yield


@pytest.fixture(scope="module")
def sealing_key():
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    plain = serialization.NoEncryption()
    return (
        Ed25519PrivateKey.generate().private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()
    )


def fetched(block, user=STAFF, at=None):
    """The answer of the ZIP's address, asked for by `user`."""
    answer = get(staff(block), "signed_files") if at is None else None
    token = (at or answer.location).rpartition("/")[2].removesuffix(".zip")
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(pk=user.user_id, is_authenticated=True) if user.user_id else AnonymousUser()
    return views.download(request, token)


def test_files_are_prepared_and_downloaded(block, made, with_key):
    rows = [sign(block), sign(block, OTHER)]
    html = get(staff(block), "signatures", "part=files").text
    assert "Prepare the files" in html and "Download the files" not in html
    assert get(staff(block), "signed_files").status_code == 404
    assert post(staff(block), "prepare_files").status_code == 200
    assert made == [row.code for row in rows]
    assert "Download the files (ZIP)" in get(staff(block), "signatures", "part=files").text
    assert "Ready: 2 files" in get(staff(block), "files_state", json=True).json["html"]
    answer = get(staff(block), "signed_files")
    assert answer.status_code == 303 and answer.location.startswith("/dti/pledges/")
    response = fetched(block, at=answer.location)
    assert response.status_code == 200 and response["Cache-Control"] == "private, no-store"
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    assert archive.namelist() == [f"reyes-{rows[0].code}.pdf", f"okafor-{rows[1].code}.pdf", "signed-pledges.csv"]
    assert archive.read(f"reyes-{rows[0].code}.pdf") == f"%PDF {rows[0].code}".encode()
    assert rows[1].code in archive.read("signed-pledges.csv").decode("utf-8-sig")
    assert made == [row.code for row in rows]  # nothing was made twice
    assert reads(block)[-1] == {"what": "bundle", "of": "", "count": 2}


def test_the_address_is_one_persons(block, made, with_key):
    sign(block)
    post(staff(block), "prepare_files")
    address = get(staff(block), "signed_files").location
    assert fetched(block, STAFF, address).status_code == 200
    for user in (LEARNER, OTHER_STAFF, ANONYMOUS):
        answer = fetched(block, user, address)
        assert answer.status_code == 404 and b"PDF" not in answer.content
    assert fetched(block, STAFF, address[:-8] + "x.zip").status_code == 404
    assert fetched(block, STAFF, "/dti/pledges/nothing.zip").status_code == 404


def test_the_address_runs_out(block, made, with_key, monkeypatch):
    sign(block)
    post(staff(block), "prepare_files")
    address = get(staff(block), "signed_files").location
    monkeypatch.setattr(bundles, "TOKEN_LIFE", timedelta(0))
    assert fetched(block, STAFF, address).status_code == 404


def test_another_member_of_staff_has_to_ask_too(block, made, with_key):
    sign(block)
    post(staff(block), "prepare_files")
    assert get(again(block, Person(203, "captain", "Cap Tain", staff=True)), "signed_files").status_code == 404


def test_without_a_key_files_are_made_while_they_are_downloaded(block, made):
    row = sign(block)
    html = get(staff(block), "signatures", "part=files").text
    assert "each is made while you download" in html
    post(staff(block), "prepare_files")
    assert made == []
    archive = zipfile.ZipFile(io.BytesIO(b"".join(fetched(block).streaming_content)))
    assert archive.namelist()[0] == f"reyes-{row.code}.pdf" and made == [row.code]


def test_where_no_pdf_can_be_made_nothing_is_begun(block, monkeypatch):
    sign(block)
    monkeypatch.setattr(pledge_staff, "pdf_fault", lambda: "no WeasyPrint")
    assert post(staff(block), "prepare_files").status_code == 503
    assert not PledgeBundle.objects.filter(usage_key=block.usage_text).exists()


def test_a_site_without_our_addresses_says_so(block, made, with_key, monkeypatch):
    sign(block)
    post(staff(block), "prepare_files")
    monkeypatch.setattr(views, "address", lambda token: "")
    assert get(staff(block), "signed_files").status_code == 503
    assert not [event for event in reads(block) if event["what"] == "bundle"]


def test_a_worker_that_died_is_replaced_by_looking(block, made, with_key, monkeypatch):
    sign(block)
    monkeypatch.setattr(pledge_staff.work, "later", lambda task, number: None)
    post(staff(block), "prepare_files")
    bundle = PledgeBundle.objects.get(usage_key=block.usage_text)
    assert bundle.state == "waiting" and "Files made: 0 of 1" in get(staff(block), "files_state", json=True).json["html"]
    PledgeBundle.objects.filter(id=bundle.id).update(state="working", tries=1, beat_at=datetime.now(UTC) - timedelta(minutes=5))
    sent = []
    monkeypatch.setattr(pledge_staff.work, "later", lambda task, number: sent.append(number))
    get(staff(block), "files_state")
    get(staff(block), "files_state")
    assert sent == [bundle.id]
    tasks.make_pledge_files(bundle.id)
    assert PledgeBundle.objects.get(id=bundle.id).state == "ready"


# -- the chain ---------------------------------------------------------------------------------------------------------


def test_a_missing_key_is_told_with_what_to_do(block):
    sign(block)
    for html in (page(staff(block)), get(staff(block), "signatures").text):
        assert "This site has no sealing key" in html and "DTI_PLEDGE_KEYS" in html
    assert "sealing key" not in page(again(block, LEARNER))


def test_a_key_that_cannot_be_used_is_told(block):
    sign(block)
    with override_settings(DTI_PLEDGE_KEYS={"private": "-----BEGIN secret words-----"}):
        html = get(staff(block), "signatures").text
    assert "cannot be used" in html and "secret words" not in html


def test_a_sealed_record_says_so(block, with_key):
    row = sign(block)
    html = get(staff(block), "signatures", f"part=record&code={row.code}").text
    assert "they are unchanged" in html and "no sealing key" not in html
    assert table(get(staff(block), "signatures_csv"))[1][17] == "sealed"


def test_a_seal_by_a_key_that_is_not_known_is_told(block, with_key):
    row = sign(block)
    with override_settings(DTI_PLEDGE_KEYS=None):
        assert "a key that is not known here" in get(staff(block), "signatures", f"part=record&code={row.code}").text


def test_the_whole_chain_is_checked(block, with_key, monkeypatch):
    sign(block)
    sound = pledge_check.Report("course", pledges=1, head=pledge_check.Head(7, "a" * 64))
    monkeypatch.setattr(pledge_check, "check", lambda chain, ring: sound)  # other tests have spoiled the chain of this course
    assert post(staff(block), "check_chain").status_code == 200
    html = get(staff(block), "signatures", "part=files").text
    assert "records are unchanged and in their places" in html and f"7:{'a' * 64}" in html
    monkeypatch.undo()
    row = sign(block, OTHER)
    SignedPledge.objects.filter(id=row.id).update(document={**row.document, "title": "Another"})
    post(staff(block), "check_chain")
    html = get(staff(block), "signatures", "part=files").text
    assert "verify_pledges" in html and "unchanged and in their places" not in html
    kinds = list(PledgeEvent.objects.filter(usage_key=block.usage_text, kind__startswith="check").values_list("kind", flat=True))
    assert kinds == ["check-asked", "checked", "check-asked", "checked"]


def test_a_long_chain_is_checked_in_the_background(block, with_key, monkeypatch):
    sign(block)
    sent = []
    monkeypatch.setattr(chain_checks, "AT_ONCE", 0)
    monkeypatch.setattr(pledge_staff.work, "later", lambda task, number: sent.append((task, number)))
    post(staff(block), "check_chain")
    post(staff(block), "check_chain")  # one is under way
    ((task, number),) = sent
    assert "A check is under way" in get(staff(block), "signatures", "part=files").text
    task(number)
    task(number)
    assert PledgeEvent.objects.filter(usage_key=block.usage_text, kind="checked").count() == 1
    assert "Last check" in get(staff(block), "signatures", "part=files").text


def test_a_check_of_which_nothing_was_heard_may_be_asked_for_again(block, monkeypatch):
    monkeypatch.setattr(chain_checks, "PATIENCE", timedelta(seconds=-1))
    now = datetime.now(UTC)
    chain_checks.ask(1, "x", "course", block.usage_text, now)
    assert chain_checks.last("course", block.usage_text, now).state == "lost"
    tasks.check_pledges(0)  # no such event: nothing happens


def test_pages_are_json_for_scripts(block):
    sign(block)
    assert json.loads(get(staff(block), "files_state", json=True).text)["html"] is not None
