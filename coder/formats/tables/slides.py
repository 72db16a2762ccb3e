"""Printed tables as a PowerPoint presentation: a slide for each table, and if wanted one for its chart.

A table that is too long or too broad for a slide goes on with the next, heads and labels again. A slide says
what a reader must know (the study's note, the base, warnings, shorthand, source); all notes of its table are
its speaker notes.
"""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from coder.formats.shared.escaping.plain_text import plain
from coder.formats.shared.stable_archives import stable_archive
from coder.formats.tables.cells import (
    STRONG,
    all_notes,
    description,
    has_groups,
    heading_groups,
    of_columns,
    row_texts,
    shorthand,
    tied_base,
)
from coder.formats.tables.charted import WHISKERS, compared_series, has_chart, has_whiskers
from coder.formats.tables.file_properties import say_what_it_is
from coder.formats.tables.grid_heads import grid_heads, head_rows
from coder.formats.tables.page_plans import Paper, page_plan
from coder.formats.tables.slide_charts import add_charts
from coder.formats.tables.slide_texts import INK, LINE, lines_of, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pptx.presentation import Presentation
    from pptx.slide import Slide
    from pptx.table import Table, _Cell

    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.formats.tables.page_plans import TablePiece

_WIDTH, _HEIGHT, _EDGE = 960.0, 540.0, 40.0
"""Points of a slide (13.3 by 7.5 inches), and of its margins."""
_TITLE_TOP, _TITLE_HEIGHT, _TITLE_POINTS = 20.0, 56.0, 20.0
_TOP = _TITLE_TOP + _TITLE_HEIGHT + 6
"""Where the table begins."""
_FOOT_POINTS, _HIGHEST_FOOT = 9.0, 180.0
_FURTHER = "Further notes are the speaker notes of this slide."
"""Where not all of the notes have room that should stand on a slide."""
_RULE = "8A8A8A"
"""The colour of the line below a row."""
_SIZES = (14.0, 12.0, 10.5)
_CELL_SIDE, _CELL_TOP, _INDENT_POINTS = 5.0, 2.5, 14.0
_TITLE_ONLY = 5
"""Its number among the layouts that python-pptx has."""
_ALWAYS = ("Base: ", "Warning", "Percentages are weighted", "Not weighted", "95% from", "Letters", "Test")
"""How notes begin that stand on the slide, besides the first: whom its numbers are of, and what they mean."""
_PAPER = Paper(_WIDTH - 2 * _EDGE, _WIDTH - 2 * _EDGE, _SIZES, 2 * _CELL_SIDE + 2, _INDENT_POINTS)


_STEPS = 20
"""Tries at having slides as full as one another."""

_SlideRow = tuple["PrintedRow", list[str], float]
"""A row with its texts and its height in points."""


class _Part(NamedTuple):
    """What one slide has of a table."""

    piece: TablePiece
    table: PrintedTable
    """With the piece's columns alone."""
    rows: tuple[_SlideRow, ...]


def printed_pptx(tables: Sequence[PrintedTable]) -> bytes:
    """Return tables as a presentation; the same tables always give the same bytes."""
    return _presentation(tables, charts=False)


def charted_pptx(tables: Sequence[PrintedTable]) -> bytes:
    """Return the same presentation with a slide for each table's chart, which is PowerPoint's own."""
    return _presentation(tables, charts=True)


def _presentation(tables: Sequence[PrintedTable], *, charts: bool) -> bytes:
    import pptx
    from pptx.util import Pt

    presentation = pptx.Presentation()
    presentation.slide_width, presentation.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
    provenance = tables[0].provenance if tables else None
    say_what_it_is(presentation, provenance.study if provenance else "Tables", provenance)
    # python-pptx's own template names its maker.
    presentation.core_properties.last_modified_by = provenance.program if provenance else ""
    for table in tables:
        size, parts = _divided(table)
        for number, part in enumerate(parts, start=1):
            of_all = f" ({number} of {len(parts)})" if len(parts) > 1 else ""
            slide = _slide(presentation, table, _foot(table), of_all)
            _add_table(slide, part, size)
        if charts and has_chart(table):
            foot = _foot(table, is_chart=True)
            add_charts(table, partial(_slide, presentation, table, foot), _area(foot))
    file = io.BytesIO()
    presentation.save(file)
    return stable_archive(file.getvalue())


def _divided(table: PrintedTable) -> tuple[float, list[_Part]]:
    """Return the largest size of type of those by which a table needs the fewest slides; and its parts."""
    divided = []
    for size in _SIZES:
        plan = page_plan(table, _PAPER._replace(sizes=(size,)))
        divided.append((size, list(_parts(table, plan.pieces, size))))
    return min(divided, key=lambda pair: (len(pair[1]), -pair[0]))


def _parts(table: PrintedTable, pieces: Sequence[TablePiece], size: float) -> Iterator[_Part]:
    """Yield what each slide has: columns that fit beside one another, rows that fit below one another."""
    room = _area(_foot(table))[3]
    for piece in pieces:
        columns = of_columns(table, piece.columns)
        rows = [
            (row, texts, _row_height(row, piece, size))
            for row, texts in zip(columns.rows, row_texts(columns), strict=True)
        ]
        for portion in _portions(rows, room - _head_height(columns, piece, size)):
            yield _Part(piece, columns, portion)


def _portions(rows: Sequence[_SlideRow], room: float) -> list[tuple[_SlideRow, ...]]:
    """Return the rows of each slide: as few slides as there can be, and those as full as one another."""
    fewest = _filled(rows, room)
    even = sum(height for _, _, height in rows) / len(fewest)
    limits = (even + step * (room - even) / _STEPS for step in range(_STEPS))
    tries = (_filled(rows, limit) for limit in limits)
    return next((portions for portions in tries if len(portions) == len(fewest)), fewest)


def _filled(rows: Sequence[_SlideRow], room: float) -> list[tuple[_SlideRow, ...]]:
    """Return the rows of each slide, one filled after the other; a row that is too high has one to itself."""
    portions: list[list[_SlideRow]] = [[]]
    used = 0.0
    for row in rows:
        if portions[-1] and used + row[2] > room:
            portions.append([])
            used = 0.0
        portions[-1].append(row)
        used += row[2]
    return [tuple(portion) for portion in portions]


def _row_height(row: PrintedRow, piece: TablePiece, size: float) -> float:
    width = piece.label_width - 2 * _CELL_SIDE - _INDENT_POINTS * row.level
    return lines_of(row.label, width, size, bold=row.kind in STRONG) * size * LINE + 2 * _CELL_TOP


def _head_height(table: PrintedTable, piece: TablePiece, size: float) -> float:
    groups = heading_groups(table)
    heads = [head for group in groups for head in group.columns]
    lines = [
        lines_of(tied_base(head), width - 2 * _CELL_SIDE, size, bold=True)
        for head, width in zip(heads, piece.widths, strict=True)
    ]
    lines.append(lines_of(table.stub, piece.label_width - 2 * _CELL_SIDE, size, bold=True))
    above = 0
    start = 0
    for group in groups if has_groups(groups) else ():
        width = sum(piece.widths[start : start + len(group.columns)]) - 2 * _CELL_SIDE
        above = max(above, lines_of(tied_base(group.heading), width, size, bold=True))
        start += len(group.columns)
    return (max(lines) + above) * size * LINE + (2 + 2 * bool(above)) * _CELL_TOP


def _foot(table: PrintedTable, *, is_chart: bool = False) -> str:
    """Return what stands on every slide of a table, or of its chart."""
    notes = [note for number, note in enumerate(table.notes) if number == 0 or note.startswith(_ALWAYS)]
    lines = [WHISKERS] if is_chart and has_whiskers(compared_series(table)) else []
    closing = [*filter(None, (*lines, shorthand(table))), str(table.provenance)]
    foot = "\n".join((*notes, *closing))
    while notes and _foot_height(foot) > _HIGHEST_FOOT:
        notes.pop()
        foot = "\n".join((*notes, _FURTHER, *closing))
    return foot


def _foot_height(foot: str) -> float:
    width = _WIDTH - 2 * _EDGE
    return sum(lines_of(line, width, _FOOT_POINTS) for line in foot.split("\n")) * _FOOT_POINTS * LINE


def _area(foot: str) -> tuple[float, float, float, float]:
    """Return what a slide has between title and foot: left, top, width and height in points."""
    return _EDGE, _TOP, _WIDTH - 2 * _EDGE, _HEIGHT - _TOP - _foot_height(foot) - 24


def _slide(presentation: Presentation, table: PrintedTable, foot: str, of_all: str) -> Slide:
    """Add a slide with the table's heading as its title, its foot, and all notes for the speaker."""
    from pptx.util import Pt

    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = map(
        Pt, (_EDGE, _TITLE_TOP, _WIDTH - 2 * _EDGE, _TITLE_HEIGHT)
    )
    size = _title_size(f"{table.heading}{of_all}")
    write(title.text_frame, f"{table.heading}{of_all}", size, bold=True)
    height = _foot_height(foot)
    box = slide.shapes.add_textbox(
        Pt(_EDGE), Pt(_HEIGHT - height - 14), Pt(_WIDTH - 2 * _EDGE), Pt(height + 4)
    )
    write(box.text_frame, foot, _FOOT_POINTS)
    slide.notes_slide.notes_text_frame.text = plain("\n".join(all_notes(table)))
    return slide


def _title_size(heading: str) -> float:
    """Return the size of type in which a heading has room, down to half."""
    sizes = [_TITLE_POINTS, 16.0, 13.0, 10.0]
    width = _WIDTH - 2 * _EDGE
    return next(
        (size for size in sizes if lines_of(heading, width, size, bold=True) * size * LINE <= _TITLE_HEIGHT),
        sizes[-1],
    )


def _add_table(slide: Slide, part: _Part, size: float) -> None:
    from pptx.util import Pt

    table, piece = part.table, part.piece
    heads = head_rows(table)
    rows, columns = heads + len(part.rows), 1 + len(table.columns)
    area = _area(_foot(table))
    frame = slide.shapes.add_table(rows, columns, *map(Pt, (*area[:3], 10.0)))
    frame.name = "Table"
    about = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001  # python-pptx has no alternative texts
    about.set("descr", plain(description(table)))
    grid = frame.table
    for column, width in zip(grid.columns, (piece.label_width, *piece.widths), strict=True):
        column.width = Pt(width)
    _write_heads(grid, table, size)
    head_height = _head_height(table, piece, size) / heads
    for number in range(heads):
        grid.rows[number].height = Pt(head_height)
    for number, (row, texts, height) in enumerate(part.rows, start=heads):
        grid.rows[number].height = Pt(height)
        strong = row.kind in STRONG
        _fill(grid.cell(number, 0), row.label, size, bold=strong, indent=_INDENT_POINTS * row.level)
        for place, text in enumerate(texts, start=1):
            _fill(grid.cell(number, place), text, size, bold=strong, number=True)


def _write_heads(grid: Table, table: PrintedTable, size: float) -> None:
    """Write the headings; groups stand above their columns, what has no group over both rows."""
    heads = head_rows(table)
    for row in range(heads):
        for column in range(1 + len(table.columns)):
            _fill(grid.cell(row, column), "", size, rule=row == heads - 1)
    for head in grid_heads(table):
        cell = grid.cell(head.top, head.left)
        if (head.top, head.left) != (head.bottom, head.right):
            cell.merge(grid.cell(head.bottom, head.right))
        write(cell.text_frame, head.text, size, bold=True, number=head.left > 0)


def _fill(
    cell: _Cell,
    text: str,
    size: float,
    *,
    bold: bool = False,
    number: bool = False,
    indent: float = 0,
    rule: bool = False,
) -> None:
    """Write a cell on the slide's own ground, with a thin line below it; a strong one below headings."""
    from pptx.enum.text import MSO_ANCHOR
    from pptx.util import Pt

    cell.fill.background()
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if rule else MSO_ANCHOR.TOP
    cell.margin_left = cell.margin_right = Pt(_CELL_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(_CELL_TOP)
    _underline(cell, strong=rule)
    if text:
        write(cell.text_frame, text, size, bold=bold, number=number, indent=indent)
    else:
        # An empty cell would be as high as a line of PowerPoint's own size.
        end = cell.text_frame.paragraphs[0]._p.get_or_add_endParaRPr()  # noqa: SLF001  # no such setting
        end.set("sz", f"{100 * size:.0f}")


def _underline(cell: _Cell, *, strong: bool) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Pt

    width, colour = (Pt(1.25), INK) if strong else (Pt(0.5), _RULE)
    ink = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    line = f'<a:lnB {nsdecls("a")} w="{int(width)}">{ink}</a:lnB>'
    # Lines stand before the fill.
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))  # noqa: SLF001  # python-pptx has no borders
