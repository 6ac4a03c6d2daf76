"""Each of our blocks in Spanish, on a phone: the page says which language it is in, nothing of ours is left in English or too wide."""

import pytest
from author import KEY
from visitor import Visitor

from scripts import catalogue

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "es-419"}
# Texts of the package as they stand between two tags, long enough that no author wrote the same.
ENGLISH = {
    one.text
    for one in catalogue.read(catalogue.path_of(catalogue.SOURCE))
    if len(one.text) > 9 and not catalogue.FIXED.search(one.text)
}
SHOWN = """() => [...document.querySelectorAll('.dti, .dti-preview, header, nav, footer')]
    .flatMap((root) => [...root.querySelectorAll('*')])
    .filter((node) => node.getClientRects().length && !node.closest('[lang=en]'))
    .flatMap((node) => [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.textContent)
        .concat(['aria-label', 'title', 'placeholder'].map((name) => node.getAttribute(name) || '')))
    .map((text) => text.trim().replace(/\\s+/g, ' ')).filter(Boolean)"""
LINES = """(all) => all.map((one) => {
    const words = document.createRange(); words.selectNodeContents(one); return words.getClientRects().length; })"""
UNITS = {
    "unit/m02-download-u1": ["Buscar en toda la biblioteca", "Dónde trabajas"],
    "unit/m03-scenario-u1": ["Comenzar el escenario"],
    "unit/m09-pledge-item-u1": ["Leí el compromiso hasta el final"],
    "unit/m09-review-item-u1": ["¿Cuántas estrellas das?"],
}


@pytest.fixture
def visitor(chromium, preview):
    made = Visitor(chromium, preview, **PHONE)
    yield made
    faults = list(made.faults)
    made.close()
    assert faults == []


def english(visitor) -> list[str]:
    """What the page still says in English, of all that the package says."""
    return sorted(ENGLISH & set(visitor.page.evaluate(SHOWN)))


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit(visitor, unit):
    visitor.open(unit)
    assert visitor.page.locator("html").get_attribute("lang") == "es-419"
    text = visitor.page.locator("article").inner_text()
    assert [words for words in UNITS[unit] if words not in text] == []
    assert english(visitor) == [] and visitor.flaws() == []


def test_a_scenario_to_its_first_consequence(visitor):
    visitor.be("second")
    visitor.start_over()
    visitor.open("unit/m03-scenario-u1")
    page = visitor.page
    page.get_by_role("button", name="Comenzar el escenario").click()
    page.locator("[data-dti-choices] [name=choice]").first.wait_for()
    assert english(visitor) == [] and visitor.flaws() == []


def test_an_activity_and_a_film(visitor):
    for tag in ("dti_activity", "dti_video"):
        unit = next(one for one in visitor.course.blocks("vertical") if any(child.tag == tag for child in one.children))
        visitor.open(f"unit/{unit.url_name}")
        assert visitor.page.locator(f"[data-block-type={tag}]").first.inner_text()
        assert english(visitor) == [] and visitor.flaws() == []


def test_the_names_of_the_three_citations_are_not_broken(visitor):
    visitor.open("unit/m02-download-u1")
    visitor.page.locator(".dti-cl-list a").first.click()
    names = visitor.page.locator(".dti-cl-forms dt")
    names.first.wait_for()
    assert names.all_inner_texts() == ["Completa", "Corta", "Sencilla"]
    assert names.evaluate_all(LINES) == [1, 1, 1]


def test_the_editor_of_a_scenario(visitor):
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    visitor.be("studio")
    block = next(iter(visitor.course.blocks("dti_scenario")))
    visitor.page.goto(f"{visitor.address}/studio/edit/{KEY}{block.url_name}")
    visitor.page.locator(".dti-editor.is-started").wait_for()
    assert "Agregar escena" in visitor.page.locator(".dti-editor").inner_text()
    assert english(visitor) == [] and visitor.flaws() == []
