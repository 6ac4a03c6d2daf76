"""What the platform's problem block would run, reach or compute without end while it grades.

The platform runs Python of problems in a sandbox, but symbolic mathematics beside it: SymPy evaluates the author's and the
learner's text as Python. A preview has no sandbox and shows courses of other people, so neither runs unless whoever starts it
says so (DTI_PREVIEW_RUN_PYTHON=1).
"""

from __future__ import annotations

import functools
import math
import numbers
import sys
import types

from django.conf import settings
from django.utils.translation import gettext as _

from .late import Later

MAX_SAMPLES = 1000
MAX_FACTORIAL = 170  # the next one is no floating-point number any more
MAX_BITS = 2000  # of a power of integers; beyond 1024 bits a floating-point number overflows
PYTHON = ("loncapa/python", "<symbolicresponse", "<customresponse", "<schematicresponse")


class NotRunError(Exception):
    """Something that evaluates text as Python was called although it may not."""


def needs_python(data: str) -> bool:
    """Whether a problem's text asks for Python to be run."""
    return any(mark in data for mark in PYTHON)


def note_on_python() -> str:
    """The sentence below such a problem, and the answer to who submits it."""
    return _(
        "This problem contains Python. The preview runs it only when it is started with DTI_PREVIEW_RUN_PYTHON=1; do that "
        "for courses that you trust."
    )


def guard() -> None:
    """Put the limits in place: once per process, before the first problem is read."""
    from xblocks_contrib.problem.capa import responsetypes

    if getattr(responsetypes, "dti_preview_guarded", False):
        return
    responsetypes.dti_preview_guarded = True
    _guard_symbolic(responsetypes)
    _guard_external(responsetypes)
    _guard_numbers(responsetypes)


def _guard_symbolic(responsetypes) -> None:
    check = responsetypes.SymbolicResponse.execute_check_function

    @functools.wraps(check)
    def execute_check_function(self, idset, submission):
        if not settings.DTI_PREVIEW_RUN_PYTHON:
            raise responsetypes.ResponseError(note_on_python())
        return check(self, idset, submission)

    responsetypes.SymbolicResponse.execute_check_function = execute_check_function
    # And every door to `eval` behind it, so that a new caller finds it closed.
    responsetypes.symmath_check = _only_when_trusted(responsetypes.symmath_check)
    symmath = sys.modules["symmath"]
    if isinstance(symmath, Later):
        symmath.then(_close)
    else:
        _close(symmath)


def _close(symmath: types.ModuleType) -> None:
    # The package's own names for its two modules are a class and a function of theirs.
    checking, reading = sys.modules["symmath.symmath_check"], sys.modules["symmath.formula"]
    for place, name in (
        (symmath, "symmath_check"),
        (checking, "symmath_check"),
        (checking, "my_sympify"),
        (reading, "my_sympify"),
        (reading, "sympify"),
        (reading.formula, "make_sympy"),
    ):
        setattr(place, name, _only_when_trusted(getattr(place, name)))


def _only_when_trusted(function):
    @functools.wraps(function)
    def guarded(*args, **kwargs):
        if not settings.DTI_PREVIEW_RUN_PYTHON:
            raise NotRunError("The preview does not run Python of problems.")
        return function(*args, **kwargs)

    return guarded


def _guard_external(responsetypes) -> None:
    """A grader elsewhere, at an address of the author's choice, is not called."""

    def get_score(_self, _student_answers):
        raise responsetypes.ResponseError(_("This problem is graded by a server elsewhere, which the preview does not call."))

    responsetypes.ExternalResponse.get_score = get_score
    responsetypes.ExternalResponse.get_answers = lambda self: dict.fromkeys(self.answer_ids, "")


def _guard_numbers(responsetypes) -> None:
    from calc import calc

    draw = responsetypes.FormulaResponse.randomize_variables

    @functools.wraps(draw)
    def randomize_variables(self, samples):
        count = samples.rpartition("#")[2].strip()
        if not count.isdecimal() or len(count) > 9 or int(count) > MAX_SAMPLES:
            message = _("This problem asks for more samples of its formula than the preview computes ({count}).")
            raise responsetypes.ResponseError(message.format(count=MAX_SAMPLES))
        return draw(self, samples)

    def factorial(number):
        """As `math.factorial`, but not of numbers that take minutes."""
        if number > MAX_FACTORIAL:
            raise ValueError(f"factorial() only accepts integral values up to {MAX_FACTORIAL} in the preview")
        return math.factorial(number)

    def eval_power(parsed):
        """As the original, from right to left, but 9^9^9^9 overflows as its floating-point value does, not after years."""
        return functools.reduce(_power, (part for part in reversed(list(parsed)) if isinstance(part, numbers.Number)))

    responsetypes.FormulaResponse.randomize_variables = randomize_variables
    calc.DEFAULT_FUNCTIONS.update(fact=factorial, factorial=factorial)
    calc.eval_power = eval_power


def _power(exponent, base):
    if isinstance(base, int) and isinstance(exponent, int) and exponent * base.bit_length() > MAX_BITS:
        raise OverflowError("Numerical result out of range")
    return base**exponent
