"""What a rule for authors is, and the book in which the rules of one domain are entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

from .problems import ERROR, Problem

Finding = tuple[str, str, int]  # where, sentence, line: a problem under the rule's own code and severity
Asked = ParamSpec("Asked")  # what a rule looks at: a scenario and its setting, a pledge, a course
Find = Callable[Asked, Iterable[Finding | Problem]]


@dataclass(frozen=True)
class Rule(Generic[Asked]):
    """A permanent code and a function that finds the mistakes of its kind; the function's docstring is the rule's manual.

    The function yields `Finding`s, or `Problem`s where severity or code differ from the rule's own.
    """

    code: str
    find: Find[Asked]
    severity: str = ERROR

    @property
    def manual(self) -> str:
        """What is wrong and why it matters, for guides."""
        return (self.find.__doc__ or "").strip()

    def problems(self, *asked: Asked.args, **named: Asked.kwargs) -> list[Problem]:
        """The mistakes of this kind, in the order found."""
        return [self._problem(found) for found in self.find(*asked, **named)]

    def _problem(self, found: Finding | Problem) -> Problem:
        if isinstance(found, Problem):
            return found
        where, message, line = found
        return Problem(self.code, where, message, self.severity, line)


AnyRule = TypeVar("AnyRule", bound="Rule[...]")


class Book(Generic[AnyRule]):
    """The rules of one domain, in the order of their codes. A domain whose rules say more about themselves has its own `Rule`."""

    def __init__(self) -> None:
        self._rules: dict[str, AnyRule] = {}

    def enter(self, rule: AnyRule) -> None:
        """Add a rule. Raises `ValueError` when its code is taken, or it has no manual."""
        if rule.code in self._rules:
            raise ValueError(f"{rule.code} is taken by {self._rules[rule.code].find.__name__}")
        if not rule.manual:
            raise ValueError(f"{rule.code} has no docstring")
        self._rules[rule.code] = rule

    def __iter__(self) -> Iterator[AnyRule]:
        return iter(sorted(self._rules.values(), key=lambda rule: rule.code))

    def __len__(self) -> int:
        return len(self._rules)

    @property
    def codes(self) -> list[str]:
        """The codes of all rules, in order."""
        return [rule.code for rule in self]


class Rulebook(Book[Rule[Asked]], Generic[Asked]):
    """A book of plain rules, entered by a decorator: `@book.rule("PL001")`."""

    def rule(self, code: str, severity: str = ERROR) -> Callable[[Find[Asked]], Find[Asked]]:
        """Enter a function under its permanent code. Its docstring is the rule's manual: what is wrong, and why it matters."""

        def enter(find: Find[Asked]) -> Find[Asked]:
            self.enter(Rule(code, find, severity))
            return find

        return enter

    def problems(self, *asked: Asked.args, **named: Asked.kwargs) -> list[Problem]:
        """The findings of all rules, in the order of lines, then codes."""
        found = [problem for rule in self for problem in rule.problems(*asked, **named)]
        return sorted(found, key=lambda problem: (problem.line, problem.code))
