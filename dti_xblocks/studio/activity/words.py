"""The words of the activity editor. The script gets them with the page; {names} are filled in by it."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...content import Problem
from ..kit.words import kit_words, row_words


def activity_words() -> dict:
    """Everything that the editor says, in the author's language."""
    return {**kit_words(), **row_words(), **_everywhere(), **_parts(), **_cards()}


def _everywhere() -> dict:
    return {
        "editorTitle": _("Activity editor"),
        "views": _("Views of the activity"),
        "activityBroken": _("The OLX text cannot be read at the moment. The activity below is the last one that could."),
        "notChecked": _("The activity could not be checked just now. It is checked again with your next change."),
        "wholeList": _("The activity"),
        "preview": _("As learners will see it"),
        "previewHelp": _("Nothing can be filled in or pressed here. Learners get the cards in an order of their own."),
        "noPreview": _("The preview comes when nothing is missing that learners need."),
        "proseHelp": _(
            "A blank line begins a new paragraph. *Stars* make emphasis, **two** make it strong. Lines that begin with “- ” make "
            "a list, with “1. ” a numbered one, with “> ” a quotation."
        ),
        "onlyOlx": _("This text has markup that the form cannot show. Change it in the Text tab."),
        "editInText": _("Open the Text tab"),
        "other": _("Element"),
        "formTitle": _("The activity"),
        "kindLabel": _("What learners do"),
    }


def _parts() -> dict:
    return {
        "task": _("What to do"),
        "taskHelp": _("It stands above everything else. Say what to do, not how to drag."),
        "after": _("Afterwards"),
        "afterHelp": _("It is said when everything is done. Leave this empty to say nothing."),
        "groupsTitle": _("Groups"),
        "groupsHelp": _("The places that cards are sorted into."),
        "group": _("Group"),
        "groupNumber": _("Group {n}"),
        "groupName": _("Name"),
        "addGroup": _("Add a group"),
        "noGroups": _("There is no group yet. Sorting needs at least two."),
        "picture": _("Picture"),
        "pictureSrc": _("Address of the picture"),
        "pictureSrcHelp": _("A file of the course, such as /static/street.png."),
        "pictureAlt": _("What it shows, in words"),
        "pictureAltHelp": _("For who cannot see it. Do not tell what is to be found."),
    }


def _cards() -> dict:
    return {
        "cardsTitle": _("Cards"),
        "cardsHelp": {
            "sort": _("Learners get them in an order of their own."),
            "order": _("In the right order from top to bottom. Learners get them in another."),
            "match": _("Each card and its partner. Learners get both in orders of their own."),
            "flip": _("Learners turn them one by one, in this order."),
            "spot": _(
                "What is to be found, and what is not there. Each is in the list; an area makes it pressable in the picture."
            ),
            "say": _("Model lines. Learners see them after they have written their own."),
            "plan": _("Examples of a plan. They stand folded above the form."),
        },
        "card": _("Card"),
        "cardNumber": _("Card {n}"),
        "addCard": _("Add a card"),
        "noCards": _("There is no card yet."),
        "text": {
            "flip": pgettext("the side of a card", "Front"),
            "say": _("The words"),
            "plan": _("If I see …"),
            "spot": _("What it is"),
            "otherwise": _("On the card"),
        },
        "back": {"flip": pgettext("the side of a card", "Back"), "match": _("Its partner"), "plan": _("… then I will …")},
        "why": {"say": _("What these words do"), "otherwise": _("Said after a try")},
        "belongs": _("Belongs to"),
        "noGroup": _("Choose a group"),
        "sign": _("It is there, and to be found"),
        "signHelp": _("Without this mark it is something that one might take for a sign."),
        "area": _("Area in the picture"),
        "areaHelp": _(
            "Four numbers in percent: from the left, from the top, width, height. Learners who press there have found it."
        ),
        "areas": _("Areas in the picture"),
        "areasHelp": _(
            "Choose what you draw, then drag across the picture. Drag an area to move it, its corner to change its size. "
            "By keyboard go to an area: the arrow keys move it, with Shift they change its size, Delete takes it away."
        ),
        "areaWhose": _("What you draw"),
        "areaMiddle": _("Put an area in the middle"),
        "areaName": _("{title}: {x}% from the left, {y}% from the top, {width}% wide, {height}% high"),
        "areaDrawn": _("Area drawn"),
        "areaChanged": _("Area changed"),
        "areaGone": _("Area taken away"),
    }


def worded(problem: Problem) -> Problem:
    """`problem` in the words of the form."""
    sentences = {
        "AC001": _("Nothing says what is to be done."),
        "AC003": _("Nothing is written on this card."),
        "AC004": _("This card has no other side."),
        "AC005": _("Choose the group that this card belongs to."),
        "AC009": _("Nothing is said about this card after a try."),
        "AC011": _("There is no picture: learners get the list alone."),
        "AC014": _("Its partner reads the same as another one. Make them different."),
        "AC016": _("There is a part here that has no meaning in an activity. It is not shown. Remove it in the Text tab."),
        "AC017": _("There is a setting here that has no effect. Remove it in the Text tab."),
        "AC018": _("These words stand outside of any part and are not shown. Move or remove them in the Text tab."),
    }
    return replace(problem, message=sentences.get(problem.code, problem.message))
