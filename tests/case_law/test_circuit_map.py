"""The map of the circuits: every place of the library stands on it once, in its circuit, and the list is narrowed by it."""

from dti_xblocks.case_law.jurisdiction import within
from dti_xblocks.case_law.library import library
from dti_xblocks.pages.case_law.circuit_map import SIDE, SQUARES, circuit_map


def test_every_place_in_a_circuit_has_one_square_and_nothing_else_has():
    assert set(SQUARES) == {place.code for place in library().jurisdictions if place.circuit}
    assert len(set(SQUARES.values())) == len(SQUARES) == 55
    shown = circuit_map(library(), "9th", "2d")
    assert [one["name"] for one in shown] == [one.name for one in library().circuits] and len(shown) == 12
    assert sum(len(one["squares"]) for one in shown) == 55
    assert [one["name"] for one in shown if one["chosen"]] == ["9th"] and [one["name"] for one in shown if one["own"]] == ["2d"]
    assert [one["label"] for one in shown][:4] == ["1st Circuit", "2nd Circuit", "3rd Circuit", "4th Circuit"]


def test_an_outline_has_no_edge_between_two_squares_of_a_circuit():
    shown = {one["name"]: one["outline"] for one in circuit_map(library(), "", "")}
    assert shown["D.C."].count("M") == 4  # one square
    x, y = (SIDE * at for at in SQUARES["SC"])
    assert f"M{x} {y}v{SIDE}" not in shown["4th"]  # between the Carolinas
    assert f"M{x + SIDE} {y}v{SIDE}" in shown["4th"]  # toward the District


def test_a_list_is_narrowed_to_a_circuit_its_states_and_what_is_federal():
    found = {one.slug for one in within(library(), "9th", library())}
    assert {"tobias-v-arteaga", "graham-v-connor", "42-usc-1983", "ca-gov-7286", "or-181a-681"} <= found
    assert not found & {"byrd-v-brishke", "horne-v-city-of-buffalo", "il-720-5-7-16", "doj-use-of-force-2022"}
    everything = list(library())
    assert within(library(), "9th", everything) == [one for one in everything if one.slug in found]  # in their order
