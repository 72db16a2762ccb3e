"""What can be typed in the plain mode: the actions of the coding screen, a few of them done in lines."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coder.domain.ranking import NUMBER_KEYS
from coder.formats.tables.cells import all_notes, row_texts
from coder.tui.coding import keys
from coder.tui.coding.comparing.visiting import NOTHING_EARLIER
from coder.tui.coding.texts.precedents import earlier_rows
from coder.tui.kit.actions import Action
from coder.tui.plain.answer_lines import suggestion_lines
from coder.tui.plain.commands import typed_for
from coder.tui.plain.privacy_in_lines import privacy_in_lines
from coder.tui.plain.rounds_in_lines import rounds_in_lines
from coder.tui.tables.desk import TablesDesk
from coder.workflows.coding.precedents import precedents
from coder.workflows.tables.codebook_counts import codebook_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from coder.domain.tables.printed import PrintedTable
    from coder.tui.coding.panes.pane_values import EarlierRow
    from coder.tui.plain.view import PlainView

FOR_SCREENS = frozenset({"palette", "light-dark", "scroll-down", "scroll-up", "compare-next"})
"""Actions that are about drawing: nothing is decided with them."""
_HOW_TO_CHOOSE = (
    "Numbers choose suggestions, or take them off: 1, or 2 5, or 12.",
    'Words of the answer in quotes say what carries a theme: 2 "no beds".',
    "An empty line: done with this answer, on to the next open one.",
)


def _tables(view: PlainView) -> None:
    """Print the question's table as it stands."""
    desk = TablesDesk(view.desk.study, view.desk.listing.question().id)
    desk.count()
    if desk.error is not None:
        raise desk.error
    if desk.table is not None:
        view.terminal.print_lines(_table_lines(desk.table))


def _table_lines(table: PrintedTable) -> Iterator[str]:
    yield f"{table.heading}."
    headings = [
        column.name if column.alone else " ".join(filter(None, (column.group, column.name)))
        for column in table.columns
    ]
    for row, texts in zip(table.rows, row_texts(table), strict=True):
        cells = "; ".join(f"{heading} {text}" for heading, text in zip(headings, texts, strict=True) if text)
        yield f"{row.label}: {cells}"
    yield from all_notes(table)


def _codebook(view: PlainView) -> None:
    """Print every theme with its number of respondents and its definition."""
    desk = view.desk
    question_id = desk.listing.question().id
    counts = codebook_counts(desk.study, question_id)
    for theme, _ in desk.study.codebook.tree(question_id):
        count = counts.get(theme.id)
        used = f"{desk.study.settings.respondents} {count.respondents}" if count else "not used yet"
        definition = f". {theme.definition}" if theme.definition else ""
        view.terminal.print_lines([f"{theme.label}, {used}{definition}"])


def _compare(view: PlainView) -> None:
    """Print how the theme at the cursor was coded before."""
    desk, here = view.desk, view.desk.here
    rows: list[EarlierRow] = []
    if here.response is not None and here.cursor_theme is not None and not desk.hides:
        theme = desk.study.codebook.by_id.get(here.cursor_theme)
        examples = theme.examples if theme else ()
        came_up = precedents(
            desk.study.database, desk.session.coder_id, here.response, here.cursor_theme, (), examples
        )
        desk.compared.take(came_up)
        rows = earlier_rows(desk)
    view.terminal.print_lines([row.text for row in rows] or [NOTHING_EARLIER])


def _help(view: PlainView) -> None:
    """Print all that can be typed."""
    view.terminal.print_lines(_HOW_TO_CHOOSE)
    actions = plain_actions()
    for group in dict.fromkeys(action.group for action in actions):
        view.terminal.print_lines(["", f"{group}:"])
        view.terminal.print_lines(
            f"{' or '.join(dict.fromkeys(name for name in typed_for(action) if name))}: {action.help}"
            for action in actions
            if action.group == group
        )


def _further(view: PlainView, step: int) -> None:
    """Print the next nine suggestions, or those before."""
    count = len(view.desk.here.ranking.suggestions)
    first = view.first_printed + step * NUMBER_KEYS
    view.first_printed = max(1, min(first, (count - 1) // NUMBER_KEYS * NUMBER_KEYS + 1))
    # They have been seen from now on; numbers go on from place 1, as they are printed.
    view.desk.turn_to(view.first_printed // NUMBER_KEYS)
    view.desk.turn_to(0)
    view.panes.draw_answer()
    view.terminal.print_lines(suggestion_lines(view.desk, view.first_printed))


def _again(view: PlainView) -> None:
    """Print the answer again, its suggestions in the order that is best now."""
    view.show(view.desk.here.number)


IN_LINES: Mapping[str, Callable[[PlainView], object]] = {
    "tables": _tables,
    "codebook": _codebook,
    "compare": _compare,
    "team": rounds_in_lines,
    "redact": privacy_in_lines,
    "help": _help,
    "next-nine": partial(_further, step=1),
    "previous-nine": partial(_further, step=-1),
}
"""Actions that a screen of its own, or the list of suggestions, does elsewhere."""
_AGAIN = Action(
    "again", ("again",), "print again", "The answer again, its suggestions in the order that is best now.",
    _again, keys.LOOKING,
)  # fmt: skip


def plain_actions() -> tuple[Action, ...]:
    """Return every action that can be typed, in the order of help; numbers are read apart from them."""
    return (
        *(
            action._replace(run=IN_LINES.get(action.name, action.run))
            for action in keys.ACTIONS
            if action.name not in FOR_SCREENS and not action.name.startswith("choose-")
        ),
        _AGAIN,
    )
