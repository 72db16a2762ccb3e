"""Printed tables for LaTeX, to be included in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.formats.tables.cells import STRONG, all_notes, has_groups, heading_groups, row_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.formats.tables.cells import Group

_NEEDS = (
    "% In the preamble: \\usepackage{array,booktabs,caption,longtable}, and before pdfLaTeX [T1]{fontenc}.\n"
)
_SPECIAL = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
    "_": "\\_", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}",
    ">": "\\textgreater{}", "|": "\\textbar{}", '"': "\\textquotedbl{}", "[": "{[}", "]": "{]}",
    "-": "-{}", "`": "\\textasciigrave{}",
}  # fmt: skip
_WIDE = 8
"""Columns from which the type is smaller."""


def printed_tex(tables: Sequence[PrintedTable]) -> str:
    """Return tables as LaTeX with booktabs, each a longtable with its notes below it."""
    return _NEEDS + "\n".join(map(tex_table, tables))


def tex_table(table: PrintedTable) -> str:
    """Return one table as LaTeX."""
    columns = len(table.columns)
    numbers = "r" * columns
    width = max(0.2, 0.7 - 0.08 * columns)
    head = [*_head(table), "\\midrule"]
    lines = [
        # The number is the report's: LaTeX's own count would give another.
        f"\\begingroup\\renewcommand{{\\thetable}}{{{tex(table.number)}}}",
        *(["\\footnotesize\\setlength{\\tabcolsep}{3pt}"] if columns >= _WIDE else []),
        f"\\begin{{longtable}}{{>{{\\raggedright\\arraybackslash}}p{{{width:.2f}\\linewidth}}{numbers}}}",
        f"\\caption{'' if table.number else '*'}{{{tex(table.title)}}}\\\\",
        *head,
        "\\endfirsthead",
        *head,
        "\\endhead",
        "\\bottomrule",
        "\\endlastfoot",
        *map(_row, table.rows, row_texts(table)),
        "\\end{longtable}",
        *(f"\\noindent{{\\footnotesize {tex(note)}\\par}}" for note in all_notes(table)),
        "\\endgroup",
        "",
    ]
    return "\n".join(lines)


def _head(table: PrintedTable) -> Iterator[str]:
    groups = heading_groups(table)
    yield "\\toprule"
    if has_groups(groups):
        yield f"{' & '.join(['', *map(_group_head, groups)])} \\\\"
        begin = 2
        for group in groups:
            end = begin + len(group.columns) - 1
            if group.heading:
                yield f"\\cmidrule(l){{{begin}-{end}}}"
            begin = end + 1
    names = [column for group in groups for column in group.columns]
    yield f"{' & '.join(map(tex, [table.stub, *names]))} \\\\"


def _group_head(group: Group) -> str:
    return f"\\multicolumn{{{len(group.columns)}}}{{r}}{{{tex(group.heading)}}}"


def _row(row: PrintedRow, texts: list[str]) -> str:
    label = f"\\textbf{{{tex(row.label)}}}" if row.kind in STRONG else tex(row.label)
    indent = "\\quad " * row.level
    return f"{' & '.join([indent + label, *map(tex, texts)])} \\\\"


def tex(text: str) -> str:
    """Return a text so that LaTeX prints it as it is, on one line."""
    return " ".join("".join(_SPECIAL.get(letter, letter) for letter in text).split())
