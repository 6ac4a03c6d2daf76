"""The words that all editors have in common. The script gets them with the page; {names} are filled in by it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def kit_words() -> dict:
    """What every editor says, in the author's language."""
    return {**_everywhere(), **_keeping(), **_drafting(), **_pictures(), "xml": _xml()}


def row_words() -> dict:
    """What an editor says besides whose content is rows to move, checked by the server."""
    return {
        "visual": _("Visual"),
        "drag": _("Drag to move"),
        "named": _("{what}: {title}"),
        "moved": _("{title}: now {n} of {all}"),
        "movedLabel": _("Moved: {title}"),
        "firstAlready": _("{title} is the first already."),
        "lastAlready": _("{title} is the last already."),
        "added": _("Added: {title}"),
        "remove": _("Remove"),
        "removed": _("Removed: {title}"),
        "otherElement": _("<{name}>, which has no meaning here"),
        "noProblems": _("None found."),
        "lineNumber": _("Line {n}"),
    }


def stopped(kind: str, number: int) -> str:
    """What so many problems mean that keep learners from using a block of `kind`."""
    sentences = {
        "scenario": ngettext(
            "Learners cannot play until this problem is fixed.",
            "Learners cannot play until these {n} problems are fixed.",
            number,
        ),
        "case-law": ngettext(
            "Learners have nothing to read until this problem is fixed.",
            "Learners have nothing to read until these {n} problems are fixed.",
            number,
        ),
        "activity": ngettext(
            "Learners cannot do this until this problem is fixed.",
            "Learners cannot do this until these {n} problems are fixed.",
            number,
        ),
        "pledge": ngettext(
            "Learners cannot sign until this problem is fixed.",
            "Learners cannot sign until these {n} problems are fixed.",
            number,
        ),
        "video": ngettext(
            "Learners cannot watch until this problem is fixed.",
            "Learners cannot watch until these {n} problems are fixed.",
            number,
        ),
    }
    sentence: str = sentences[kind]
    return sentence.format(n=number)


def _everywhere() -> dict:
    return {
        "undo": _("Undo"),
        "redo": _("Redo"),
        "undoWhat": _("Undo: {what}"),
        "redoWhat": _("Redo: {what}"),
        "undone": _("Taken back: {what}"),
        "redone": _("Done again: {what}"),
        "nothingToUndo": _("There is nothing to undo."),
        "nothingToRedo": _("There is nothing to redo."),
        "textTab": _("Text"),
        "settings": _("Settings"),
        "fullScreen": _("Full screen"),
        "advanced": _("Advanced"),
        "advancedHelp": _("Show ids, and the content as OLX text"),
        "close": _("Close"),
        "cancel": _("Cancel"),
        "moveUp": _("Move up"),
        "moveDown": _("Move down"),
        "edited": _("Text changed"),
        "editedText": _("OLX text changed"),
        "editedSettings": _("Settings changed"),
        "goToMistake": _("Go to the mistake"),
        "dropText": _("Give up the text changes"),
        "problemsTitle": _("Problems"),
        "problemCount": _("Problems: {n}"),
        "moreProblems": _("and {n} more"),
    }


def _keeping() -> dict:
    """About saving, unsaved work and two authors at once."""
    return {
        "allSaved": _("Nothing to save"),
        "unsaved": _("Not saved yet. Your work is kept in this browser."),
        "unsavedNotKept": _("Not saved yet. This browser cannot keep your work: save often."),
        "saved": _("Saved."),
        "savedWithProblems": _("Saved, with problems to fix"),
        "savedWithProblemsHelp": _("Problems: {n}. Learners do not see these messages."),
        "keepEditing": _("Keep editing"),
        "closeEditor": _("Close"),
        "pendingFirst": _("A text is not well-formed and cannot be saved. Fix it, or take it back with “Edit as text”."),
        "leaveTitle": _("Leave without saving?"),
        "leaveText": _("You have changes that are not saved."),
        "leaveDraft": _("Leave, keep it in this browser"),
        "leaveDiscard": _("Leave, discard the changes"),
        "draftTitle": _("You have unsaved work"),
        "draftFound": _("It was kept in this browser on {time}."),
        "draftOlder": _("Somebody has saved this block since. You will be asked what to do when you save."),
        "draftRestore": _("Restore it"),
        "draftDiscard": _("Discard it"),
        "draftRestored": _("Unsaved work restored"),
        "draftDiscarded": _("Unsaved work discarded"),
        "conflictTitle": _("Somebody else has saved this block"),
        "conflictMessage": _("Somebody else has saved this block since you opened it."),
        "conflictHelp": _("Nothing of yours is lost. Choose what to go on with; you can undo it before you save."),
        "conflictTable": _("What is different"),
        "conflictWhere": _("Where"),
        "conflictWhat": _("Who changed it"),
        "order": _("The order of the list"),
        "conflict": {
            "both": _("both of you"),
            "mine": _("you"),
            "theirs": _("the other author"),
            "differs": _("it differs"),
        },
        "conflictBoth": _("Where both of you made changes, putting the two together keeps yours."),
        "conflictTheirs": _("The other text"),
        "conflictMerge": _("Put both together"),
        "conflictMine": _("Save mine over it"),
        "conflictTake": _("Take the other text"),
        "conflictMerged": _("Both texts put together. Look it over, then save."),
        "conflictTaken": _("The other text taken over"),
    }


def _drafting() -> dict:
    """About drafts: what is saved and not for learners yet."""
    return {
        "savedStopped": _("Saved. Learners have to wait"),
        "savedAsDraft": _("Saved as a draft"),
        "draftKept": _(
            "Learners go on with the last version that works. When these problems are fixed, saving gives them yours."
        ),
        "draftSaved": _("Saved as a draft"),
        "draftNote": _("This is a draft. Learners go on with the last version that works."),
        "draftBack": _("Go back to the learners' version"),
        "draftBackDone": _("Back to the learners' version. Save to end the draft."),
        "stopsTitle": _("Not ready for learners yet"),
        "keepDraftHelp": _("As a draft it is safe, and learners go on with the last version that works."),
        "keepDraft": _("Keep as draft"),
        "saveAnyway": _("Save for learners all the same"),
    }


def _pictures() -> dict:
    """About choosing a picture among the course's files."""
    return {
        "pickPicture": _("Choose a picture…"),
        "pickTitle": _("Choose a picture"),
        "pictures": _("Pictures of the course"),
        "pictureFind": _("Part of the file’s name"),
        "pictureCount": _("Pictures found: {n}"),
        "pictureMore": _("{n} of them are not shown: type more of the name."),
        "pictureUse": _("Use this picture"),
        "pictureNone": _("Choose one of the pictures."),
        "pictureWords": _("Say in words what there is to see. People who cannot see the picture need them."),
        "pictureNoneHere": _("The course has no picture that can be used here."),
        "pictureFailed": _(
            "The course’s files cannot be listed at the moment. Close this, and write /static/ and the name of the file."
        ),
        "pictureTaken": _("Picture chosen"),
        "loading": _("Loading…"),
        "alt": _("Description for people who cannot see it"),
        "altHelp": _("Say what the picture tells here. It is read out."),
        "decorative": _("Decoration: the words tell all that it shows"),
    }


def _xml() -> dict:
    """What is wrong with a text that is no XML."""
    return {
        "character": _("Line {line}, column {column}: a character that cannot be used."),
        "tag": _("Line {line}, column {column}: a tag is not complete."),
        "close": _("Line {line}, column {column}: </{name}> closes what was never opened."),
        "mismatch": _("Line {line}, column {column}: <{name}> has to be closed first."),
        "unclosed": _("Line {line}, column {column}: <{name}> is never closed."),
        "attribute": _('Line {line}, column {column}: an attribute is not written as name="value".'),
        "twice": _("Line {line}, column {column}: the attribute {name} is there twice."),
        "entity": _("Line {line}, column {column}: write &amp; for an ampersand."),
        "prefix": _("Line {line}, column {column}: the prefix of {name} is not known."),
        "comment": _("Line {line}, column {column}: a comment is not complete or has “--” in it."),
        "cdata": _("Line {line}, column {column}: “]]>” cannot stand here."),
        "doctype": _("Line {line}, column {column}: document types are not allowed."),
        "declaration": _("Line {line}, column {column}: an XML declaration cannot stand here."),
    }
