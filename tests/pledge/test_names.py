"""Which names belong to one person. The cases bind static/js/pledge/main.js too."""

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.pledge.names import names_agree

CASES = json.loads((Path(__file__).parent / "name_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "account"), CASES["agree"])
def test_ways_of_writing_one_name_agree(typed, account):
    assert names_agree(typed, account)


@pytest.mark.parametrize(("typed", "account"), CASES["differ"])
def test_other_names_differ(typed, account):
    assert not names_agree(typed, account)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_comparison_and_it_is_symmetric(one, other):
    assert names_agree(one, other) == names_agree(other, one)


@given(st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=20))
def test_a_name_agrees_with_itself_in_any_case(name):
    assert names_agree(name.lower(), name)


PARTS = [
    "Ana", "ANA", "ana", "María", "Marı\u0301a", "M", "M.", "J.R.", "jr", "Sr.", "III", "O'Brien", "O\u2019Brien", "Smith-Jones", "Núñez",
    "Łukasz", "Søren", "Strauß", "STRAUSS", "Đặng", "Ærø", "İpek", "ıpek", "Νίκος", "ΝΙΚΟΣ", "Παπαδόπουλος", "Йованович", "йованович",
    "Ґанна", "Արամ", "გიორგი", "יעל", "כהן", "محمد", "علي", "می\u200cخواهد", "प्रिया", "शर्मा", "রহিম", "சுப்பிரமணியன்", "สมชาย", "ใจดี", "王伟", "王芳",
    "山田", "ヤマダ", "김민준", "김", "민준", "Ａｎａ", "ﬁ", "²", "½", "Ⅷ", "7", "٣", "😀", "👮🏽\u200d♀️", "𠮷野家", "-", "...", "'", "\u0301", "_", "a_b",
]  # fmt: skip


def test_the_page_and_the_server_are_of_one_mind_on_names_of_every_script():
    choose = random.Random(20261123)

    def name():
        return choose.choice([" ", "  ", ", ", "-"]).join(choose.choices(PARTS, k=choose.randint(0, 4)))

    pairs = [(one, other) for one in PARTS for other in PARTS]
    for _number in range(6000):
        typed = name()
        shuffled = typed.split(" ")
        choose.shuffle(shuffled)
        pairs.append((typed, choose.choice([name(), " ".join(shuffled), typed.upper(), typed.lower(), f"{typed} {name()}"])))
    script = Path(__file__).parent.parent.parent / "static/js/pledge/main.js"
    program = f"""
        import {{readFileSync}} from "node:fs";
        import {{namesAgree}} from {json.dumps(script.as_uri())};
        const pairs = JSON.parse(readFileSync(0, "utf8"));
        console.log(JSON.stringify(pairs.map(([typed, account]) => namesAgree(typed, account))));
    """
    command = [shutil.which("node"), "--input-type=module", "-e", program]
    done = subprocess.run(command, input=json.dumps(pairs), capture_output=True, text=True, check=True, timeout=240)
    told = json.loads(done.stdout)
    assert [pair for pair, page in zip(pairs, told, strict=True) if page != names_agree(*pair)] == []
    assert any(told) and not all(told)
