"""Printed tables for LaTeX, to be included in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.shared.escaping.latex import in_tex
from coder.formats.tables.cells import (
    STRONG,
    all_notes,
    has_groups,
    heading_groups,
    of_columns,
    row_texts,
    tied,
    tied_base,
)
from coder.formats.tables.page_plans import Paper, page_plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.formats.tables.cells import Group
    from coder.formats.tables.page_plans import TablePiece

_NEEDS = """\
% In the preamble: \\usepackage{array,booktabs,caption,longtable,pdflscape}, and before pdfLaTeX \
[T1]{fontenc}.
% Other scripts than Latin need XeLaTeX or LuaLaTeX, and a font that has them.
% Widths are for A4 with the margins of the class article, or wider text.
"""
_PAPER = Paper(upright=345.0, on_side=590.0, sizes=(10.0, 8.0), padding=6.0, indent=10.0)
"""The text of the class article on A4; LaTeX's indents are of one quad."""


def printed_tex(tables: Sequence[PrintedTable]) -> str:
    """Return tables as LaTeX with booktabs, each a longtable with its notes below it."""
    return _NEEDS + "\n".join(map(tex_table, tables))


def tex_table(table: PrintedTable) -> str:
    """Return one table as LaTeX."""
    plan = page_plan(table, _PAPER)
    lines = [
        # The number is the report's: LaTeX's own count would give another.
        f"\\begingroup\\renewcommand{{\\thetable}}{{{in_tex(table.number)}}}\\setlength{{\\tabcolsep}}{{3pt}}",
        *(["\\footnotesize"] if plan.size < _PAPER.sizes[0] else []),
        *(["\\begin{landscape}"] if plan.on_side else []),
    ]
    for number, piece in enumerate(plan.pieces, start=1):
        of_all = f" (part {number} of {len(plan.pieces)})" if len(plan.pieces) > 1 else ""
        lines += _piece(of_columns(table, piece.columns), piece, of_all)
    lines += (f"\\noindent{{\\footnotesize\\raggedright {in_tex(note)}\\par}}" for note in all_notes(table))
    lines += [*(["\\end{landscape}"] if plan.on_side else []), "\\endgroup", ""]
    return "\n".join(lines)


def _piece(table: PrintedTable, piece: TablePiece, of_all: str) -> Iterator[str]:
    """Yield the columns of a piece as a longtable."""
    head = [*_head(table, piece), "\\midrule"]
    label = f">{{\\raggedright\\arraybackslash}}p{{{piece.label_width - _PAPER.padding:.1f}pt}}"
    numbers = "".join(
        f">{{\\raggedleft\\arraybackslash}}p{{{width - _PAPER.padding:.1f}pt}}" for width in piece.widths
    )
    yield f"\\begin{{longtable}}{{@{{}}{label}{numbers}@{{}}}}"
    yield f"\\caption{'' if table.number else '*'}{{{in_tex(table.title + of_all)}}}\\\\"
    yield from (*head, "\\endfirsthead", *head, "\\endhead", "\\bottomrule", "\\endlastfoot")
    yield from map(_row, table.rows, row_texts(table))
    yield "\\end{longtable}"


def _head(table: PrintedTable, piece: TablePiece) -> Iterator[str]:
    groups = heading_groups(table)
    yield "\\toprule"
    if has_groups(groups):
        widths = iter(piece.widths)
        heads = [_group_head(group, [next(widths) for _ in group.columns]) for group in groups]
        yield f"{' & '.join(['', *heads])} \\\\"
        begin = 2
        for group in groups:
            end = begin + len(group.columns) - 1
            if group.heading:
                yield f"\\cmidrule(l){{{begin}-{end}}}"
            begin = end + 1
    names = [column for group in groups for column in group.columns]
    yield f"{' & '.join(map(in_tex, [table.stub, *map(tied_base, names)]))} \\\\"


def _group_head(group: Group, widths: list[float]) -> str:
    """Return a heading over its columns, in a box of their width, in which its lines are broken."""
    width = sum(widths) - _PAPER.padding
    box = f">{{\\raggedleft\\arraybackslash}}p{{{width:.1f}pt}}"
    return f"\\multicolumn{{{len(group.columns)}}}{{{box}}}{{{in_tex(tied_base(group.heading))}}}"


def _row(row: PrintedRow, texts: list[str]) -> str:
    label = f"\\textbf{{{in_tex(row.label)}}}" if row.kind in STRONG else in_tex(row.label)
    indent = "\\quad " * row.level
    return f"{' & '.join([indent + label, *(in_tex(tied(text)) for text in texts)])} \\\\"
