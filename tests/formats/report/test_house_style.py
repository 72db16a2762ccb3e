"""Reports by an organisation's own template and logo."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from making import small_study
from matplotlib.figure import Figure
from printed_tables import region_table, theme_table
from report_study import DAY

from coder import cli
from coder.domain.study_settings import Settings
from coder.domain.tables.reports import (
    Annex,
    Chapter,
    KeyFindings,
    MethodsPart,
    Report,
    ReportLook,
    ReportTable,
)
from coder.errors import CoderError
from coder.formats.report.docx import report_docx
from coder.formats.report.html import report_html

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

NOTE = "SYNTHETIC: nobody wrote this"


def report_by(template: bytes = b"", logo: bytes = b"") -> Report:
    """Return a report with two tables and a finding that is to look so."""
    chapter = Chapter("Q16", (ReportTable(theme_table()), ReportTable(region_table())))
    parts = (MethodsPart("Who answered", ("Some.",), (theme_table(("One",)),)),)
    found = (KeyFindings("Q16", ("Named most: “Pay”.",)),)
    report = Report("House", NOTE, DAY, "coder 0.1.0", parts, (chapter,), Annex((), ()), charts=False)
    return replace(report, findings=found, look=ReportLook(template, logo))


def bytes_of(document: Document) -> bytes:
    """Return a document as a file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def house_template(*, lacking: tuple[str, ...] = ()) -> bytes:
    """Return a template on Letter paper with purple headings, words at its edges and words on its page."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(612), Pt(792)
    section.left_margin = section.right_margin = Mm(35)
    section.header.paragraphs[0].text = "House of Numbers"
    section.footer.paragraphs[0].text = "Charity 123"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "Front"
    heading = document.styles["Heading 1"]
    heading.font.color.rgb, heading.font.name = RGBColor(0x66, 0, 0x99), "Georgia"
    for name in lacking:
        document.styles[name].delete()
    document.add_paragraph("Type your text here")
    document.add_table(2, 2)
    return bytes_of(document)


def read(report: Report) -> Document:
    """Return a report as python-docx reads it."""
    return docx.Document(io.BytesIO(report_docx(report)))


def test_styles_paper_and_edges_are_the_templates() -> None:
    """What stood on its pages is gone; at the edges its words come first, then ours, on page one too."""
    document = read(report_by(house_template()))
    section = document.sections[0]
    assert section.page_width == Pt(612)
    assert abs(int(section.left_margin or 0) - Mm(35)) < Pt(1)
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0x66, 0, 0x99)
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert [p.text for p in section.header.paragraphs] == ["House of Numbers", NOTE]
    assert [p.text for p in section.first_page_header.paragraphs] == ["Front", NOTE]
    assert section.footer.paragraphs[0].text == "Charity 123"
    assert section.footer.paragraphs[1].text.startswith("House. 22 November 2026")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Type your text here" not in texts
    assert texts[0] == NOTE
    assert "Named most: “Pay”." in texts
    assert len(document.tables) == 3


def test_tables_fit_the_templates_paper() -> None:
    """No table is wider than what its page has between the margins."""
    document = read(report_by(house_template()))
    room = {
        int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)
        for section in document.sections
    }
    for table in document.tables:
        width = sum(int(column.width or 0) for column in table.columns)
        assert any(width <= widest + Pt(1) for widest in room)


@pytest.mark.parametrize("with_lists", [True, False])
def test_a_template_that_lacks_styles_gets_plain_ones(with_lists: bool) -> None:
    """Captions, bullets and the style of tables are there, whatever the template has."""
    lacking = ("Caption", "List Bullet", "Light Shading", "Quote", "Heading 3", "Title")
    template = docx.Document(io.BytesIO(house_template(lacking=lacking)))
    if not with_lists:
        (lists_of_template,) = [
            name for name, rel in template.part.rels.items() if rel.reltype.endswith("/numbering")
        ]
        del template.part.rels[lists_of_template]
    document = read(report_by(bytes_of(template)))
    used = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Caption", "List Bullet", "Title"} <= used
    (number,) = document.styles["List Bullet"].element.iter(qn("w:numId"))
    lists = document.part.numbering_part.element
    named = number.get(qn("w:val"))
    (one_list,) = [one for one in lists.findall(qn("w:num")) if one.get(qn("w:numId")) == named]
    kind = one_list.find(qn("w:abstractNumId")).get(qn("w:val"))
    (bullets,) = [one for one in lists.findall(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == kind]
    assert bullets.find(f".//{qn('w:lvlText')}").get(qn("w:val")) == "•"
    assert {table.style.name for table in document.tables if table.style} == {"Light Shading"}


def test_only_the_first_page_is_a_first_one() -> None:
    """Where tables lie on their side, pages go on with the template's usual header."""
    wide = region_table(regions=tuple(f"A long region {n}" for n in range(9)))
    report = report_by(house_template())
    document = read(replace(report, chapters=(Chapter("Q16", (ReportTable(wide), ReportTable(wide))),)))
    assert len(document.sections) > 1
    assert [section.different_first_page_header_footer for section in document.sections] == [
        True,
        *[False] * (len(document.sections) - 1),
    ]


def test_a_dotx_is_taken_as_well() -> None:
    """It differs in its type alone."""
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(house_template())) as source, ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"document.main+xml", b"template.main+xml")
            target.writestr(name, content)
    document = read(report_by(changed.getvalue()))
    assert document.sections[0].header.paragraphs[0].text == "House of Numbers"


@pytest.mark.parametrize("template", [b"PK\x03\x04 no archive", b"words", b"\xd0\xcf\x11\xe0 an old .doc"])
def test_what_is_no_word_document_is_told(template: bytes) -> None:
    """The message says what to save it as."""
    with pytest.raises(CoderError) as error:
        report_docx(report_by(template))
    assert error.value.hint == "Save it in Word as .docx or .dotx, and name that."


def test_a_workbook_is_no_template() -> None:
    """An archive of another program is told apart."""
    changed = io.BytesIO()
    with ZipFile(changed, "w") as target:
        target.writestr("hello.txt", "no types")
    with pytest.raises(CoderError, match="no Word document"):
        report_docx(report_by(changed.getvalue()))


def logo(kind: str = "png") -> bytes:
    """Return a picture of 600 by 100 dots."""
    file = io.BytesIO()
    Figure(figsize=(6, 1), dpi=100).savefig(file, format=kind)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["png", "jpeg"])
def test_a_logo_stands_above_the_title_in_both(kind: str) -> None:
    """As it is, no larger than a letterhead's, and described; the page needs no other file."""
    report = report_by(logo=logo(kind))
    document = read(report)
    (shape,) = document.inline_shapes
    assert (shape.width <= Mm(60), shape.height <= Mm(20)) == (True, True)
    assert abs(shape.width / shape.height - 6) < 0.05
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles.index("Title") == 2
    page = report_html(report)
    assert page.count(f'<img class="logo" alt="Logo" src="data:image/{kind};base64,') == 1
    assert page.index("<img") < page.index("<h1>")
    assert report_docx(report) == report_docx(report)


@pytest.mark.parametrize("picture", [b"<svg/>", b"\x89PNG\r\n\x1a\n and no more"])
def test_a_logo_that_cannot_be_read_is_told(picture: bytes) -> None:
    """Before anything is written."""
    with pytest.raises(CoderError) as error:
        report_docx(report_by(logo=picture))
    assert "PNG" in error.value.hint


def test_the_command_and_study_toml_name_them(
    work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options come before `study.toml`; a file outside the study is for options alone."""
    settings = Settings("Small", report_template="house.docx", report_logo="logo.png")
    study = small_study(tmp_path / "study", settings=settings)
    study.close()
    folder = str(tmp_path / "study")
    assert cli.main(["report", folder, "--no-charts"]) == cli.FAILED
    assert "house.docx cannot be read" in capsys.readouterr().err
    (tmp_path / "study" / "house.docx").write_bytes(house_template())
    (tmp_path / "study" / "logo.png").write_bytes(logo())
    assert cli.main(["report", folder, "--no-charts"]) == cli.DONE
    document = docx.Document(str(work / "report.docx"))
    assert document.sections[0].header.paragraphs[0].text == "House of Numbers"
    assert len(document.inline_shapes) == 1
    (work / "other.jpg").write_bytes(logo("jpeg"))
    assert cli.main(["report", folder, "--no-charts", "--logo", "other.jpg"]) == cli.DONE
    assert "data:image/jpeg" in (work / "report.html").read_text("utf-8")
    toml = tmp_path / "study" / "study.toml"
    toml.write_text(toml.read_text("utf-8").replace('"logo.png"', '"../logo.png"'), "utf-8")
    assert cli.main(["report", folder, "--no-charts"]) == cli.FAILED
    assert "outside the study's folder" in capsys.readouterr().err
