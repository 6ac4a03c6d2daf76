"""What learners write for themselves: a note (reflect), the words they would use (say), a plan (plan). Nobody judges it."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import PLAN, REFLECT, SAY
from .base import Form, UnacceptableError, words_of


@dataclass(frozen=True)
class Own:
    """A kind of words of one's own. `fields` are its form's; where `asks` is True the learner decides with `keep`."""

    fields: tuple[str, ...]
    asks: bool = False

    def read(self, form: Form) -> dict[str, str]:
        """The words in `form`, by field; each must say something. Raises `UnacceptableError`.

        Where nothing is to be kept the words may stay in the browser: `said` tells that there are some.
        """
        words = {name: words_of(form, name) for name in self.fields}
        if self.asks and not self.keeps(form) and form.get("said") == "yes":
            return words
        if not all(words.values()):
            raise UnacceptableError("empty")
        return words

    def keeps(self, form: Form) -> bool:
        """Whether the words are to be kept."""
        return not self.asks or form.get("keep") == "yes"


OWN = {REFLECT: Own(("text",)), SAY: Own(("text",), asks=True), PLAN: Own(("if", "then"))}
