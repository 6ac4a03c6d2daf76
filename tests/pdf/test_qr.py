"""QR codes: what makes one, and that it is a sound picture."""

import base64

import pytest
from lxml import etree

from dti_xblocks.pdf import qr_code
from dti_xblocks.pdf.qr import LONGEST

ADDRESS = "https://supreme.justia.com/cases/federal/us/490/386/"


def modules(code: str) -> tuple[int, bytes]:
    kind, _comma, body = code.partition(",")
    assert kind == "data:image/svg+xml;base64"
    image = etree.fromstring(base64.b64decode(body))
    assert image.tag == "{http://www.w3.org/2000/svg}svg"
    return int(image.get("viewBox").split()[2]), etree.tostring(image)


def test_an_address_becomes_a_picture_with_its_quiet_zone():
    width, image = modules(qr_code(ADDRESS))
    assert (width - 8 - 17) % 4 == 0  # 21, 25, 29 ... modules, and 4 free ones on each side
    assert b"<script" not in image


def test_the_same_address_is_the_same_picture_and_another_is_another():
    assert qr_code(ADDRESS) == qr_code(ADDRESS) != qr_code(ADDRESS + "1")


@pytest.mark.parametrize(
    "address", ["", "javascript:alert(1)", "file:///etc/passwd", "490 U.S. 386", "https://x/" + "y" * LONGEST]
)
def test_what_is_no_address_of_the_web_makes_none(address):
    assert qr_code(address) == ""
