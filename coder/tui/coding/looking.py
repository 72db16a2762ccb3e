"""The keys that lead elsewhere: the tables, and how good suggestions have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.store.team.workers import people_at_work
from coder.text.inert import inert
from coder.tui.coding.moving import apply_filter
from coder.tui.coding.texts.status import list_title
from coder.tui.kit.windows.window_values import Show, room_to_read

if TYPE_CHECKING:
    from coder.domain.filters import Filter
    from coder.tui.coding.contract import CodingView


_UNCOUNTED = (
    "What you code here counts in no table. To see tables, leave the round: T, then Enter on “All answers”."
)


def tables(view: CodingView) -> None:
    """Show the tables; picking a number lists the answers behind it, from which one goes back to it."""
    from coder.tui.tables.screen import TablesScreen

    desk = view.desk
    if desk.session.coder_id != desk.person_id:
        view.tell(_UNCOUNTED, 6)
        return
    left_table = desk.left_table
    if left_table is not None and left_table.answers != desk.listing.filter:
        left_table = None
    screen = TablesScreen(desk.study, desk.listing.question().id, left_table)

    def list_answers(answers: Filter | None) -> None:
        if answers is not None:
            desk.leave_table(screen.desk.left_table)
            desk.listing.leave(desk.here.number)
            apply_filter(view, answers)
            # The title over a narrow list has no room for all that it shows.
            view.tell(f"{list_title(desk)} · t goes back to the table", 8)

    view.ask(screen, list_answers)


def report(view: CodingView) -> None:
    """Show what became of the suggestions, and what is left to do."""
    from coder.workflows.suggesting.suggestion_report_text import lines_for_coder

    desk = view.desk
    if desk.session.coder_id != desk.person_id:
        view.tell(_UNCOUNTED, 6)
        return
    if desk.session.coder_id not in people_at_work(desk.study.database):
        view.tell("Nothing is decided yet: once it is, this says what became of the suggestions.", 5)
        return
    lines = lines_for_coder(desk.study, desk.session.coder_id, room_to_read(view.columns))
    view.ask(Show("Suggestions so far", ("\n".join(map(inert, lines)),)))
