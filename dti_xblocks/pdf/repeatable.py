"""A PDF is the same to the byte whenever it is made from the same text: names in it do not tell where something lay in memory."""

from __future__ import annotations


def name_cells(pdf) -> None:
    """Number the heads of tables in their order. WeasyPrint 66 names each by the address of a Python object, and the cells below
    refer to it by that (weasyprint/pdf/tags.py); later ones have names of their own, which stay."""
    elements = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/StructElem"]
    heads = [each["ID"] for each in elements if isinstance(getattr(each.get("ID"), "string", None), int)]
    names = {head.string: f"cell-{number}" for number, head in enumerate(heads, start=1)}
    below = [head for each in elements if isinstance(each.get("A"), dict) for head in each["A"].get("Headers", ())]
    for name in [*heads, *below]:
        name.string = names.get(name.string, name.string)
