"""The words of a language that are cues: what an answer is, said by its form. One vocabulary for each language of a course."""

from __future__ import annotations

import re
from dataclasses import dataclass

Pattern = re.Pattern[str]
WORD = re.compile(r"[^\W\d_][\w'’-]*|\d+")


def _kind(words: str) -> Pattern:
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Vocabulary:
    """`common` are words that carry no sense. Of the patterns each finds the words of a kind: what joins clauses, says too much,
    excuses, hedges, waits, acts now, is a deed, a big word of the subject, or is rough."""

    common: frozenset[str]
    clauses: Pattern
    absolutes: Pattern
    excuses: Pattern
    hedges: Pattern
    waiting: Pattern
    now: Pattern
    deeds: Pattern
    force: Pattern
    rough: Pattern

    def content_words(self, text: str) -> set[str]:
        """The words that carry the sense."""
        return {word for word in words(text) if word not in self.common}


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [word.lower() for word in WORD.findall(text)]


ENGLISH = Vocabulary(
    common=frozenset(
        WORD.findall(
            "a an the and or of to in on at for with from by as is are was were be been it its he she they him "
            "her them his their you your that this who what which when if not no do does did has have had one so"
        )
    ),
    clauses=re.compile(r"[,;:–—]|\b(?:and|then|while|but)\b", re.IGNORECASE),
    absolutes=_kind(
        "all always any anybody anyone anything entirely every everybody everyone everything never no nobody none nothing only"
    ),
    excuses=_kind("since because so as although unless though will would should"),
    hedges=_kind("may might can could some sometimes often usually generally likely probably depends if until mostly partly"),
    waiting=_kind("later after afterward afterwards tomorrow wait let leave keep stay watch hold once when until next before"),
    now=_kind("now immediately instantly once today tonight here aloud"),
    deeds=_kind(
        "stop tell say order call step pull move report write ask name take give put send get turn raise talk use refuse"
    ),
    force=_kind("force harm hurt stop injury medical aid rights duty law report"),
    rough=re.compile(
        r"\b(?:pull|push|grab|shove|shout|yell|order|drag|knock|force|step|stop|take|seize|demand|refuse|call|radio)\w*\b|!",
        re.IGNORECASE,
    ),
)
SPANISH = Vocabulary(
    common=frozenset(
        WORD.findall(
            "el la los las un una unos unas y o u e de del a al en por para con sin que se su sus lo le les me te "
            "tu tus es son era eran fue fueron ser sido está están estaba este esta estos estas esto ese esa eso "
            "aquel aquella como si no ni ha han había hay qué quién cuál cuando donde él ella ellos ellas usted "
            "uno más ya"
        )
    ),
    clauses=re.compile(r"[,;:–—]|\b(?:y|e|luego|mientras|pero)\b", re.IGNORECASE),
    absolutes=_kind(
        "todo toda todos todas siempre nunca jamás nadie nada ningún ninguno ninguna solo sólo solamente "
        "únicamente completamente enteramente totalmente cualquier cualquiera"
    ),
    excuses=_kind("porque pues aunque salvo debería deberías deberían habría habrían puesto ya así"),
    hedges=_kind(
        "puede puedes pueden podría podrías podrían quizá quizás veces algún alguno alguna algunos "
        "algunas menudo suele suelen generalmente normalmente probablemente probable depende si hasta"
    ),
    waiting=_kind(
        "después luego tarde mañana espera esperar deja déjalo déjala dejar guarda guardar quédate quedarte "
        "quedarse sigue seguir mira mirar observa observar cuando hasta antes próximo próxima siguiente"
    ),
    now=_kind("ahora inmediatamente enseguida hoy ya aquí noche"),
    deeds=re.compile(
        r"(?:alto|para|det[eé]n|dil|di\b|dec[ií]r|orden|llam|dale|dar|jal|tir[ae]|muev|mov|report|inform|escrib|pregunt|nombr|tom[ae]|pon"
        r"|mand|env[ií]|consig|consegu|gira|levant|habl|usa|ni[eé]g|neg|p[ií]d|ped[ií]r|interv|sujet|apart|avis|interp)\w*",
        re.IGNORECASE,
    ),
    force=_kind(
        "fuerza daño daños herir herida lesión lesiones médico médica médicos auxilio atención derecho "
        "derechos deber ley leyes informe reporte parar detener"
    ),
    rough=re.compile(
        r"\b(?:jal|tir|empuj|agarr|sujet|grit|orden|arrastr|golpe|fuerz|forz|interp|det[eé]n|par[ao]\b|tom|exig|exij|nieg|niég|neg|llam"
        r"|radi|apart)\w*\b|[!¡]",
        re.IGNORECASE,
    ),
)
VOCABULARIES = {"en": ENGLISH, "es": SPANISH}


def vocabulary(language: str) -> Vocabulary:
    """That of a language such as "es" or "es-419"; the English one where there is none."""
    return VOCABULARIES.get(language.partition("-")[0].lower(), ENGLISH)
