"""What the attacks on a pledge share: raw requests, and what must be whole afterwards."""

from dti_xblocks.pledge import seal, signing
from dti_xblocks.records.models import PledgeEvent, PledgeLink, PledgePending, SignedPledge

ACTS = ("read_to_end", "agree", "take_back", "sign")
FOR_STAFF = ("withdraw_signature", "prepare_files", "check_chain")
FIELDS = [
    "shown",
    "turn",
    "affirm",
    "answer-agency",
    "answer-rank",
    "consent",
    "name",
    "reason",
    "strokes",
    "offset",
    "seconds",
    "by",
]


FIELDS += ["code", "pledge", "confirm", "csrfmiddlewaretoken", "x", "", "\x00"]


def usage(block) -> str:
    return str(block.scope_ids.usage_id)


def rows(block) -> list:
    return list(SignedPledge.objects.filter(usage_key=usage(block)).order_by("id"))


def events(block) -> list:
    return list(PledgeEvent.objects.filter(usage_key=usage(block)).order_by("id"))


def on_record(block) -> tuple:
    return len(rows(block)), len(events(block))


def assert_whole(block):
    """Everything on record is intact, and has its one place in the chain or waits for it."""
    for kind, found in (("pledge", rows(block)), ("event", events(block))):
        for row in found:
            assert seal.intact(row.document, row.document_hash)
            places = PledgeLink.objects.filter(kind=kind, entry_id=row.id, entry=row.document_hash).count()
            places += PledgePending.objects.filter(kind=kind, entry_id=row.id, entry=row.document_hash).count()
            assert places == 1
    for row in rows(block):
        assert row.document["signature"]["name"] == row.signed_name == signing.clean(row.signed_name)
        assert all(each["affirmed"] is True for each in row.document["affirmations"])
        assert row.document["consent"]["given"] is True
