"""No word of the public page that checks a pledge is left untranslated, whatever it answers."""

import pytest
from django.test import override_settings

from tests.pseudo.plain import may_stay, plain
from tests.verify.at_work import PAGE, UNKNOWN, ask, pdf_of, send
from tests.verify.conftest import client, row, site

pytestmark = pytest.mark.once

__all__ = ["client", "row", "site"]
SAMPLE = may_stay("Duty Intervene Agency Sunset Police Department the Verify Page SAME code AAAA institution pub manage")


@pytest.fixture(autouse=True)
def offered():
    with override_settings(LANGUAGES=[("en", "English"), ("en-xa", "Pseudo")]):
        yield


def said(answer) -> str:
    text = answer.content.decode()
    assert '<html lang="en-xa"' in text
    return "<body" + text.partition("<body")[2]


def test_what_the_page_says(client, row):
    asks = {"headers": {"accept-language": "en-xa"}}
    answers = [
        client.get(PAGE, **asks),
        ask(client, row.code, **asks),
        ask(client, UNKNOWN, **asks),
        send(client, pdf_of(row), **asks),
        send(client, pdf_of(row, tail=b"more"), **asks),
        send(client, b"no PDF at all", **asks),
        client.post(PAGE, {}, **asks),
    ]
    assert [plain(said(answer), SAMPLE) for answer in answers] == [[]] * len(answers)
