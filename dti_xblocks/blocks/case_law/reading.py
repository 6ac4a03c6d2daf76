"""What a learner reads in a case-law block: one authority, search results, their jurisdiction; and how far they have come."""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...case_law import citation, jurisdiction
from ...case_law.facets import Filters
from ...case_law.model import Authority
from ...content import whole_number
from ...pages.case_law.views import LABELS, URL_LABELS, view
from ...platform.addresses import form_action, page_context
from ...platform.learner import course_key, is_impersonated, keeps_records
from ...platform.progress import emit, publish_completion
from ...records.access import RecordsUnavailableError
from ...records.case_law import reading as progress_records
from ...templating import render
from ..base import RefusedError, action, reading

log = logging.getLogger(__name__)

# The steps through an authority, and the field of the block's state that has them too.
STEPS = {"opened": "read_refs", "ended": "ended_refs", "checked": "checked_refs"}
EVENTS = {"opened": "dti.case_law.read", "ended": "dti.case_law.finished", "checked": "dti.case_law.answered"}
LONGEST_QUERY = 200
PAGE = 20  # results shown at first, and with each "more"
COURTS = {
    "supreme": gettext_lazy("Supreme Court"),
    "appeals": gettext_lazy("Courts of appeals"),
    "district": gettext_lazy("District courts"),
    "other": gettext_lazy("Other courts"),
}
KINDS = {"case": gettext_lazy("Decisions"), "statute": gettext_lazy("Statutes"), "policy": gettext_lazy("Policies")}
FILTERS = {
    "kind": gettext_lazy("Kind"),
    "topic": gettext_lazy("Topic"),
    "court": gettext_lazy("Court"),
    "circuit": gettext_lazy("Circuit"),
    "decade": gettext_lazy("Decade"),
    "state": gettext_lazy("State"),
    "module": gettext_lazy("Module"),
}


class CaseLawReading:
    """Screens and steps of reading, for a block with `shelf`, `authorities` and the state fields of `STEPS`."""

    # -- one authority ---------------------------------------------------------------------------------------------------

    @reading
    def contents(self, learner, query):
        """The list, as `screen`."""
        return self.screen(learner)

    @reading
    def read(self, learner, query):
        """The authority `ref`, to read. Opening it is a step: for the person who asks, and nobody gains from another's."""
        self.take_step(learner, query.get("ref", ""), "opened")
        return self.case_screen(learner, query.get("ref", ""))

    def case_screen(self, learner, slug: str, answered: str | None = None, newest: int = 0) -> str:
        """The reader of one authority. `answered` is the learner's answer to its question, `newest` the mark, just given."""
        here = self.shelf()
        authority = here.get(slug)
        if authority is None:
            return render("dti/case_law/unknown.html", {**self.addresses(), "slug": slug[:100]})
        listed = self.readable()
        slugs = [one.slug for one in jurisdiction.first(here, listed, self.dti_jurisdiction if self.jurisdiction_panel else "")]
        place = slugs.index(slug) if slug in slugs else None
        items = self.items_in(learner, authority)
        steps = self.progress(learner).get(slug, ())
        home = self.learner_home() if self.jurisdiction_panel else None
        around = dict.fromkeys(("number", "total", "previous", "next")) if place is None else {
            "number": place + 1,
            "total": len(slugs),
            "previous": here.get(slugs[place - 1]) if place else None,
            "next": here.get(slugs[place + 1]) if place + 1 < len(slugs) else None,
        }  # fmt: skip
        context = {
            **page_context(self),
            **self.addresses(),
            **around,
            "item": {**view(authority, here), "steps": steps, "controls": home is not None and authority in home.cases},
            "name": citation.italic_name(authority.citation),
            "forms": citation.forms_of(authority),
            "parts": self.painted_parts(authority, items),
            "marks": self.marks_view(learner, authority, items, newest),
            "bookmarked": slug in self.bookmarked(learner),
            "steps": steps,
            "check": self.check_view(learner, authority, answered),
            "can_mark": learner is not None,
            "listed": place is not None,
            "complete_when": self.complete_when,
            **self.standing(learner, listed),
        }
        return render("dti/case_law/case.html", context)

    # -- steps -----------------------------------------------------------------------------------------------------------

    def progress(self, learner) -> dict[str, set[str]]:
        """The steps that `learner` has taken, by slug: what the records say and what the block's own state says."""
        found: dict[str, set[str]] = {}
        for step, field in STEPS.items():
            for slug in getattr(self, field):
                found.setdefault(slug, set()).add(step)
        if learner is not None and keeps_records(self):
            try:
                for slug, steps in progress_records.of_learner(learner.user_id, str(self.scope_ids.usage_id)).items():
                    found.setdefault(slug, set()).update(steps)
            except RecordsUnavailableError:
                log.exception("The reading progress in %s cannot be read.", self.scope_ids.usage_id)
        return found

    def take_step(self, learner, slug: str, step: str) -> None:
        """Remember that `learner` has taken `step` with an authority of the list; nothing where it is none of the list."""
        authorities = self.readable()
        if slug not in [authority.slug for authority in authorities] or is_impersonated(learner):
            return
        new = slug not in getattr(self, STEPS[step])
        if new:
            setattr(self, STEPS[step], [*getattr(self, STEPS[step]), slug])
        if keeps_records(self):
            try:
                where = str(course_key(self)), str(self.scope_ids.usage_id)
                new = progress_records.note(learner, *where, slug, step, datetime.now(UTC)) or new
            except RecordsUnavailableError:
                log.exception("A step in %s is kept in the block's state only.", self.scope_ids.usage_id)
        if new:
            emit(self, EVENTS[step], {"ref": slug})
        if self.is_complete(learner, authorities):  # also when it is since the author has changed the list or the rule
            publish_completion(self)

    def is_complete(self, learner, authorities: list[Authority]) -> bool:
        """True when every one of `authorities` is done by the author's rule, or the packet was taken where opening is enough."""
        if self.complete_when == "opened" and self.packet_downloaded:
            return True
        progress = self.progress(learner)
        return all(self.is_done(progress.get(authority.slug, ()), authority) for authority in authorities)

    def is_done(self, steps, authority: Authority) -> bool:
        """True when `steps` are what the author's rule wants for `authority`. Without a question, the end of the text counts."""
        wanted = "ended" if self.complete_when == "checked" and authority.check is None else self.complete_when
        return wanted in steps

    def standing(self, learner, authorities: list[Authority]) -> dict:
        """For a progress line: how many are `done` of `total`, and whether the part is `complete`."""
        progress = self.progress(learner)
        done = [one.slug for one in authorities if self.is_done(progress.get(one.slug, ()), one)]
        return {
            "done": done,
            "done_count": len(done),
            "total": len(authorities),
            "complete": self.is_complete(learner, authorities),
            "complete_when": self.complete_when,
        }

    def packet_taken(self, learner, kind: str) -> None:
        """Remember that `learner` has downloaded the packet of this list; `kind` is "pdf" or "html"."""
        if is_impersonated(learner):
            return
        self.packet_downloaded = True
        emit(self, "dti.case_law.downloaded", {"format": kind})
        if self.is_complete(learner, self.readable()):
            publish_completion(self)

    def unread(self, authorities: list[Authority]) -> list[dict]:
        """For staff: each authority with how many people have opened, finished and answered it."""
        try:
            counts = progress_records.counts(str(self.scope_ids.usage_id)) if keeps_records(self) else {}
        except RecordsUnavailableError:
            counts = {}
        return [{"heading": one.heading, **dict.fromkeys(STEPS, 0), **counts.get(one.slug, {})} for one in authorities]

    def readers(self) -> int:
        """For staff: how many people have opened anything in this list."""
        try:
            return progress_records.people(str(self.scope_ids.usage_id)) if keeps_records(self) else 0
        except RecordsUnavailableError:
            return 0

    @action
    def read_to_end(self, learner, form):
        """Remember that the authority `ref` was read to the end."""
        slug = self._listed_authority(form).slug
        self.take_step(learner, slug, "opened")
        self.take_step(learner, slug, "ended")
        return self.case_screen(learner, slug)

    def _listed_authority(self, form) -> Authority:
        for authority in self.readable():
            if authority.slug == form.get("ref", ""):
                return authority
        raise RefusedError(_("This authority is no longer in the list. Reload the page to see the list as it is now."))

    # -- the check question ----------------------------------------------------------------------------------------------

    def check_view(self, learner, authority: Authority, answered: str | None = None) -> dict | None:
        """The question as it may be shown: answers without saying which is right, until the learner has found it."""
        check = authority.check
        if check is None:
            return None
        found = "checked" in self.progress(learner).get(authority.slug, ())
        answers = _in_some_order(check.right, *check.wrong, salt=f"{authority.slug}/{learner.user_id if learner else 0}")
        given = dict(zip(map(str, range(len(answers))), answers, strict=True)).get(answered or "")
        return {
            "question": check.question,
            "answers": [{"value": str(number), "text": text, "given": text == given} for number, text in enumerate(answers)],
            "given": given,
            "right": given == check.right,
            "found": found,
            "why": check.why if given == check.right or (found and given is None) else "",
            "answer": check.right if found and given is None else "",
            "counts": self.complete_when == "checked",
        }

    @action
    def answer_check(self, learner, form):
        """Answer the question of the authority `ref` with `answer`, the number of one of the answers as shown."""
        authority = self.shelf().get(form.get("ref", ""))
        if authority is None or authority.check is None:
            raise RefusedError(_("There is no question here any more. Reload the page."))
        shown = self.check_view(learner, authority, form.get("answer", ""))
        if shown["given"] is None:
            raise RefusedError(_("Choose an answer first."))
        if shown["right"]:
            self.take_step(learner, authority.slug, "checked")
        return self.case_screen(learner, authority.slug, form["answer"])

    # -- jurisdiction ----------------------------------------------------------------------------------------------------

    def learner_home(self):
        """The law of the place that the learner has chosen (`jurisdiction.Home`); None before that."""
        return jurisdiction.at_home(self.shelf(), self.dti_jurisdiction) if self.dti_jurisdiction else None

    @staticmethod
    def home_view(home) -> dict:
        """`home` for the template: headings and slugs of what it names."""
        return {
            "name": home.name,
            "circuit": home.circuit,
            "cases": [{"slug": one.slug, "heading": one.heading, "citation": one.citation} for one in home.cases],
            "also": [{"slug": one.slug, "heading": one.heading, "citation": one.citation} for one in home.also],
            "statutes": [
                {"slug": one.slug, "heading": one.heading, "citation": one.citation_start, "url_label": URL_LABELS["statute"]}
                for one in home.statutes
            ],
        }

    @action
    def jurisdiction_set(self, learner, form):
        """Choose the place that the learner works in, by its code; an empty one takes the choice back."""
        if is_impersonated(learner):
            raise RefusedError(_("You are viewing the course as a learner. Nothing was changed."), 403)
        code = form.get("jurisdiction", "")
        if code and code not in {one.code for one in self.shelf().jurisdictions}:
            raise RefusedError(_("Choose your state from the list."))
        self.dti_jurisdiction = code
        return self.screen(learner, home_open=bool(code))

    # -- search ----------------------------------------------------------------------------------------------------------

    @reading
    def find(self, learner, query):
        """What answers the words `q` among everything on the shelf, narrowed by the filters."""
        if not self.search:
            raise RefusedError(_("Search is switched off in this list."), 403)
        words = " ".join(query.get("q", "").split())[:LONGEST_QUERY]
        chosen = {name: query.get(name, "")[:100] for name in FILTERS}
        here = self.shelf()
        found = here.find(words, Filters(**chosen))
        shown = _number(query.get("show", ""), PAGE, len(found.hits))
        progress = self.progress(learner)
        listed = {authority.slug for authority in self.authorities()}
        hits = [
            {
                "item": {**view(hit.authority, here), "steps": progress.get(hit.authority.slug, ()), "controls": False},
                "pieces": hit.heading_pieces,
                "snippets": [{"label": LABELS.get(snippet.section, ""), "pieces": snippet.pieces} for snippet in hit.snippets],
                "listed": hit.authority.slug in listed,
            }
            for hit in found.hits[:shown]
        ]
        context = {
            **page_context(self),
            **self.addresses(),
            "query": words,
            "hits": hits,
            "total": found.total,
            "partial": found.partial,
            "corrected": found.corrected,
            "library_size": len(here),
            "filters": [_filter_view(name, found.facets[name], chosen[name]) for name in FILTERS],
            "filtered": any(chosen.values()),
            "more_url": self._more_url(words, chosen, shown) if shown < len(found.hits) else "",
        }
        return render("dti/case_law/search.html", context)

    def _more_url(self, words: str, chosen: dict, shown: int) -> str:
        said = {"q": words, **chosen, "show": shown + PAGE}
        return f"{form_action(self, 'find')}?{urlencode({name: value for name, value in said.items() if value})}"


def _number(text: str, least: int, most: int) -> int:
    """The number in `text` of a query, from `least` to `most`."""
    return max(least, min(whole_number(text, digits=6) or 0, most))


def _filter_view(name: str, facets, chosen: str) -> dict:
    labels = {"court": COURTS, "kind": KINDS}.get(name, {})
    options = [{"value": one.value, "label": labels.get(one.value, one.value), "count": one.count} for one in facets]
    return {"name": name, "label": FILTERS[name], "options": options, "chosen": chosen}


def _in_some_order(*answers: str, salt: str) -> list[str]:
    """`answers` in an order that is always the same for one learner, and tells nothing about which is right."""
    return sorted(answers, key=lambda answer: hashlib.sha256(f"{salt}/{answer}".encode()).hexdigest())
