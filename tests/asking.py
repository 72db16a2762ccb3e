"""Tables of themes for tests, made as a person asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.domain.tables.requests import TableOptions, TableRequest
from coder.workflows.tables.report_tables import printed_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.tables.printed import PrintedRow, PrintedTable
    from coder.workflows.study.study import Study

PLAIN = TableOptions()


def theme_table(
    study: Study,
    question_id: str = "Q1",
    options: TableOptions = PLAIN,
    *,
    coder_ids: Sequence[str] = (),
    as_of: str | None = None,
) -> PrintedTable:
    """Return the table of a question's themes."""
    request = TableRequest(subjects=(question_id,), options=options, coder_ids=tuple(coder_ids), as_of=as_of)
    (table,) = printed_tables(study, request)
    return table


def counted(table: PrintedTable) -> list[tuple[str, float | None]]:
    """Return a table's labels and counts, from top to bottom."""
    return [(row.label, row.cells[0].value) for row in table.rows]


def in_all(row: PrintedRow) -> tuple[int, int]:
    """Return how many respondents mention the theme of a row, and how often."""
    assert row.respondents is not None
    assert row.mentions is not None
    return row.respondents, row.mentions


def base_size(table: PrintedTable) -> int:
    """Return how many a table's percentages are of."""
    assert table.base is not None
    return table.base.size
