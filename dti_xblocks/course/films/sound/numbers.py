"""Numbers in words, in English and Spanish."""

from __future__ import annotations


def _list(words: str) -> list[str]:
    return words.split()


ONES = _list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
TENS = _list("- - twenty thirty forty fifty sixty seventy eighty ninety")
ORDINALS = _list(
    "- first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
UNOS = _list(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho "
    "diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
)
DIECES = _list("- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa")
CIENTOS = _list("- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos")
LARGEST = 10**9


def english(number: int) -> str:
    """1983 -> one thousand nine hundred eighty three."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f" {ONES[number % 10]}" if number % 10 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{english(number // size)} {name}" + (f" {english(rest)}" if rest else "")
    raise AssertionError


def english_ordinal(number: int) -> str:
    """7 -> seventh, 22 -> twenty second."""
    if number < 20:
        return ORDINALS[number]
    if number < 100:
        tens = TENS[number // 10]
        return f"{tens} {ORDINALS[number % 10]}" if number % 10 else f"{tens[:-1]}ieth"
    rest = number % 100
    return f"{english(number - rest)} {english_ordinal(rest)}" if rest else f"{english(number)}th"


def english_pairs(number: int) -> str:
    """As years and sections are read: 1983 -> nineteen eighty three, 242 -> two forty two, 2006 -> two thousand six."""
    first, rest = divmod(number, 100)
    if number < 100 or number % 1000 == 0 or (first % 10 == 0 and first >= 10 and rest < 10):
        return english(number)
    if number >= 10000:
        return english(number)
    if rest == 0:
        return f"{english(first)} hundred"
    return f"{english(first)} {'oh ' if rest < 10 else ''}{english(rest)}"


def english_digits(digits: str) -> str:
    """8475 -> eight four seven five."""
    return " ".join(ONES[int(digit)] for digit in digits)


def spanish(number: int, before_noun: bool = False) -> str:
    """1983 -> mil novecientos ochenta y tres. Before a noun, uno is un."""
    if before_noun and number % 10 == 1 and number % 100 != 11:
        return _short(spanish(number))
    if number < 30:
        return UNOS[number]
    if number < 100:
        return DIECES[number // 10] + (f" y {UNOS[number % 10]}" if number % 10 else "")
    if number == 100:
        return "cien"
    if number < 1000:
        return CIENTOS[number // 100] + (f" {spanish(number % 100)}" if number % 100 else "")
    if number < 10**6:
        thousands, rest = divmod(number, 1000)
        head = "mil" if thousands == 1 else f"{spanish(thousands, before_noun=True)} mil"
    else:
        millions, rest = divmod(number, 10**6)
        head = "un millón" if millions == 1 else f"{spanish(millions, before_noun=True)} millones"
    return head + (f" {spanish(rest)}" if rest else "")


def spanish_digits(digits: str) -> str:
    """8475 -> ocho cuatro siete cinco."""
    return " ".join(UNOS[int(digit)] for digit in digits)


def _short(words: str) -> str:
    return f"{words[:-9]}veintiún" if words.endswith("veintiuno") else words[:-1]
