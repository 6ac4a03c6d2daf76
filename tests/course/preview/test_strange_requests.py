"""Addresses and headers that no browser sends."""

from urllib.parse import quote

import pytest

ROUTES = ("/page/", "/page/vendor/input/", "/page/fonts/", "/page/js/capa/", "/asset/", "/static/", "/resource/problem/",
          "/resource/problem/problem/public/", "/resource/dti_pledge/public/", "/resource/", "/tab/", "/unit/", "/sequence/",
          "/jump_to/", "/jump_to_id/", "/course/", "/courses/", "/studio/edit/", "/videos/", "/xblock/learner/")  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_names_in_addresses_that_no_file_has(preview, route):
    visitor = preview(who="studio")
    for name in (
        "%00",
        "a%00b",
        "A" * 300,
        "A" * 5000,
        "A/" * 3000,
        "%ff%fe",
        "%0d%0aX:y",
        "..%2f..%2fetc%2fpasswd",
        "x/y%00",
        "[",
        "//[",
    ):
        assert visitor.get(route + name).status_code in (302, 400, 403, 404), name[:20]


@pytest.mark.parametrize(
    "key",
    [
        "lb:org:lib:problem:x",
        "lib-block-v1:a+b+type@problem+block@x",
        "library-v1:a+b",
        "lct:o:l:unit:x",
        "i4x://a/b/c/d",
        "aside-usage-v1:block-v1$:a+b+c+type@d+block@e::x",
        "aside-usage-v2:block-v1$::E+E1+r+type@problem+block@p::x",
        "course-v1:E+E1+r",
        "asset-v1:E+E1+r+type@asset+block@x.png",
        "def-v1:5f+type@html",
        "block-v1:",
        "x",
    ],
)
def test_keys_of_other_things_are_not_found(preview, key):
    visitor = preview(who="studio")
    for address in ("/jump_to/{}", "/studio/edit/{}", "/xblock/learner/{}/handler", "/xblock/studio/{}/studio_save"):
        assert visitor.get(address.format(quote(key, safe=""))).status_code == 404, address
    assert visitor.client.post(f"/studio/discard/{quote(key, safe='')}").status_code == 404


def test_ranges_of_thousands_of_digits(preview):
    visitor = preview({"static/a.txt": "0123456789"})
    many = "9" * 5000
    for asked, status in ((f"{many}-", 416), (f"-{many}", 206), (f"0-{many}", 206), (f"{'0' * 5000}-{many}", 416), ("²-", 200)):
        assert visitor.get("/asset/a.txt", HTTP_RANGE=f"bytes={asked}").status_code == status, asked[:9]
