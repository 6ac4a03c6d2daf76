"""What was heard is held against what is written."""

from dti_xblocks.course.films.sound.heard import Difference, compare


def test_numbers_and_spellings_do_not_count():
    assert not compare(
        "x", "en", "It's 2:10 a.m. Officer Thao has 3 seconds, okay?", "Its two ten A.M. officer Tau has three seconds OK"
    ).differences
    assert not compare("x", "es", "Está a ocho pies. ¿Oyó?", "esta a 8 pies oyo").differences
    assert not compare("x", "en", "Maybe he can not.", "may be he cannot").differences


def test_words_that_differ_are_listed():
    found = compare("x", "en", "He let go of the wrist.", "He let go of the risk.")
    assert found.differences == (Difference("wrist", "risk"),)
    assert (found.words, found.different, round(found.share, 3)) == (6, 1, 0.167)
    assert str(found) == "x en: 1 of 6 words differ, 16.7%: “wrist” heard as “risk”"


def test_words_left_out_and_added_count():
    assert compare("x", "en", "Let go now.", "Let go").different == 1
    assert compare("x", "en", "Let go.", "Let go of it please").different == 3


def test_words_that_sound_the_same_do_not_differ():
    assert not compare("x", "en", "The prisoner's on the floor.", "The prisoners on the floor.").differences
    assert not compare("x", "en", "You're four, Sergeant.", "Your for, Sargent.").differences
    assert not compare("x", "es", "Hazte atrás, Vance ve la llave de Hayes.", "Haste atrás, Bans be la yabe de Jeis.").differences
    assert compare("x", "es", "Di la verdad.", "De la verdad.").differences == (Difference("di", "de"),)
