"""How often somebody may ask, where the cache does not count, and what a network is. The verify page's own limits: tests/verify."""

import pytest
from django.test import override_settings

from dti_xblocks.platform import limits


def test_a_process_that_counts_by_itself_has_an_end():
    counter = limits.Counter()
    for number in range(limits.MOST_KEPT + 5):
        last, _first = counter.add(f"n{number}", 1)
    assert len(counter.counts) == limits.MOST_KEPT
    assert last == limits.MOST_KEPT
    assert counter.add("n0", 2) == (1, True)
    assert counter.add("n0", 2) == (2, False)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.8", "192.0.2.8"),
        (" 192.0.2.8 ", "192.0.2.8"),
        ("::ffff:192.0.2.8", "192.0.2.8"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", ""),
        (None, ""),
    ],
)
def test_a_network_is_what_one_person_can_have(address, network):
    assert limits.network(address) == network


def test_groups_do_not_count_for_each_other():
    assert [limits.wait("one", "somebody", 1, 60) > 0 for _time in range(2)] == [False, True]
    assert limits.wait("another", "somebody", 1, 60) == 0


@override_settings(RATELIMIT_ENABLE=False)
def test_a_site_can_switch_limits_off():
    assert [limits.wait("off", "somebody", 1, 60) for _time in range(3)] == [0, 0, 0]


def test_what_is_kept_in_the_cache_tells_nothing_of_who_asked(monkeypatch):
    kept = []

    class Keeping:
        def add(self, key, *_more):
            kept.append(key)
            return True

        def incr(self, key):
            kept.append(key)

    monkeypatch.setattr("django_ratelimit.core.caches", {"default": Keeping()})
    limits.wait("kept", "192.0.2.77", 5, 60)
    assert kept and not any("192.0.2.77" in key for key in kept)
