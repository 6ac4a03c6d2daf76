"""The table of voices."""

import pytest

from dti_xblocks.course.films.sound.voices import UnknownVoiceError, table, voice

LANGS = ("en", "es")


def test_every_role_has_a_voice_of_the_language_in_both():
    assert "narrator" in table()
    for role, said in table().items():
        assert set(said) == set(LANGS), role
        assert said["en"].parts[0][0] == "a" and said["es"].parts[0][0] == "e", role
        assert all(0.85 <= how.speed <= 1.2 for how in said.values())


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_roles_sound_alike(lang):
    said = {role: (how[lang].voice, how[lang].speed) for role, how in table().items()}
    assert len(set(said.values())) == len(said)


def test_men_and_women_have_voices_of_theirs():
    """The second letter of a voice says whose it is."""
    for role in ("man", "officer-man", "sergeant-man"):
        assert all(table()[role][lang].voice[1] == "m" for lang in LANGS)
    for role in ("woman", "officer-woman", "sergeant-woman"):
        assert all(table()[role][lang].voice[1] == "f" for lang in LANGS)


def test_an_unknown_role_is_named():
    with pytest.raises(UnknownVoiceError, match="dragon"):
        voice("dragon", "en")
