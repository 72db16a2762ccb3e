"""Reports as files: read back, they hold the same numbers and texts, and need nothing else."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from printed_tables import any_table, region_table, theme_table
from report_study import DAY

from coder.domain.codebook import Theme
from coder.domain.tables.printed import Provenance
from coder.domain.tables.quotes import Quote, QuotedAttribute, QuoteList
from coder.domain.tables.reports import (
    Annex,
    Chapter,
    KeyFindings,
    MethodsPart,
    PrintedNote,
    Report,
    ReportTable,
    ThemeGroup,
)
from coder.formats.charts.drawing import picture
from coder.formats.report.docx import report_docx
from coder.formats.report.registry import REPORT_FORMATS
from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.file_contents import file_content
from coder.formats.tables.cells import all_notes, row_texts

if TYPE_CHECKING:
    from docx.document import Document

    from coder.domain.tables.printed import PrintedTable

NOTE = 'SYNTHETIC: "nobody" wrote </style> these \\ answers & more'
QUOTE = 'We lost <four> nurses\n"last" winter'
VOID = {"meta", "link", "br", "img", "path", "use"}


def quotes() -> QuoteList:
    """Return one quote."""
    return QuoteList(
        title="Q16. Challenges",
        question_id="Q16",
        theme_id="t0",
        label="Pay & terms",
        definition="Whatever is <paid>",
        quotes=(
            Quote(
                QUOTE, (QuotedAttribute("region", "South West"), QuotedAttribute("type", "", kept_back=True))
            ),
        ),
        answers=3,
        respondents=2,
        waiting=0,
        respondents_word="councils",
        study_note=NOTE,
        notes=("After each quote: region, type.",),
        provenance=Provenance("Small", 1, 3, "2026-11-22T10:00:00Z", "coder 0.1.0"),
    )


THEMES = (
    (Theme("people", "People", "All <who> work", codable=False), 0),
    (
        Theme(
            "pay", "Pay", "First.\n\nSecond.", include="Wages", exclude="Budgets",
            examples=("=1+1 & more",), questions=("Q1",), status="retired",
        ),
        1,
    ),
)  # fmt: skip


def report_of(*tables: PrintedTable, charts: bool = True) -> Report:
    """Return a report of these tables; the first has a quote."""
    first, *others = tables
    methods = MethodsPart("Who <answered>", ("Five & six councils.",), (theme_table(("One", "Two")),))
    shown = (ReportTable(first, (quotes(),)), *map(ReportTable, others))
    annex = Annex(("Version 3 of the codebook.",), (ThemeGroup("Themes for Q1", THEMES),))
    chapter = Chapter("Q16. What <is> hardest?", shown)
    return Report("Small & <odd>", NOTE, DAY, "coder 0.1.0", (methods,), (chapter,), annex, charts)


REPORT = report_of(theme_table(), region_table())
ALL_TABLES = [
    *(table for part in REPORT.methods for table in part.tables),
    *(shown.table for chapter in REPORT.chapters for shown in chapter.tables),
]


@dataclass
class Page(HTMLParser):
    """A page as it was read: its tags, texts and tables."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Page:
        """Read a page; every element must be closed in its order."""
        page = cls()
        HTMLParser.__init__(page)
        page.feed(text)
        page.close()
        assert page.open == []
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and where a table, row or cell begins."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"th", "td"}:
            self.tables[-1][-1].append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text, in its cell if it stands in one."""
        if self.open and self.open[-1] not in {"style", "title"}:
            self.texts.append(data)
        if {"th", "td"} & set(self.open):
            self.tables[-1][-1][-1] += data

    @property
    def text(self) -> str:
        """All that can be read."""
        return "".join(self.texts)

    def all(self, *names: str) -> list[dict[str, str | None]]:
        """Return the attributes of all tags of these names."""
        return [attributes for tag, attributes in self.tags if tag in names]


HTML = str(file_content(REPORT_FORMATS, "html", REPORT))


@pytest.fixture(scope="module")
def page() -> Page:
    """Read the report as a page."""
    return Page.of(HTML)


@pytest.fixture(scope="module")
def document() -> Document:
    """Read the report as a Word document."""
    return read(REPORT)


def read(report: Report) -> Document:
    """Write a report as a Word document and read that."""
    content = file_content(REPORT_FORMATS, "docx", report)
    assert isinstance(content, bytes)
    return docx.Document(io.BytesIO(content))


def expected(table: PrintedTable) -> list[list[str]]:
    """Return what the rows of a table show."""
    return [[row.label, *texts] for row, texts in zip(table.rows, row_texts(table), strict=True)]


def test_html_has_the_numbers_of_the_tables(page: Page) -> None:
    """Every row of every table stands in the page as it is printed elsewhere."""
    found = [rows[-len(table.rows) :] for rows, table in zip(page.tables, ALL_TABLES, strict=True)]
    assert found == [expected(table) for table in ALL_TABLES]


def test_docx_has_the_numbers_of_the_tables(document: Document) -> None:
    """Every row of every table stands in the document as it is printed elsewhere."""
    for found, table in zip(document.tables, ALL_TABLES, strict=True):
        rows = [[cell.text for cell in row.cells] for row in found.rows][-len(table.rows) :]
        assert rows == expected(table)


def test_every_text_is_in_both(page: Page, document: Document) -> None:
    """Notes, methods, quotes and the annex can be read in either file."""
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    texts = [
        REPORT.title, NOTE, REPORT.made, "Who <answered>", "Five & six councils.", "Q16. What <is> hardest?",
        "After each quote: region, type.", "Pay & terms", "Whatever is <paid>", f"“{QUOTE}”",
        "South West, [c]", "Themes for Q1", "All <who> work", "Pay (retired)", "Second.", "Wages", "Budgets",
        "=1+1 & more", *(note for table in ALL_TABLES for note in all_notes(table)),
    ]  # fmt: skip
    assert [text for text in texts if text not in page.text] == []
    assert [text for text in texts if text not in words] == []


def test_the_note_stands_first_and_on_every_page(page: Page, document: Document) -> None:
    """What readers should know first is above the title, in the page's edges and in the document's header."""
    assert page.text.strip().startswith(NOTE)
    edge = re.search(r'@top-center \{ content: "((?:[^"\\]|\\[0-9a-f]+ )*)"', HTML)
    assert edge
    assert re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), edge[1]) == NOTE
    assert document.paragraphs[0].text == NOTE
    assert [section.header.paragraphs[0].text for section in document.sections] == [NOTE]
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml


def test_html_is_accessible(page: Page) -> None:
    """Language, one title, headings that skip no level, headers with scope, pictures with a description."""
    assert page.all("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {attributes.get("scope") for attributes in page.all("th")} == {"col", "colgroup", "row"}
    pictures = page.all("svg")
    assert len(pictures) == 2
    assert all(each["role"] == "img" for each in pictures)
    assert [str(each["aria-label"]).partition(":")[0] for each in pictures] == ["Bar chart", "Heat map"]


def test_html_is_one_file_with_ids_of_their_own(page: Page) -> None:
    """No two elements share an id, every link within leads somewhere, and nothing is fetched."""
    ids = [str(attributes["id"]) for _, attributes in page.tags if "id" in attributes]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    links = [str(attributes["href"]) for attributes in page.all("a")]
    links += re.findall(r"url\((#[^)]*)\)", HTML)
    assert links
    assert [link for link in links if link.removeprefix("#") not in ids] == []
    sources = {value for _, each in page.tags for name, value in each.items() if name in {"src", "href"}}
    assert all(str(source).startswith("#") for source in sources)
    assert page.all("script", "link", "img") == []
    assert HTML.count("<style>") == 1


def test_charts_in_the_page_keep_their_words() -> None:
    """What looks like an id in a label is left as it is, in the table and in its chart."""
    label = 'id="a" href="#b" url(#c) <style>'
    text = Page.of(str(file_content(REPORT_FORMATS, "html", report_of(theme_table((label,)))))).text
    assert text.count(label) == 2


def test_a_chart_in_the_page_says_of_whom_its_percentages_are() -> None:
    """A chart can be copied without its table, so it carries the base."""
    chart = HTML[HTML.index("<svg") : HTML.index("</svg>")]
    assert "Base: councils that answered Q16, n = 60." in chart


def test_docx_has_headings_and_described_pictures(document: Document) -> None:
    """The parts are real headings, in order; each chart carries a description."""
    styles = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style and (paragraph.style.name or "").startswith(("Title", "Heading"))
    ]
    assert styles == [
        ("Title", "Small & <odd>"),
        ("Heading 1", "Methods note"),
        ("Heading 2", "Who <answered>"),
        ("Heading 1", "Tables"),
        ("Heading 2", "Q16. What <is> hardest?"),
        ("Heading 3", "Pay & terms"),
        ("Heading 1", "Annex: the codebook"),
        ("Heading 2", "Themes for Q1"),
        ("Heading 3", "People"),
        ("Heading 4", "Pay (retired)"),
    ]
    about = [shape._inline.docPr.get("descr") or "" for shape in document.inline_shapes]
    assert [text.partition(":")[0] for text in about] == ["Bar chart", "Heat map"]


def test_docx_has_contents(document: Document) -> None:
    """Below the title stands a field that names the parts, begun and ended once."""
    place = [paragraph.text for paragraph in document.paragraphs].index("Methods note")
    found = document.paragraphs[place : place + 4]
    titles = ["Methods note", "Tables", "Q16. What <is> hardest?", "Annex: the codebook"]
    assert [paragraph.text for paragraph in found] == titles
    kinds = [re.findall(r'fldCharType="(\w+)"', paragraph._p.xml) for paragraph in found]
    assert kinds == [["begin", "separate"], [], [], ["end"]]
    assert 'TOC \\o "1-2"' in found[0]._p.xml


def test_docx_fits_its_pages() -> None:
    """Charts stay within the margins however long; a wide table's pages lie on their side, no others do."""
    many = theme_table(tuple(f"Theme {place}" for place in range(90)))
    wide = region_table(regions=tuple(f"Region {place}" for place in range(9)))
    document = read(report_of(many, wide, theme_table()))
    upright = document.sections[0]
    height, width = upright.page_height or 0, upright.page_width or 0
    assert [(each.page_width or 0) > (each.page_height or 0) for each in document.sections] == [
        False, True, False
    ]  # fmt: skip
    assert all(shape.height < height for shape in document.inline_shapes)
    assert document.inline_shapes[0].width < width


def test_charts_can_be_left_out() -> None:
    """Without charts there are tables alone; a table without rows has none either."""
    bare = report_of(theme_table(), charts=False)
    assert "<svg" not in str(file_content(REPORT_FORMATS, "html", bare))
    assert not read(bare).inline_shapes
    assert "<svg" not in str(file_content(REPORT_FORMATS, "html", report_of(theme_table(()))))


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_equal_reports_are_equal_files(kind: str) -> None:
    """The same report gives the same bytes."""
    assert file_content(REPORT_FORMATS, kind, REPORT) == file_content(
        REPORT_FORMATS, kind, report_of(theme_table(), region_table())
    )


@settings(max_examples=20)
@given(any_table())
def test_any_labels_come_back(table: PrintedTable) -> None:
    """Whatever labels, titles and notes hold, the page has them as text and stays whole."""
    page = Page.of(str(file_content(REPORT_FORMATS, "html", report_of(table, charts=False))))
    found = page.tables[1][len(page.tables[1]) - len(table.rows) :]
    assert [row[0] for row in found] == [row.label for row in table.rows]
    document = read(report_of(table, charts=False))
    labels = [row.cells[0].text for row in document.tables[1].rows][
        len(document.tables[1].rows) - len(table.rows) :
    ]
    assert labels == [plain(row.label) for row in table.rows]


def test_the_journal_is_an_annex() -> None:
    """Where there is one, it stands last and in the contents; else nothing of it is there."""
    note = PrintedNote("Pay & terms, jo, 22 November 2026", ("Of <agency> staff: Pay.", "Not bonuses."))
    report = replace(REPORT, journal=(note,))
    page = Page.of(str(file_content(REPORT_FORMATS, "html", report)))
    assert page.text.count("Annex: the journal") == 2
    assert page.text.rstrip().endswith("\n".join((note.heading, *note.paragraphs)))
    written = file_content(REPORT_FORMATS, "docx", report)
    assert isinstance(written, bytes)
    paragraphs = [paragraph.text for paragraph in docx.Document(io.BytesIO(written)).paragraphs]
    assert paragraphs[-4:] == ["Annex: the journal", note.heading, *note.paragraphs]
    assert "journal" not in str(file_content(REPORT_FORMATS, "html", REPORT))


def test_figures_are_numbered_and_have_captions() -> None:
    """Word counts them in fields; a page has them as `figcaption`; both say of which table they are."""
    report = report_of(theme_table(), region_table())
    html = str(file_content(REPORT_FORMATS, "html", report))
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", html)
    assert [caption[:9] for caption in captions] == ["Figure 1.", "Figure 2."]
    assert captions[0].endswith("(Table 21)")
    document = read(report)
    texts = [p.text for p in document.paragraphs if p.text.startswith("Figure ")]
    assert [text.rpartition(" (")[2] for text in texts] == ["Table 21)", "Table 21b)"]
    assert document.element.xml.count("SEQ Figure") == len(document.inline_shapes) == 2


def test_key_findings_stand_before_everything() -> None:
    """Each sentence verbatim in both files, in the contents, and nothing of it where there are none."""
    sentence = "Named most: “Pay & <terms>” (3 councils)."
    report = replace(REPORT, findings=(KeyFindings("Q16. What <is> hardest?", (sentence,)),))
    page = Page.of(str(file_content(REPORT_FORMATS, "html", report)))
    assert "".join(page.texts).count(sentence) == 1
    assert "".join(page.texts).index(sentence) < "".join(page.texts).index("Five & six councils.")
    assert ("a", {"href": "#findings"}) in page.tags
    content = file_content(REPORT_FORMATS, "docx", report)
    assert isinstance(content, bytes)
    paragraphs = docx.Document(io.BytesIO(content)).paragraphs
    texts = [paragraph.text for paragraph in paragraphs]
    assert texts.count(sentence) == 1
    assert texts.count("Key findings") == 2
    assert texts.index(sentence) < texts.index("Five & six councils.")
    assert "Key findings" not in str(file_content(REPORT_FORMATS, "html", REPORT))


def test_a_chart_does_not_repeat_its_caption() -> None:
    """The caption stands above it; the picture begins with its bars. Alone, a chart has its title."""
    table = theme_table()
    text = str(file_content(REPORT_FORMATS, "html", report_of(table)))
    drawn = text[text.index("<svg") : text.index("</svg>")]
    assert re.findall(r">([^<]*Challenges[^<]*)</text>", drawn) == []
    assert "Challenges" in picture(table, "svg").content.decode()


def test_no_heading_is_left_alone_before_a_page_on_its_side() -> None:
    """A chapter's heading and its first table are in one section of the document, which lies on its side."""
    broad = region_table(("Pay", "Beds"), tuple(f"A region with a long name {n}" for n in range(6)))
    narrow = Chapter("Narrow", (ReportTable(theme_table()),))
    chapters = (narrow, Chapter("Broad", (ReportTable(broad),) * 2), replace(narrow, title="Narrow again"))
    for order in (chapters, chapters[1:], (*chapters[:2], replace(chapters[1], title="Broad again"))):
        document = docx.Document(io.BytesIO(report_docx(replace(REPORT, chapters=order))))
        body = list(document.element.body)
        texts = ["".join(text.text or "" for text in element.iter(qn("w:t"))) for element in body]
        heading = max(place for place, text in enumerate(texts) if text.strip() == "Broad")
        caption = next(
            place for place in range(heading, len(texts)) if "Challenges by region" in texts[place]
        )
        ends = [place for place, element in enumerate(body) if list(element.iter(qn("w:sectPr")))]
        assert not [end for end in ends if heading <= end < caption]
        assert all(later > earlier + 1 for earlier, later in pairwise(ends)), "an empty page"
        (page,) = body[next(end for end in ends if end > caption)].iter(qn("w:pgSz"))
        assert page.get(qn("w:orient")) == "landscape"
