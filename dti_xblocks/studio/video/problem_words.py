"""What is wrong with a film, in the words of the editor's form."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from ...content import Problem


def worded(problem: Problem) -> Problem:
    """`problem` in the words of the form; one that says a time or a length keeps its own."""
    return replace(problem, message=str(_sentences().get(problem.code, problem.message)))


def caption_problem(problem: Problem, line: int) -> Problem:
    """A problem of a caption file, at the `line` of the content that names the file."""
    if problem.code == "VD036":
        message = _("The caption file cannot be read: upload it to the files of the course, or correct its name.")
        return replace(problem, message=message, line=line)
    where = _("Captions {language}, line {n}:").format(language=problem.where, n=problem.line)
    return replace(problem, message=f"{where} {problem.message}", line=line)


def _sentences() -> dict[str, str]:
    return {
        "VD001": _("There is no film. Begin with one."),
        "VD002": _("This is no film of the course. Upload an MP4 file under Files, and write /static/ and its name."),
        "VD003": _("Say how long the film is. The editor can take it from the film."),
        "VD004": _("This is there more than once, and only the first counts. Remove the others in the Text tab."),
        "VD005": _("The text has a part here that has no meaning in a film. It is not shown. Remove it in the Text tab."),
        "VD006": _("The text has a setting here that has no effect. Remove it in the Text tab."),
        "VD007": _("These words stand where nobody sees them. Move or remove them in the Text tab."),
        "VD008": _("The film has no captions. Add some: people who cannot hear it miss what is said."),
        "VD009": _("Captions need a language of their own and a WebVTT file of the course."),
        "VD010": _("A time or number here cannot be read. Write seconds (68.5) or minutes and seconds (1:08.5)."),
        "VD011": _("An id here is missing, cannot be used, or is there twice."),
        "VD014": _("A question needs words, two choices or more with words, and one that is right (more only if you say so)."),
        "VD015": _("Something here has no feedback. Say why: without it nobody learns from it."),
        "VD016": _("The windows must follow each other from the start to the end of the tape, and one must be in time."),
        "VD018": _("A tape needs two ways to step in with words, and a still in each of its windows."),
        "VD020": _("Add stills with text, for people who save data or cannot play the film."),
        "VD022": _("Say something to those who do not step in at all."),
    }
