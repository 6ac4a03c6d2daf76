"""The words of the case-law editor. The script gets them with the page; {names} are filled in by it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...case_law.model import ACCOUNT, CASE, LIMITED, POLICY, RELIANCE, STATUTE, STUDY, SUPERSEDED
from ...pages.case_law.views import LABELS, STRENGTHS
from ...pages.case_law.views import RELIANCE as WARNINGS
from ..kit.words import kit_words, row_words


def case_law_words() -> dict:
    """Everything that the editor says, in the author's language."""
    return {
        **kit_words(),
        **row_words(),
        **_everywhere(),
        **_list(),
        **_picker(),
        **_form(),
        "kinds": {
            CASE: _("Decision"),
            STATUTE: _("Statute"),
            POLICY: _("Policy"),
            ACCOUNT: pgettext("of what became of officers", "Account"),
            STUDY: _("Study"),
        },
        "strengths": {name: str(label) for name, label in STRENGTHS.items()},
        "reliance": {name: str(WARNINGS.get(name, _("A lesson can rest on it"))) for name in RELIANCE},
        "flags": _flags(),
        "labels": _labels(),
        "fieldHelp": _help(),
    }


def _everywhere() -> dict:
    return {
        "editorTitle": _("Case-law editor"),
        "views": _("Views of the list"),
        "listBroken": _("The OLX text cannot be read at the moment. The list below is the last one that could."),
        "missingOption": _("missing: {id}"),
        "nothingChosen": _("nothing chosen"),
        "loading": _("Loading…"),
        "pendingFirst": _("A text is not well-formed and cannot be saved. Correct it first."),
    }


def _list() -> dict:
    return {
        "listTitle": _("The list"),
        "listCount": _("Authorities: {n}"),
        "emptyList": _("The list is empty. Add authorities from the library, or write your own."),
        "addFromLibrary": _("Add from the library"),
        "writeOwn": _("Write your own"),
        "change": _("Edit"),
        "addedAt": _("{title} added. Authorities: {n}"),
        "addedSome": _("Added: {n}"),
        "addedNone": _("All of them are in the list already."),
        "taughtIn": _("Library: module {modules}"),
        "usedIn": _("Also used in: {places}"),
        "wholeList": _("The list"),
        "notChecked": _("The list could not be checked just now. It is checked again with your next change."),
    }


def _picker() -> dict:
    return {
        "searchLabel": _("Search the library"),
        "searchHelp": _("A name, a citation, a topic, or any words."),
        "found": _("Found: {n}"),
        "foundShown": _("Found: {all}, the first {n} shown"),
        "foundPartly": _("Nothing has all of these words. The nearest are shown: {n}"),
        "searchedInstead": _("Searched for “{query}” instead."),
        "foundNothing": _("Nothing found."),
        "findFailed": _("The library could not be searched just now. Check the connection, then search again."),
        "filters": _("Filters"),
        "all": _("all"),
        "filterLabels": {
            "module": _("Module"),
            "kind": _("Kind"),
            "topic": _("Topic"),
            "circuit": _("Circuit"),
            "state": _("State"),
            "strength": _("What the law does"),
        },
        "optionCount": _("{what} ({n})"),
        "add": _("Add"),
        "inList": _("In this list"),
        "moduleSet": _("The set of a module"),
        "moduleOption": _("Module {n} ({count})"),
        "addSet": _("Add the whole set"),
        "topics": _("Topics: {topics}"),
    }


def _form() -> dict:
    return {
        "ownHeading": _("Written here: {title}"),
        "changeHeading": _("Change here: {title}"),
        "newOwn": _("New authority"),
        "backToLibrary": _("Back to the library"),
        "ownHelp": _("It is in this list only, as your agency's. Learners see it once it has a name, a citation and a text."),
        "changeHelp": _("Your changes hold in this list only and are shown as your agency's. All else stays the library's."),
        "unknownHelp": _("The library has nothing of this name. Correct it in the Text tab, or remove it from the list."),
        "changedHere": _("changed here"),
        "libraryText": _("The library's text"),
        "libraryHasNone": _("The library has no text here."),
        "useLibrary": _("Use the library's text again"),
        "usedLibrary": _("The library's text again: {what}"),
        "useLibraryAll": _("Use the library's texts for everything"),
        "cannotBeEmpty": _("This cannot be empty; the library's text is used."),
        "oneParagraph": _("One paragraph: line breaks become spaces."),
        "pointsInLists": _("Points go into “{lists}”."),
        "usedLibraryAll": _("The library's texts again"),
        "whatItIs": _("What it is"),
        "theBrief": _("The brief"),
        "italicsHelp": _("In these texts *stars* make italics, for names of cases: as *Graham* says."),
        "laterLaw": _("If later law changed it"),
        "checkQuestion": _("Check question"),
        "sources": _("Sources and topics"),
        "preview": _("As learners will read it"),
        "previewCheck": _("Question: {question}"),
        "previewRight": _("Right: {text}"),
        "previewWrong": _("Wrong: {text}"),
        "forms": _("The citation as learners can copy it"),
        "formFull": _("Full"),
        "formShort": _("Short"),
        "formPlain": _("In plain words"),
        "citationSame": _("The library has this already: {title}. Add it from there instead, or change it there."),
        "citationNamed": _("An authority of the library names this citation."),
        "citationNew": _("The library does not know this citation. Check it against the official source."),
        "id": _("Name in addresses"),
        "unusableId": _("Use lower-case letters, digits and hyphens, at most 100."),
        "takenId": _("This name is taken, here or in the library."),
        "renamed": _("Name in addresses changed"),
        "noCircuit": _("none"),
        "noTreatment": _("It stands as it is"),
        "limited": _("Limited by later law"),
        "superseded": _("Superseded: no longer the law"),
    }


def _flags() -> dict:
    return {
        LIMITED: _("limited"),
        SUPERSEDED: _("superseded"),
        "partly": _("partly verified"),
        "changed": _("changed here"),
        "own": _("your own"),
        "edited": _("edited by your agency"),
        "agency": _("your agency's"),
        "unknown": _("not in the library"),
        "incomplete": _("not complete"),
    }


def _labels() -> dict:
    """What the fields are called, by the names of `Authority`; those of a brief as learners see them."""
    return {
        **{name: str(label) for name, label in LABELS.items()},
        "kind": _("Kind"),
        "caption": _("Name of the case, law or study"),
        "citation": _("Citation"),
        "court": _("Court"),
        "circuit": _("Federal circuit"),
        "decided": _("Decided"),
        "state": _("State, or whose law it is"),
        "official_url": _("Official address"),
        "topics": _("Topics"),
        "strength": _("What the law does"),
        "in_force": _("In force from"),
        "published": _("Years"),
        "reliance": _("How far to rely on it"),
        "read_with": _("Read with it"),
        "treatment": _("Flag"),
        "treatment_by": _("What changed it"),
        "treatment_note": _("What that means"),
        "verified_note": _("What was not confirmed"),
        "checked": _("Month of the check"),
        "sources_seen": _("Sources"),
        "check.question": _("Question"),
        "check.right": _("Right answer"),
        "check.wrong": _("Wrong answers"),
        "check.why": _("Why"),
    }


def _help() -> dict:
    lines = _("One on each line.")
    return {
        "caption": _("As it is called: Graham v. Connor."),
        "citation": _("In Bluebook form: name, volume, reporter, page, and court with year: (4th Cir. 1994)."),
        "decided": _("The day as 1989-05-15, or only the year."),
        "checked": _("When somebody last checked it: 2026-11."),
        "official_url": _("Begins with https:// and leads to the official text."),
        "treatment_by": _("A name in the library's addresses, or a citation.") + " " + lines,
        "in_brief": _("Two to four short sentences that an officer understands at once."),
        "read_with": _("Names in the library's addresses of what says otherwise, or completes it.") + " " + lines,
        "published": _("As 1968, or 2009 and 2014."),
        "elements": lines,
        "penalties_remedies": lines,
        "treatment_note": _("One sentence. *Stars* make italics here too."),
        "topics": lines,
        "sources_seen": lines,
        "check.wrong": lines + " " + _("One to five of them."),
        "slug": _("Lower-case letters, digits and hyphens. Notes of learners are kept under it: do not change it lightly."),
    }
