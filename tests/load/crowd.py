"""Who the officers are."""

from __future__ import annotations

FIRST_ID = 1001  # the user id of the first officer
LETTERS = "abcdefghij"  # names have letters only: a digit would make a name that the pledge takes for an account


def name_of(number: int) -> str:
    """The full name of an officer's account, of which no two are alike."""
    return f"Ana {''.join(LETTERS[int(digit)] for digit in str(number)).title()}"
