"""The journal on the coding screen: notes on the theme at the cursor, the question and the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.tui.kit.journal_window import Notes
from coder.tui.kit.journal_window import open_journal as open_window
from coder.workflows.coding.journal import write_note
from coder.workflows.study.finished_rounds import refuse_apart

if TYPE_CHECKING:
    from coder.store.journal import Subject
    from coder.tui.coding.contract import CodingView


def open_journal(view: CodingView) -> None:
    """Open the journal; a note on the theme at the cursor is offered first."""
    desk, theme_id = view.desk, view.desk.here.cursor_theme
    # At once: a note that has been written is not to be refused.
    refuse_apart(desk.session.coder_id, "Notes are written")
    subjects: list[tuple[Subject, str]] = [("question", desk.listing.question().id), ("study", "")]
    if theme_id is not None and not desk.hides:
        subjects.insert(0, ("theme", theme_id))

    def write(text: str, subject: Subject, subject_id: str, replaces: int | None) -> None:
        view.stepped(write_note(desk.session, text, subject, subject_id, replaces))

    open_window(view, Notes(desk.study, desk.person_id, subjects, write))
