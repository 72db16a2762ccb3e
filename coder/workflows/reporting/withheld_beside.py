"""What the text of a report may not tell of what its tables keep back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from coder.domain.tables.printed import PrintedRow, PrintedTable


@dataclass(frozen=True, slots=True)
class WithheldBeside:
    """What is not told beside a report's tables."""

    codings: bool
    """Whether codings are not added up: the sum would tell of a theme that is kept back."""
    themes: frozenset[str]
    """Themes of which any number is kept back: it is not told how many answers or respondents have them."""
    whole_themes: frozenset[str]
    """Of these, those of which it is kept back how many mention them at all: they are not quoted."""
    attributes: frozenset[str]
    """Attributes that are not told of those quoted: how many have which value is kept back."""


def withheld_beside(tables: Sequence[PrintedTable]) -> WithheldBeside:
    """Return what is not told beside these tables, which are printed together."""
    of_themes = [table for table in tables if table.question_ids]
    withholding = [table for table in tables if any(map(_is_withheld, table.rows))]
    others = [table for table in withholding if not table.question_ids]
    deciding = (theme_id for table in withholding for theme_id in table.deciding_themes)
    return WithheldBeside(
        any(table.provenance.codings_kept_back for table in tables)
        or any(table.deciding_themes for table in withholding),
        frozenset((*(key for table in of_themes for key in _withheld_themes(table)), *deciding)),
        frozenset(row.key for table in of_themes for row in table.rows if _has_no_total(table, row)),
        frozenset(name for table in others for name in (table.subject, table.by) if name),
    )


def _withheld_themes(table: PrintedTable) -> Iterator[str]:
    """Yield the themes of which anything is kept back: of a table of one column, how many answers, too."""
    for row in table.rows:
        if _is_withheld(row) or (not table.by and row.mentions is None):
            yield row.key


def _is_withheld(row: PrintedRow) -> bool:
    return any(cell.mark == "suppressed" for cell in row.cells)


def _has_no_total(table: PrintedTable, row: PrintedRow) -> bool:
    """Tell whether a row keeps back how many there are in all: in its only column, or in that for all."""
    groups = [column.group for column in table.columns if column.kind in ("count", "percent")]
    return any(
        cell.mark == "suppressed"
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.kind in ("count", "percent") and column.group == groups[-1]
    )
