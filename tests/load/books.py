"""Whether the database has what was answered, once, and nothing else that cannot be."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path


def read(folder: Path) -> list[list]:
    """What the officers wrote down."""
    return [json.loads(line) for file in sorted(folder.glob("ledger-*.jsonl")) for line in file.read_text("utf-8").splitlines()]


def check(entries: list[list]) -> tuple[dict[str, int], list[str]]:
    """(how much of each kind was compared, what is wrong)."""
    by_kind: dict[str, list[list]] = {}
    for entry in entries:
        by_kind.setdefault(entry[1], []).append(entry)
    counts, wrong = {}, []
    for kind, compare in COMPARED.items():
        counts[kind] = len(by_kind.get(kind, []))
        wrong += compare(by_kind.get(kind, []))
    counts["refused"], counts["gave up"] = len(by_kind.get("refused", [])), len(by_kind.get("gave up", []))
    wrong += [f"refused: {entry}" for entry in by_kind.get("refused", [])]
    return counts, wrong + _chain() + _scores()


def _decisions(entries: list[list]) -> list[str]:
    """Each answered decision is one row; no place of a run is taken twice."""
    from dti_xblocks.records.models import ScenarioDecision

    rows = ScenarioDecision.objects.exclude(choice="").values_list("run__user_id", "run__attempt", "position", "scene", "choice")
    written = Counter(tuple(row) for row in rows)
    places = Counter(place[:3] for place in written.elements())
    wrong = [f"not in the journal: {entry}" for entry in entries if written[(entry[0], *entry[2:])] != 1]
    return wrong + [f"twice in the journal: {place}" for place, times in places.items() if times > 1]


def _marks(entries: list[list]) -> list[str]:
    from dti_xblocks.records.models import ReaderMark

    written = Counter(ReaderMark.objects.values_list("user_id", "key", "note"))
    return [f"not marked: {entry}" for entry in entries if written[(entry[0], entry[2], entry[3])] != 1]


def _packets(entries: list[list]) -> list[str]:
    """Every packet that was ordered is there, or says why not; none waits for ever."""
    from dti_xblocks.records.models import Packet

    states = dict(Packet.objects.values_list("owner_id", "state"))
    return [f"the packet of {entry[0]} is {states.get(entry[0], 'lost')}" for entry in entries if states.get(entry[0]) != "ready"]


def _watched(entries: list[list]) -> list[str]:
    """What was reported lies within what is recorded."""
    from dti_xblocks.records.models import VideoWatch

    spans = {user: list(each) for user, each in VideoWatch.objects.values_list("user_id", "spans")}
    return [
        f"not watched: {entry}"
        for entry in entries
        if not any(begin <= entry[2] + 0.11 and entry[3] - 0.11 <= end for begin, end in spans.get(entry[0], []))
    ]


def _plans(entries: list[list]) -> list[str]:
    """The words that were answered last, or what was sent after them without an answer."""
    from dti_xblocks.records.models import OwnWords

    kept = {user: sorted(words.values()) for user, words in OwnWords.objects.values_list("user_id", "words")}
    return [f"lost words: {user}" for user, words in _last(entries).items() if _number(kept.get(user)) < _number(words)]


def _sorted(entries: list[list]) -> list[str]:
    from dti_xblocks.records.models import ActivityStanding

    tried = set(ActivityStanding.objects.filter(kind="sort", tries__gte=1).values_list("user_id", flat=True))
    return [f"no try of {entry[0]}" for entry in entries if entry[0] not in tried]


def _signed(entries: list[list]) -> list[str]:
    from dti_xblocks.records.models import SignedPledge

    written = Counter(SignedPledge.objects.values_list("user_id", "full_name"))
    wrong = [f"not signed: {entry}" for entry in entries if written[(entry[0], entry[2])] != 1]
    return wrong + [f"signed twice: {who}" for who, times in written.items() if times > 1]


def _reviews(entries: list[list]) -> list[str]:
    from dti_xblocks.records.models import CourseReview

    kept = dict(CourseReview.objects.values_list("user_id", "text"))
    return [f"lost review: {user}" for user, text in _last(entries).items() if _number([kept.get(user, "")]) < _number([text])]


def _last(entries: list[list]) -> dict:
    return {entry[0]: entry[2] for entry in entries}


def _number(texts) -> int:
    """The number that the officers write into a text: what is later has a larger one. -1 without a text."""
    found = [word.strip(",") for text in texts or [] for word in text.split() if word.strip(",").isdigit()]
    return int(found[0]) if found else -1


def _chain() -> list[str]:
    """`verify_pledges` finds nothing, once what waits is sealed."""
    from io import StringIO

    from django.core.management import CommandError, call_command

    said = StringIO()
    try:
        call_command("verify_pledges", "--complete", stdout=said, stderr=said)
    except (CommandError, SystemExit) as error:
        return [f"verify_pledges: {error} {said.getvalue()[-500:]}"]
    return []


def _scores() -> list[str]:
    """The grade that the runtime has is the recorded result of a finished run."""
    from dti_xblocks.course.preview.models import Score
    from dti_xblocks.records.models import ScenarioRun

    scores = {(row.owner, row.place): (row.earned, row.possible) for row in Score.objects.all()}
    wrong = []
    for run in ScenarioRun.objects.filter(username__startswith="officer"):
        score = scores.get((run.username, run.usage_key))
        if score is None or abs(score[0] / score[1] - run.earned / run.possible) > 1e-6:
            wrong.append(f"{run.username} has {run.earned}/{run.possible}, and the grade {score}")
    return wrong


COMPARED = {"decision": _decisions, "mark": _marks, "packet": _packets, "watched": _watched, "plan": _plans, "sorted": _sorted,
            "signed": _signed, "review": _reviews}  # fmt: skip


def waiting() -> int:
    """How many packets are not made yet."""
    from dti_xblocks.records.models import Packet

    return Packet.objects.filter(state__in=("waiting", "working")).count()
