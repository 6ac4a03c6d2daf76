"""A score in per cent: one rounding wherever it is told, in the review, in reports, in files and on paper."""

from __future__ import annotations

from math import floor

TINY = 1e-9  # what binary fractions may be off by; one point is always more


def percent(earned: float, possible: float, pass_mark: int | None = None) -> int | float:
    """`earned` of `possible` in per cent, from 0 to 100, to the nearest whole number.

    The platform's gradebook rounds like that, and takes the even one of two that are equally near. A score that rounding would
    lift to a `pass_mark` that it has not reached has one decimal, rounded down: nobody reads that they had enough and failed.
    """
    if not possible:
        return 100
    exact = 100 * min(1.0, max(0.0, earned / possible))
    whole = round(exact)
    if pass_mark is not None and whole >= pass_mark > exact + TINY:
        return floor(10 * exact + TINY) / 10
    return whole


def passes(earned: float, possible: float, pass_mark: int) -> bool:
    """True when the score reaches `pass_mark` per cent, counted in whole points so that no rounding decides."""
    return earned * 100 >= pass_mark * possible
