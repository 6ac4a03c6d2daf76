"""The words of the pledge editor. The script gets them with the page; {names} are filled in by it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..kit.words import kit_words, row_words


def pledge_words() -> dict:
    """Everything that the editor says, in the author's language."""
    return {**kit_words(), **row_words(), **_everywhere(), **_wording(), **_questions(), **_versions(), **_settings()}


def _everywhere() -> dict:
    return {
        "editorTitle": _("Pledge editor"),
        "views": _("Views of the pledge"),
        "pledgeBroken": _("The OLX text cannot be read at the moment. The pledge below is the last one that could."),
        "notChecked": _("The pledge could not be checked just now. It is checked again with your next change."),
        "wholeList": _("The pledge"),
        "preview": _("As learners will see it"),
        "previewHelp": _("Nothing can be filled in or pressed here."),
        "previewUpdated": _("Preview updated."),
        "noPreview": _("The preview comes back when the text can be read again."),
    }


def _wording() -> dict:
    return {
        "wordingTitle": _("The wording"),
        "preamble": _("Introduction"),
        "preambleHelp": _("What is pledged and why. It stands above the statements."),
        "closing": _("Closing words"),
        "closingHelp": _("They stand below the statements. Leave this empty to have none."),
        "proseHelp": _(
            "A blank line begins a new paragraph. *Stars* make emphasis, **two** make it strong. Lines that begin with “- ” make "
            "a list, with “1. ” a numbered one, with “> ” a quotation."
        ),
        "onlyOlx": _("This text has markup that the form cannot show. Change it in the Text tab."),
        "editInText": _("Open the Text tab"),
        "affirmation": _("Statement"),
        "affirmationsTitle": _("Statements to affirm"),
        "affirmationsHelp": _("Signers check each one by itself."),
        "affirmationNumber": _("Statement {n}"),
        "addAffirmation": _("Add a statement"),
        "noAffirmations": _("There is no statement yet. A pledge needs at least one."),
        "other": _("Element"),
        "blankTitle": _("This pledge is empty"),
        "blankHelp": _("Begin with our pledge and change what you like, or write your own below."),
        "useStarter": _("Begin with the Duty to Intervene pledge"),
        "usedStarter": _("The Duty to Intervene pledge put in"),
    }


def _questions() -> dict:
    return {
        "questionsTitle": _("Questions about the signer"),
        "questionsHelp": _(
            "Such as agency, rank or badge number. The answers become part of the record. They are no part of the wording."
        ),
        "field": _("Question"),
        "fieldNumber": _("Question {n}"),
        "addField": _("Add a question"),
        "noFields": _("Nothing is asked besides the name."),
        "label": _("Label"),
        "labelHelp": _("What signers read at the field."),
        "required": _("An answer is required"),
        "requiredHelp": _("Nobody can sign without it."),
        "kind": _("Kind of answer"),
        "kindText": _("Any text"),
        "kindMask": _("Text in a given form"),
        "kindOptions": _("One of several answers"),
        "mask": _("Form of the answer"),
        "maskHelp": _(
            "A is a letter, 9 a digit, * a letter or digit. What is in [brackets] may be left out. Anything else stands for "
            "itself. 9999[99] is four to six digits, AA-99999 two letters, a hyphen and five digits."
        ),
        "maskBroken": _("This form cannot be used: brackets must come in pairs with something in them; at most {n} characters."),
        "tryOut": _("Try an answer"),
        "tryOutHelp": _("It is not kept."),
        "fits": _("“{answer}” would be taken."),
        "fitsNot": _("“{answer}” would not be taken."),
        "optionsLabel": _("Answers to choose from"),
        "optionsHelp": _("One on each line."),
        "hint": _("Hint"),
        "hintHelp": _("Said below the field. Leave this empty to have none."),
        "id": _("Name in reports"),
        "idHelp": _(
            "Lower-case letters, digits and hyphens. Reports and exports have the answers under it: do not change it lightly."
        ),
        "unusableId": _("Use lower-case letters, digits and hyphens, starting with a letter, at most 50."),
        "takenId": _("Another question has this name."),
        "renamed": _("Name in reports changed"),
    }


def _versions() -> dict:
    return {
        "versionNobody": _("Nobody has signed this pledge yet."),
        "versionSigned": _("People who have signed: {people}, the saved wording ({hash}): {current}."),
        "versionUnknown": _("It cannot be told here whether people have signed."),
        "versionChanged": _("The wording is different now: this makes a new version ({hash}). You are asked before it is saved."),
        "versionHelp": _(
            "Introduction, statements and closing words are the wording. Changing it, even a typo, makes a new version that "
            "everybody is offered to sign. Questions and settings make no new version."
        ),
        "confirmTitle": _("Save a new version of the wording?"),
        "confirmNumbers": _("People who have signed this pledge: {people}. Of them the wording that is saved now: {current}."),
        "confirmStay": _("What they signed stays on record, with the old text and its verification code."),
        "confirmAgain": _("They will be offered to sign the new wording. Until they do, they count as not having signed it."),
        "confirmTypos": _("A corrected typo counts too. Changed questions and settings do not."),
        "confirmHashes": _("Saved wording: {was}. New wording: {now}."),
        "confirmCheck": _("I want to make a new version of the wording."),
        "confirmFirst": _("Check the box first."),
        "confirmSave": _("Save the new version"),
        "confirmNot": _("Do not save"),
    }


def _settings() -> dict:
    return {
        "gateNone": _("Nothing"),
        "gateOther": _("Another block…"),
        "gateOption": _("{title} ({name})"),
        "gateName": _("Its url_name"),
    }
