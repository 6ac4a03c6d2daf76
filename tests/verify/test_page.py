"""The public verify page as a page: its form, its headers, its languages, its addresses."""

import base64
import hashlib
import re

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, re_path

from dti_xblocks.records.apps import RecordsConfig
from dti_xblocks.verify import answers
from tests.pdf.pledge_samples import institution, ring_of
from tests.verify.at_work import PAGE, UNKNOWN, ask, keep, pdf_of, send, verdict


@pytest.mark.parametrize("query", ["", "?code=", "?code=%20", "?other=1"])
def test_the_page_without_a_code_is_a_form(client, query):
    response = client.get(PAGE + query)
    assert response.status_code == 200
    assert verdict(response) == ""
    assert b'name="code"' in response.content
    assert b'type="file"' in response.content


def test_the_page_protects_itself(client, row):
    for response in (client.get(PAGE), ask(client, row.code), client.post(PAGE, {})):
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        for directive, element in (
            ("style-src", rb"<style>(.*?)</style>"),
            ("script-src", rb'<script type="module">(.*?)</script>'),
        ):
            (text,) = re.findall(element, response.content, re.DOTALL)
            assert f"{directive} 'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}';" in policy
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert response["X-Frame-Options"] == "DENY"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.content.count(b"<script") == 1
        assert b" style=" not in response.content
        assert not response.cookies


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client, method):
    assert client.generic(method, PAGE).status_code == 405


def test_head_has_no_body_and_counts(client):
    with override_settings(DTI_PLEDGE_VERIFY_RATE=1):
        assert client.head(PAGE, {"code": UNKNOWN}).content == b""
        assert client.head(PAGE, {"code": UNKNOWN}).status_code == 429


def test_the_form_needs_no_token_and_makes_no_session(row):
    strict = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
    assert verdict(strict.post(PAGE, {"code": row.code})) == "Valid"
    assert not strict.cookies


def test_nothing_is_written(client, row):
    body = keep(row, pdf_of(row))
    with CaptureQueriesContext(connection) as queries:
        ask(client, row.code)
        send(client, body)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_the_page_speaks_the_language_of_the_request(client):
    page = client.get(PAGE, headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl"' in page


def test_a_database_that_does_not_answer_is_no_verdict(client, row, monkeypatch):
    from dti_xblocks.records.access import RecordsUnavailableError

    def broken(_code):
        raise RecordsUnavailableError("gone")

    monkeypatch.setattr(answers, "of_code", broken)
    response = ask(client, row.code)
    assert response.status_code == 503
    assert verdict(response) == "Not checked"


def test_the_public_keys_can_be_downloaded(client):
    signing = institution("Department with a Certificate")
    with override_settings(DTI_PLEDGE_KEYS=signing):
        response = client.get(f"{PAGE}/institution.pub")
    body = response.content.decode()
    assert response["Content-Disposition"] == 'attachment; filename="institution.pub"'
    assert "PRIVATE" not in body
    assert body.count("BEGIN CERTIFICATE") == 1
    from dti_xblocks.seals.keys import read

    assert set(read(public=[body]).public) == set(ring_of(signing).public)


def test_a_site_without_keys_has_none_to_download(client):
    with override_settings(DTI_PLEDGE_KEYS=None):
        assert client.get(f"{PAGE}/institution.pub").status_code == 404
        assert b"institution.pub</a>" not in client.get(PAGE).content
        assert b"has no public keys" in client.get(PAGE).content


def test_the_lms_has_the_addresses_and_studio_has_not():
    config = RecordsConfig.plugin_app["url_config"]
    assert set(config) == {"lms.djangoapp"}
    assert set(RecordsConfig.plugin_app["settings_config"]) == {"lms.djangoapp", "cms.djangoapp"}, (
        "forms of authors are logged there"
    )
    mine = config["lms.djangoapp"]
    # As the platform's loader does it.
    module = f"{RecordsConfig.name}.{mine['relative_path']}"
    pattern = re_path(mine["regex"], include((module, RecordsConfig.name), namespace=mine["namespace"]))
    assert pattern.resolve("dti/verify").view_name == "dti:verify"
    assert pattern.resolve("dti/verify/institution.pub").view_name == "dti:verify-institution"
