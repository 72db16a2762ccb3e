"""Quotes as CSV, JSON, Markdown and HTML."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from coder.formats.quotes.parts import (
    attribute_text,
    attribution,
    by_question,
    file_title,
    shared_notes,
    source,
    text_lines,
)
from coder.formats.shared.escaping.html import in_html
from coder.formats.shared.escaping.markdown import in_markdown, markdown_line
from coder.formats.shared.file_contents import csv_text
from coder.formats.tables.html import html_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.quotes import Quote, QuoteList


def quotes_csv(lists: Sequence[QuoteList]) -> str:
    """Return quotes as CSV, a row each, verbatim; the last column says what a reader must know."""
    pairs = [(quotes, quote) for quotes in lists for quote in quotes.quotes]
    names = list(dict.fromkeys(attribute.name for _, quote in pairs for attribute in quote.attributes))
    ids = ["respondent_id", "response_id"] if any(quote.respondent_id for _, quote in pairs) else []
    note = " | ".join(shared_notes(lists))
    rows = (
        (quotes.question_id, quotes.label, quotes.theme_id, quote.text, *_cells(quote, ids=bool(ids)), note)
        for quotes, quote in pairs
    )
    return csv_text(("question", "theme", "theme_id", "quote", *ids, *names, "note"), rows)


def _cells(quote: Quote, *, ids: bool) -> list[str]:
    cells = [quote.respondent_id, quote.response_id] if ids else []
    return cells + [
        attribute_text(attribute) if attribute.kept_back else attribute.value
        for attribute in quote.attributes
    ]


def quotes_json(lists: Sequence[QuoteList]) -> str:
    """Return quotes as a JSON list, one object a theme, notes and provenance included."""
    return json.dumps([_json_list(quotes) for quotes in lists], ensure_ascii=False, indent=1) + "\n"


def _json_list(quotes: QuoteList) -> dict[str, object]:
    return {
        "note": quotes.study_note,
        "question": quotes.question_id,
        "title": quotes.title,
        "theme_id": quotes.theme_id,
        "theme": quotes.label,
        "definition": quotes.definition,
        "answers": None if quotes.counts_kept_back else quotes.answers,
        "respondents": None if quotes.counts_kept_back else quotes.respondents,
        "waiting": None if quotes.counts_kept_back else quotes.waiting,
        "quotes": [_json_quote(quote) for quote in quotes.quotes],
        "notes": list(quotes.notes),
        "provenance": asdict(quotes.provenance),
    }


def _json_quote(quote: Quote) -> dict[str, object]:
    ids = {"respondent_id": quote.respondent_id, "response_id": quote.response_id}
    return {
        "text": quote.text,
        **(ids if quote.respondent_id else {}),
        "attributes": {attribute.name: attribute.value or None for attribute in quote.attributes},
        "kept_back": [attribute.name for attribute in quote.attributes if attribute.kept_back],
    }


def quotes_markdown(lists: Sequence[QuoteList]) -> str:
    """Return quotes as Markdown: what a reader must know, then a heading and the quotes of each theme."""
    lines = [
        f"# {in_markdown(file_title(lists))}",
        "",
        *(f"- {markdown_line(note)}" for note in shared_notes(lists)),
    ]
    for title, themes in by_question(lists):
        lines += ["", f"## {in_markdown(title)}"]
        for quotes in themes:
            lines += ["", *_markdown_theme(quotes)]
    return "\n".join([*lines, "", markdown_line(source(lists)), ""])


def _markdown_theme(quotes: QuoteList) -> Iterator[str]:
    yield f"### {in_markdown(quotes.label)}"
    for text in filter(None, (quotes.definition, f"{quotes.summary}.")):
        yield from ("", markdown_line(text))
    for quote in quotes.quotes:
        lines = [markdown_line(line) for line in text_lines(quote)]
        yield ""
        # A backslash keeps the break between two lines of one paragraph.
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            yield f"> {line}{chr(92) if line and following else ''}".rstrip()
        if described := attribution(quote):
            yield from (">", f"> — {in_markdown(described)}")


def quotes_html(lists: Sequence[QuoteList]) -> str:
    """Return quotes as one page that needs nothing else."""
    pieces = [_html_notes(shared_notes(lists))]
    for title, themes in by_question(lists):
        pieces.append(f"<h2>{in_html(title)}</h2>")
        pieces += (theme_quotes_html(quotes, 3) for quotes in themes)
    return html_page(file_title(lists), "\n".join([*pieces, f"<p>{in_html(source(lists))}</p>"]))


def theme_quotes_html(quotes: QuoteList, level: int) -> str:
    """Return the quotes of one theme, to stand in a page; its notes and source are left to the page.

    Args:
        quotes: The quotes.
        level: Of the heading, from 1.
    """
    texts = filter(None, (quotes.definition, f"{quotes.summary}."))
    return "\n".join([
        f"<h{level}>{in_html(quotes.label)}</h{level}>",
        *(f"<p>{in_html(text)}</p>" for text in texts),
        *map(_html_quote, quotes.quotes),
    ])  # fmt: skip


def _html_quote(quote: Quote) -> str:
    described, text = attribution(quote), "\n".join(text_lines(quote))
    footer = f"\n<footer>— {in_html(described)}</footer>" if described else ""
    return f'<blockquote>\n<p style="white-space: pre-line">{in_html(text)}</p>{footer}\n</blockquote>'


def _html_notes(notes: Sequence[str]) -> str:
    lines = "\n".join(f"<li>{in_html(note)}</li>" for note in notes)
    return f'<ul class="notes">\n{lines}\n</ul>'
