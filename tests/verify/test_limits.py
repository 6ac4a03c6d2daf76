"""How often an address may ask the verify page."""

from types import SimpleNamespace

import pytest
from django.test import override_settings

from dti_xblocks.platform import conf
from dti_xblocks.verify import limits
from tests.verify.at_work import PAGE, UNKNOWN, ask, count, send


def test_one_address_is_slowed_down_and_others_are_not(client):
    with override_settings(DTI_PLEDGE_VERIFY_RATE=3):
        assert [ask(client, UNKNOWN).status_code for _time in range(4)] == [200, 200, 200, 429]
        response = ask(client, UNKNOWN)
        assert 1 <= int(response["Retry-After"]) <= 60
        assert "Please wait a minute" in response.content.decode()
        assert send(client, b"%PDF-").status_code == 429
        assert client.get(PAGE).status_code == 200
        assert ask(client, UNKNOWN, REMOTE_ADDR="198.51.100.9").status_code == 200


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


@override_settings(DTI_PLEDGE_VERIFY_RATE=5)
def test_when_all_together_have_asked_too_often_only_those_wait_who_asked_more_than_a_few_times():
    for number in range(limits.ALL * 2):
        for _time in range(5):
            count(f"192.0.2.{number}")
    assert [count("198.51.100.1") == 0 for _time in range(5)] == [True] * limits.FEW + [False] * 2


@override_settings(DTI_PLEDGE_VERIFY_RATE=10)
def test_below_that_nobody_waits_who_keeps_to_the_rate():
    assert [count("198.51.100.1") for _time in range(10)] == [0] * 10


@override_settings(DTI_PLEDGE_VERIFY_RATE=20)
def test_the_networks_of_one_line_shut_nobody_out():
    answered = sum(count(f"2001:db8:1:{network:x}::1") == 0 for network in range(30) for _time in range(20))
    assert answered == 40
    assert [count("198.51.100.7") for _time in range(20)] == [0] * 20
    assert count("2001:db8:2::1") == 0


@override_settings(DTI_PLEDGE_VERIFY_RATE=20)
def test_the_networks_of_a_large_line_count_together_too():
    assert sum(count(f"2001:db8:1:{network:x}00::1") == 0 for network in range(200) for _time in range(20)) == 80
    assert count("2001:db8:2::1") == 0


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
                return
            raise ValueError("no such key")

    monkeypatch.setattr("django_ratelimit.core.caches", {"default": Down()})
    assert [ask(client, UNKNOWN).status_code for _time in range(3)] == [200, 200, 429]
    assert caplog.text.count("The cache does not count") <= 2


@pytest.mark.parametrize("rate", ["many", None, 0, -5])
def test_a_rate_that_is_none_is_a_rate_all_the_same(rate):
    with override_settings(DTI_PLEDGE_VERIFY_RATE=rate):
        assert count() == 0
        assert [count() for _time in range(conf.VERIFY_RATE.default)][-1] > 0
