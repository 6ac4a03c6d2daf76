"""Contexts of the browser are lent from one person of the tests to the next: nobody finds what somebody else has left (`suite.chromium`)."""

import pytest
from visitor import Visitor

pytestmark = pytest.mark.browser
LEFT = "() => [localStorage.getItem('mine'), sessionStorage.getItem('mine'), navigator.onLine, history.length]"
LEAVE = (
    "() => { localStorage.setItem('mine', 'yes'); sessionStorage.setItem('mine', 'yes'); document.cookie = 'mine=yes; path=/'; }"
)


def test_the_next_person_finds_nothing_of_the_one_before(chromium, preview):
    contexts, found = [], []
    for _person in range(4):
        someone = Visitor(chromium, preview, viewport={"width": 777, "height": 555})
        contexts.append(someone.context)
        before = someone.context.cookies(preview)
        someone.open("info")
        found.append((before, "mine" in someone.page.evaluate("document.cookie"), *someone.page.evaluate(LEFT)))
        assert someone.page.evaluate("innerWidth") == 777
        someone.be("staff")
        someone.page.evaluate(LEAVE)
        someone.page.set_viewport_size({"width": 555, "height": 777})
        someone.page.emulate_media(color_scheme="dark")
        someone.context.new_page().goto(f"{preview}/progress")
        someone.context.set_offline(True)
        someone.close()
    assert [one[:5] for one in found] == [([], False, None, None, True)] * 4
    assert len({one[5] for one in found}) == 1, "a page of one's own"
    assert contexts[0] is not contexts[1] and contexts[1] is contexts[2] is contexts[3], "what nobody asks for again is closed"


def test_two_people_at_once_are_two(chromium, preview):
    size = {"width": 778, "height": 555}
    for _time in range(3):
        one, other = (Visitor(chromium, preview, viewport=size) for _person in range(2))
        assert one.context is not other.context
        one.open("info")
        one.page.evaluate(LEAVE)
        other.open("info")
        assert other.page.evaluate(LEFT)[:2] == [None, None]
        one.close()
        other.close()


@pytest.mark.parametrize("change", [lambda one: one.on_every_page("window.mine = true"), lambda one: one.stop_the_clock()])
def test_a_context_that_cannot_be_swept_is_closed(chromium, preview, change):
    size, contexts = {"width": 779, "height": 555}, []
    for _person in range(3):
        someone = Visitor(chromium, preview, viewport=size)
        someone.open("info")
        contexts.append(someone.context)
        assert someone.page.evaluate("[window.mine, '__pwClock' in window]") == [None, False]
        change(someone)
        someone.close()
    assert len(set(contexts)) == 3
