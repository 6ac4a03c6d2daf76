"""Written words become spoken ones: each rule with its examples."""

import pytest

from dti_xblocks.course.films.sound import lexicon
from dti_xblocks.course.films.sound.numbers import english, english_ordinal, english_pairs, spanish
from dti_xblocks.course.films.sound.sounds import letters, pieces
from dti_xblocks.course.films.sound.spoken import spoken

ENGLISH = {
    "42 U.S.C. § 1983 is the civil law.": "title forty two, section nineteen eighty three is the civil law.",
    "18 U.S.C. § 242": "title eighteen, section two forty two",
    "34 U.S.C. § 12601(a)": "title thirty four, section twelve thousand six hundred one, A",
    "a section 1983 claim": "a section nineteen eighty three claim",
    "Minn. Stat. § 626.8475 (2020)": "Minnesota Statutes section six twenty six point eight four seven five",
    "Yang v. Hardin, 37 F.3d 282 (7th Cir. 1994), an officer watched.": (
        "Yang versus Hardin, Seventh Circuit, nineteen ninety four, an officer watched."
    ),
    "United States v. Thao, 76 F.4th 773 (8th Cir. 2023)": "United States versus Thao, Eighth Circuit, twenty twenty three",
    "Tennessee v. Garner, 471 U.S. 1 (1985)": "Tennessee versus Garner, nineteen eighty five",
    "Byrd v. Brishke, 466 F.2d 6, 11 (7th Cir. 1972)": "Byrd versus Brishke, Seventh Circuit, nineteen seventy two",
    "the 9th Cir. and the U.S. courts": "the Ninth Circuit and the U S courts",
    "You need 70 % by 2:10 a.m.": "You need seventy percent by two ten A M",
    "9 p.m., 10:05, 14:00": "nine P M, ten oh five, fourteen o'clock",
    "$1,250,000": "one million two hundred fifty thousand dollars",
    "$2.5 million, $1, $12.50": "two point five million dollars, one dollar, twelve dollars and fifty cents",
    "in 2008, 2020, 1900, 1907 and the 1990s": "in two thousand eight, twenty twenty, nineteen hundred, nineteen oh seven and the nineteen nineties",
    "3 of 4 officers, 1.5 seconds, 007": "three of four officers, one point five seconds, zero zero seven",
    "the 22nd, the 1st, the 30th": "the twenty second, the first, the thirtieth",
    "9–10 seconds — then he’s “fine”": 'nine to ten seconds, then he\'s "fine"',
    "Sgt. Okafor and Lt. Hale": "Sergeant Okafor and Lieutenant Hale",
    "KLM": "K L M",
    "Nothing here changes, officer. Step back!": "Nothing here changes, officer. Step back!",
}
SPANISH = {
    "42 U.S.C. § 1983": "título cuarenta y dos, sección mil novecientos ochenta y tres",
    "la sección 242": "la sección doscientos cuarenta y dos",
    "Yang v. Hardin, 37 F.3d 282 (7th Cir. 1994)": "Yang contra Hardin, Séptimo Circuito, mil novecientos noventa y cuatro",
    "Son las 2:10 a. m.": "Son las dos y diez de la mañana",
    "a la 1:30 p. m., a las 22:40": "a la una y media de la tarde, a las veintidós y cuarenta",
    "a las 9:15 p. m.": "a las nueve y cuarto de la noche",
    "70 % de los casos": "setenta por ciento de los casos",
    "$1,250,000": "un millón doscientos cincuenta mil dólares",
    "$2.5 millones, $3 millones": "dos punto cinco millones de dólares, tres millones de dólares",
    "21 agentes, 31 personas, 1 segundo": "veintiún agentes, treinta y una personas, un segundo",
    "en 1983 y 2008": "en mil novecientos ochenta y tres y dos mil ocho",
    "el 9.º piso": "el noveno piso",
    "Aquí no cambia nada, oficial. ¡Atrás!": "Aquí no cambia nada, oficial. ¡Atrás!",
}  # fmt: skip


@pytest.mark.parametrize("written", ENGLISH)
def test_english_is_spoken(written):
    assert spoken(written) == ENGLISH[written]


@pytest.mark.parametrize("written", SPANISH)
def test_spanish_is_spoken(written):
    assert spoken(written, "es") == SPANISH[written]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_what_is_spoken_has_no_digits_and_stays_as_it_is(lang):
    for written in ENGLISH if lang == "en" else SPANISH:
        once = spoken(written, lang)
        assert not any(character.isdigit() for character in once)
        assert spoken(once, lang) == once


def test_numbers_in_words():
    assert english(0) == "zero"
    assert english(110) == "one hundred ten"
    assert english(1_000_021) == "one million twenty one"
    assert english_pairs(805) == "eight oh five"
    assert english_pairs(12601) == "twelve thousand six hundred one"
    assert english_ordinal(112) == "one hundred twelfth"
    assert english_ordinal(100) == "one hundredth"
    assert spanish(100) == "cien"
    assert spanish(101) == "ciento uno"
    assert spanish(21, before_noun=True) == "veintiún"
    assert spanish(21_000) == "veintiún mil"
    assert spanish(1_000_000) == "un millón"


def test_each_word_of_the_lexicon_is_spoken_in_one_way():
    for lang in ("en", "es"):
        assert lexicon.words(lang)
        for word in lexicon.words(lang).values():
            assert bool(word.say) != bool(word.phonemes), word


def test_sounds_of_the_lexicon_are_taken_as_they_are():
    assert pieces("Officer Thao watched.", "en") == [("Officer ", ""), ("", "tˈaʊ"), (" watched.", "")]
    assert pieces("Nobody is named.", "en") == [("Nobody is named.", "")]
    assert pieces("Thaos", "en") == [("Thaos", "")]


def test_a_diphthong_is_one_letter_of_the_model():
    assert letters("b^a^ɪ ðə kˈɜːb, sɑːɹd^ʒənt", "en") == "bI ðə kˈɜɹb, sɑɹʤənt"
    assert letters("a^ʊtˈo nˈo^ʊ", "es") == "WtˈO nˈO".replace("tˈO", "tˈo")
