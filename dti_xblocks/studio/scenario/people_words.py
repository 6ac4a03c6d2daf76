"""The words of the scenario's visual editor about people: the cast, who speaks, whom the learner plays."""

from __future__ import annotations

from django.utils.translation import gettext as _


def people_words() -> dict:
    """By the name under which the script knows them."""
    return {
        "people": _("People"),
        "peopleHelp": _("Who speaks, and whom the learner plays. Learners find them under “Who is who” before the first scene."),
        "addPerson": _("Add a person"),
        "newPersonName": _("New person"),
        "personName": _("Name"),
        "personRole": _("Who this is"),
        "personRoleHelp": _("A few words that everybody may read from the start, such as “Runs the night shift”."),
        "portrait": _("Portrait, file"),
        "portraitHelp": _("/static/ and the name of a picture. Without one the initials stand in a circle."),
        "initials": _("Initials"),
        "roleCard": _("The card of a new role"),
        "roleCardHelp": _(
            "Learners see it when they become this person after another. It must be true on every path that leads there."
        ),
        "knows": _("What you know"),
        "knowsNot": _("What you do not know"),
        "playedAs": _("The learner is"),
        "nobodyNamed": _("nobody by name"),
        "who": _("Who speaks"),
        "whoHelp": _("Somebody from “People”, or any other name."),
        "said": _("What is said"),
        "overRadio": _("Over the radio"),
        "lineAudio": _("Recording of this line, file"),
        "lineAudioHelp": _("/static/ and the name of a file. Who switches on the voice hears it; without one the browser reads."),
        "sceneAudio": _("Recording of the whole scene, file"),
        "sceneAudioHelp": _("/static/ and the name of a file. It is heard in place of recordings of single lines."),
    }
