"""A report as one page that needs nothing else, on a screen or printed."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from coder.formats.charts.drawing import picture
from coder.formats.codebooks.printed_fields import printed_fields, theme_heading
from coder.formats.quotes.files import theme_quotes_html
from coder.formats.report.house_style import picture_type
from coder.formats.report.parts import (
    ANNEX,
    FINDINGS,
    JOURNAL,
    METHODS,
    TABLES,
    chart_table,
    figure_title,
    placed_tables,
    quote_notes,
)
from coder.formats.shared.escaping.html import in_css, in_html
from coder.formats.tables.html import html_page, table_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coder.domain.codebook import Theme
    from coder.domain.tables.reports import Report
    from coder.formats.report.parts import PlacedTable

_STYLE = """\
.logo { max-width: 15rem; max-height: 5rem; display: block; }
.banner { font-weight: bold; border: 2px solid; padding: .5rem .8rem; }
thead tr:first-child th:first-child { width: 35%; }
nav ul { list-style: none; padding-left: 1.2rem; }
nav > ul { padding-left: 0; }
h2 { margin-top: 3rem; border-bottom: 1px solid; }
h3 { margin-top: 2.5rem; }
h4, h5, h6 { font-size: 1.05rem; margin-bottom: .3rem; }
figure { margin: 1.5rem 0; }
figcaption { font-weight: bold; margin-bottom: .5rem; }
figure svg { max-width: 100%; height: auto; }
blockquote { margin: .8rem 0; padding-left: 1rem; border-left: 3px solid #888; }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; }
  body { color: #eee; background: #161616; }
  th, td { border-color: #666; }
  thead th { border-color: #eee; }
  a { color: #9cf; }
}
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
  .wide { overflow: visible; break-inside: avoid; }
  h2 { break-before: page; }
  h2, h3, h4, h5, h6, caption { break-after: avoid; }
  tr, figure, blockquote { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""
_LOWEST = 6
"""The last level of headings that HTML has."""


def report_html(report: Report) -> str:
    """Return a report as a page; the same report always gives the same text."""
    top = f'<p class="banner" role="note">{in_html(report.note)}</p>\n' if report.note else ""
    if report.look.logo:
        top += _logo(report.look.logo)
    body = _lines([
        f"<p>{in_html(report.made)}</p>",
        *_contents(report),
        *_findings(report),
        *_methods(report),
        *_tables(report),
        *_annex(report),
        *_journal(report),
    ])  # fmt: skip
    return html_page(report.title, body, style=_STYLE + _page_rule(report), top=top)


def _logo(logo: bytes) -> str:
    data = base64.b64encode(logo).decode("ascii")
    return f'<img class="logo" alt="Logo" src="data:{picture_type(logo)};base64,{data}">\n'


def _page_rule(report: Report) -> str:
    """Return what stands at the edges of printed pages."""
    return f"""\
@page {{
  size: A4; margin: 2.2cm 1.8cm;
  @top-center {{ content: {in_css(report.note)}; font: bold 8pt sans-serif; }}
  @bottom-left {{ content: {in_css(f"{report.title}. {report.made}")}; font: 8pt sans-serif; }}
  @bottom-right {{ content: counter(page) " / " counter(pages); font: 8pt sans-serif; }}
}}
"""


def _contents(report: Report) -> Iterator[str]:
    yield '<nav aria-label="Contents">\n<ul>'
    if report.findings:
        yield f'<li><a href="#findings">{FINDINGS}</a></li>'
    yield f'<li><a href="#methods">{METHODS}</a></li>'
    yield f'<li><a href="#tables">{TABLES}</a>\n<ul>'
    for table in (table for _, placed in placed_tables(report) for table in placed):
        yield f'<li><a href="#{_name(table.number)}">{in_html(table.shown.table.heading)}</a></li>'
    yield f'</ul></li>\n<li><a href="#annex">{ANNEX}</a></li>'
    if report.journal:
        yield f'<li><a href="#journal">{JOURNAL}</a></li>'
    yield "</ul>\n</nav>"


def _findings(report: Report) -> Iterator[str]:
    if report.findings:
        yield f'<h2 id="findings">{FINDINGS}</h2>'
    for findings in report.findings:
        yield f"<h3>{in_html(findings.title)}</h3>"
        yield f"<ul>{''.join(f'<li>{in_html(sentence)}</li>' for sentence in findings.sentences)}</ul>"


def _methods(report: Report) -> Iterator[str]:
    yield f'<h2 id="methods">{METHODS}</h2>'
    for part in report.methods:
        yield f"<h3>{in_html(part.title)}</h3>"
        yield from map(_paragraph, part.paragraphs)
        yield from (table_html(table, f"methods-{table.key}") for table in part.tables)


def _tables(report: Report) -> Iterator[str]:
    yield f'<h2 id="tables">{TABLES}</h2>'
    yield from map(_paragraph, quote_notes(report))
    for chapter, placed in placed_tables(report):
        yield f"<h3>{in_html(chapter.title)}</h3>"
        for table in placed:
            yield table_html(table.shown.table, _name(table.number))
            if table.figure:
                yield _chart(report, table)
            yield from (theme_quotes_html(quotes, 4) for quotes in table.shown.quotes)


def _name(number: int) -> str:
    return f"table-{number}"


def _chart(report: Report, placed: PlacedTable) -> str:
    table = placed.shown.table
    drawn = picture(chart_table(report, table), "svg", titled=False)
    caption = f"<figcaption>Figure {placed.figure}. {in_html(figure_title(table))}</figcaption>"
    svg = _inline(drawn.content.decode(), f"chart-{placed.number}", drawn.alt)
    return f"<figure>\n{caption}\n{svg}\n</figure>"


def _inline(svg: str, name: str, description: str) -> str:
    """Return a picture to stand in a page: its ids made unique, without a file's head and styles."""
    _, start, svg = svg.partition("<svg")
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<title>.*?</title>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<[^>]*>", lambda tag: re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", tag[0]), svg)
    return f'{start} role="img" aria-label="{in_html(description)}"{svg.rstrip()}'


def _annex(report: Report) -> Iterator[str]:
    yield f'<h2 id="annex">{ANNEX}</h2>'
    yield from map(_paragraph, report.annex.paragraphs)
    for group in report.annex.groups:
        yield f"<h3>{in_html(group.title)}</h3>"
        for theme, depth in group.themes:
            yield from _theme(theme, min(4 + depth, _LOWEST))


def _theme(theme: Theme, level: int) -> Iterator[str]:
    yield f"<h{level}>{in_html(theme_heading(theme))}</h{level}>"
    for printed in printed_fields(theme):
        label = f"<strong>{printed.label}: </strong>" if printed.label else ""
        for text in printed.paragraphs:
            yield f"<p>{label}{in_html(text)}</p>"
            label = ""
        if printed.texts:
            yield f"<p><strong>{printed.label}:</strong></p>"
            yield f"<ul>{''.join(f'<li>{in_html(text)}</li>' for text in printed.texts)}</ul>"
    if theme.questions:
        yield f"<p><strong>Asked in:</strong> {in_html(', '.join(theme.questions))}</p>"


def _journal(report: Report) -> Iterator[str]:
    if report.journal:
        yield f'<h2 id="journal">{JOURNAL}</h2>'
    for note in report.journal:
        yield f"<h3>{in_html(note.heading)}</h3>"
        yield from map(_paragraph, note.paragraphs)


def _paragraph(text: str) -> str:
    return f"<p>{in_html(text)}</p>"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
