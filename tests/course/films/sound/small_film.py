"""A small film of the tests: a storyboard, and what its recordings would be."""

from dti_xblocks.course.films.storyboard import At, Line, Person, Shot, Sound, Storyboard, Words
from dti_xblocks.course.films.timeline import timeline

LINES = (
    Line("narrator", "Ten past two in the morning. The chase was short, and the man is cuffed.",
         "Las dos y diez de la mañana. La persecución fue corta y el hombre está esposado."),
    Line("okafor", "He's cuffed. I've got him. Let go of the wrist & step back.",
         "Está esposado. Yo lo tengo. Suelta la muñeca y da un paso atrás."),
    Line("okafor", "Dispatch, one in custody. We need medical here.", "Central, uno detenido. Necesitamos un médico aquí.", radio=True),
    Line("narrator", "Nobody had to write that night down.", "Nadie tuvo que escribir aquella noche."),
)  # fmt: skip
CAST = {
    "narrator": Person("narrator"),
    "okafor": Person("sergeant-woman", Words("Sergeant Okafor", "sargento Okafor")),
}
STORYBOARD = Storyboard(
    "a-night", Words("A night", "Una noche"), "m01-x", "One word.", CAST,
    (
        Shot("lot", "lot-wide", lines=LINES[:2], sounds=(Sound("rain"), Sound("cuffs", At(line=2)))),
        Shot("room", "desk", lines=LINES[2:], sounds=(Sound("phone", At(second=0.1)), Sound("clock", At(line=2)))),
    ),
)  # fmt: skip
SECONDS = {
    "en": {"lot-1": 4.6, "lot-2": 4.0, "room-1": 3.2, "room-2": 2.1},
    "es": {"lot-1": 5.1, "lot-2": 4.4, "room-1": 3.6, "room-2": 2.4},
}
TIMELINE = timeline(STORYBOARD, SECONDS)
