"""The rows of the team screen: rounds with their people, and agreement theme by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment

from coder.text.inert import inert
from coder.tui.kit.cursor_lines import CursorLines
from coder.tui.kit.fitting import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coder.domain.team.rounds import Round
    from coder.workflows.team.agreement_reading import AgreementTable

RowKind = Literal["all answers", "round", "text", "overall", "theme", "answer"]
_LEAST_LABEL = 14
"""Columns that a theme's label has at least."""
_WIDEST = 12
"""Columns that a figure has at most; longer names are clipped."""
_GAP = 2


class TeamRow(NamedTuple):
    """A line of the team screen."""

    kind: RowKind
    label: str
    facts: str = ""
    """What stands behind the label of a round; of an answer all there is to say of it."""
    cells: Sequence[str] = ()
    """The figures of a theme, or of all themes of a question."""
    headings: Sequence[str] = ()
    """What they are; on the line above the first of its kind."""
    widths: Sequence[int] = ()
    """How many columns each takes."""
    one_round: Round | None = None
    question_id: str = ""
    theme_id: str = ""
    answer_id: str = ""

    @property
    def names_figures(self) -> bool:
        """Whether the line says what the figures below it are."""
        return self.kind == "text" and bool(self.headings)


def agreement_rows(tables: Sequence[AgreementTable]) -> list[TeamRow]:
    """Return the rows of agreement: over all, then each question's themes, the least agreed on first."""
    rows = []
    for table in tables:
        if table.of_answers:
            rows.append(TeamRow("text", inert(table.title)))
            rows += [
                TeamRow("answer", inert(label), inert(detail), answer_id=key)
                for key, label, (detail,) in table.rows
            ]
            continue
        kind: RowKind = "theme" if table.question_id else "overall"
        columns = zip(table.headings, *(cells for _, _, cells in table.rows), strict=True)
        widths = [min(max(map(cell_len, column)), _WIDEST) for column in columns]
        rows.append(TeamRow("text", inert(table.title), headings=table.headings, widths=widths))
        rows += [
            TeamRow(
                kind, inert(label), cells=cells, headings=table.headings, widths=widths,
                question_id=table.question_id, theme_id=key,
            )
            for key, label, cells in table.rows
        ]  # fmt: skip
    return rows


class TeamRows(CursorLines):
    """One line a round, a question, a theme or an answer."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.rows: Sequence[TeamRow] = ()

    def show(self, rows: Sequence[TeamRow]) -> None:
        """Show these rows; the cursor stays where it is."""
        self.rows = rows
        self.set_line_count(len(rows))

    def current(self) -> TeamRow | None:
        """Return the row at the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def heading(self) -> str:
        """Return the names of the columns of rounds."""
        return f"  {fit('round', self._round_width())}  state, and how far each has come (done of theirs)"

    def draw_line(self, line: int) -> list[Segment]:
        """Draw `▶ Pilot  blind  jo 12/60 · sam 60/60 ✓`, or a theme with its figures."""
        row, style = self.rows[line], self.row_style(line)
        if row.kind in {"round", "all answers"}:
            text = f"{fit(row.label, self._round_width())}  {row.facts}"
        elif row.kind == "answer":
            text = row.label
        elif row.names_figures:
            text = with_figures(row.label, row.headings, row.widths, self.text_width - 2)
            return [Segment(self.pointer(line) + text, self.style_of("lines--heading"))]
        elif row.kind == "text":
            return [Segment(self.pointer(line) + row.label, self.style_of("lines--muted"))]
        else:
            text = with_figures(row.label, row.cells, row.widths, self.text_width - 2)
        return [Segment(self.pointer(line) + text, style)]

    def _round_width(self) -> int:
        names = [cell_len(row.label) for row in self.rows if row.kind in {"round", "all answers"}]
        return max(min(max(names, default=5), self.text_width // 3), 5)


def with_figures(label: str, cells: Sequence[str], widths: Sequence[int], columns: int) -> str:
    """Return a line of so many columns: a label, and as many of its figures as there is room for."""
    room = columns - _LEAST_LABEL
    figures = ""
    for cell, width in zip(cells, widths, strict=True):
        if cell_len(figures) + width + _GAP > room:
            break
        figures += " " * _GAP + _right(cell, width)
    return fit(label, max(columns - cell_len(figures), 0)) + figures


def _right(text: str, width: int) -> str:
    """Return a text at the right end of so many columns, clipped where it is longer."""
    clipped = fit(text, width).rstrip()
    return " " * (width - cell_len(clipped)) + clipped
