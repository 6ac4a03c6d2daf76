"""Tries and words of one learner, sent by many at the same moment, on whatever database Django has. See `race_threads`."""

from dataclasses import replace
from datetime import UTC, datetime

from dti_xblocks.activity.play import Standing
from dti_xblocks.records import models, own_words
from dti_xblocks.records.activity import standings
from tests.records import race_threads

NOW = datetime(2026, 1, 1, 12, 0, 0, 5, tzinfo=UTC)
BLOCK = "block-of-the-race"


def turn(user_id: int, card: str) -> tuple[Standing, Standing]:
    """One more card lies with its back up, as a form of the kind `flip` has it."""

    def step(standing: Standing) -> Standing:
        turned = standing.answer.get("turned", [])
        if card in turned:
            return standing
        answer = {"turned": [*turned, card]}
        return replace(standing, first=standing.first or answer, answer=answer, tries=standing.tries + 1)

    return standings.change(user_id=user_id, username="reyes", course_key="c", usage_key=BLOCK, kind="flip", step=step, now=NOW)


def write(user_id: int, text: str) -> str:
    """Words of one's own; "refused" where others stand there."""
    try:
        own_words.write(
            user_id=user_id, course_key="c", usage_key=BLOCK, kind="reflect", title="t", words={"text": text}, seen=0, now=NOW
        )
    except own_words.WordsChangedError:
        return "refused"
    return text


def check_no_card_is_lost(size: int, older: bool = False) -> None:
    """Every tab turns another card: all of them are turned, and the first try is that of the first."""
    player = race_threads.anybody()
    found = race_threads.at_once(
        [lambda n=number: turn(player.user_id, f"card-{n}") for number in range(size)], [player] * size, older
    )
    standing = standings.of_learner(player.user_id, BLOCK, "flip")
    assert sorted(standing.answer["turned"]) == sorted(f"card-{number}" for number in range(size))
    assert standing.tries == size and standing.first == {"turned": standing.answer["turned"][:1]}
    assert sorted(after.tries for _before, after in found) == list(range(1, size + 1)), "each got what the one before it left"


def check_equal_requests_are_one(size: int, older: bool = False) -> None:
    player = race_threads.anybody()
    race_threads.at_once([lambda: turn(player.user_id, "the-card")] * size, [player] * size, older)
    assert standings.of_learner(player.user_id, BLOCK, "flip").tries == 1
    assert models.ActivityStanding.objects.filter(user_id=player.user_id).count() == 1


def check_words_of_one_stand_and_all_others_are_told(size: int, older: bool = False) -> None:
    player = race_threads.anybody()
    found = race_threads.at_once(
        [lambda n=number: write(player.user_id, f"text {n}") for number in range(size)], [player] * size, older
    )
    kept = own_words.of_learner(player.user_id, BLOCK)
    assert [text for text in found if text != "refused"] == [kept.words["text"]]
    assert (
        race_threads.at_once([lambda: write(player.user_id, kept.words["text"])] * size, [player] * size, older)
        == [kept.words["text"]] * size
    )


def check_neighbors_do_not_lose_anything(size: int, older: bool = False) -> None:
    players = [race_threads.anybody(number) for number in range(size)]
    race_threads.at_once([lambda n=player.user_id: turn(n, "a") for player in players], players, older)
    assert all(standings.of_learner(player.user_id, BLOCK, "flip").tries == 1 for player in players)


CHECKS = (
    check_no_card_is_lost,
    check_equal_requests_are_one,
    check_words_of_one_stand_and_all_others_are_told,
    check_neighbors_do_not_lose_anything,
)
