"""The staff's side of the pledge in a browser: the list, a record, withdrawal, files and checks; with and without a script."""

import io
import zipfile

import pytest
from playwright.sync_api import expect
from visitor import MODES, Visitor

pytestmark = pytest.mark.browser
UNIT = "unit/m09-pledge-item-u1"


def visit(chromium, preview, person, **context):
    visitor = Visitor(chromium, preview, **{"viewport": {"width": 1280, "height": 900}, **context})
    visitor.be(person)
    return visitor


@pytest.fixture(scope="module")
def signed(chromium, preview):
    """A preview in which the learner has signed; its address."""
    visitor = visit(chromium, preview, "learner")
    page = visitor.page
    visitor.open(UNIT)
    page.get_by_role("button", name="I have read the pledge to the end").click()
    page.locator("input[name=consent]").check()
    page.get_by_role("button", name="I agree to sign electronically").click()
    page.get_by_role("button", name="Sign the pledge").wait_for()
    for box in page.locator("input[name=affirm]").all():
        box.check()
    for field in page.locator("[name^='answer-'][required]").all():
        if field.evaluate("field => field.localName") == "select":
            field.select_option(index=1)
        else:
            field.fill("Sunset Police Department")
    page.locator("input[name=name]").fill("Jordan Rivera")
    page.get_by_role("button", name="Sign the pledge").click()
    page.get_by_role("heading", name="You have signed this pledge").wait_for()
    visitor.close()
    return preview


@pytest.fixture
def staff(chromium, signed):
    """Makes staff who have the list open."""
    made = []

    def someone(**context):
        visitor = visit(chromium, signed, "staff", **context)
        made.append(visitor)
        visitor.page.goto(f"{signed}/{UNIT}")
        address = visitor.page.locator(".dti-pledge-staff a[target=_blank]").get_attribute("href")
        visitor.list = f"{signed}{address}"
        visitor.page.goto(visitor.list)
        return visitor

    yield someone
    for visitor in made:
        assert visitor.faults == []
        visitor.close()


@pytest.mark.smoke
def test_staff_come_from_the_block_to_a_record_by_keyboard(staff):
    visitor = staff()
    page = visitor.page
    visitor.open(UNIT)
    summary = page.locator(".dti-pledge-staff summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with visitor.context.expect_page() as opened:
        page.keyboard.press("Enter")
    tab = opened.value
    tab.get_by_role("heading", name="Signatures").wait_for()
    expect(tab.locator("tbody th")).to_have_text(["jordan", "robin"])  # who signed, and who is enrolled and did not
    expect(tab.locator("tbody tr", has_text="robin")).to_contain_text("not signed")
    link = tab.get_by_role("link", name="jordan")
    link.focus()
    tab.keyboard.press("Enter")
    tab.get_by_role("heading", name="What happened").wait_for()
    history = tab.locator(".dti-staff-events li").all_inner_texts()
    assert "agreed to sign electronically" in history[-2] and "signed (" in history[-1]
    assert "they are unchanged" in tab.locator(".dti-staff").inner_text()
    with tab.expect_download() as file:
        tab.get_by_role("link", name="Download the signed pledge (PDF)").click()
    assert file.value.path().read_bytes().startswith(b"%PDF")


def test_the_list_is_narrowed_and_taken_along(staff):
    page = staff().page
    page.get_by_label("Username or name").fill("lindqvist")
    page.get_by_role("button", name="Show the list").click()
    expect(page.locator("tbody th")).to_have_text(["robin"])
    page.get_by_label("Show", exact=True).select_option("current")
    page.get_by_label("Username or name").fill("")
    page.get_by_role("button", name="Show the list").click()
    expect(page.locator("tbody th")).to_have_text(["jordan"])
    with page.expect_download() as file:
        page.get_by_role("link", name="Signatures 1–1 (CSV)").click()
    assert "jordan" in file.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("link", name="Show everybody").click()
    with page.expect_download() as file:
        page.get_by_role("link", name="Enrolled and not signed (CSV)").click()
    assert file.value.path().read_text(encoding="utf-8-sig").splitlines()[1].startswith("robin")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_files_are_prepared_and_downloaded(staff, script):
    page = staff(java_script_enabled=script).page
    page.get_by_role("link", name="Files and checks").click()
    page.get_by_role("button", name="Prepare the files").click()
    download = page.get_by_role("link", name="Download the files (ZIP)")
    for _look in range(240):
        if script or download.count():
            break
        page.wait_for_timeout(500)
        again = page.get_by_role("link", name="Look again")
        if again.count():
            again.click()
    download.wait_for(timeout=60_000)
    with page.expect_download() as file:
        download.click()
    archive = zipfile.ZipFile(io.BytesIO(file.value.path().read_bytes()))
    names = archive.namelist()
    assert len(names) == 2 and names[0].startswith("jordan-") and names[1] == "signed-pledges.csv"
    assert archive.read(names[0]).startswith(b"%PDF")


def test_the_chain_is_checked(staff):
    page = staff().page
    page.get_by_role("link", name="Files and checks").click()
    page.get_by_role("button", name="Check the whole chain").click()
    expect(page.locator(".dti-staff")).to_contain_text("records are unchanged and in their places")


def test_a_learner_is_refused(chromium, signed, staff):
    address = staff().list.replace("/xblock/staff/", "/xblock/learner/")
    learner = visit(chromium, signed, "learner")
    answer = learner.page.goto(address)
    assert answer.status == 403 and "robin" not in learner.page.content()
    learner.close()


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_page_is_accessible(staff, mode):
    visitor = staff(**mode)
    page = visitor.page
    found = visitor.flaws()
    record = page.locator("tbody th a").first.get_attribute("href")
    for address in (f"{visitor.list}?part=files", f"{visitor.address}{record}", f"{visitor.list}?status=withdrawn"):
        page.goto(address)
        found += visitor.flaws()
    visitor.open(UNIT)
    page.locator(".dti-pledge-staff summary").click()
    found += visitor.flaws()
    assert found == []


def test_a_withdrawal_without_a_script_is_recorded(staff):  # the last: the signature counts no longer
    page = staff(java_script_enabled=False).page
    page.get_by_role("link", name="jordan").click()
    page.get_by_label("Reason").fill("Signed from a wrong account.")
    page.get_by_label("Withdraw the signature of Jordan Rivera.").check()
    page.get_by_role("button", name="Withdraw the signature").click()
    page.get_by_text("This signature was withdrawn.").wait_for()
    assert "casey" in page.locator(".dti-staff").inner_text() and "Signed from a wrong account." in page.content()
    assert page.get_by_role("button", name="Withdraw the signature").count() == 0
    page.get_by_role("link", name="Back to the signatures").click()
    expect(page.locator("tbody tr", has_text="jordan")).to_contain_text("withdrawn")
