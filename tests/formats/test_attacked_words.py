"""Quotes and sheets of disagreements whose every text is an attack: one text stays one text."""

from __future__ import annotations

import pytest
from attacks import ATTACKS
from lxml import html
from markdown_it import MarkdownIt

from coder.domain.tables.printed import Provenance
from coder.domain.tables.quotes import Quote, QuotedAttribute, QuoteList
from coder.domain.team.disagreement_sheets import ChosenTheme, DisagreementSheet, SheetRow, ThemeInDispute
from coder.formats.disagreements.registry import SHEET_FORMATS
from coder.formats.quotes.registry import QUOTE_FORMATS
from coder.formats.shared.escaping.plain_text import plain

WORDS = [text for text in ATTACKS if text.split()]


def quotes_of(text: str) -> list[QuoteList]:
    """Return a quote with a text, all that is said around it being that text too."""
    return [
        QuoteList(
            title=text,
            question_id="Q1",
            theme_id="pay",
            label=text,
            definition=text,
            quotes=(Quote(text, (QuotedAttribute("region", text),)),),
            answers=1,
            respondents=1,
            waiting=0,
            respondents_word="people",
            study_note=text,
            notes=(text, f"Note: {text}"),
            provenance=Provenance(text, 1, 1, "2026-11-22", "coder"),
        )
    ]


def sheets_of(text: str) -> list[DisagreementSheet]:
    """Return a sheet of one answer, all that is said around it being that text too."""
    choices = ((ChosenTheme(text, text, in_dispute=True),), None)
    row = SheetRow(text, text, choices, (text,), "parked", (text,), text, True, text, (text,), (text,))
    themes = (ThemeInDispute(text, 1, text, 1),)
    return [DisagreementSheet(text, text, "Q1", text, (text, "bob"), (row,), themes, "today")]


def elements(page: str) -> list[str]:
    """Return the elements of a page, in their order; lines of a quote may be paragraphs of it."""
    tags = [element.tag for element in html.fromstring(f"<div>{page}</div>").iter()]
    return [tag for tag in tags if tag not in {"br", "style"}]


def rendered(content: str | bytes) -> str:
    """Return a page from Markdown."""
    return str(MarkdownIt("commonmark").enable("table").render(str(content)))


@pytest.mark.parametrize("text", WORDS)
def test_quotes_have_no_element_too_many(text: str) -> None:
    """As many as of a harmless text, on the page and in Markdown, and the quote is read as it is."""
    lines = len(plain(text).split("\n"))
    harmless = "\n".join(["Pay"] * lines)
    for page, expected in (
        (rendered(QUOTE_FORMATS["md"](quotes_of(text))), rendered(QUOTE_FORMATS["md"](quotes_of(harmless)))),
        (str(QUOTE_FORMATS["html"](quotes_of(text))), str(QUOTE_FORMATS["html"](quotes_of(harmless)))),
    ):
        assert elements(page) == elements(expected)
        (quote, *_) = html.fromstring(f"<div>{page}</div>").iter("blockquote")
        assert "".join(f"“{plain(text)}”".split()) in "".join(str(quote.text_content()).split())


@pytest.mark.parametrize("text", WORDS)
def test_sheets_have_no_element_too_many(text: str) -> None:
    """An answer that begins like a list, a heading or a quotation is a paragraph in its quotation."""
    lines = len(plain(text).split("\n"))
    page = rendered(SHEET_FORMATS["md"](sheets_of(text)))
    assert elements(page) == elements(rendered(SHEET_FORMATS["md"](sheets_of("\n".join(["Pay"] * lines)))))
    (quote,) = html.fromstring(f"<div>{page}</div>").iter("blockquote")
    assert "".join(str(quote.text_content()).split()) == "".join(plain(text).split())
