"""Sheets of disagreements as a workbook to print: landscape pages, with room to write what is settled."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from coder.formats.shared.escaping.spreadsheets import SheetNames, edge_text
from coder.formats.shared.sheet_limits import refuse_large, refuse_long, written
from coder.formats.shared.sheet_rows import lines_in_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from coder.domain.team.disagreement_sheets import DisagreementSheet, SheetRow

_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
_A4 = 9
_WIDTH = 150
"""Characters of a page's width, shared out among the columns."""
_ID_WIDTH, _SETTLED_WIDTH, _WHY_WIDTH = 13, 24, 24
_NARROWEST = 14
_LETTERS = 1.1
"""Letters of a text that a column has room for, by its width in noughts."""
_LINE = 13.5
"""Points of a line of text."""
_ROOM = ("Settled on", "Why")
"""What there is room to write under."""


def sheets_xlsx(sheets: Sequence[DisagreementSheet]) -> bytes:
    """Return sheets as one workbook: for each question its disagreements, and its themes in dispute.

    Raises:
        CoderError: There are more answers, or a text has more characters, than a worksheet holds.
    """
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        names = SheetNames()
        if sheets:
            # Otherwise it would be the moment of writing, and two equal workbooks would differ.
            made, _, _ = sheets[0].made.partition(" ")
            workbook.set_properties({"created": datetime.fromisoformat(made).replace(tzinfo=None)})
        for sheet in sheets:
            refuse_large(
                len(sheet.rows) + len(("title", "about", "heads")), 4 + len(sheet.coders), sheet.title
            )
            _disagreements(workbook, sheet, names.new(sheet.question_id, "Question"))
            _themes(workbook, sheet, names.new(f"{sheet.question_id} themes", "Question"))
    return file.getvalue()


def _disagreements(workbook: Workbook, sheet: DisagreementSheet, name: str) -> None:
    heads = ("Answer", "What was said", *sheet.coders, *(_ROOM if sheet.is_to_settle else _ROOM[1:]))
    rest = _WIDTH - _ID_WIDTH - _SETTLED_WIDTH - _WHY_WIDTH
    coder_width = max(_NARROWEST, rest // (len(sheet.coders) + 2))
    text_width = max(2 * _NARROWEST, rest - coder_width * len(sheet.coders))
    room = (_SETTLED_WIDTH, _WHY_WIDTH) if sheet.is_to_settle else (_WHY_WIDTH,)
    widths = (_ID_WIDTH, text_width, *[coder_width] * len(sheet.coders), *room)
    page = _page(workbook, name, widths, sheet)
    top = _heading(workbook, page, sheet, heads)
    cell = _format(workbook, border=1)
    for line, row in enumerate(sheet.rows, start=top):
        texts = (
            row.response_id,
            _answer_text(row),
            *(row.choice_text(place) for place in range(len(sheet.coders))),
            *((_settled_text(row), row.why) if sheet.is_to_settle else (row.why,)),
        )
        for column, text in enumerate(texts):
            _write(page, (line, column), text, cell)
        # A page to write on: no row lower than two lines, and none that cuts a text off.
        lines = max(lines_in_cell(text, _LETTERS * width) for text, width in zip(texts, widths, strict=True))
        page.set_row(line, _LINE * max(2, lines) + 4)
    page.repeat_rows(top - 1)
    page.freeze_panes(top, 1)


def _answer_text(row: SheetRow) -> str:
    return "\n".join((row.text, *(f"[read before the theme existed: {text}]" for text in row.unoffered)))


def _settled_text(row: SheetRow) -> str:
    parts = [row.settled_text] if row.settled_text else []
    parts += ["(parked)"] if row.state == "parked" else []
    parts += [f"settled differently by {text}" for text in row.settled_differently]
    parts += ["(to settle again: a theme was revised since)"] if row.state == "again" else []
    parts += [f"definition to change: {label}" for label in row.definitions]
    return "\n".join(parts)


def _themes(workbook: Workbook, sheet: DisagreementSheet, name: str) -> None:
    widths = (36, 10, 12, _WIDTH - 58)
    page = _page(workbook, name, widths, sheet)
    heads = ("Theme in dispute", "Answers", "To change", "What the codebook says")
    top = _heading(workbook, page, sheet, heads)
    cell = _format(workbook, border=1)
    for line, theme in enumerate(sheet.themes, start=top):
        _write(page, (line, 0), theme.label, cell)
        written(page.write_number(line, 1, theme.times, cell), "A number")
        written(page.write_number(line, 2, theme.to_change, cell), "A number")
        _write(page, (line, 3), theme.definition, cell)
        lines = max(
            lines_in_cell(text, _LETTERS * width)
            for text, width in ((theme.label, widths[0]), (theme.definition, widths[3]))
        )
        page.set_row(line, _LINE * lines + 4)
    page.repeat_rows(top - 1)
    page.freeze_panes(top, 1)


def _page(workbook: Workbook, name: str, widths: Sequence[int], sheet: DisagreementSheet) -> Worksheet:
    page = workbook.add_worksheet(name)
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    # In a footer & begins a code.
    page.set_footer(f"&L{edge_text(sheet.study[:80])} · {edge_text(sheet.question_id)}&R&P / &N")
    page.hide_gridlines(2)
    for column, width in enumerate(widths):
        written(page.set_column(column, column, width), f"The worksheet {name}")
    return page


def _heading(workbook: Workbook, page: Worksheet, sheet: DisagreementSheet, heads: Sequence[str]) -> int:
    """Write what stands above the rows; return the line of the first of them."""
    title = _format(workbook, bold=True, font_size=14, text_wrap=False)
    plain = _format(workbook, text_wrap=False)
    _write(page, (0, 0), f"{sheet.study} · {sheet.title}", title)
    notes = [note for note in (sheet.study_note, sheet.about) if note]
    notes.append(f"{sheet.summary}. ≠: not all who read the answer chose it. Made {sheet.made}.")
    for line, note in enumerate(notes, start=1):
        _write(page, (line, 0), note, plain)
    head = _format(workbook, bold=True, border=1, bg_color="#E8E8E8")
    for column, text in enumerate(heads):
        _write(page, (len(notes) + 1, column), text, head)
    return len(notes) + 2


def _write(page: Worksheet, position: tuple[int, int], text: str, shown: Format) -> None:
    refuse_long(text, f"A text of the worksheet {page.name}")
    written(page.write_string(*position, text, shown), f"A text of the worksheet {page.name}")


def _format(workbook: Workbook, **more: object) -> Format:
    return workbook.add_format({**_FONT, **more})
