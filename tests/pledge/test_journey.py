"""How far a signer has come, told by the events on record."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from dti_xblocks.pledge.journey import key, read_journey, seconds_in_view

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDING = "ab" * 32


@dataclass
class Event:
    kind: str
    last: object
    turn: int = 1
    at: datetime = START
    details: dict = field(default_factory=dict)
    erased: bool = False

    @property
    def key(self):
        return key(self.turn, self.kind, self.last)

    @property
    def document(self):
        return None if self.erased else {"details": self.details}


AGREED = {"statement": "I agree", "button": "Agree", "disclosure": "Read", "disclosure_version": "2", "disclosure_hash": "x"}


def way(*events, turn=1, version="2"):
    return read_journey(events, turn, WORDING, version)


def agreed(count, **more):
    return Event("consented", count, details=AGREED, **more)


def test_nothing_on_record_is_the_beginning():
    found = way()
    assert (found.reading.opened_at, found.reading.ended_at, found.reading.seconds, found.consent) == (None, None, 0, None)


def test_keys_name_turn_kind_and_wording_or_number():
    assert key(2, "opened", WORDING) == "t2/opened/abababababababab"
    assert key(1, "consented", 0) == "t1/consented/0"


def test_reading_is_told_by_its_events():
    end = START + timedelta(minutes=5)
    found = way(Event("opened", WORDING), Event("ended", WORDING, at=end, details={"seconds": 90})).reading
    assert (found.opened_at, found.ended_at, found.seconds) == (START, end, 90)


@pytest.mark.parametrize("other", [{"turn": 2}, {"last": "cd" * 32}])
def test_reading_of_another_turn_or_wording_is_not_this_one(other):
    assert way(Event(**{"kind": "opened", "last": WORDING, **other})).reading.opened_at is None


def test_an_agreement_counts_until_it_is_taken_back_and_may_be_given_again():
    assert way(agreed(0)).consent.statement == "I agree"
    assert way(agreed(0)).consent.given_at == START
    back = Event("taken-back", 0)
    assert way(agreed(0), back).consent is None
    again = agreed(1, at=START + timedelta(hours=1))
    assert way(agreed(0), back, again).consent.given_at == again.at
    assert way(agreed(0), back, again, Event("taken-back", 1)).consent is None


def test_an_agreement_to_an_older_disclosure_or_for_another_signature_does_not_count():
    assert way(agreed(0), version="3").consent is None
    assert way(agreed(0, turn=1), turn=2).consent is None
    assert way(agreed(0, turn=12), turn=1).consent is None


def test_events_whose_text_was_erased_are_no_agreement_and_no_fault():
    found = way(Event("opened", WORDING), Event("ended", WORDING, erased=True), agreed(0, erased=True))
    assert (found.consent, found.reading.seconds) == (None, 0)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("30", 30), ("0", 0), ("-5", 0), ("3600", 60), ("", 0), ("x", 0), ("1.5", 0), ("9" * 5000, 0), (None, 0), (object(), 0)],
)
def test_no_browser_reads_longer_than_the_page_was_open(told, seconds):
    assert seconds_in_view(told, START, START + timedelta(seconds=60)) == seconds


def test_what_was_never_opened_was_not_read():
    assert seconds_in_view("30", None, START) == 0
