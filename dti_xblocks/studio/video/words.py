"""The words of the film editor. The script gets them with the page; {names} are filled in by it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..kit.words import kit_words, row_words


def video_words() -> dict:
    """Everything that the editor says, in the author's language."""
    return {**kit_words(), **row_words(), **_everywhere(), **_timeline(), **_parts(), **_moments()}


def _everywhere() -> dict:
    return {
        "editorTitle": _("Film editor"),
        "views": _("Views of the film"),
        "filmBroken": _("The OLX text cannot be read at the moment. The film below is the last one that could."),
        "notChecked": _("The film could not be checked just now. It is checked again with your next change."),
        "wholeList": _("The film"),
        "proseHelp": _(
            "A blank line begins a new paragraph. *Stars* make emphasis, **two** make it strong. Lines that begin with “- ” make "
            "a list, with “1. ” a numbered one, with “> ” a quotation."
        ),
        "onlyOlx": _("This text has markup that the form cannot show. Change it in the Text tab."),
        "editInText": _("Open the Text tab"),
        "badTime": _("Write seconds (68.5) or minutes and seconds (1:08.5)."),
    }


def _timeline() -> dict:
    return {
        "filmTitle": _("The film"),
        "noFilm": _("Upload a film under Files in Studio, and write its name below."),
        "timeline": _("Timeline"),
        "timelineHelp": _("Select a mark, then move it with the arrow keys (0.1 s, with Shift 1 s) or drag it."),
        "playHere": _("Play from here"),
        "addQuestion": _("Question here"),
        "addTape": _("Tape here"),
        "addStill": _("Still here"),
        "addCaptions": _("Add captions"),
        "addFilm": _("Begin with a film"),
        "moments": _("Moments, stills and captions"),
        "now": _("Now: {time}"),
        "nowIn": _("Now: {time}, {what}"),
        "mark": _("{time} {what}"),
        "start": _("Start"),
        "end": _("End of {window}"),
        "movedTo": _("{what}: {time}"),
        "movedMark": _("Mark moved"),
    }


def _parts() -> dict:
    return {
        "film": _("Film"),
        "src": _("File of the film"),
        "srcHelp": _("/static/ and the name of an MP4 file of the course."),
        "poster": _("Picture before it plays"),
        "seconds": _("Length that counts"),
        "secondsHelp": _("What is behind it is shown only as another way."),
        "readLength": _("Take it from the film"),
        "captions": _("Captions"),
        "captionsNamed": _("Captions: {lang}"),
        "lang": _("Language"),
        "langHelp": _("A code, such as en or es."),
        "captionsSrc": _("Caption file"),
        "captionsSrcHelp": _("/static/ and the name of a WebVTT file of the course."),
        "cueCount": _("Captions in the file: {n}"),
        "still": _("Still"),
        "at": _("At"),
        "picture": _("Picture"),
        "alt": _("What is seen"),
        "altHelp": _("For people who cannot see the picture."),
        "stillText": _("What happens and what is said"),
    }


def _moments() -> dict:
    return {
        "question": _("Question"),
        "prompt": _("What is asked"),
        "multiple": _("Several choices may be right"),
        "points": _("Points"),
        "choice": _("Choice {n}"),
        "choiceText": _("Words"),
        "correct": _("Right"),
        "feedback": _("What is said then"),
        "addChoice": _("Add a choice"),
        "newChoice": _("A choice"),
        "newPrompt": _("What do you ask?"),
        "tape": _("Tape"),
        "tapePrompt": _("What is said before"),
        "newTapePrompt": _("Stop the tape when you would step in."),
        "until": _("Until"),
        "window": {
            "early": _("Too early"),
            "in-time": _("In time"),
            "late": _("Late"),
            "too-late": _("Too late"),
            "never": _("Never stepped in"),
        },
        "followed": _("What followed"),
        "other": _("The other way: from and to, in seconds behind the end"),
        "way": _("Way {n}"),
        "addWay": _("Add a way to step in"),
        "newWay": _("A way to step in"),
        "addWindow": _("Add: {window}"),
        "id": _("Id"),
        "unusableId": _("Use small letters, digits and hyphens."),
        "takenId": _("This id is taken."),
        "renamed": _("Id changed"),
        "removeThis": _("Remove: {what}"),
    }
