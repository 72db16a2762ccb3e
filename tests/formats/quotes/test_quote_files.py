"""Quotes as files, read back."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from docx import Document

from coder.domain.tables.printed import Provenance
from coder.domain.tables.quotes import Quote, QuotedAttribute, QuoteList
from coder.formats.quotes.registry import QUOTE_FORMATS
from coder.formats.quotes.terminal import quotes_text
from coder.formats.shared.file_contents import file_content

NOTE = "SYNTHETIC: nobody wrote these"
LISTS = [
    QuoteList(
        title="Q1. What is hardest?",
        question_id="Q1",
        theme_id="pay",
        label="Pay & <grades>",
        definition="Wages, and *nothing* else.",
        quotes=(
            Quote(
                "=1+1 is what\r\n- we get\n\n2) or <b>less</b>", (QuotedAttribute("region", "South | West"),)
            ),
            Quote("Зарплата [низкая](http://x)", (QuotedAttribute("region", "", kept_back=True),)),
            Quote("Bell\x07 \u2028 here", (QuotedAttribute("region", ""),)),
        ),
        answers=9,
        respondents=1,
        waiting=1,
        respondents_word="councils",
        study_note=NOTE,
        notes=("Read first.", "After each quote: region."),
        provenance=Provenance("Small", 2, 9, "2026-11-21T21:04:05Z", "coder 0.1.0"),
    ),
    QuoteList(
        title="Q1. What is hardest?",
        question_id="Q1",
        theme_id="beds",
        label="Beds",
        definition="",
        quotes=(),
        answers=0,
        respondents=0,
        waiting=0,
        respondents_word="councils",
        study_note=NOTE,
        notes=("Read first.",),
        provenance=Provenance("Small", 2, 0, "2026-11-21T21:04:05Z", "coder 0.1.0"),
    ),
]
TEXTS = [quote.text for quote in LISTS[0].quotes]
MEANINGS = "Shorthand: [c] kept back, so that nobody can be recognised; [x] not available."
SUMMARY = "3 quotes of 9 answers, by one of the councils; 1 more answer to be recoded"


class Paragraphs(HTMLParser):
    """The texts of the elements of a page, by tag."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin an element."""
        self._tags.append(tag)
        self.found.append((tag, ""))

    def handle_data(self, data: str) -> None:
        """Add to the element."""
        tag, text = self.found[-1] if self.found else ("", "")
        if self.found:
            self.found[-1] = (tag, text + data)

    def of(self, tag: str) -> list[str]:
        """Return the texts of these elements."""
        return [text.strip() for name, text in self.found if name == tag]


def text_of(kind: str, lists: list[QuoteList] = LISTS) -> str:
    """Return a file of text."""
    content = file_content(QUOTE_FORMATS, kind, lists)
    assert isinstance(content, str)
    return content


def document(lists: list[QuoteList] = LISTS) -> list[tuple[str, str]]:
    """Return the style and text of each paragraph of the Word document."""
    content = file_content(QUOTE_FORMATS, "docx", lists)
    assert isinstance(content, bytes)
    return [
        ((p.style.name or "") if p.style else "", p.text) for p in Document(io.BytesIO(content)).paragraphs
    ]


def test_csv_is_verbatim() -> None:
    """Each quote is its cell, line ends and all; attributes, then what a reader must know."""
    rows = list(csv.DictReader(io.StringIO(text_of("csv"), newline="")))
    assert list(rows[0]) == ["question", "theme", "theme_id", "quote", "region", "note"]
    assert [row["quote"] for row in rows] == TEXTS
    assert [row["region"] for row in rows] == ["South | West", "[c]", ""]
    assert {row["note"] for row in rows} == {f"{NOTE} | Read first. | After each quote: region. | {MEANINGS}"}


def test_csv_for_excel_holds_no_formula() -> None:
    """An apostrophe stands before what a spreadsheet would take for one."""
    content = file_content(QUOTE_FORMATS, "csv", LISTS, excel=True)
    assert isinstance(content, str)
    assert content.startswith("\ufeff")
    quotes = [row["quote"] for row in csv.DictReader(io.StringIO(content[1:], newline=""))]
    assert quotes == [f"'{TEXTS[0]}", *TEXTS[1:]]


def test_json_says_everything() -> None:
    """Texts, attributes, what is kept back, notes and provenance."""
    pay, beds = json.loads(text_of("json"))
    assert [quote["text"] for quote in pay["quotes"]] == TEXTS
    assert [quote["attributes"]["region"] for quote in pay["quotes"]] == ["South | West", None, None]
    assert [quote["kept_back"] for quote in pay["quotes"]] == [[], ["region"], []]
    assert (pay["note"], pay["answers"], pay["respondents"], pay["waiting"]) == (NOTE, 9, 1, 1)
    assert pay["provenance"]["codebook_version"] == 2
    assert (beds["theme_id"], beds["quotes"]) == ("beds", [])


def test_word_has_a_heading_for_each_theme_and_a_style_for_quotes() -> None:
    """Control characters, which XML cannot hold, are shown as such."""
    found = document()
    assert [text for style, text in found if style == "Heading 3"] == ["Pay & <grades>", "Beds"]
    assert [text for style, text in found if style == "Quote"] == [
        "“=1+1 is what\n- we get\n\n2) or <b>less</b>”\n— South | West",
        "“Зарплата [низкая](http://x)”\n— [c]",
        "“Bell\ufffd \u2028 here”\n— [x]",
    ]
    texts = [text for _, text in found]
    assert texts[1:5] == [NOTE, "Read first.", "After each quote: region.", MEANINGS]
    assert f"{SUMMARY}." in texts
    assert texts[-1].startswith("Source: Small; codebook version 2; 9 codings counted")


def test_markdown_shows_texts_as_they_are() -> None:
    """What Markdown would take for markup is escaped; lines stay lines of one quote."""
    text = text_of("md")
    first = text[text.index("> “=1+1") :].split("\n\n")[0]
    assert first.splitlines() == [
        "> “=1+1 is what\\",
        "> \\- we get",
        ">",
        "> 2\\) or \\<b>less\\</b>”",
        ">",
        "> — South \\| West",
    ]
    assert "Зарплата \\[низкая](http://x)" in text
    assert re.findall(r"^#+ .*$", text, re.MULTILINE) == [
        "# Small: quotes", "## Q1. What is hardest?", "### Pay \\& \\<grades>", "### Beds",
    ]  # fmt: skip
    assert text.index(NOTE) < text.index("##")


def test_html_holds_each_quote_in_a_blockquote() -> None:
    """With its attribution in a footer."""
    page = Paragraphs(text_of("html"))
    assert page.of("h3") == ["Pay & <grades>", "Beds"]
    assert [text for text in page.of("p") if text.startswith("“")] == [
        "“=1+1 is what\n- we get\n\n2) or <b>less</b>”",
        f"“{TEXTS[1]}”",
        f"“{TEXTS[2]}”".replace("\x07", "\ufffd"),
    ]
    assert page.of("footer") == ["— South | West", "— [c]", "— [x]"]
    assert page.of("li") == [NOTE, "Read first.", "After each quote: region.", MEANINGS]


def test_a_terminal_shows_quotes_within_its_width() -> None:
    """Notes first, quotes indented, the source last."""
    lines = list(quotes_text(LISTS, 50))
    assert max(map(len, lines)) <= 50
    assert lines[0] == NOTE
    assert "  “=1+1 is what" in lines
    assert "  — South | West" in lines
    assert " ".join(lines).count("Source: Small") == 1


@pytest.mark.parametrize("kind", QUOTE_FORMATS)
def test_ids_are_told_where_there_are_any(kind: str) -> None:
    """And nowhere else."""
    quote = replace(LISTS[0].quotes[0], respondent_id="C017", response_id="C017.Q1.1")
    named = [replace(LISTS[0], quotes=(quote,))]
    content = str(document(named)) if kind == "docx" else text_of(kind, named)
    without = str(document()) if kind == "docx" else text_of(kind)
    assert "C017" in content
    assert ("C017.Q1.1" in content) == (kind in {"csv", "json"})
    assert "C017" not in without
    assert "respondent_id" not in without


@pytest.mark.parametrize("kind", QUOTE_FORMATS)
def test_the_same_quotes_give_the_same_bytes(kind: str) -> None:
    """Nothing depends on when a file is written."""
    assert file_content(QUOTE_FORMATS, kind, LISTS) == file_content(QUOTE_FORMATS, kind, LISTS)


@pytest.mark.parametrize("kind", QUOTE_FORMATS)
def test_no_quotes_are_a_file_all_the_same(kind: str) -> None:
    """Of a study in which nothing is coded yet."""
    assert file_content(QUOTE_FORMATS, kind, [])
