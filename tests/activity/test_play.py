"""How a learner stands after each try, kind by kind."""

import pytest

from dti_xblocks.activity import play
from dti_xblocks.activity.deal import deal
from dti_xblocks.activity.kinds import OWN, UnacceptableError
from dti_xblocks.activity.play import Standing
from tests.activity.samples import activity


class Player:
    """Somebody who does the sample of a kind."""

    def __init__(self, kind: str):
        self.activity = activity(kind)
        self.deal = deal(self.activity, "somebody")
        self.standing = Standing()

    def place(self, card_id: str) -> str:
        return str([card.id for card in self.deal.cards].index(card_id) + 1)

    def back(self, card_id: str) -> str:
        return str([card.id for card in self.deal.backs].index(card_id) + 1)

    def send(self, form: dict, tries: int | None = None) -> Standing:
        sent = {"tries": str(self.standing.tries if tries is None else tries), **form}
        self.standing = play.tried(self.activity, self.deal, self.standing, sent)
        return self.standing

    def refused(self, form: dict) -> str:
        before = self.standing
        with pytest.raises(UnacceptableError) as caught:
            self.send(form)
        assert self.standing == before
        return caught.value.reason

    def sort(self, **groups: str) -> dict:
        numbers = {group.id: str(number) for number, group in enumerate(self.activity.groups, start=1)}
        return {f"card-{self.place(card)}": numbers[group] for card, group in groups.items()}

    def share(self) -> float:
        return play.share(self.activity, self.standing)


def test_sorting_until_all_is_right():
    one = Player("sort")
    first = one.send(one.sort(reach="act", voice="not", instant="not"))
    assert first.first == first.answer == {"placed": {"reach": "act", "voice": "not", "instant": "not"}}
    assert (first.tries, first.done, one.share()) == (1, False, pytest.approx(2 / 3))
    again = one.send(one.sort(voice="act", reach="not"))  # what lies rightly stays, whatever is sent
    assert again.answer == {"placed": {"reach": "act", "voice": "act", "instant": "not"}}
    assert (again.first, again.tries, again.done, one.share()) == (first.first, 2, True, 1.0)


def test_a_card_without_a_place_is_refused():
    one = Player("sort")
    assert one.refused(one.sort(reach="act", voice="not")) == "unplaced"
    assert one.refused({**one.sort(reach="act", voice="not"), f"card-{one.place('instant')}": "3"}) == "unplaced"


def test_the_same_answer_once_more_changes_nothing_and_another_counts():
    one = Player("sort")
    wrong = one.sort(reach="not", voice="not", instant="act")
    before = one.send(wrong)
    assert one.send(wrong, tries=0) is before, "a double press"
    assert one.send(wrong, tries=1).tries == 2, "checked once more without a change"


def test_the_answers_are_shown_after_two_tries_and_earn_nothing():
    one = Player("sort")
    wrong = one.sort(reach="not", voice="not", instant="act")
    for _time in range(2):
        with pytest.raises(UnacceptableError):
            play.revealed(one.activity, one.standing)
        one.send(wrong)
    shown = play.revealed(one.activity, one.standing)
    assert shown.done and shown.revealed and shown.answer["placed"]["reach"] == "act" and shown.first == one.standing.first
    assert play.share(one.activity, shown) == 0.0
    assert play.revealed(one.activity, shown) is shown, "a double press"


def test_another_round_keeps_the_first_try_and_that_it_was_done():
    one = Player("flip")
    one.send({"card": "1"})
    one.send({"card": "2"})
    fresh = play.again(one.standing)
    assert fresh.answer == {} and fresh.done and fresh.first == {"turned": ["rank"]} and fresh.tries == 2


def test_putting_in_order():
    one = Player("order")
    numbers = {f"card-{one.place(card)}": str(n) for n, card in enumerate(["two", "one", "three"], start=1)}
    assert one.send(numbers).answer == {"order": ["two", "one", "three"]} and one.share() == pytest.approx(1 / 3)
    assert one.refused({**numbers, f"card-{one.place('two')}": "2"}) == "same-number"
    assert one.refused({**numbers, f"card-{one.place('two')}": "9"}) == "unnumbered"
    assert one.refused({}) == "unnumbered"
    right = {f"card-{one.place(card)}": str(n) for n, card in enumerate(["one", "two", "three"], start=1)}
    assert one.send(right).done and one.share() == 1.0


def test_matching():
    one = Player("match")
    swapped = {
        f"card-{one.back('officer')}": one.place("sergeant"),
        f"card-{one.back('sergeant')}": one.place("officer"),
        f"card-{one.back('city')}": one.place("city"),
    }
    assert one.send(swapped).answer == {"placed": {"officer": "sergeant", "sergeant": "officer", "city": "city"}}
    assert one.share() == pytest.approx(1 / 3)
    assert one.refused({f"card-{one.back('officer')}": one.place("officer")}) == "unplaced"
    both = {f"card-{one.back(card)}": one.place("officer") for card in ("officer", "sergeant")}
    assert one.refused(both) == "twice"
    assert one.refused({**both, f"card-{one.back('officer')}": one.place("city")}) == "twice", "there lies the right one"
    right = {f"card-{one.back(card)}": one.place(card) for card in ("officer", "sergeant")}
    assert one.send(right).done


def test_turning_over():
    one = Player("flip")
    assert one.refused({}) == one.refused({"card": "3"}) == "no-card"
    once = one.send({"card": "2"})
    assert once.answer == {"turned": ["wrong"]} and not once.done
    assert one.send({"card": "2"}) is once
    assert one.send({"card": "1"}).done and one.share() == 1.0
    with pytest.raises(UnacceptableError):
        play.revealed(one.activity, one.standing)


def test_spotting_in_the_picture_and_in_the_list():
    one = Player("spot")
    assert one.send({"x": "15", "y": "40"}).answer == {"found": ["red"], "misses": 0, "last": "red"}
    assert one.send({"x": "99", "y": "99"}).answer == {"found": ["red"], "misses": 1, "last": ""}
    assert one.send({"x": "14", "y": "24"}).answer["last"] == "small", "the smallest area that holds the point"
    assert one.standing.done and one.share() == 1.0
    other = Player("spot")
    other.send({"card": other.place("green")})
    other.send({"card": other.place("red")})
    assert other.standing.answer["found"] == ["green", "red"] and not other.standing.done
    other.send({"card": other.place("small")})
    assert other.standing.done and other.share() == pytest.approx(2 / 3), "what is no sign counts against it"


@pytest.mark.parametrize("point", [{}, {"x": "1"}, {"x": "nan", "y": "1"}, {"x": "-1", "y": "1"}, {"x": "1", "y": "1e999"}])
def test_a_point_outside_of_the_picture(point):
    assert Player("spot").refused(point) == "no-card"


def test_cards_that_were_removed_since_do_not_count():
    one = Player("sort")
    stale = Standing({"placed": {"gone": "act"}}, {"placed": {"gone": "act", "reach": "nowhere"}}, 1)
    assert play.share(one.activity, stale) == 0.0
    assert play.first_marks(one.activity, stale.first) == [(card, None) for card in one.activity.cards]


def test_words_of_ones_own():
    note, say, plan = OWN["reflect"], OWN["say"], OWN["plan"]
    assert note.read({"text": " a\r\nb\u202e\x00 "}) == {"text": "a\nb"} and note.keeps({})
    assert plan.read({"if": "x", "then": "y"}) == {"if": "x", "then": "y"}
    for own, form in (
        (note, {}),
        (note, {"text": " \u200b\x01"[:1]}),
        (plan, {"if": "x"}),
        (say, {}),
        (say, {"said": "yes", "keep": "yes"}),
    ):
        with pytest.raises(UnacceptableError, match="empty"):
            own.read(form)
    with pytest.raises(UnacceptableError, match="too-long"):
        note.read({"text": "x" * 5001})
    assert say.read({"said": "yes"}) == {"text": ""} and not say.keeps({"said": "yes"})
    assert say.read({"text": "Stop.", "keep": "yes"}) == {"text": "Stop."} and say.keeps({"keep": "yes"})
    done = play.written(Standing())
    assert done.done and done.tries == 1 and done.answer == {"written": True}
