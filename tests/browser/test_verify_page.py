"""The public verify page in a real browser. Its script does one thing: it sends the code of a link or QR code."""

import re

import pytest
from playwright.sync_api import expect
from signer import Signer
from visitor import MODES, PATIENCE, PHONE, PIXELS, RIGHT_TO_LEFT

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 900}}
NO_SCRIPT = {**PHONE, "java_script_enabled": False}
CLOSE = {**RIGHT_TO_LEFT, "viewport": {"width": 320, "height": 450}, "locale": "en", "device_scale_factor": 2}
ANSWER = ".dti-verify-answer"
FOCUSED = "document.activeElement === document.querySelector('.dti-verify-answer h2')"


@pytest.fixture(scope="module")
def signed(chromium, pledges):
    """A pledge that somebody signed: its address on the verify page, code and PDF file."""
    address, folder, unit = pledges
    signer = Signer(chromium, address, folder, **WIDE)
    signer.be("learner")
    signer.ready(unit()).sign()
    code = signer.signed()
    link = signer.page.locator("a[href*='/dti/verify#']").first.get_attribute("href")
    pdf = signer.page.locator(".dti-pledge-signed a[href*='pdf']").first.get_attribute("href")
    body = signer.context.request.get(pdf if pdf.startswith("http") else address + pdf, timeout=PATIENCE).body()
    assert signer.faults == []
    signer.close()
    return {"site": address, "link": link, "code": code, "pdf": body}


@pytest.fixture
def someone(chromium, signed):
    """Makes people who check a pledge: of no account, with a browser of their own. A fault of the page fails the test."""
    made = []

    def visit(**context) -> Signer:
        person = Signer(chromium, signed["site"], **context)
        made.append(person)
        return person

    yield visit
    for person in made:
        faults = list(person.faults)
        person.close()
        assert faults == []


def upload(page, body):
    page.locator("input[type=file]").set_input_files({"name": "pledge.pdf", "mimeType": "application/pdf", "buffer": body})
    page.locator("form:has(input[type=file]) button").click()


@pytest.mark.smoke
def test_the_address_on_the_pledge_leads_to_its_answer(someone, signed):
    assert signed["link"].startswith(signed["site"])
    page = someone(**WIDE).page
    page.goto(signed["link"])
    assert page.locator(f"{ANSWER} h2").inner_text() == "Valid"
    assert page.title().startswith("Valid")
    assert signed["code"] in page.locator(ANSWER).inner_text()
    assert page.evaluate(FOCUSED)
    logo = page.get_by_role("img", name="Logo of Example Police Department")
    assert logo.is_visible() and logo.evaluate(PIXELS) > 0
    assert page.url == f"{signed['site']}/dti/verify?"
    page.go_back()
    assert page.locator(ANSWER).count() == 0, "going back does not lead to the same check once more"
    page.goto(f"{signed['site']}/dti/verify")
    page.evaluate("location.hash = '#0000'")  # a code is scanned into the open page
    page.locator(".dti-verify-unknown").wait_for()


def test_the_code_of_a_link_is_told_to_no_log(someone, signed):
    page, asked = someone(**WIDE).page, []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))
    page.goto(signed["link"])
    page.locator(ANSWER).wait_for()
    assert asked and not [one for one in asked if signed["code"] in "".join(one).partition("#")[0]]
    person = someone(**WIDE, java_script_enabled=False).page
    person.goto(signed["link"])
    assert "type the code that stands beside it" in person.locator("noscript").inner_text()


def test_the_file_is_genuine_and_a_changed_one_is_not(someone, signed):
    page = someone(**WIDE).page
    page.goto(f"{signed['site']}/dti/verify")
    upload(page, signed["pdf"])
    assert page.locator(f"{ANSWER} h2").inner_text() == "Valid"
    assert "no byte of it has changed" in page.locator(ANSWER).inner_text()
    middle = len(signed["pdf"]) // 2
    upload(page, signed["pdf"][:middle] + bytes([signed["pdf"][middle] ^ 1]) + signed["pdf"][middle + 1 :])
    assert page.locator(f"{ANSWER} h2").inner_text() == "The file was altered"
    assert page.url == f"{signed['site']}/dti/verify?"


def test_a_code_is_typed_and_checked_by_keyboard_alone(someone, signed):
    page = someone(**WIDE).page
    page.goto(f"{signed['site']}/dti/verify")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "code"
    page.keyboard.type(signed["code"].lower().replace("-", " "))
    page.keyboard.press("Enter")
    page.locator(ANSWER).wait_for()
    assert page.locator(f"{ANSWER} h2").inner_text() == "Valid"
    assert page.evaluate(FOCUSED)
    order = []
    for _press in range(4):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
    assert order == ["code", "BUTTON", "file", "BUTTON"]


def test_a_code_that_was_typed_is_in_no_address(someone, signed):
    page = someone(**WIDE).page
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{signed['site']}/dti/verify")
    page.locator("input[name=code]").fill(signed["code"])
    page.locator("form:has(input[name=code]) button").click()
    page.locator(ANSWER).wait_for()
    assert not [url for url in asked if signed["code"] in url]


@pytest.mark.parametrize("mode", [*MODES.values(), CLOSE, NO_SCRIPT], ids=[*MODES, "zoomed", "without-script"])
def test_every_answer_is_accessible(someone, signed, mode):
    person, script = someone(**mode), mode is not NO_SCRIPT
    page, found = person.page, []
    flaws = person.flaws if script else list
    page.goto(f"{signed['site']}/dti/verify")
    found += flaws()
    page.goto(signed["link"] if script else f"{signed['site']}/dti/verify?code={signed['code']}")
    expect(page.locator(".dti-verify-valid")).to_have_count(1)
    found += flaws()
    page.goto(f"{signed['site']}/dti/verify?code=0000")
    expect(page.locator(".dti-verify-unknown")).to_have_count(1)
    found += flaws()
    upload(page, signed["pdf"] + b" ")
    expect(page.locator(".dti-verify-file-altered")).to_have_count(1)
    found += flaws()
    upload(page, b"no pdf")
    expect(page.locator(".dti-verify-file-no-pdf")).to_have_count(1)
    found += flaws()
    expect(page.locator("h1")).to_have_count(1)
    assert found == []


def test_the_page_is_dark_and_runs_from_right_to_left_where_the_reader_wants_it(someone, signed):
    dark = someone(**WIDE, color_scheme="dark").page
    dark.goto(f"{signed['site']}/dti/verify")
    colors = [int(part) for part in re.findall(r"\d+", dark.evaluate("getComputedStyle(document.body).backgroundColor"))[:3]]
    assert max(colors) < 60
    arabic = someone(**RIGHT_TO_LEFT).page
    arabic.goto(f"{signed['site']}/dti/verify")
    assert arabic.locator("html").get_attribute("dir") == "rtl"


def test_the_public_keys_are_a_download(someone, signed):
    page = someone(**WIDE).page
    page.goto(f"{signed['site']}/dti/verify")
    with page.expect_download() as download:
        page.locator("a[href$='institution.pub']").click()
    assert download.value.suggested_filename == "institution.pub"
