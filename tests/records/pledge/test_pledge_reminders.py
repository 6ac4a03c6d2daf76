"""People whose signature runs out soon get one e-mail: who, in which words, and what happens when the mail server is down."""

import itertools
from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import override_settings

from dti_xblocks.platform import clock
from dti_xblocks.records.models import PledgeEvent, SignedPledge
from dti_xblocks.records.pledge import events, reminders, retention

COURSE, BLOCK = "course-v1:DTI+DTI101+remind", "block-v1:DTI+DTI101+remind+type@dti_pledge+block@p"
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def site(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(mail, "outbox", [], raising=False)  # as Django's own test runner makes it
    SignedPledge.objects.filter(course_key=COURSE).delete()
    with override_settings(
        LMS_ROOT_URL="https://lms.example.org", EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        DEFAULT_FROM_EMAIL="training@example.org", DTI_INSTITUTION={"name": "Harbor PD"},
    ):  # fmt: skip
        yield


def signed(name: str, days: float | None = 10, turn: int = 1, email: str | None = None, **values) -> SignedPledge:
    person, _new = User.objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org" if email is None else email}
    )
    number = next(numbers)
    return SignedPledge.objects.create(**{
        "user_id": person.id, "username": name, "full_name": f"Officer {name.title()}", "course_key": COURSE, "usage_key": BLOCK,
        "turn": turn, "wording_hash": "w" * 64, "language": "en", "document": {"wording": {"label": "Duty to intervene"}},
        "document_hash": "h" * 64, "code": f"RE-{number}", "code_digest": f"re-{number}", "signed_at": NOW - timedelta(days=300),
        "valid_until": None if days is None else NOW + timedelta(days=days), **values,
    })  # fmt: skip


def run(*arguments) -> list[str]:
    """Addresses that got an e-mail."""
    before = len(mail.outbox)
    call_command("dti_pledge_reminders", *arguments)
    return sorted(message.to[0].partition("@")[0] for message in mail.outbox[before:])


def test_whoever_has_to_sign_again_soon_is_told_once():
    signed("soon")
    signed("later", days=31)
    signed("over", days=-1)
    signed("forever", days=None)
    assert run() == ["soon"] and run() == []
    assert run("--days", "60") == ["later"]
    event = PledgeEvent.objects.get(usage_key=BLOCK, kind=events.REMINDED, username="soon")
    assert event.document["details"] == {} and "example.org" not in str(event.document)


def test_what_was_withdrawn_erased_or_signed_anew_and_accounts_that_are_closed_are_left_out():
    signed("anew", turn=1)
    signed("anew", days=400, turn=2)
    signed("erased", document=None)
    signed("nowhere", email="")
    signed("closed")
    User.objects.filter(username="closed").update(is_active=False)
    row = signed("withdrawn")
    events.note(events.Happening(events.WITHDRAWN, "withdrawn-1", row.user_id, row.username, COURSE, BLOCK, NOW, {}, row.id))
    signed("due")
    assert run() == ["due"]


def test_the_second_signature_has_a_reminder_of_its_own():
    first = signed("twice")
    assert run() == ["twice"]
    SignedPledge.objects.filter(pk=first.pk).update(valid_until=NOW - timedelta(days=1))
    signed("twice", turn=2, days=20)
    assert run() == ["twice"]


def test_the_words_say_what_to_do_and_hold_no_code():
    row = signed("areyes")
    run()
    message = mail.outbox[-1]
    assert message.from_email == "training@example.org"
    assert message.subject == "Duty to intervene: sign again by December 10, 2026"
    assert message.body.startswith("Officer Areyes,\n\nDuty to intervene: your signature runs out on December 10, 2026.")
    assert f"\n\nhttps://lms.example.org/courses/{COURSE}/jump_to/{BLOCK}\n\n" in message.body
    assert message.body.endswith("Harbor PD\n")
    assert row.code not in message.body and row.code not in message.subject


def test_a_dry_run_sends_and_records_nothing(capsys):
    signed("dry")
    assert run("--dry-run") == []
    assert "Reminders to send: 1." in capsys.readouterr().out
    assert run() == ["dry"]


def test_what_could_not_be_sent_is_tried_again(monkeypatch):
    signed("first")
    signed("second")
    sending = reminders.remind
    refused = iter([True])

    def send_or_fail(one, now, send):
        def refuse(_due):
            raise SMTPServerDisconnected("gone")

        return sending(one, now, refuse if next(refused, False) else send)

    monkeypatch.setattr(reminders, "remind", send_or_fail)
    with pytest.raises(CommandError, match="Not sent: 1"):
        run()
    assert not PledgeEvent.objects.filter(usage_key=BLOCK, kind=events.REMINDED, username="first").exists()
    assert run() == ["first"]


def test_a_mail_server_that_is_down_ends_the_command(monkeypatch):
    for number in range(7):
        signed(f"down{number}")

    def refuse(*_arguments):
        raise ConnectionRefusedError

    monkeypatch.setattr(reminders, "remind", refuse)
    with pytest.raises(CommandError, match="5 e-mails in a row could not be sent, 0 were: look at EMAIL_HOST"):
        run()


def test_two_processes_send_one():
    row, sent = signed("one"), []
    [due] = [one for one in reminders.due(NOW, 30) if one.pledge == row.id]
    assert reminders.remind(due, NOW, sent.append) and not reminders.remind(due, NOW, sent.append)
    assert sent == [due]


@pytest.mark.parametrize("days", ["0", "366"])
def test_days_are_a_sensible_number(days):
    with pytest.raises(CommandError, match="from 1 to 365"):
        run("--days", days)


def test_without_an_address_of_the_site_nothing_is_sent():
    signed("nowhere-to-go")
    with override_settings(LMS_ROOT_URL=""), pytest.raises(CommandError, match="Set LMS_ROOT_URL"):
        run()


def test_a_retired_account_leaves_no_name_in_the_event(monkeypatch):
    row = signed("leaver")
    run()
    with override_settings(DTI_PLEDGE_ON_RETIREMENT="erase"):
        retention.erase_signatures(row.user_id, {"leaver"}, NOW, retention.REQUEST)
    kept = PledgeEvent.objects.get(usage_key=BLOCK, kind=events.REMINDED, user_id=row.user_id)
    assert kept.username == "" and kept.document is None
