"""A document as DOCX, by python-docx: real headings, lists and tables, which Word and screen readers know as such."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

from .model import Blanks, Break, Bullets, Document, Heading, Note, Table

FONT = "Calibri"
DARK, WHITE = "0F1832", "FFFFFF"


class WordUnavailableError(Exception):
    """python-docx is not installed."""


def as_docx(document: Document) -> bytes:
    """The file. The same document gives the same bytes. Raises `WordUnavailableError`."""
    try:
        import docx
    except ImportError as error:
        raise WordUnavailableError("DOCX files need python-docx. Install dti-xblocks[papers].") from error
    return _Writer(docx).written(document)


class _Writer:
    def __init__(self, docx: Any):
        self._docx = docx
        self._file = docx.Document()

    def written(self, document: Document) -> bytes:
        self._set_up(document)
        self._file.add_paragraph(document.title, style="Title")
        for part in document.parts:
            match part:
                case Heading(text, level):
                    self._file.add_heading(text, level=level)
                case Bullets(items, numbered):
                    self._bullets(items, numbered)
                case Table():
                    self._table(part)
                case Blanks(caption, lines):
                    self._blanks(caption, lines)
                case Break():
                    self._file.add_page_break()
                case Note(text):
                    run = self._file.add_paragraph().add_run(text)
                    run.font.size = self._docx.shared.Pt(9)
                case _:
                    self._file.add_paragraph(part.text)
        made = io.BytesIO()
        self._file.save(made)
        return packed(made.getvalue(), document.on)

    def _set_up(self, document: Document) -> None:
        said, moment = self._file.core_properties, datetime(document.on.year, document.on.month, document.on.day)  # noqa: DTZ001 - UTC, as the format has it
        said.title, said.language, said.author, said.last_modified_by = document.title, document.language, "", ""
        said.comments, said.created, said.modified, said.revision = "", moment, moment, 1
        shared, oxml, ns = self._docx.shared, self._docx.oxml, self._docx.oxml.ns
        normal = self._file.styles["Normal"]
        normal.font.name, normal.font.size = FONT, shared.Pt(10.5)
        spoken = oxml.OxmlElement("w:lang")
        spoken.set(ns.qn("w:val"), document.language)
        normal.element.get_or_add_rPr().append(spoken)
        page = self._file.sections[0]
        page.page_width, page.page_height = shared.Inches(8.5), shared.Inches(11)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = shared.Inches(0.8)
        page.header.paragraphs[0].text = document.running
        foot = page.footer.paragraphs[0]
        for word, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            foot.add_run(word)
            self._field(foot, field)

    def _field(self, paragraph: Any, name: str) -> None:
        oxml, ns = self._docx.oxml, self._docx.oxml.ns
        for kind, text in (("begin", ""), ("", name), ("end", "")):
            run = paragraph.add_run()
            node = oxml.OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                node.set(ns.qn("w:fldCharType"), kind)
            else:
                node.text = text
            run._r.append(node)  # noqa: SLF001 - python-docx has no word for fields

    def _bullets(self, items: tuple[str, ...], numbered: bool) -> None:
        # Word would go on counting from the last numbered list: the number is written instead.
        for place, item in enumerate(items, start=1):
            self._file.add_paragraph(
                f"{place}. {item}" if numbered else item, style="List Paragraph" if numbered else "List Bullet"
            )

    def _table(self, table: Table) -> None:
        self._caption(table.caption)
        made = self._file.add_table(rows=0, cols=len(table.head), style="Table Grid")
        for number, cells in enumerate((table.head, *table.rows)):
            row = made.add_row()
            self._marked(row, "w:cantSplit")
            if number == 0:
                self._marked(row, "w:tblHeader")
            for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                self._cell(cell, text, bold=number == 0 or place == 0, dark=number == 0, right=place in table.numbers)
        self._widths(made, table.widths or tuple(100 // len(table.head) for _ in table.head))

    def _blanks(self, caption: str, lines: tuple[tuple[str, str], ...]) -> None:
        self._caption(caption)
        made = self._file.add_table(rows=0, cols=2, style="Table Grid")
        for label, said in lines:
            row = made.add_row()
            self._cell(row.cells[0], label, bold=True)
            self._cell(row.cells[1], said)
        self._widths(made, (38, 62))

    def _caption(self, text: str) -> None:
        paragraph = self._file.add_paragraph(style="Caption")
        paragraph.add_run(text)
        paragraph.paragraph_format.keep_with_next = True

    def _cell(self, cell: Any, text: str, *, bold: bool = False, dark: bool = False, right: bool = False) -> None:
        shared, oxml, ns = self._docx.shared, self._docx.oxml, self._docx.oxml.ns
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, shared.Pt(9)
        if right:
            paragraph.alignment = self._docx.enum.text.WD_ALIGN_PARAGRAPH.RIGHT
        if dark:
            run.font.color.rgb = shared.RGBColor.from_string(WHITE)
            shade = oxml.OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", DARK)):
                shade.set(ns.qn(f"w:{name}"), value)
            cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - nor for the ground of a cell

    def _marked(self, row: Any, tag: str) -> None:
        row._tr.get_or_add_trPr().append(self._docx.oxml.OxmlElement(tag))  # noqa: SLF001 - nor for rows that repeat

    def _widths(self, table: Any, shares: tuple[int, ...]) -> None:
        table.autofit = False
        whole = self._docx.shared.Inches(6.9)
        for place, share in enumerate(shares):
            width = int(whole * share / sum(shares))
            table.columns[place].width = width
            for row in table.rows:
                row.cells[place].width = width


def packed(body: bytes, on: date) -> bytes:
    """The same archive with `on` as the date of every file in it: python-docx writes the time of the clock."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (max(on.year, 1980), on.month, on.day, 0, 0, 0))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return made.getvalue()
