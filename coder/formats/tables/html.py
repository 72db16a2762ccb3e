"""Printed tables as a page that browsers and screen readers read alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.shared.escaping.html import in_html
from coder.formats.tables.cells import all_notes, has_groups, heading_groups, row_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedTable
    from coder.formats.tables.cells import Group

STYLE = """\
body { font-family: Arial, Helvetica, sans-serif; line-height: 1.5; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; color: #111; background: #fff; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin-top: 2rem; }
caption { font-weight: bold; text-align: left; padding: .5rem 0; }
th, td { padding: .25rem .6rem; vertical-align: top; border-bottom: 1px solid #bbb; }
thead th { border-bottom: 2px solid #111; vertical-align: bottom; }
th { text-align: left; font-weight: normal; }
thead th, tr.net th, tr.total th, tr.base th { font-weight: bold; }
td, thead th.number { text-align: right; font-variant-numeric: tabular-nums; }
.notes { font-size: .9rem; padding-left: 1.2rem; }
"""


def printed_html(tables: Sequence[PrintedTable]) -> str:
    """Return tables as one page that needs nothing else."""
    title = tables[0].provenance.study if tables else "Tables"
    body = "\n".join(table_html(table, f"table-{number}") for number, table in enumerate(tables, start=1))
    return html_page(title, body)


def html_page(title: str, body: str, *, style: str = "", top: str = "") -> str:
    """Return a whole page.

    Args:
        title: Plain text.
        body: HTML, its texts escaped.
        style: Further CSS.
        top: HTML that stands above the title.
    """
    name = in_html(title)
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>
{STYLE}{style}</style>
</head>
<body>
<main>
{top}<h1>{name}</h1>
{body}
</main>
</body>
</html>
"""


def table_html(table: PrintedTable, name: str) -> str:
    """Return one table with its notes, to stand in a page.

    Args:
        table: The table.
        name: Its id in the page; its notes are `name-notes`.
    """
    notes = "\n".join(f"<li>{in_html(note)}</li>" for note in all_notes(table))
    return f"""\
<div class="wide" role="region" aria-labelledby="{name}-caption" tabindex="0">
<table id="{name}" aria-describedby="{name}-notes">
<caption id="{name}-caption">{in_html(table.heading)}</caption>
<thead>
{_head(table)}
</thead>
<tbody>
{_lines(_rows(table))}
</tbody>
</table>
</div>
<ul class="notes" id="{name}-notes">
{notes}
</ul>"""


def _head(table: PrintedTable) -> str:
    groups = heading_groups(table)
    names = _cells(column for group in groups for column in group.columns)
    if not has_groups(groups):
        return f'<tr><th scope="col">{in_html(table.stub)}</th>{names}</tr>'
    # A column that belongs to no group reaches through both rows.
    lower = _cells(column for group in groups if group.heading for column in group.columns)
    upper = "".join(map(_group_cells, groups))
    return f'<tr><th scope="col" rowspan="2">{in_html(table.stub)}</th>{upper}</tr>\n<tr>{lower}</tr>'


def _group_cells(group: Group) -> str:
    if not group.heading:
        return _cells(group.columns, ' rowspan="2"')
    span = len(group.columns)
    return f'<th class="number" scope="colgroup" colspan="{span}">{in_html(group.heading)}</th>'


def _cells(names: Iterator[str] | Sequence[str], more: str = "") -> str:
    return "".join(f'<th class="number" scope="col"{more}>{in_html(name)}</th>' for name in names)


def _rows(table: PrintedTable) -> Iterator[str]:
    for row, texts in zip(table.rows, row_texts(table), strict=True):
        indent = f' style="padding-left: {0.6 + 1.5 * row.level:.1f}rem"' if row.level else ""
        numbers = "".join(f"<td>{in_html(text)}</td>" for text in texts)
        yield f'<tr class="{row.kind}"><th scope="row"{indent}>{in_html(row.label)}</th>{numbers}</tr>'


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(lines)
